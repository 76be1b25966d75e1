"""What waits of remedies for a person today: answers owed, decisions to perform, complaints."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.desk.tiles import Tile
from gongkai.remedies.queries import waiting_cases, waiting_complaints

_PREFIX = "remedies."
_CASES = ("remedies:index", "")
# Part, words, tone, the list behind it.
_TILES = (
    ("reconsiderations_late", "件行政复议已超期", "bad", _CASES),
    ("suits_late", "件行政诉讼已超期", "bad", _CASES),
    ("reconsiderations_due", "件行政复议要办", "warn", _CASES),
    ("suits_due", "件行政诉讼要办", "warn", _CASES),
    ("late", "件投诉举报已超期", "bad", ("remedies:complaints", "?state=LATE")),
    ("to_accept", "件投诉举报待受理", "warn", ("remedies:complaints", "?state=RECEIVED")),
    ("to_find", "件投诉举报核查中", "", ("remedies:complaints", "?state=ACCEPTED")),
    ("to_answer", "件投诉举报待答复", "", ("remedies:complaints", "?state=FOUND")),
    ("to_rectify", "件投诉举报待整改", "", ("remedies:complaints", "?state=TO_RECTIFY")),
)


def remedies_waiting(user: User, today: date) -> dict[str, QuerySet[Any]]:
    """Return what is to be counted for a person; empty for other posts."""
    found = {**waiting_cases(user, today), **waiting_complaints(user, today)}
    return {f"{_PREFIX}{name}": rows for name, rows in found.items()}


def remedies_today(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return what is late and what waits, as counted, without zeros."""
    tiles = (
        Tile(counted.get(f"{_PREFIX}{name}", 0), words, f"{reverse(view)}{asked}", tone)
        for name, words, tone, (view, asked) in _TILES
    )
    return tuple(tile for tile in tiles if tile.figure)
