"""What members of the public told us that waits for a person today (law.md 4.2, 4.4, 5.2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.desk.tiles import Tile
from gongkai.engagement.queries import (
    OPINION_VIEWERS,
    VIEWERS,
    waiting_matters,
    waiting_messages,
    waiting_reports,
)
from gongkai.orgs.queries import holds_any, organs_seen_by

_PREFIX, _MESSAGES, _OPINION = "errors.", "messages.", "opinion.waiting"


def reports_waiting(user: User, today: date) -> dict[str, QuerySet[Any]]:
    """Return what is to be counted for a person; empty for other posts."""
    if not holds_any(user, today, VIEWERS):
        return {}
    organs = organs_seen_by(user, today, VIEWERS)
    reports, messages = waiting_reports(organs, today), waiting_messages(organs, today)
    found: dict[str, QuerySet[Any]] = {f"{_PREFIX}{name}": rows for name, rows in reports.items()}
    found |= {f"{_MESSAGES}{name}": messages[name] for name in ("waiting", "late")}
    if holds_any(user, today, OPINION_VIEWERS):
        found[_OPINION] = waiting_matters(organs_seen_by(user, today, OPINION_VIEWERS))
    return found


def errors_today(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return what is late and what waits, as counted, without zeros."""
    url, messages = reverse("engagement:reports"), reverse("engagement:messages")
    opinions = reverse("engagement:opinions")
    tiles = (
        Tile(counted.get(_OPINION, 0), "件舆情待回应", opinions, "bad"),
        Tile(counted.get(f"{_PREFIX}late", 0), "条纠错已超期", url, "bad"),
        Tile(counted.get(f"{_PREFIX}waiting", 0), "条纠错待答复", url, "warn"),
        Tile(counted.get(f"{_MESSAGES}late", 0), "条留言已超期", messages, "bad"),
        Tile(counted.get(f"{_MESSAGES}waiting", 0), "条留言待答复", messages, "warn"),
    )
    return tuple(tile for tile in tiles if tile.figure)
