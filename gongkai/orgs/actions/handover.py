"""A leaving person's work passed on in one verb: posts, what they had lent, open work.

Chapters stand higher and tell their open work by `register` when they start: what of it a
person has in hand is moved to the successor, what the organ has in hand goes with the post.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.accounts.actions import deactivate
from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.orgs.actions.delegations import end_delegation
from gongkai.orgs.actions.errors import BadAppointment, NotHeld
from gongkai.orgs.actions.posts import appoint, dismiss
from gongkai.orgs.models import Delegation, Post, Role
from gongkai.orgs.queries import in_force
from gongkai.orgs.rules import ADMINISTRATIVE


@dataclass(frozen=True, slots=True)
class Passing:
    """Who passes work of which organs to whom, as a chapter's `move` is told."""

    leaving: User
    successor: User
    organ_ids: frozenset[int]
    on: date
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Chapter:
    """Open work of one kind: its Chinese name, how much there is, and how it is moved.

    `count` takes the leaving person and the ids of the organs of their posts; `move` returns
    how many pieces it has moved, each by the chapter's own verb. Without `move` the work is
    the organ's and goes with the post.
    """

    label: str
    count: Callable[[User, Collection[int]], int]
    move: Callable[[Passing], int] | None = None


@dataclass(frozen=True, slots=True)
class OpenWork:
    """How much open work of one kind there is, and whether it is in the person's own hand."""

    label: str
    count: int
    own: bool


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What has been passed on: posts, and pieces of work moved, by kind."""

    posts: tuple[str, ...]
    moved: dict[str, int]


_chapters: dict[str, Chapter] = {}


def register(
    name: str,
    label: str,
    count: Callable[[User, Collection[int]], int],
    move: Callable[[Passing], int] | None = None,
) -> None:
    """Tell a chapter's open work; a name told again is replaced."""
    _chapters[name] = Chapter(label, count, move)


def open_work(leaving: User, today: date) -> list[OpenWork]:
    """Return the open work of a person and of the organs of their posts, by kind."""
    organ_ids = _organs(leaving, today)
    found = [
        OpenWork(each.label, each.count(leaving, organ_ids), each.move is not None)
        for each in _chapters.values()
    ]
    return [each for each in found if each.count]


def hand_over(
    leaving: User,
    successor: User,
    *,
    reason: str,
    close: bool = False,
    by: Actor,
    at: datetime,
) -> HandedOver:
    """Pass on from today every post and all open work of `leaving`; `close` their account too.

    Posts and work are passed on by their own verbs, each with its event; one event more, in
    the chain of each organ, says what was handed over.

    Raises:
        NotHeld: `leaving` holds no post.
        BadAppointment: the successor may not hold a post, is the same person, or whoever acts
            is one of the two; an administrator's post is not handed over. Nothing is done then.
    """
    reason = reason.strip()
    today = timezone.localdate(at)
    _check_people(leaving, successor, today, reason, by)
    with transaction.atomic():
        # Both accounts in one order, so that two handovers do not wait for each other.
        list(User.objects.select_for_update().filter(pk__in=(leaving.pk, successor.pk)))
        posts = list(_posts(leaving, today))
        if not posts:
            raise NotHeld("该同志现无岗位，不需要移交；账号可以直接停用", field="successor")
        organ_ids = frozenset(post.organ_id for post in posts)
        for held in _lent_by_or_to(leaving, today):
            end_delegation(held, by=by, at=at, reason=reason)
        for post in posts:
            _pass_post(post, successor, today, by, at, reason)
        passing = Passing(leaving, successor, organ_ids, today, by, at)
        moved = {
            name: each.move(passing) for name, each in _chapters.items() if each.move is not None
        }
        done = HandedOver(tuple(str(post) for post in posts), moved)
        _record(leaving, successor, posts, done, by, at, reason)
        if close:
            deactivate(leaving, by=by, at=at, reason=reason)
    return done


def _posts(user: User, today: date) -> list[Post]:
    """Return the posts held today or later, by organ, so that organs are locked in one order."""
    posts = Post.objects.filter(user=user).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
    return list(posts.select_related("organ", "user").order_by("organ_id", "pk"))


def _organs(user: User, today: date) -> frozenset[int]:
    return frozenset(post.organ_id for post in _posts(user, today))


def _lent_by_or_to(user: User, today: date) -> list[Delegation]:
    mine = Q(post__user=user) | Q(to=user)
    return list(Delegation.objects.filter(mine, valid_to__gt=today, ended_at__isnull=True))


def _check_people(leaving: User, successor: User, today: date, reason: str, by: Actor) -> None:
    if not reason:
        raise BadAppointment("请填写移交事由，如“调离”“轮岗”", field="reason")
    if leaving.pk == successor.pk:
        raise BadAppointment("接任人不能是本人，请另选人员", field="successor")
    if by.account in (leaving.username, successor.username):
        raise BadAppointment("移交须由移交人和接任人以外的人办理", field="successor")
    held = next((post for post in _posts(leaving, today) if post.role in ADMINISTRATIVE), None)
    if held is not None:
        label = Role(held.role).label
        text = f"“{label}”岗位不得随业务移交，请先免去，再为接任者办理任职"
        raise BadAppointment(text, field="successor")


def _pass_post(
    post: Post, successor: User, today: date, by: Actor, at: datetime, reason: str
) -> None:
    """End a post and give it to the successor, unless they hold it already."""
    begins = max(today, post.valid_from)
    until = post.valid_to
    dismiss(post, on=begins, by=by, at=at, reason=reason)
    role = Role(post.role)
    if not Post.objects.filter(
        in_force(begins), user=successor, organ=post.organ, role=role
    ).exists():
        appoint(successor, post.organ, role, on=begins, until=until, by=by, at=at)


def _record(
    leaving: User,
    successor: User,
    posts: list[Post],
    done: HandedOver,
    by: Actor,
    at: datetime,
    reason: str,
) -> None:
    organs = {post.organ.code: post.organ for post in posts}
    for code, organ in organs.items():
        after = {
            "successor_person": successor.username,
            "posts_ended": [str(post) for post in posts if post.organ_id == organ.pk],
            "work_moved": sum(done.moved.values()),
        }
        record(
            "orgs.hand_over",
            f"accounts:{leaving.pk}",
            chain=code,
            by=by,
            at=at,
            label=f"{leaving.name} → {successor.name}",
            before={"account": leaving.username},
            after=after,
            reason=reason,
        )
