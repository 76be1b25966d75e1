"""What the texts of interviews and of the answers often asked for ask of a release.

A record of an interview must hold the figures and every exchange as recorded. Runs inside the
verbs of `disclosure`.
"""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from gongkai.audit import Actor
from gongkai.disclosure import Obstacle, Publishing, publishes
from gongkai.disclosure.models import Entry
from gongkai.engagement import queries
from gongkai.engagement.actions import steps
from gongkai.engagement.actions.interviews import hold_interview
from gongkai.engagement.actions.publishing import plain
from gongkai.engagement.lifecycle import InterviewEvent, InterviewState
from gongkai.engagement.lifecycle.interviews import allows, next_state
from gongkai.engagement.models import Interview
from gongkai.engagement.rules.interviews import figures_sentence


def _of(entry: Entry) -> Interview:
    key = int(entry.record.partition(":")[2])
    return Interview.objects.select_related("organ").get(pk=key)


def _move(entry: Entry, event: InterviewEvent) -> Interview | None:
    """Return the interview, held and moved along an arrow; None where there is no such arrow."""
    held = hold_interview(_of(entry))
    state = InterviewState(held.state)
    if not allows(state, event):
        return None
    held.state = next_state(state, event)
    held.save(update_fields=["state"])
    return held


@publishes("engagement.interview")
class NoticeOfInterview(Publishing):
    """The notices of interviews and press conferences."""

    def obstacles(self, entry: Entry, at: datetime) -> Sequence[Obstacle]:
        """Return what stands against submitting or releasing a notice."""
        row = _of(entry)
        if row.state == InterviewState.CANCELLED and not entry.live:
            return (Obstacle("record", "活动已经取消，预告不能再发布"),)
        if row.state == InterviewState.DRAFT and row.held_at <= at:
            said = "举行时间已过，请在访谈页面修改安排，或者直接起草实录"
            return (Obstacle("record", said),)
        return ()

    def published(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let questions come; a revision of the notice changes nothing."""
        _move(entry, InterviewEvent.ANNOUNCE)

    def withdrawn(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let it be prepared again."""
        _move(entry, InterviewEvent.TAKE_OFF)

    def address(self, entry: Entry) -> str:
        """Return the staff page of the interview."""
        return reverse("engagement:interview", args=[_of(entry).pk])


@publishes("engagement.transcript")
class TranscriptRecords(Publishing):
    """The records of interviews and press conferences."""

    def obstacles(self, entry: Entry, at: datetime) -> Sequence[Obstacle]:
        """Return what stands against submitting or releasing a record."""
        row = _of(entry)
        if row.state == InterviewState.CANCELLED:
            return (Obstacle("record", "活动已经取消，实录不能发布"),)
        spoken = queries.spoken_in(row)
        sentence = figures_sentence(queries.asked_online(row), len(spoken))
        if sentence not in plain(queries.content_in_hand(entry)[0]):
            said = f"正文中的数字与登记的问答不一致，应当写明：“{sentence}”请在访谈页面重新生成实录"
            return (Obstacle("body", said),)
        return ()

    def published(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Put down the day on which the record was first public."""
        if (held := _move(entry, InterviewEvent.PUBLISH)) is not None:
            held.published_on = steps.local_day(at)
            held.save(update_fields=["published_on"])

    def withdrawn(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let the record be owed again."""
        if (held := _move(entry, InterviewEvent.TAKE_TRANSCRIPT_OFF)) is not None:
            held.published_on = None
            held.save(update_fields=["published_on"])

    def address(self, entry: Entry) -> str:
        """Return the staff page of the interview."""
        return reverse("engagement:interview", args=[_of(entry).pk])


@publishes("engagement.faq")
class FaqRecords(Publishing):
    """The answers often asked for: nothing more is asked of them than of any text."""

    def address(self, entry: Entry) -> str:
        """Return the staff list, where each is confirmed from time to time."""
        return reverse("engagement:faqs")
