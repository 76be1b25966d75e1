"""The accounts of new media as the yearly report asks for them; None where no record tells.

A site's report tells of the accounts of its sponsor alone; those of other organs are in their own
reports or in the registry (law.md 5.1).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.newmedia.models import Account, MonthFigures
from gongkai.newmedia.models.accounts import Platform
from gongkai.newmedia.queries import post_counts


@dataclass(frozen=True, slots=True)
class MediaAccount:
    """One account at the end of a period: typed id, platform, name, posts; followers if told."""

    id: str
    platform: Platform
    name: str
    posts: int
    followers: int | None


def media_accounts(
    organ_ids: Collection[int], start: date, end: date
) -> Collection[MediaAccount] | None:
    """Return the accounts that some organs had at the end of a period, by platform and name.

    None while the registry has none of theirs for that time: then the office tells.
    """
    rows = Account.objects.filter(organ_id__in=organ_ids, opened_on__lte=end).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=end)
    )
    accounts = [each for each in rows.order_by("name") if not Platform(each.platform).is_group]
    if not accounts:
        return None
    keys = [each.pk for each in accounts]
    posts = post_counts(keys, start, end)
    months = MonthFigures.objects.filter(
        account_id__in=keys, starts_on__range=(start, end), followers__isnull=False
    )
    followers = dict(months.order_by("starts_on").values_list("account_id", "followers"))
    return [
        MediaAccount(
            f"newmedia:{each.pk}",
            Platform(each.platform),
            each.name,
            posts.get(each.pk, 0),
            followers.get(each.pk),
        )
        for each in accounts
    ]
