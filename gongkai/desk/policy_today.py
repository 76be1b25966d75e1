"""The policy documents that wait for a person today: late in filing, about to expire."""

from collections.abc import Mapping
from datetime import date

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.desk.tiles import Tile
from gongkai.policy.models import PolicyDocumentQuerySet
from gongkai.policy.queries import desk_figures

_PREFIX = "policy."


def documents_waiting(user: User, today: date) -> dict[str, PolicyDocumentQuerySet]:
    """Return what is to be counted for a person; empty for who registers no documents."""
    return {f"{_PREFIX}{name}": rows for name, rows in desk_figures(user, today).items()}


def policy_today(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return what is late and what expires, as counted, without zeros; each opens its list."""
    filings, expiring = reverse("policy:filings"), reverse("policy:expiring")
    tiles = (
        Tile(counted.get(f"{_PREFIX}late", 0), "件规范性文件逾期未备案", filings, "bad"),
        Tile(counted.get(f"{_PREFIX}expiring", 0), "件文件六个月内到期", expiring, "warn"),
    )
    return tuple(tile for tile in tiles if tile.figure)
