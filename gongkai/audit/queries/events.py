"""Events as values: what the bell tells, a record's history, pages of the log."""

from collections.abc import Collection, Mapping
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


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event as the log shows it."""

    id: int
    chain: str
    sequence: int
    at: datetime
    account: str
    actor_name: str
    actor_post: str
    verb: str
    target: str
    label: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str
    digest: str


def hashed_fields(event: Event) -> dict[str, Any]:
    """Return the fields of `event` that its digest covers; the moment in UTC, to microseconds."""
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


def history_of(target: str) -> list[LogLine]:
    """Return every event about the record with the typed id `target`, oldest first."""
    return [_line(event) for event in Event.objects.filter(target=target).order_by("at", "id")]


def log_page(
    chains: Collection[str],
    *,
    verb: str = "",
    since: datetime | None = None,
    before: datetime | None = None,
    older_than: int | None = None,
    limit: int = 50,
) -> list[LogLine]:
    """Return the newest events of `chains`, at most `limit`, newest first.

    `verb` is a whole verb ("orgs.rename"); `since` is included, `before` is not;
    `older_than` is the id of the last line of the page before.
    """
    events = Event.objects.filter(chain__in=chains)
    if verb:
        events = events.filter(verb=verb)
    if since is not None:
        events = events.filter(at__gte=since)
    if before is not None:
        events = events.filter(at__lt=before)
    if older_than is not None:
        events = events.filter(pk__lt=older_than)
    return [_line(event) for event in events.order_by("-pk")[:limit]]


def verbs_used() -> list[str]:
    """Return every verb that the log knows, in order."""
    return list(Event.objects.order_by("verb").values_list("verb", flat=True).distinct())


def _line(event: Event) -> LogLine:
    return LogLine(
        id=event.pk,
        chain=event.chain,
        sequence=event.sequence,
        at=event.at,
        account=event.account,
        actor_name=event.actor_name,
        actor_post=event.actor_post,
        verb=event.verb,
        target=event.target,
        label=event.target_label,
        before=event.before,
        after=event.after,
        reason=event.reason,
        digest=event.digest,
    )
