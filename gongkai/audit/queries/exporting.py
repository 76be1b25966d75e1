"""The log as plain lines that anybody can check: events, anchors, and what stands at the end."""

from collections.abc import Iterator
from typing import Any

from gongkai.audit.models import Anchor, Chain, Event
from gongkai.audit.queries.events import hashed_fields

CHUNK = 2000


def anchor_line(anchor: Anchor) -> dict[str, Any]:
    """Return an anchor as it is exported and kept as a file; not signed: "" for both."""
    signed = getattr(anchor, "signed", None)
    return {
        "day": anchor.day.isoformat(),
        "heads": anchor.heads,
        "previous": anchor.previous,
        "digest": anchor.digest,
        "public": signed.public if signed else "",
        "signature": signed.signature if signed else "",
    }


def anchor_lines() -> list[dict[str, Any]]:
    """Return every anchor, oldest first."""
    rows = Anchor.objects.select_related("signed").order_by("day")
    return [anchor_line(anchor) for anchor in rows.iterator(chunk_size=100)]


def heads_now() -> dict[str, list[Any]]:
    """Return the head of every chain that has an event: chain → [length, digest]."""
    rows = Chain.objects.filter(length__gt=0).order_by("key")
    return {row.key: [row.length, row.head] for row in rows}


def event_lines(heads: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Yield the events of the chains up to the heads, chain by chain, in their order."""
    for key, (length, _) in heads.items():
        rows = Event.objects.filter(chain=key, sequence__lte=length).order_by("sequence")
        for event in rows.iterator(chunk_size=CHUNK):
            yield {
                "event": hashed_fields(event),
                "previous": event.previous,
                "digest": event.digest,
            }
