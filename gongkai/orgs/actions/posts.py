"""Posts: who does what for which organ from when; the groups of sign-in rights follow them.

A group (Django's) carries the right to enter the staff site and little else; what
someone may see and do hangs on the post itself (`queries.organs_seen_by`).
Groups are a projection of the posts in force: `sync_groups` makes them true.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.orgs.actions.errors import BadAppointment, BadDay, NotHeld
from gongkai.orgs.models import Organ, OrganKind, Post, Role
from gongkai.orgs.rules import RIGHTS, can_be_held, excluding

_ENTRY = "wagtailadmin.access_admin"


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
    posts.filter(valid_from__gt=on).delete()
    posts.update(valid_to=on)
    sync_groups(holders, today=timezone.localdate(at))
    return ended


def sync_groups(user_ids: Iterable[int] | None = None, *, today: date) -> int:
    """Make the role groups of the users (all by default) those of their posts on `today`.

    Return how many memberships changed. Posts begin and end by date, so this
    also runs daily; for all users it also gives each group its rights anew.
    """
    posts = Post.objects.filter(valid_from__lte=today, user__is_active=True).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    )
    membership = User.groups.through.objects.filter(group__name__in=Role.labels)
    if user_ids is not None:
        ids = list(user_ids)
        posts, membership = posts.filter(user_id__in=ids), membership.filter(user_id__in=ids)
    with transaction.atomic():
        wanted = {
            (user_id, Role(role).label) for user_id, role in posts.values_list("user", "role")
        }
        found = {
            (user_id, name): pk
            for pk, user_id, name in membership.values_list("pk", "user_id", "group__name")
        }
        missing = {name for _, name in wanted - found.keys()}
        # All at once also gives every group the rights that a newer release has added.
        roles = [role for role in Role if user_ids is None or role.label in missing]
        groups = {role.label: group_of(role) for role in roles}
        User.groups.through.objects.bulk_create(
            User.groups.through(user_id=user_id, group=groups[name])
            for user_id, name in sorted(wanted - found.keys())
        )
        gone = [pk for key, pk in found.items() if key not in wanted]
        membership.filter(pk__in=gone).delete()
    return len(wanted - found.keys()) + len(gone)


def group_of(role: Role) -> Group:
    """Return the group of a role, with the right of entry and what `rules.RIGHTS` adds."""
    group, _ = Group.objects.get_or_create(name=role.label)
    for right in (_ENTRY, *RIGHTS.get(role, ())):
        app, codename = right.split(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return group


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
    other = excluding(role, set(held.values_list("role", flat=True)))
    if other is not None:
        raise BadAppointment(
            f"“{Role(role).label}”与已任的“{Role(other).label}”不得由一人兼任，请先免去后者",
            field="role",
        )
