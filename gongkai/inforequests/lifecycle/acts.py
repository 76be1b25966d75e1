"""An act: one thing that happened to a case, as a plain value.

A case is its list of acts in the order of their sequence; state, deadline and
outcome follow from the list. `on` is the day the act counts, not the day it was
written down.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.inforequests.lifecycle.states import Event
from gongkai.statute.clock import ConsultationKind


@dataclass(frozen=True, slots=True)
class CaseAct:
    """One act: its place, what it was, the day it counts, its data (JSON), whose account."""

    sequence: int
    kind: Event
    on: date
    data: Mapping[str, Any] = field(default_factory=dict)
    account: str = ""

    def day(self, name: str) -> date | None:
        """Return the date written under `name` in the data, or None when there is none."""
        value = self.data.get(name)
        return date.fromisoformat(value) if value else None

    @property
    def consultation_kind(self) -> ConsultationKind:
        """Return whom a consulting act asks: a third party, a joint maker or another organ."""
        if self.kind is Event.CONSULT_THIRD_PARTY:
            return ConsultationKind.THIRD_PARTY
        joint = self.data["joint"]
        return ConsultationKind.JOINT_ORGAN if joint else ConsultationKind.OTHER_ORGAN
