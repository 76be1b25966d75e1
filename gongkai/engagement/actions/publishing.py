"""What notices and feedbacks ask of a release, and what a release puts down of them.

A notice needs its explanation and a term that has not begun; a feedback needs every comment
disposed of and the figures as recorded (征集与反馈一一对应). Runs inside the verbs of `disclosure`.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import unescape

from django.urls import reverse

from gongkai.audit import Actor
from gongkai.disclosure import Obstacle, Publishing, publishes
from gongkai.disclosure.models import Entry
from gongkai.disclosure.models.entries import EntryState
from gongkai.engagement import queries
from gongkai.engagement.actions import steps
from gongkai.engagement.lifecycle import SolicitationEvent, SolicitationState
from gongkai.engagement.lifecycle.solicitations import allows
from gongkai.engagement.models import Solicitation
from gongkai.engagement.rules import LONG_TERM_DAYS, days_of, figures_sentence
from gongkai.statute.days import written

_READY = (EntryState.SIGNED, EntryState.SCHEDULED)
_TAG = re.compile(r"<[^>]*>")


def _of(entry: Entry) -> Solicitation:
    key = int(entry.record.partition(":")[2])
    return Solicitation.objects.select_related("organ").get(pk=key)


@publishes("engagement")
class NoticeRecords(Publishing):
    """The notices of solicitations."""

    def obstacles(self, entry: Entry, at: datetime) -> Sequence[Obstacle]:
        """Return what stands against submitting or releasing a notice."""
        row = _of(entry)
        found = []
        if row.state == SolicitationState.CANCELLED and not entry.live:
            found.append(Obstacle("record", "这次征集已经终止，公告不能再发布"))
        body, names = queries.content_in_hand(entry)
        body = plain(body)
        if row.state == SolicitationState.DRAFT:
            found += _term_against(row, entry, at)
            last = written(row.closes_on)
            if body and last not in body:
                said = f"正文没有写明截止日期{last}，与登记的征集期限不一致，请核对"
                found.append(Obstacle("body", said))
        if "说明" not in body and not any("说明" in name for name in names):
            said = "没有起草说明：请在“正文”中写明起草说明，或者上传名称含“说明”的附件"
            found.append(Obstacle("body", said))
        return found

    def published(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let the solicitation be open; a revision of its notice changes nothing."""
        held = steps.hold(_of(entry))
        if held.state == SolicitationState.DRAFT:
            held.state = steps.follow(held, SolicitationEvent.PUBLISH)
            held.save(update_fields=["state"])

    def withdrawn(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let the solicitation be a draft again while nothing was fed back."""
        held = steps.hold(_of(entry))
        if allows(SolicitationState(held.state), SolicitationEvent.TAKE_OFF):
            held.state = steps.follow(held, SolicitationEvent.TAKE_OFF)
            held.save(update_fields=["state"])

    def address(self, entry: Entry) -> str:
        """Return the staff page of the solicitation."""
        return reverse("engagement:solicitation", args=[_of(entry).pk])


@publishes("engagement.feedback")
class FeedbackRecords(Publishing):
    """The feedbacks on solicitations."""

    def obstacles(self, entry: Entry, at: datetime) -> Sequence[Obstacle]:
        """Return what stands against submitting or releasing a feedback."""
        row = _of(entry)
        if row.state not in (SolicitationState.OPEN, SolicitationState.FED_BACK):
            said = f"征集“{SolicitationState(row.state).label}”，不能公布采纳情况"
            return (Obstacle("record", said),)
        figures = queries.figures_of(row)
        if figures.undisposed:
            said = f"还有{figures.undisposed}条意见没有处理，处理完再公布采纳情况"
            return (Obstacle("record", said),)
        sentence = figures_sentence(figures)
        if sentence not in plain(queries.content_in_hand(entry)[0]):
            said = f"正文中的数字与登记的意见不一致，应当写明：“{sentence}”请在征集页面重新生成反馈"
            return (Obstacle("body", said),)
        return ()

    def published(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Put down the day on which the feedback was first public."""
        held = steps.hold(_of(entry))
        if held.state == SolicitationState.OPEN:
            held.state = steps.follow(held, SolicitationEvent.FEED_BACK)
            held.fed_back_on = steps.local_day(at)
            held.save(update_fields=["state", "fed_back_on"])

    def withdrawn(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let the feedback be owed again."""
        held = steps.hold(_of(entry))
        if held.state == SolicitationState.FED_BACK:
            held.state = steps.follow(held, SolicitationEvent.TAKE_FEEDBACK_OFF)
            held.fed_back_on = None
            held.save(update_fields=["state", "fed_back_on"])

    def address(self, entry: Entry) -> str:
        """Return the staff page of the solicitation."""
        return reverse("engagement:solicitation", args=[_of(entry).pk])


def _term_against(row: Solicitation, entry: Entry, at: datetime) -> Iterator[Obstacle]:
    """Yield what the term has against a notice that is not public yet."""
    today, change = steps.local_day(at), "请在征集页面修改期限和方式"
    if row.closes_on < today:
        yield Obstacle("record", f"征集期限已于{written(row.closes_on)}届满，{change}")
        return
    if entry.state not in _READY or row.opens_on >= today:
        return
    if entry.first_published_at is None:
        yield Obstacle("record", f"征集开始之日（{written(row.opens_on)}）已过，{change}后再发布")
    elif row.terms.needs_long_term and not row.short_reason:
        left = days_of(today, row.closes_on)
        if left < LONG_TERM_DAYS:
            yield Obstacle("record", f"重新发布后征集期限只剩{left}日，{change}")


def plain(body: str) -> str:
    """Return the text of clean HTML without tags and blanks."""
    return "".join(unescape(_TAG.sub("", body)).split())
