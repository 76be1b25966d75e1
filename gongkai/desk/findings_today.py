"""The findings that wait for a person today: to rule on, to re-check, to put right."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.desk.tiles import Tile
from gongkai.inspections.models import Finding
from gongkai.inspections.queries import OFFICE, VIEWERS, waiting_findings
from gongkai.orgs.models import OrganKind
from gongkai.orgs.queries import holds_any, organs_seen_by

_PREFIX = "findings."
# Part, words, tone, how the ledger is narrowed to it: the worst first.
_TILES = (
    ("overdue", "个问题整改超期", "bad", "overdue=1"),
    ("objected", "条异议待裁定", "warn", "state=OBJECTED"),
    ("answered", "个问题待复核", "warn", "state=ANSWERED"),
    ("found", "个新问题待交办", "", "state=FOUND"),
    ("rechecked", "个问题待销号", "", "state=RECHECKED"),
    ("owed", "个问题待整改", "", "state=STANDING"),
)


def findings_waiting(user: User, today: date) -> dict[str, QuerySet[Finding]]:
    """Return what is to be counted for a person; empty for other posts."""
    if not holds_any(user, today, VIEWERS):
        return {}
    seen = organs_seen_by(user, today, VIEWERS)
    kept = organs_seen_by(user, today, OFFICE).filter(kind=OrganKind.COUNTY_GOVERNMENT)
    counties = kept if holds_any(user, today, OFFICE) else None
    found = waiting_findings(seen, counties, today)
    return {f"{_PREFIX}{name}": rows for name, rows in found.items()}


def findings_today(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return what is overdue and what waits, as counted, without zeros."""
    url = reverse("inspections:ledger")
    tiles = (
        Tile(counted.get(f"{_PREFIX}{name}", 0), words, f"{url}?{asked}", tone)
        for name, words, tone, asked in _TILES
    )
    return tuple(tile for tile in tiles if tile.figure)
