"""The staff index kept equal to the records: after every verb, daily, and anew by a command."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from gongkai.adapters import searchfeeds, searchindex
from gongkai.adapters.searchfeeds import Feed
from gongkai.adapters.searchindex.types import Index
from gongkai.audit.models import Event
from gongkai.desk.finding.records import every_key, kind_of, records
from gongkai.outbox import Notice, Payload, every, handles
from gongkai.outbox.actions import put

FIND = "desk.find"
_SLACK = timedelta(minutes=10)  # an event bears the moment of its verb, not of its commit
_READ = frozenset({"letters.open"})  # nothing is changed by it


def _index() -> Index:
    return searchindex.staff_index()


def _changed_since(at: datetime) -> Iterator[str]:
    rows = Event.objects.order_by("-pk").values_list("target", "at")
    for target, happened_at in rows.iterator():
        if happened_at < at - _SLACK:
            return
        if kind_of(target) is not None:
            yield target


STAFF = searchfeeds.register(Feed("staff", "工作人员", _index, every_key, records, _changed_since))


def hear(event: Any, **_: Any) -> None:
    """Put the refreshing of the record that a verb was about into the outbox."""
    if searchfeeds.is_on() and event.verb not in _READ and kind_of(event.target) is not None:
        put(FIND, {"record": event.target}, at=event.at, dedupe_key=event.target)


@handles(FIND)
def find(payload: Payload, at: datetime) -> None:
    """Let a record be found as it is now."""
    searchfeeds.refresh(STAFF, [payload["record"]])


@every("day", "desk.mend_search")
def mend_staff(at: datetime) -> list[Notice]:
    """Put what the staff index lacks, take out what is no more; tell the office of it."""
    if not searchfeeds.is_on():
        return []
    found = searchfeeds.mend(STAFF)
    missing, extra = len(found.missing), len(found.extra)
    text = f"工作人员搜索索引与记录不一致，已补入{missing}条、清除{extra}条"
    return [Notice(text)] if found else []
