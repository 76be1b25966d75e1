"""What waits today of the office's own work: tasks, self-rating, scores to give and check."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.calendars.queries import workday_calendar
from gongkai.desk.tiles import Tile
from gongkai.orgs.models import OrganKind
from gongkai.orgs.queries import holds_any, organs_seen_by
from gongkai.oversight.queries import (
    OFFICE,
    REPORTERS,
    waiting_scores,
    waiting_tasks,
)
from gongkai.statute.workdays import UnknownYear

_PREFIX = "oversight."
_SOON = 5  # working days
# Part, words, tone, the screen behind it.
_TILES = (
    ("late", "项工作要点任务已超期", "bad", "plans"),
    ("objections", "项考核得分有异议待答复", "warn", "appraisals"),
    ("claimed", "项任务完成待核实", "warn", "plans"),
    ("soon", f"项工作要点任务{_SOON}个工作日内到期", "warn", "plans"),
    ("rate", "项考核指标待自评", "warn", "appraisals"),
    ("score", "项考核得分待打分", "", "appraisals"),
    ("check", "项考核得分待复核", "", "appraisals"),
)


def work_waiting(user: User, today: date) -> dict[str, QuerySet[Any]]:
    """Return what is to be counted for a person; empty for other posts."""
    if not holds_any(user, today, REPORTERS):
        return {}
    organs = organs_seen_by(user, today, REPORTERS - OFFICE)
    counties = None
    if holds_any(user, today, OFFICE):
        kept = organs_seen_by(user, today, OFFICE)
        counties = kept.filter(kind=OrganKind.COUNTY_GOVERNMENT)
        organs = organs | kept.filter(kind__in=(OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE))
    try:
        soon_on = workday_calendar().add(today, _SOON)
    except UnknownYear:
        soon_on = today
    found = {
        **waiting_tasks(organs, counties, today, soon_on),
        **waiting_scores(organs, counties),
    }
    return {f"{_PREFIX}{name}": rows for name, rows in found.items()}


def work_today(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return what is late and what waits, as counted, without zeros."""
    tiles = (
        Tile(counted.get(f"{_PREFIX}{name}", 0), words, reverse(f"oversight:{screen}"), tone)
        for name, words, tone, screen in _TILES
    )
    return tuple(tile for tile in tiles if tile.figure)
