"""What a review of rights (权限复核) goes through: who holds what, since when, last used when."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.accounts.queries import second_factors_of
from gongkai.orgs.models import AccessReview, Delegation, Organ, Post, Role
from gongkai.orgs.queries.organs import organs_of
from gongkai.orgs.queries.posts import delegations_in_force, in_force
from gongkai.orgs.rules import DORMANT_DAYS


@dataclass(frozen=True, slots=True)
class Holding:
    """One post in force, or one lent (`lent_by` names its holder), as the review lists it."""

    account: str
    name: str
    organ: str
    role: Role
    since: date
    until: date | None
    last_sign_in: date | None
    dormant: bool
    lent_by: str = ""
    second_factor: bool = False


@dataclass(frozen=True, slots=True)
class AccessList:
    """Who may do what in a county on a day; accounts without a post stand apart."""

    day: date
    holdings: tuple[Holding, ...]
    idle: tuple[str, ...]

    @property
    def accounts(self) -> int:
        """How many accounts hold a post."""
        return len({each.account for each in self.holdings})

    @property
    def dormant(self) -> int:
        """How many accounts have not been used for long."""
        return len({each.account for each in self.holdings if each.dormant})

    @property
    def digest(self) -> str:
        """The SHA-256 of who holds what, so that a confirmation says which list it confirmed."""
        lines = sorted(
            (each.account, each.organ, each.role.value, each.since.isoformat(), each.lent_by)
            for each in self.holdings
        )
        return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()


def access_list(county: Organ, now: datetime) -> AccessList:
    """Return the posts in force in a county, by organ and name. Five queries."""
    today = timezone.localdate(now)
    organs = organs_of(county)
    posts = Post.objects.filter(in_force(today), organ__in=organs, user__is_active=True)
    lent = delegations_in_force(today).filter(post__organ__in=organs)
    held = [(post, post.user, None) for post in posts.select_related("organ", "user")]
    held += [
        (each.post, each.to, each)
        for each in lent.select_related("post__organ", "post__user", "to")
    ]
    factors = second_factors_of({user.pk for _, user, _ in held})
    holdings = [
        replace(_holding(post, user, today, by), second_factor=bool(factors.get(user.pk)))
        for post, user, by in held
    ]
    idle = User.objects.filter(is_active=True, is_superuser=False).exclude(
        pk__in=Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)).values(
            "user_id"
        )
    )
    was_here = idle.filter(Q(posts__organ__in=organs) | Q(posts__isnull=True)).distinct()
    return AccessList(
        today,
        tuple(sorted(holdings, key=lambda each: (each.organ, each.name, each.role.value))),
        tuple(f"{user.name}（{user.username}）" for user in was_here.order_by("username")),
    )


def _holding(post: Post, user: User, today: date, lent: Delegation | None = None) -> Holding:
    seen = timezone.localdate(user.last_login) if user.last_login else None
    # Who has never signed in is counted from the day the account was opened.
    since = seen or timezone.localdate(user.date_joined)
    return Holding(
        account=user.username,
        name=user.name,
        organ=post.organ.name,
        role=Role(post.role),
        since=lent.valid_from if lent else post.valid_from,
        until=lent.valid_to if lent else post.valid_to,
        last_sign_in=seen,
        dormant=today - since > timedelta(days=DORMANT_DAYS),
        lent_by=post.user.name if lent else "",
    )


def quarter_of(day: date) -> date:
    """Return the first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def reviews_of(counties: Iterable[Organ]) -> list[AccessReview]:
    """Return the confirmations of these counties, the newest first."""
    return list(AccessReview.objects.filter(county__in=counties).select_related("county"))
