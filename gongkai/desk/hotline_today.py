"""What waits of the hotline for a person today: to dispatch, to sign for, to answer, to check."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.desk.tiles import Tile
from gongkai.hotline.queries import RECORDERS, Pile, waiting_orders
from gongkai.orgs.queries import holds_any, organs_seen_by

_PREFIX = "hotline."
# Part, words, tone, the pile of the list behind it.
_TILES = (
    ("late", "件工单已超期", "bad", Pile.LATE),
    ("today", "件工单今天到期", "warn", Pile.OPEN),
    ("to_dispatch", "件待派单", "warn", Pile.RECEIVED),
    ("to_sign", "件待签收", "warn", Pile.ASSIGNED),
    ("asked", "件退单、延期待审", "", Pile.ASKED),
    ("to_check", "件答复待审", "", Pile.ANSWERED),
    ("to_call", "件待回访", "", Pile.CHECKED),
)


def orders_waiting(user: User, today: date) -> dict[str, QuerySet[Any]]:
    """Return what is to be counted for a person; empty for other posts."""
    if not holds_any(user, today, RECORDERS):
        return {}
    organs = organs_seen_by(user, today, RECORDERS)
    return {f"{_PREFIX}{name}": rows for name, rows in waiting_orders(organs, today).items()}


def hotline_today(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return what is late and what waits, as counted, without zeros."""
    url = reverse("hotline:index")
    tiles = (
        Tile(counted.get(f"{_PREFIX}{name}", 0), words, f"{url}?state={pile.value}", tone)
        for name, words, tone, pile in _TILES
    )
    return tuple(tile for tile in tiles if tile.figure)
