"""What sign-in asks: duties of posts, second factors, locks, networks; and a request's memory.

Posts stand a storey higher (`orgs`), which tells its answers by `tell_duties` when it starts.
The memory: only requests that change nothing remember (`staff.remembering`); verbs, jobs and
commands always read the rows of now.
"""

from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, QuerySet, Sum

from gongkai.accounts.models import Session, StaffNetwork, User
from gongkai.accounts.rules import has_expired, inside

Answer = TypeVar("Answer")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("orgs_asked_once", default=None)


@dataclass(frozen=True, slots=True)
class Duties:
    """What posts say of a person at a moment."""

    decides: Callable[[User, datetime], bool]  # so that a second factor is needed
    secures: Callable[[User, datetime], bool]  # is a security administrator
    secured: Callable[[User, datetime], QuerySet[User]]  # whose sign-in they look after
    acting: Callable[[User, datetime], str]  # the post in which a security administrator acts


def _superuser(user: User, now: datetime) -> bool:
    return user.is_active and user.is_superuser


_duties = [Duties(_superuser, _superuser, lambda user, now: User.objects.all(), lambda *_: "")]


def tell_duties(duties: Duties) -> None:
    """Let the storey of posts answer from now on."""
    _duties[:] = [duties]


def needs_second_factor(user: User, now: datetime) -> bool:
    """Return whether `user` must have a second factor: setting, and a post that decides."""
    return settings.GONGKAI_SECOND_FACTOR == "required" and _duties[0].decides(user, now)


def keeps_security(user: User, now: datetime) -> bool:
    """Return whether `user` is a security administrator."""
    return bool(_duties[0].secures(user, now))


def people_secured(user: User, now: datetime) -> QuerySet[User]:
    """Return the people whose sign-in a security administrator looks after."""
    return _duties[0].secured(user, now)


def acting_post(user: User, now: datetime) -> str:
    """Return the post in which a security administrator acts."""
    return _duties[0].acting(user, now)


def second_factors_of(users: Collection[int]) -> dict[int, list[str]]:
    """Return the kinds of second factor of each account, by its id; none has no entry."""
    found: dict[int, list[str]] = {}
    rows = Authenticator.objects.filter(user_id__in=users).order_by("type", "pk")
    for user, kind in rows.values_list("user_id", "type"):
        found.setdefault(user, []).append(kind)
    return found


def sign_on_numbers(users: Collection[int]) -> dict[int, list[str]]:
    """Return the single sign-ons by which each account comes in, by its id; none has no entry."""
    found: dict[int, list[str]] = {}
    rows = SocialAccount.objects.filter(user_id__in=users).order_by("provider")
    for user, provider in rows.values_list("user_id", "provider"):
        found.setdefault(user, []).append(provider)
    return found


def password_expired(user: User, now: datetime) -> bool:
    """Return whether the password of `user` is older than the setting allows."""
    changed_at = user.password_changed_at or user.date_joined
    return has_expired(changed_at, now, settings.GONGKAI_PASSWORD_DAYS)


def sessions_of(user: User) -> QuerySet[Session]:
    """Return where `user` is signed in, the latest used first."""
    return Session.objects.filter(user=user)


@dataclass(frozen=True, slots=True)
class Lock:
    """An account that waits, for an address."""

    account: str
    address: str
    failures: int
    until: datetime


def locks(now: datetime) -> list[Lock]:
    """Return the accounts that are locked at `now`, the latest first."""
    wait = timedelta(minutes=settings.GONGKAI_LOCKOUT_MINUTES)
    tries = AccessAttempt.objects.filter(attempt_time__gt=now - wait).order_by()
    sums = tries.values("username", "ip_address").annotate(
        failures=Sum("failures_since_start"), last=Max("attempt_time")
    )
    reached = sums.filter(failures__gte=settings.GONGKAI_LOCKOUT_FAILURES)
    return [
        Lock(row["username"] or "", row["ip_address"] or "", row["failures"], row["last"] + wait)
        for row in reached.order_by("-last")
    ]


def networks() -> QuerySet[StaffNetwork]:
    """Return the networks of the table."""
    return StaffNetwork.objects.all()


def is_inside(address: IPv4Address | IPv6Address | None) -> bool:
    """Return whether the staff side may be entered from `address`."""
    told = [*settings.GONGKAI_STAFF_NETWORKS, *networks().values_list("network", flat=True)]
    return not told or inside(address, told)


@contextmanager
def remembering() -> Iterator[None]:
    """Keep answers until the end of the block."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def asked_once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` answers, from memory when `question` was asked before in this request."""
    kept = _kept.get()
    if kept is None:
        return ask()
    if question not in kept:
        kept[question] = ask()
    answer: Answer = kept[question]
    return answer
