"""Verbs on comments: take in by any channel, dispose of one or many, show who commented."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gongkai.audit import Actor
from gongkai.engagement.actions import steps
from gongkai.engagement.lifecycle import (
    CommentChannel,
    Disposition,
    Refused,
    SolicitationEvent,
    Standing,
    ToldWrongly,
)
from gongkai.engagement.models import Comment, Solicitation
from gongkai.engagement.rules import chosen, used
from gongkai.statute.days import written

_NEEDS_REASON = (Disposition.PARTLY, Disposition.NOT_ADOPTED)


def comment(
    solicitation: Solicitation,
    *,
    text: str,
    channel: CommentChannel = CommentChannel.ONLINE,
    name: str = "",
    contact: str = "",
    received_on: date | None = None,
    submission_key: str = "",
    by: Actor,
    at: datetime,
) -> Comment:
    """Take a comment in; online ones within the term alone, others as they arrived.

    `received_on` is the day on which a letter or call came, the day of recording without one. A
    form sent twice under one `submission_key` is one comment.

    Raises:
        Refused: no comments are taken, or none online.
        ToldWrongly: a text is missing or wrong, or the day does not fit.
    """
    told = {
        "text": used(text, "comment"),
        "name": used(name, "commenter", required=False),
        "contact": used(contact, "contact", required=False),
    }
    channel = chosen(channel, CommentChannel, "提出方式", "channel")
    if found := _sent_before(solicitation, submission_key, told):
        return found
    if submission_key and Comment.objects.filter(submission_key=submission_key).exists():
        submission_key = ""  # filled in anew by somebody else on the same machine
    try:
        return _take_in(solicitation, channel, told, received_on, submission_key, by, at)
    except IntegrityError:
        if found := _sent_before(solicitation, submission_key, told):
            return found
        raise


@transaction.atomic
def dispose(
    solicitation: Solicitation,
    comments: Sequence[Comment],
    *,
    disposition: Disposition,
    summary: str = "",
    reason: str = "",
    by: Actor,
    at: datetime,
) -> list[Comment]:
    """Say what is made of some comments; `summary` is their point in words fit for the public.

    Comments with one point and one disposition become one line of the feedback. What was said
    before may be changed until the feedback is public.

    Raises:
        Refused: the notice is not public, or the feedback is.
        ToldWrongly: no comment chosen, no point, or no reason where one is owed.
    """
    disposition = chosen(disposition, Disposition, "处理", "disposition")
    related = disposition is not Disposition.UNRELATED
    summary = used(summary, "summary", required=related)
    reason = used(reason, "reason", required=disposition in _NEEDS_REASON)
    held = steps.hold(solicitation)
    steps.follow(held, SolicitationEvent.DISPOSE)
    keys = [each.pk for each in comments]
    rows = list(
        Comment.objects.select_for_update()
        .filter(solicitation=held, pk__in=keys)
        .order_by("number")
    )
    if not rows or len(rows) != len(set(keys)):
        raise ToldWrongly("请选择要处理的意见", "comments")
    before = {str(row.number): row.disposition for row in rows}
    for row in rows:
        row.disposition, row.summary, row.reason = disposition, summary if related else "", reason
        row.disposed_at, row.disposed_by = at, by.name
    Comment.objects.bulk_update(
        rows, ["disposition", "summary", "reason", "disposed_at", "disposed_by"]
    )
    after = {"comments": list(before), "disposition": str(disposition), "summary": summary}
    steps.log("dispose", held, by, at, before={"disposition": before}, after=after, reason=reason)
    return rows


@transaction.atomic
def show_commenter(comment: Comment, *, by: Actor, at: datetime) -> tuple[str, str]:
    """Return name and contact of who commented, and log that they were shown, and to whom."""
    solicitation = Solicitation.objects.select_related("organ").get(pk=comment.solicitation_id)
    steps.log("show_commenter", solicitation, by, at, after={"number": comment.number})
    return comment.who


def _sent_before(
    solicitation: Solicitation, submission_key: str, told: dict[str, str]
) -> Comment | None:
    if not submission_key:
        return None
    rows = Comment.objects.filter(submission_key=submission_key, solicitation=solicitation)
    found = rows.first()
    return found if found is not None and steps.sent_as(found, **told) else None


@transaction.atomic
def _take_in(
    solicitation: Solicitation,
    channel: CommentChannel,
    told: dict[str, str],
    received_on: date | None,
    submission_key: str,
    by: Actor,
    at: datetime,
) -> Comment:
    held = steps.hold(solicitation)
    steps.follow(held, SolicitationEvent.COMMENT)
    day = _day_of(held, channel, received_on, at)
    held.last_number += 1
    held.save(update_fields=["last_number"])
    row = Comment(
        solicitation=held,
        number=held.last_number,
        channel=channel,
        named=bool(told["name"] or told["contact"]),
        submission_key=submission_key or None,
        received_on=day,
        received_at=at,
    )
    row.seal(**told)
    row.save(force_insert=True)
    after = {"number": row.number, "channel": str(channel), "comment": told["text"]}
    if row.named:
        after["commenter"] = f"{told['name']} {told['contact']}"
    steps.log("comment", held, by, at, after=after)
    return row


def _day_of(
    solicitation: Solicitation, channel: CommentChannel, received_on: date | None, at: datetime
) -> date:
    """Return the day a comment counts; raises Refused outside the term or ToldWrongly."""
    today = steps.local_day(at)
    if channel is CommentChannel.ONLINE:
        standing = solicitation.standing_on(today)
        if standing is Standing.AHEAD:
            raise Refused(f"征集尚未开始，{written(solicitation.opens_on)}起可以提出意见。")
        if standing is not Standing.RUNNING:
            raise Refused(f"征集已于{written(solicitation.closes_on)}截止，不再接收网上意见。")
        if not solicitation.online:
            raise Refused("本次征集没有开通网上提交，请按公告写明的方式提出意见。")
        return today
    day = received_on or today
    if day > today:
        raise ToldWrongly("“收到日期”晚于今天，请核对", "received_on")
    if day < solicitation.opens_on:
        raise ToldWrongly("“收到日期”早于征集开始之日，请核对", "received_on")
    return day
