"""Verbs on interviews and press conferences: plan, take questions, answer, draft the record."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.disclosure.models import Entry
from gongkai.disclosure.models.entries import EntryState
from gongkai.engagement import queries
from gongkai.engagement.actions import steps
from gongkai.engagement.actions.texts import begin_text, put_away, write_anew
from gongkai.engagement.lifecycle import (
    InterviewEvent,
    InterviewKind,
    InterviewState,
    Refused,
    ToldWrongly,
)
from gongkai.engagement.lifecycle.interviews import next_state
from gongkai.engagement.models import Exchange, Interview
from gongkai.engagement.rules import chosen, used
from gongkai.engagement.rules.interviews import (
    Plan,
    moment_said,
    notice_body,
    notice_title,
    transcript_body,
    transcript_title,
)
from gongkai.orgs.models import Organ


@transaction.atomic
def plan_interview(
    organ: Organ, *, plan: Plan, announce: bool = True, by: Actor, at: datetime
) -> Interview:
    """Plan an interview or press conference; with `announce` its notice is begun as an entry.

    Raises:
        ToldWrongly: a text is missing, or the moments do not fit.
        Refused: the county's site has no section for it.
        DisclosureError: the text is refused.
    """
    plan = _tidy(plan)
    row = Interview.objects.create(
        organ=organ,
        state=InterviewState.DRAFT,
        drafted_at=at,
        drafted_by=by.name,
        **_columns(plan),
    )
    if announce:
        title, body = notice_title(plan), notice_body(plan, organ.name)
        row.entry = begin_text(organ, plan.kind.section, title, body, row.typed_id, by, at)
        row.save(update_fields=["entry"])
    after = {"theme": plan.theme, "held_at": plan.held_at.isoformat()}
    _log("plan_interview", row, by, at, after=after)
    return row


@transaction.atomic
def change_interview(
    interview: Interview, *, plan: Plan, why: str = "", by: Actor, at: datetime
) -> Interview:
    """Change what is planned; once announced, with a reason.

    Raises:
        Refused: the record is public, or it was cancelled.
        ToldWrongly: a text is missing, the moments do not fit, or no reason.
    """
    plan = _tidy(plan)
    held = hold_interview(interview)
    _follow(held, InterviewEvent.CHANGE)
    why = used(why, "why", required=held.state == InterviewState.ANNOUNCED)
    if plan.kind != held.kind:
        raise ToldWrongly("形式不能更改，需要更改的请取消后重新登记", "kind")
    before = {"theme": held.theme, "held_at": held.held_at.isoformat()}
    for name, value in _columns(plan).items():
        setattr(held, name, value)
    held.save(update_fields=list(_columns(plan)))
    after = {"theme": plan.theme, "held_at": plan.held_at.isoformat()}
    _log("change_interview", held, by, at, before=before, after=after, reason=why)
    return held


def ask_question(
    interview: Interview, *, text: str, submission_key: str = "", by: Actor, at: datetime
) -> Exchange:
    """Take a question in that somebody asks online; nothing of who asks is kept.

    Raises:
        Refused: no questions are taken now.
        ToldWrongly: no question, or too long.
    """
    text = used(text, "asked")
    if found := _sent_before(interview, submission_key, text):
        return found
    if submission_key and Exchange.objects.filter(submission_key=submission_key).exists():
        submission_key = ""  # filled in anew by somebody else on the same machine
    try:
        return _take_in(interview, text, submission_key, by, at)
    except IntegrityError:
        if found := _sent_before(interview, submission_key, text):
            return found
        raise


@transaction.atomic
def record_exchange(
    interview: Interview,
    *,
    question: str,
    answer: str,
    asked_by: str = "",
    answered_by: str = "",
    exchange: Exchange | None = None,
    by: Actor,
    at: datetime,
) -> Exchange:
    """Record a question with its answer, as the record will show them; `exchange` asked it online.

    Raises:
        Refused: it has not begun, or its record is public.
        ToldWrongly: no question or no answer.
    """
    told = {
        "question": " ".join(used(question, "asked").split()),
        "answer": used(answer, "spoken"),
        "asked_by": used(asked_by, "asked_by", required=False),
        "answered_by": used(answered_by, "answered_by", required=False),
    }
    held = hold_interview(interview)
    _follow(held, InterviewEvent.ANSWER)
    if at < held.held_at:
        raise Refused(f"活动于{moment_said(timezone.localtime(held.held_at))}开始，开始后再登记。")
    if exchange is not None:
        row = Exchange.objects.select_for_update().get(pk=exchange.pk, interview=held)
    else:
        row = _new(held, "", at)
    for name, words in told.items():
        setattr(row, name, words)
    row.answered_at = at
    row.save()
    after = {"number": row.number, "question": told["question"]}
    _log("record_exchange", held, by, at, after=after)
    return row


@transaction.atomic
def draft_transcript(interview: Interview, *, by: Actor, at: datetime) -> Interview:
    """Write the record as an entry, or write its draft anew after a change.

    Raises:
        Refused: nothing was recorded, or the text is under review.
        DisclosureError: the text is refused.
    """
    held = hold_interview(interview, entries=True)
    _follow(held, InterviewEvent.DRAFT_TRANSCRIPT)
    spoken = queries.spoken_in(held)
    if not spoken:
        raise Refused("还没有登记问答，请先登记问答，再起草实录。")
    plan = queries.plan_of(held)
    body = transcript_body(plan, held.organ.name, queries.asked_online(held), spoken)
    standing = held.transcript_entry
    if standing is None or standing.state == EntryState.DISCARDED:
        title, path = transcript_title(plan), plan.kind.section
        held.transcript_entry = begin_text(
            held.organ, path, title, body, held.transcript_id, by, at
        )
        held.save(update_fields=["transcript_entry"])
    else:
        write_anew(standing, body, by, at)
    after = {"entry": held.transcript_entry.record_id, "exchanges": len(spoken)}
    _log("draft_transcript", held, by, at, after=after)
    return held


@transaction.atomic
def cancel_interview(interview: Interview, *, why: str, by: Actor, at: datetime) -> Interview:
    """Cancel it; a notice that is public stays and says so, one that is not is discarded.

    Raises:
        Refused: the record is public, or a text is under review.
        ToldWrongly: no reason.
    """
    why = used(why, "why")
    held = hold_interview(interview, entries=True)
    state = _follow(held, InterviewEvent.CANCEL)
    before = {"state": held.state}
    held.state, held.cancelled_why = state, why
    held.save(update_fields=["state", "cancelled_why"])
    for entry in (held.entry, held.transcript_entry):
        if entry is not None and not entry.live:
            put_away(entry, why, by, at)
    _log("cancel_interview", held, by, at, before=before, after={"state": str(state)}, reason=why)
    return held


def hold_interview(interview: Interview, *, entries: bool = False) -> Interview:
    """Return the interview as it now stands, locked; its `entries` too when they will change."""
    if entries:
        own = Interview.objects.filter(pk=interview.pk)
        keys = [pk for pair in own.values_list("entry", "transcript_entry") for pk in pair if pk]
        list(Entry.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    rows = Interview.objects.select_for_update(of=("self",))
    return rows.select_related("organ__county", "entry", "transcript_entry").get(pk=interview.pk)


def _follow(held: Interview, event: InterviewEvent) -> InterviewState:
    return next_state(InterviewState(held.state), event)


def _tidy(plan: Plan) -> Plan:
    until = plan.questions_until
    if until is not None and until > plan.held_at:
        raise ToldWrongly("“网上提问截止时间”应当不晚于举行时间，请核对", "questions_until")
    kind = chosen(plan.kind, InterviewKind, "形式", "kind")
    if kind is InterviewKind.PRESS and until is not None:
        raise ToldWrongly("新闻发布会由记者现场提问，请不要填写网上提问截止时间", "questions_until")
    return Plan(
        kind=kind,
        theme=" ".join(used(plan.theme, "theme").split()),
        guests=" ".join(used(plan.guests, "guests").split()),
        held_at=timezone.localtime(plan.held_at),
        place=used(plan.place, "place", required=False),
        questions_until=timezone.localtime(until) if until is not None else None,
    )


def _columns(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in Plan.__dataclass_fields__}


def _sent_before(interview: Interview, submission_key: str, text: str) -> Exchange | None:
    if not submission_key:
        return None
    found = Exchange.objects.filter(submission_key=submission_key, interview=interview).first()
    return found if found is not None and steps.sent_as(found, text=text) else None


@transaction.atomic
def _take_in(
    interview: Interview, text: str, submission_key: str, by: Actor, at: datetime
) -> Exchange:
    held = hold_interview(interview)
    _follow(held, InterviewEvent.ASK)
    if not held.takes_questions(at):
        raise Refused("现在不接收网上提问，请看预告写明的截止时间。")
    row = _new(held, text, at, online=True, submission_key=submission_key or None)
    _log("ask_question", held, by, at, after={"number": row.number, "asked": text})
    return row


def _new(held: Interview, text: str, at: datetime, **columns: object) -> Exchange:
    held.last_number += 1
    held.save(update_fields=["last_number"])
    row = Exchange(interview=held, number=held.last_number, received_at=at, **columns)
    row.seal(text=text)
    row.save(force_insert=True)
    return row


def _log(verb: str, row: Interview, by: Actor, at: datetime, **values: object) -> None:
    label = f"{InterviewKind(row.kind).label}“{row.theme}”"
    steps.note(verb, row.typed_id, row.organ, label, by, at, **values)
