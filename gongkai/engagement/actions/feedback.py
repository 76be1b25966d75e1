"""Drafting the feedback: the text made of the figures and points as recorded (law.md 7.4)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.models import Entry
from gongkai.disclosure.models.entries import EntryState
from gongkai.disclosure.queries import told_of
from gongkai.engagement import queries
from gongkai.engagement.actions import steps
from gongkai.engagement.actions.texts import section_of
from gongkai.engagement.lifecycle import Refused, SolicitationEvent, Standing
from gongkai.engagement.models import Solicitation
from gongkai.engagement.rules import feedback_body, figures_sentence
from gongkai.statute.days import written


@transaction.atomic
def draft_feedback(solicitation: Solicitation, *, by: Actor, at: datetime) -> Solicitation:
    """Write what came of the comments as an entry, or write its draft anew after a change.

    The text takes the road of every publication; when it appears the solicitation is fed back.

    Raises:
        Refused: the term runs, comments are not disposed of, or the text is under review.
        DisclosureError: the text is refused.
    """
    held = steps.hold(solicitation, entries=True)
    steps.follow(held, SolicitationEvent.DRAFT_FEEDBACK)
    if held.standing_on(steps.local_day(at)) is not Standing.CLOSED:
        raise Refused(f"征集期限至{written(held.closes_on)}，截止以后才能起草采纳情况反馈。")
    figures = queries.figures_of(held)
    if figures.undisposed:
        raise Refused(f"还有{figures.undisposed}条意见没有处理，请先逐条处理。")
    body = feedback_body(
        held.name,
        held.organ.name,
        (held.opens_on, held.closes_on),
        figures,
        queries.points_of(held),
    )
    standing = held.feedback_entry
    if standing is None or standing.state == EntryState.DISCARDED:
        held.feedback_entry = _begin(held, body, by, at)
        held.save(update_fields=["feedback_entry"])
    else:
        _write_anew(standing, body, by, at)
    after = {"entry": held.feedback_entry.record_id, "figures": figures_sentence(figures)}
    steps.log("draft_feedback", held, by, at, after=after)
    return held


def _begin(held: Solicitation, body: str, by: Actor, at: datetime) -> Entry:
    told = disclosure.Told(
        title=f"关于《{held.name}》公开征求意见采纳情况的反馈",
        formed_on=steps.local_day(at),
        body=body,
    )
    return disclosure.create(
        held.organ, section=section_of(held.organ), told=told, record=held.feedback_id, by=by, at=at
    )


def _write_anew(entry: Entry, body: str, by: Actor, at: datetime) -> None:
    hand = told_of(entry)
    if entry.state != EntryState.DRAFT or hand is None:
        raise Refused(
            f"采纳情况反馈“{EntryState(entry.state).label}”，需要重新生成的，请先撤回送审或者修订。"
        )
    told = replace(hand.told, body=body)
    disclosure.edit(entry, told=told, revision=hand.revision, by=by, at=at)
