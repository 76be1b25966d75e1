"""Letting somebody else act in one's post for some days (委托), and ending it.

The rights follow the day: `queries.posts_of` counts a lent post among those of who may act in
it, and every act says in whose place. Posts of the three administrators are not lent.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.orgs.actions.errors import BadAppointment, BadDay, NotHeld
from gongkai.orgs.actions.groups import sync_groups
from gongkai.orgs.models import Delegation, Post, Role
from gongkai.orgs.queries import in_force
from gongkai.orgs.rules import ADMINISTRATIVE, MOST_DAYS_LENT


def delegate(
    post: Post, *, to: User, on: date, until: date, reason: str, by: Actor, at: datetime
) -> Delegation:
    """Let `to` act in `post` from `on` up to the day before `until`.

    Raises:
        BadDay: it begins in the past, ends before it begins, is too long, or outlasts the post.
        BadAppointment: an administrator's post, oneself, an account without a post in the
            county, or a person who may not do business; a reason is missing.
        NotHeld: the post is not held on these days, or lent to somebody already.
    """
    reason = reason.strip()
    if not reason:
        raise BadAppointment("请填写委托事由，如“赴省委党校培训”", field="reason")
    with transaction.atomic():
        post = Post.objects.select_for_update(of=("self",)).select_related("user").get(pk=post.pk)
        to = User.objects.select_for_update().get(pk=to.pk)
        _check_days(post, on, until, timezone.localdate(at))
        _check_receiver(post, to, on, by)
        _check_free(post, on, until)
        made = Delegation.objects.create(
            post=post,
            to=to,
            valid_from=on,
            valid_to=until,
            reason=reason,
            made_by=by.name,
            made_at=at,
        )
        sync_groups([to.pk], today=timezone.localdate(at))
        after = {"successor_person": to.username, "valid_from": on, "valid_to": until}
        _record("orgs.delegate", made, by, at, after=after, reason=reason)
    return made


def end_delegation(
    delegation: Delegation, *, by: Actor, at: datetime, reason: str = ""
) -> Delegation:
    """End a delegation at once: from this day on nobody acts by it.

    Raises:
        NotHeld: it has ended already.
    """
    today = timezone.localdate(at)
    with transaction.atomic():
        held = (
            Delegation.objects.select_for_update(of=("self",))
            .select_related("post__user", "post__organ", "to")
            .get(pk=delegation.pk)
        )
        if held.valid_to <= today or held.ended_at is not None:
            raise NotHeld(f"该委托已于 {held.valid_to} 终止", field="on")
        before = held.valid_to
        held.valid_to = max(today, held.valid_from)
        if held.valid_from > today:  # it never begins
            held.valid_from = held.valid_to = today
        held.ended_at, held.ended_by = at, by.name
        held.save()
        sync_groups([held.to_id], today=today)
        told = {"before": {"valid_to": before}, "after": {"valid_to": held.valid_to}}
        _record("orgs.end_delegation", held, by, at, reason=reason, **told)
    return held


def _check_days(post: Post, on: date, until: date, today: date) -> None:
    if on < today:
        raise BadDay("委托起始日期不得早于今天，已办的事不能事后委托", field="on")
    if until <= on:
        raise BadDay("委托终止日期须晚于起始日期", field="until")
    if (until - on).days > MOST_DAYS_LENT:
        text = f"委托一次不超过 {MOST_DAYS_LENT} 日，时间更长的请由系统管理员办理任职"
        raise BadDay(text, field="until")
    if on < post.valid_from or (post.valid_to is not None and until > post.valid_to):
        raise NotHeld("委托期间须在该岗位的任职期间之内，请核对日期", field="until")


def _check_receiver(post: Post, to: User, on: date, by: Actor) -> None:
    if post.role in ADMINISTRATIVE:
        label = Role(post.role).label
        raise BadAppointment(f"“{label}”岗位不得委托，请由他人办理任职", field="post")
    if to.pk == post.user_id:
        raise BadAppointment("受托人不能是本人，请另选人员", field="to")
    if by.account == to.username:
        raise BadAppointment("受托人不得为本人办理委托，请由委托人或者其他管理员办理", field="to")
    if not to.is_active:
        raise BadAppointment("受托人的账号已停用，请另选人员", field="to")
    if not post.user.is_active:
        raise BadAppointment("委托人的账号已停用，不能委托", field="post")
    held = Post.objects.filter(in_force(on), user=to).select_related("organ")
    if any(each.role in ADMINISTRATIVE for each in held):
        raise BadAppointment("三类管理员不办业务，不得受托，请另选人员", field="to")
    county = post.organ.county_id or post.organ_id
    if county not in {each.organ.county_id or each.organ_id for each in held}:
        raise BadAppointment("受托人届时须在本县机关任职，请另选人员", field="to")
    if any((each.organ_id, each.role) == (post.organ_id, post.role) for each in held):
        raise BadAppointment("受托人已任同一岗位，无须委托", field="to")


def _check_free(post: Post, on: date, until: date) -> None:
    others = Delegation.objects.filter(post=post, valid_from__lt=until, valid_to__gt=on)
    if other := others.select_related("to").first():
        text = f"该岗位在此期间已委托给{other.to}（至 {other.valid_to}），请先终止原委托"
        raise NotHeld(text, field="on")


def _record(verb: str, held: Delegation, by: Actor, at: datetime, **told: object) -> None:
    post = held.post
    label = f"{post.user.name} → {held.to.name}：{post.organ.name}{Role(post.role).label}"
    target = f"orgs.delegation:{held.pk}"
    record(verb, target, chain=post.organ.code, by=by, at=at, label=label, **told)
