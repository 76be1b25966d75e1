"""The accounts of new media as the yearly report asks for them; None where no record tells."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MediaAccount:
    """One account at the end of a period: its typed id, platform, name, posts, followers."""

    id: str
    platform: str
    name: str
    posts: int
    followers: int


def media_accounts(
    organ_ids: Collection[int], start: date, end: date
) -> Collection[MediaAccount] | None:
    """Return the accounts of some organs in a period; None while no registry of them is kept."""
    return None
