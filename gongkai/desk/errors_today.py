"""The error reports of our own pages that wait for a person today (law.md 4.4)."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.desk.tiles import Tile
from gongkai.engagement.models import ErrorReport
from gongkai.engagement.queries import VIEWERS, waiting_reports
from gongkai.orgs.queries import holds_any, organs_seen_by

_PREFIX = "errors."


def reports_waiting(user: User, today: date) -> dict[str, QuerySet[ErrorReport]]:
    """Return what is to be counted for a person; empty for other posts."""
    if not holds_any(user, today, VIEWERS):
        return {}
    found = waiting_reports(organs_seen_by(user, today, VIEWERS), today)
    return {f"{_PREFIX}{name}": rows for name, rows in found.items()}


def errors_today(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return what is late and what waits, as counted, without zeros."""
    url = reverse("engagement:reports")
    tiles = (
        Tile(counted.get(f"{_PREFIX}late", 0), "条纠错已超期", url, "bad"),
        Tile(counted.get(f"{_PREFIX}waiting", 0), "条纠错待答复", url, "warn"),
    )
    return tuple(tile for tile in tiles if tile.figure)
