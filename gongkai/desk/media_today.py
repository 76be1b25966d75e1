"""What waits of new media for a person today: to approve, to open or close, to publish by hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.desk.tiles import Tile
from gongkai.newmedia.models import Account
from gongkai.newmedia.queries import (
    OFFICE,
    RECORDERS,
    waiting_accounts,
    waiting_publications,
)
from gongkai.orgs.models import OrganKind
from gongkai.orgs.queries import holds_any, organs_seen_by

_PREFIX = "media."
# Part, words, tone, the list behind it.
_TILES = (
    ("failed", "条没有发布成功", "bad", "publications", "state=FAILED"),
    ("to_delete", "条待到平台删除", "bad", "publications", "state=WITHDRAWING"),
    ("by_hand", "条待人工发布", "warn", "publications", "state=BY_HAND"),
    ("to_approve", "个账号待批准", "warn", "accounts", "state=WAITING"),
    ("to_open", "个账号待登记开通", "", "accounts", "state=APPROVED"),
    ("to_close", "个账号待登记注销", "", "accounts", "state=LEAVING"),
)


def media_waiting(user: User, today: date) -> dict[str, QuerySet[Any]]:
    """Return what is to be counted for a person; empty for other posts."""
    if not holds_any(user, today, RECORDERS):
        return {}
    organs = organs_seen_by(user, today, RECORDERS)
    own = Account.objects.filter(organ__in=organs.order_by().values("pk"))
    found: dict[str, QuerySet[Any]] = {**waiting_accounts(own), **waiting_publications(organs)}
    found.pop("to_approve")
    if holds_any(user, today, OFFICE):
        kept = organs_seen_by(user, today, OFFICE).filter(kind=OrganKind.COUNTY_GOVERNMENT)
        asked = Account.objects.filter(county__in=kept.order_by().values("pk"))
        found["to_approve"] = waiting_accounts(asked)["to_approve"]
    return {f"{_PREFIX}{name}": rows for name, rows in found.items()}


def media_today(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return what failed and what waits, as counted, without zeros."""
    tiles = (
        Tile(
            counted.get(f"{_PREFIX}{name}", 0),
            words,
            f"{reverse(f'newmedia:{screen}')}?{asked}",
            tone,
        )
        for name, words, tone, screen, asked in _TILES
    )
    return tuple(tile for tile in tiles if tile.figure)
