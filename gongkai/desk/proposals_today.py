"""What waits of proposals for a person today: to assign, accept, join, answer, confirm."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.desk.tiles import Tile
from gongkai.proposals.queries import waiting_proposals

_PREFIX = "proposals."
# Part, words, tone, the list behind it.
_TILES = (
    ("late", "件答复已超期", "bad", "state=LATE"),
    ("to_assign", "件待交办", "warn", "state=RECEIVED"),
    ("to_accept", "件待签收", "warn", "state=ASSIGNED"),
    ("to_opine", "件待提会办意见", "", "state=OPINION"),
    ("to_confirm", "件公开属性待审核", "warn", "state=OPENNESS"),
)


def proposals_waiting(user: User, today: date) -> dict[str, QuerySet[Any]]:
    """Return what is to be counted for a person; empty for other posts."""
    found = waiting_proposals(user, today)
    return {f"{_PREFIX}{name}": rows for name, rows in found.items()}


def proposals_today(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return what is late and what waits, as counted, without zeros."""
    url = reverse("proposals:index")
    tiles = (
        Tile(counted.get(f"{_PREFIX}{name}", 0), words, f"{url}?{asked}", tone)
        for name, words, tone, asked in _TILES
    )
    return tuple(tile for tile in tiles if tile.figure)
