"""What waits of the registers for a person today: decisions late, to publish, to take down."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.desk.tiles import Tile
from gongkai.registers.queries import waiting_decisions

_PREFIX = "registers."
# Part, words, tone, the list behind it.
_TILES = (
    ("late", "件决定已超过公开（撤回）期限", "bad", "state=OVERDUE"),
    ("to_take_down", "件决定待撤回公开", "warn", "state=CANCELLED"),
    ("to_publish", "件决定待公开", "warn", "state=ENTERED"),
)


def decisions_waiting(user: User, today: date) -> dict[str, QuerySet[Any]]:
    """Return what is to be counted for a person; empty for other posts."""
    found = waiting_decisions(user, today)
    return {f"{_PREFIX}{name}": rows for name, rows in found.items()}


def registers_today(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return what is late and what waits, as counted, without zeros."""
    url = reverse("registers:decisions")
    tiles = (
        Tile(counted.get(f"{_PREFIX}{name}", 0), words, f"{url}?{asked}", tone)
        for name, words, tone, asked in _TILES
    )
    return tuple(tile for tile in tiles if tile.figure)
