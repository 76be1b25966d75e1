"""What waits for a person today in the service hall: guides to pass, money to judge and to pay."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.desk.tiles import Tile
from gongkai.orgs.models import Role
from gongkai.orgs.queries import holds_any, organs_seen_by
from gongkai.servicehall.models import FulfilmentCase, ServiceItem
from gongkai.servicehall.queries import CLERKS, REVIEWERS, submitted, to_approve, to_handle

_GUIDES, _CASES, _GRANTS = "hall.guides", "hall.cases", "hall.grants"


def hall_waiting(user: User, today: date) -> dict[str, QuerySet[Any]]:
    """Return what is to be counted for a person; empty for other posts."""
    found: dict[str, QuerySet[Any]] = {}
    if holds_any(user, today, REVIEWERS):
        organs = organs_seen_by(user, today, REVIEWERS)
        found[_GUIDES] = submitted(ServiceItem.objects.filter(organ__in=organs))
    if holds_any(user, today, CLERKS):
        organs = organs_seen_by(user, today, CLERKS)
        found[_CASES] = to_handle(FulfilmentCase.objects.filter(organ__in=organs), today)
    if holds_any(user, today, {Role.REVIEWER}):
        organs = organs_seen_by(user, today, {Role.REVIEWER})
        found[_GRANTS] = to_approve(FulfilmentCase.objects.filter(organ__in=organs))
    return found


def hall_today(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return what waits, as counted, without zeros; each opens its list."""
    items = f"{reverse('servicehall:items')}?state=WAITING"
    cases = reverse("servicehall:cases")
    tiles = (
        Tile(counted.get(_GUIDES, 0), "个办事指南待审核", items, "warn"),
        Tile(counted.get(_GRANTS, 0), "件兑现待核定", f"{cases}?state=EXAMINED", "warn"),
        Tile(counted.get(_CASES, 0), "件兑现待办理", f"{cases}?state=WAITING"),
    )
    return tuple(tile for tile in tiles if tile.figure)
