"""Figures of posts for the annual report's prose and other tellers: by account, with the records.

A county tells how much each of its accounts published in a year (“政务微博发布信息481条”); counts
are made of the posts recorded or imported, never typed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, QuerySet

from gongkai.newmedia.models import Account, Post
from gongkai.newmedia.queries import post_counts
from gongkai.newmedia.queries.accounts import moments_of
from gongkai.newmedia.rules.platforms import PUBLIC, Platform
from gongkai.tables.facts import Period, Record


@dataclass(frozen=True, slots=True)
class AccountPosts:
    """How much one account published in a period."""

    account_id: int
    organ_id: int
    platform: Platform
    name: str
    main: bool
    posts: int


@dataclass(frozen=True, slots=True)
class PostRecord:
    """One post behind such a figure."""

    id: str
    title: str
    posted_at: datetime
    link: str


def posts_by_account(organ_ids: Collection[int], start: date, end: date) -> list[AccountPosts]:
    """Return what each account of some organs published, both days included. 2 queries.

    Accounts without a post are left out, closed ones with posts are not; those that lead first.
    """
    rows = Account.objects.filter(organ_id__in=organ_ids, platform__in=PUBLIC)
    accounts = list(rows.order_by("-main", "platform", "name"))
    counted = post_counts([each.pk for each in accounts], start, end)
    return [
        AccountPosts(
            each.pk,
            each.organ_id,
            Platform(each.platform),
            each.name,
            each.main,
            counted[each.pk],
        )
        for each in accounts
        if counted.get(each.pk)
    ]


def posts_behind(account_id: int, start: date, end: date) -> list[PostRecord]:
    """Return the posts that one of those figures counts, oldest first."""
    rows = Post.objects.counting().between(*moments_of(start, end)).filter(account_id=account_id)
    return [
        PostRecord(each.typed_id, each.title, each.posted_at, each.link)
        for each in rows.order_by("posted_at", "pk")
    ]


def closed_by_organ(groups: bool, period: Period, organ_ids: Collection[int]) -> dict[int, Decimal]:
    """Return how many accounts (or work groups) each organ closed in a period. One query."""
    rows = _closed(groups, period, organ_ids).order_by().values("organ_id")
    return {row["organ_id"]: Decimal(row["n"]) for row in rows.annotate(n=Count("pk"))}


def closed_records(groups: bool, period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return those accounts, each adding one."""
    return [
        Record(each.typed_id, str(each), each.organ_id, each.closed_on, Decimal(1))
        for each in _closed(groups, period, organ_ids).order_by("closed_on", "pk")
    ]


def _closed(groups: bool, period: Period, organ_ids: Collection[int]) -> QuerySet[Account]:
    rows = Account.objects.filter(
        organ_id__in=organ_ids, closed_on__range=(period.start, period.end)
    )
    return rows.exclude(platform__in=PUBLIC) if groups else rows.filter(platform__in=PUBLIC)
