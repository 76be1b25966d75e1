"""The accounts of new media as the yearly report asks for them; None where no record tells."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from gongkai.newmedia.actions import Platform
from gongkai.newmedia.findings import accounts_on


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
    known = accounts_on(organ_ids, start, end)
    if known is None:
        return None
    return [
        MediaAccount(
            id=each.typed_id,
            platform="微信" if each.platform is Platform.WECHAT else each.platform.label,
            name=each.name,
            posts=each.posts,
            followers=each.followers or 0,
        )
        for each in known
    ]
