"""Posts: who does what for which organ from when; the groups of sign-in rights follow them.

What someone may see and do hangs on the post itself (`queries.organs_seen_by`).
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.orgs.actions.errors import BadAppointment, BadDay, NotHeld
from gongkai.orgs.actions.groups import sync_groups
from gongkai.orgs.models import Delegation, Organ, OrganKind, Post, Role
from gongkai.orgs.rules import can_be_held, excluding


def appoint(
    user: User,
    organ: Organ,
    role: Role,
    *,
    on: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
) -> Post:
    """Give `user` the `role` in `organ` from `on` (up to the day before `until`, when given).

    Raises:
        BadAppointment: the role does not exist there, is held already, excludes
            another role held, or someone would appoint themselves.
        BadDay: the organ does not exist throughout, or the post would end before it begins.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        _check_days(organ, on, until)
        _check_person(user, organ, role, by)
        _check_against_held(user, organ, role, on, until)
        post = Post.objects.create(user=user, organ=organ, role=role, valid_from=on, valid_to=until)
        sync_groups([user.pk], today=timezone.localdate(at))
        record(
            "orgs.appoint",
            f"orgs.post:{post.pk}",
            chain=organ.code,
            by=by,
            at=at,
            label=f"{user.name}：{organ.name}{Role(role).label}",
            after={"account": user.username, "role": role, "valid_from": on, "valid_to": until},
        )
    return post


def dismiss(post: Post, *, on: date, by: Actor, at: datetime, reason: str = "") -> Post:
    """End `post`: `on` is the first day on which it is no longer held.

    Raises:
        NotHeld: it has ended by that day already.
        BadDay: it would end before it began.
    """
    with transaction.atomic():
        post = (
            Post.objects.select_for_update(of=("self",))
            .select_related("user", "organ")
            .get(pk=post.pk)
        )
        if post.valid_to is not None and post.valid_to <= on:
            raise NotHeld(f"该岗位已于 {post.valid_to} 离任", field="on")
        if on < post.valid_from:
            raise BadDay(f"离任日期不得早于任职日期（{post.valid_from}）", field="on")
        before, post.valid_to = post.valid_to, on
        post.save(update_fields=["valid_to"])
        sync_groups([post.user_id], today=timezone.localdate(at))
        record(
            "orgs.dismiss",
            f"orgs.post:{post.pk}",
            chain=post.organ.code,
            by=by,
            at=at,
            label=f"{post.user.name}：{post.organ.name}{Role(post.role).label}",
            before={"account": post.user.username, "valid_to": before},
            after={"account": post.user.username, "valid_to": on},
            reason=reason,
        )
    return post


def end_posts_of(organ: Organ, *, on: date, at: datetime) -> list[str]:
    """End every post of an abolished `organ` by `on`, inside the verb that abolishes it."""
    posts = Post.objects.filter(organ=organ).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    ended = [
        f"{username}:{role}"
        for username, role in posts.order_by("pk").values_list("user__username", "role")
    ]
    holders = set(posts.values_list("user_id", flat=True))
    # A post that was to begin later never begins: it ends on the day it begins.
    later = posts.filter(valid_from__gt=on)
    Delegation.objects.filter(post__in=later).delete()
    later.delete()
    posts.update(valid_to=on)
    sync_groups(holders, today=timezone.localdate(at))
    return ended


def _check_days(organ: Organ, on: date, until: date | None) -> None:
    if on < organ.valid_from or (organ.valid_to is not None and on >= organ.valid_to):
        raise BadDay(f"“{organ.name}”在 {on} 不存在，请核对任职日期或机构", field="on")
    if until is not None and until <= on:
        raise BadDay("离任日期须晚于任职日期", field="until")
    if organ.valid_to is not None and (until is None or until > organ.valid_to):
        raise BadDay(f"该机构于 {organ.valid_to} 撤销，离任日期不得晚于该日", field="until")


def _check_person(user: User, organ: Organ, role: Role, by: Actor) -> None:
    if not user.is_active:
        raise BadAppointment("该账号已停用，请先恢复账号", field="user")
    if by.account == user.username:
        raise BadAppointment("不得为本人任职，请由他人办理", field="user")
    if not can_be_held(role, organ.kind):
        kind = OrganKind(organ.kind).label
        raise BadAppointment(f"{kind}不设“{Role(role).label}”岗位，请另选岗位", field="role")


def _check_against_held(user: User, organ: Organ, role: Role, on: date, until: date | None) -> None:
    held = Post.objects.filter(user=user).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    if until is not None:
        held = held.filter(valid_from__lt=until)
    if held.filter(organ=organ, role=role).exists():
        raise BadAppointment("该同志在此期间已任该岗位，无须重复登记", field="role")
    lent = Delegation.objects.filter(to=user, valid_to__gt=on)
    if until is not None:
        lent = lent.filter(valid_from__lt=until)
    others = {*held.values_list("role", flat=True), *lent.values_list("post__role", flat=True)}
    other = excluding(role, others)
    if other is not None:
        raise BadAppointment(
            f"“{Role(role).label}”与已任的“{Role(other).label}”不得由一人兼任，请先免去后者；后者是受托的，请先终止委托",
            field="role",
        )
