"""What is sealed, kind by kind, and how each kind is sealed anew when keys change (ADR 0014).

A chapter that keeps sealed rows or files says so in its `apps.ready()`; `gongkai rotatekeys`
walks them all and knows none of them:

    sealed_kinds["inforequests.Requester"] = SealedKind("申请人信息", requesters_to_reseal, reseal)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Reseal(Protocol):
    """Seal up to `batch` things with the key of now; return how many, 0 when none is left.

    All or nothing, and safe to repeat: whenever the process dies, each thing opens.
    """

    def __call__(self, batch: int, *, at: datetime) -> int:
        """Seal one batch anew."""


@dataclass(frozen=True, slots=True)
class SealedKind:
    """One kind of sealed thing: its Chinese name, how many wait for the key of now, the verb."""

    label: str
    left: Callable[[], int]
    reseal: Reseal


sealed_kinds: dict[str, SealedKind] = {}
