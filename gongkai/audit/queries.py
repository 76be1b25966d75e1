"""Reading the audit log: what rang, a record's history, a chain walked and judged."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gongkai.audit.models import Event


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """What a listener of the bell is told."""

    id: int
    chain: str
    verb: str
    target: str
    at: datetime


def hashed_fields(event: Event) -> dict[str, Any]:
    """Return the fields of `event` that its digest covers; the moment in UTC, to the microsecond."""
    return {
        "chain": event.chain,
        "sequence": event.sequence,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "account": event.account,
        "actor_name": event.actor_name,
        "actor_post": event.actor_post,
        "verb": event.verb,
        "target": event.target,
        "target_label": event.target_label,
        "before": event.before,
        "after": event.after,
        "reason": event.reason,
    }
