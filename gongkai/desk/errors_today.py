"""The error reports of our own pages that wait for a person today (law.md 4.4)."""

from datetime import date

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.desk.tiles import Tile
from gongkai.engagement.queries import VIEWERS, waiting_counts
from gongkai.orgs.queries import holds_any, organs_seen_by


def errors_today(user: User, today: date) -> tuple[Tile, ...]:
    """Return what is late and what waits, without zeros; one query, none for other posts."""
    if not holds_any(user, today, VIEWERS):
        return ()
    counts = waiting_counts(organs_seen_by(user, today, VIEWERS), today)
    url = reverse("engagement:reports")
    tiles = (
        Tile(counts.late, "条纠错已超期", url, "bad"),
        Tile(counts.waiting, "条纠错待答复", url, "warn"),
    )
    return tuple(tile for tile in tiles if tile.figure)
