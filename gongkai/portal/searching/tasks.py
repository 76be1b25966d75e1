"""Queued work of the search: what stands beside entries, days that turn, mending, forgetting.

Entries themselves are refreshed by the job that publishes them (`feed.refresh`).
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from gongkai.adapters import searchfeeds
from gongkai.outbox import Notice, Payload, every, handles
from gongkai.outbox.actions import put
from gongkai.portal.searching import feed, misses
from gongkai.portal.searching.matters import HEARD as HEARD_BY_MATTERS

STANDING, ALIKE = "portal.find_standing", "portal.find_alike"
MATTERS = "portal.find_matters"
# After these verbs an organ, a guide, a report or a column is found by other words.
_HEARD = frozenset(
    {
        "annualreport.publish",
        "disclosure.change_organ_page",
        "disclosure.confirm_guide",
        "disclosure.open_section",
        "disclosure.change_section",
        "disclosure.close_section",
        "disclosure.seed_sections",
        "portal.open_site",
    }
)
_OTHERS = ("orgs.",)
# After these every entry of the organ or the section is.
_HEARD_BY_ENTRIES = frozenset({"orgs.rename", "orgs.amend", "disclosure.change_section"})
_RENAMED = frozenset({"orgs.rename", "orgs.amend"})  # every message and guide of the organ, too


def hear(event: Any, **_: Any) -> None:
    """Put the refreshing of what is not an entry into the outbox, once for many events."""
    if not searchfeeds.is_on():
        return
    if event.verb in _HEARD or event.verb.startswith(_OTHERS):
        put(STANDING, {}, at=event.at, dedupe_key="all")
    if event.verb in _HEARD_BY_ENTRIES:
        put(ALIKE, {"target": event.target, "after": 0}, at=event.at, dedupe_key=event.target)
    if event.verb in HEARD_BY_MATTERS or event.verb in _RENAMED:
        put(MATTERS, {"target": event.target}, at=event.at, dedupe_key=event.target)


@handles(STANDING)
def find_standing(payload: Payload, at: datetime) -> None:
    """Refresh organs, guides, reports and columns."""
    feed.refresh_standing()


@handles(ALIKE)
def find_alike(payload: Payload, at: datetime) -> None:
    """Refresh the entries of an organ or a section, some hundred at a time."""
    target = payload["target"]
    if last := feed.refresh_alike(target, payload["after"]):
        told = {"target": target, "after": last}
        put(ALIKE, told, at=at, dedupe_key=f"{target}>{last}")


@handles(MATTERS)
def find_matters(payload: Payload, at: datetime) -> None:
    """Refresh a message or a guide, or those of a table of items or of an organ."""
    feed.refresh_matters(payload["target"])


@every("day", "portal.find_validity")
def turn_validity(at: datetime) -> None:
    """Let documents be found by the validity of today; organs and guides come and go, too."""
    today = timezone.localdate(at)
    feed.refresh(feed.validity_turned(today))
    feed.refresh_turned_matters(today)
    feed.refresh_standing()


@every("day", "portal.mend_search")
def mend_public(at: datetime) -> list[Notice]:
    """Put what the public index lacks, take out what it must not hold; tell the office of it."""
    if not searchfeeds.is_on():
        return []
    found = searchfeeds.mend(feed.PUBLIC)
    if not found:
        return []
    missing, extra = len(found.missing), len(found.extra)
    text = f"门户搜索索引与公开信息不一致，已补入{missing}条、清除{extra}条"
    return [Notice(text, grave=bool(extra))]


@every("day", "portal.forget_misses")
def forget_misses(at: datetime) -> None:
    """Forget words that were sought in vain more than a year ago."""
    misses.forget(timezone.localdate(at))
