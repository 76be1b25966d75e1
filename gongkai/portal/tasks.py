"""Queued work of the portal: writing what changed, going on with a whole site, the night's packing.

Every job is safe to repeat; a full disk, or a copy that could not be removed, fails the job with
its reason, so that the outbox tries again and the office is told.
"""

from datetime import datetime

from gongkai.outbox import Notice, Payload, every, handles
from gongkai.outbox.actions import put
from gongkai.portal.publishing import keeping
from gongkai.portal.publishing.changes import entries_of, entry_of
from gongkai.portal.publishing.table import Shows

PUBLISH, RENEW, PACK = "portal.publish", "portal.renew", "portal.pack"


@handles(PUBLISH)
def publish(payload: Payload, at: datetime) -> None:
    """Write the pages that show what has happened, and tell the search index."""
    target = payload.get("target", "")
    entry = entry_of(target)
    found = [entry] if entry is not None else entries_of([target])
    shows = {Shows[name] for name in payload.get("shows", ())}
    _go_on(keeping.publish_changes(found, shows), at)


@handles(RENEW)
def renew(_payload: Payload, at: datetime) -> None:
    """Go on writing a whole site, a second's worth, so that publications do not wait long."""
    _go_on(keeping.write_left(), at)


def _go_on(more: bool, at: datetime) -> None:
    if more:
        put(RENEW, {}, at=at, dedupe_key=RENEW)


@every("hour", "portal.catch_up")
def catch_up(at: datetime) -> list[Notice]:
    """Write what a lost job left behind, and what the new day changes."""
    _go_on(keeping.publish_changes(look=True), at)
    return []


@every("day", "portal.pack")
def plan_packing(at: datetime) -> None:
    """Let the pages of the day be packed as small as they get."""
    if keeping.plan_packing():
        put(PACK, {}, at=at, dedupe_key=PACK)


@handles(PACK)
def pack(_payload: Payload, at: datetime) -> None:
    """Pack some of them."""
    if keeping.pack_better():
        put(PACK, {}, at=at, dedupe_key=PACK)
