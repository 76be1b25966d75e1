"""Verbs on surveys: draft, change, open by other eyes, take ballots in, publish the results."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gongkai.audit import Actor
from gongkai.engagement import queries
from gongkai.engagement.actions import steps
from gongkai.engagement.lifecycle import Refused, Standing, SurveyEvent, SurveyState, ToldWrongly
from gongkai.engagement.lifecycle.surveys import next_state
from gongkai.engagement.models import Ballot, Choice, Pick, Question, Survey
from gongkai.engagement.rules import used
from gongkai.engagement.rules.surveys import Filled, QuestionTold, check_ballot, read_questions
from gongkai.orgs.models import Organ
from gongkai.statute.days import written


@dataclass(frozen=True, slots=True)
class SurveyTold:
    """What a survey is: its title, what it is for, its term, its questions as typed."""

    title: str
    intro: str
    opens_on: date
    closes_on: date
    questions: str


@transaction.atomic
def draft_survey(organ: Organ, *, told: SurveyTold, by: Actor, at: datetime) -> Survey:
    """Draft a survey.

    Raises:
        ToldWrongly: a text is missing, the term or a question cannot be.
    """
    questions = _tidy(told, steps.local_day(at))
    row = Survey.objects.create(
        organ=organ,
        state=SurveyState.DRAFT,
        drafted_at=at,
        drafted_by=by.name,
        drafted_by_account=by.account,
        **_columns(told),
    )
    _write(row, questions)
    _log("draft_survey", row, by, at, after=_plain(told))
    return row


@transaction.atomic
def change_survey(survey: Survey, *, told: SurveyTold, by: Actor, at: datetime) -> Survey:
    """Change a survey that is not public yet; who changes it has drafted it, too.

    Raises:
        Refused: it is public or was cancelled.
        ToldWrongly: a text is missing, the term or a question cannot be.
    """
    questions = _tidy(told, steps.local_day(at))
    held = hold_survey(survey)
    _follow(held, SurveyEvent.CHANGE)
    before = {"title": held.title}
    for name, value in _columns(told).items():
        setattr(held, name, value)
    held.drafted_by, held.drafted_by_account = by.name, by.account
    held.save()
    Choice.objects.filter(question__survey=held).delete()
    Question.objects.filter(survey=held).delete()
    _write(held, questions)
    _log("change_survey", held, by, at, before=before, after=_plain(told))
    return held


@transaction.atomic
def open_survey(survey: Survey, *, by: Actor, at: datetime) -> Survey:
    """Make a survey public; somebody other than who wrote it has looked at it.

    Raises:
        Refused: it is public already, was cancelled, its term is over, or its writer opens it.
    """
    held = hold_survey(survey)
    state = _follow(held, SurveyEvent.OPEN)
    if by.account == held.drafted_by_account:
        raise Refused("问卷应当由起草人以外的人核对发布，请交其他同事办理。")
    if held.closes_on < steps.local_day(at):
        raise Refused(f"调查期限已于{written(held.closes_on)}届满，请先修改期限。")
    before = {"state": held.state}
    held.state, held.opened_at, held.opened_by = state, at, by.name
    held.save(update_fields=["state", "opened_at", "opened_by"])
    _log("open_survey", held, by, at, before=before, after={"state": str(state)})
    return held


@transaction.atomic
def extend_survey(survey: Survey, *, closes_on: date, why: str, by: Actor, at: datetime) -> Survey:
    """Let a public survey run longer.

    Raises:
        Refused: it is not open.
        ToldWrongly: not later than now, or no reason.
    """
    why = used(why, "why")
    held = hold_survey(survey)
    _follow(held, SurveyEvent.EXTEND)
    if closes_on <= held.closes_on or closes_on < steps.local_day(at):
        raise ToldWrongly("“截止日期”只能延后，并且不早于今天", "closes_on")
    before = {"closes_on": held.closes_on.isoformat()}
    held.closes_on = closes_on
    held.save(update_fields=["closes_on"])
    after = {"closes_on": closes_on.isoformat()}
    _log("extend_survey", held, by, at, before=before, after=after, reason=why)
    return held


def answer_survey(
    survey: Survey,
    *,
    picks: Mapping[int, frozenset[int]],
    remarks: Mapping[int, str] | None = None,
    submission_key: str = "",
    by: Actor,
    at: datetime,
) -> Ballot:
    """Take a ballot in: chosen answers by question, written ones; nothing of who gave it.

    A form sent twice under one `submission_key` is one ballot.

    Raises:
        Refused: the survey takes no ballots now.
        ToldWrongly: an answer is missing or does not belong to its question.
    """
    filled = check_ballot(queries.asked_in(survey), Filled(picks, remarks or {}))
    if found := _sent_before(survey, submission_key):
        return found
    try:
        return _take_in(survey, filled, submission_key, by, at)
    except IntegrityError:
        if found := _sent_before(survey, submission_key):
            return found  # the same form, sent twice at once
        raise


@transaction.atomic
def publish_results(survey: Survey, *, conclusion: str, by: Actor, at: datetime) -> Survey:
    """Make the results public with what is concluded and done with them.

    Raises:
        Refused: the term runs still, or the results are public.
        ToldWrongly: no conclusion.
    """
    conclusion = used(conclusion, "conclusion")
    held = hold_survey(survey)
    state = _follow(held, SurveyEvent.PUBLISH_RESULTS)
    if held.standing_on(steps.local_day(at)) is not Standing.CLOSED:
        raise Refused(f"调查期限至{written(held.closes_on)}，截止以后才能公布结果。")
    before = {"state": held.state}
    held.state, held.conclusion, held.results_on = state, conclusion, steps.local_day(at)
    held.save(update_fields=["state", "conclusion", "results_on"])
    after = {"state": str(state), "conclusion": conclusion, "ballots": held.last_number}
    _log("publish_results", held, by, at, before=before, after=after)
    return held


@transaction.atomic
def cancel_survey(survey: Survey, *, why: str, by: Actor, at: datetime) -> Survey:
    """End a survey without results.

    Raises:
        Refused: its results are public, or it was cancelled.
        ToldWrongly: no reason.
    """
    why = used(why, "why")
    held = hold_survey(survey)
    state = _follow(held, SurveyEvent.CANCEL)
    before = {"state": held.state}
    held.state, held.cancelled_why = state, why
    held.save(update_fields=["state", "cancelled_why"])
    _log("cancel_survey", held, by, at, before=before, after={"state": str(state)}, reason=why)
    return held


def hold_survey(survey: Survey) -> Survey:
    """Return the survey as it now stands, locked until the end of the transaction."""
    rows = Survey.objects.select_for_update(of=("self",))
    return rows.select_related("organ").get(pk=survey.pk)


def _follow(held: Survey, event: SurveyEvent) -> SurveyState:
    return next_state(SurveyState(held.state), event)


def _tidy(told: SurveyTold, today: date) -> tuple[QuestionTold, ...]:
    if told.closes_on < told.opens_on:
        raise ToldWrongly("“截止日期”早于开始日期，请核对", "closes_on")
    if told.closes_on < today:
        raise ToldWrongly("“截止日期”已经过去，请核对", "closes_on")
    used(told.title, "survey_title")
    used(told.intro, "intro")
    return read_questions(told.questions)


def _columns(told: SurveyTold) -> dict[str, object]:
    return {
        "title": " ".join(told.title.split()),
        "intro": told.intro.strip(),
        "opens_on": told.opens_on,
        "closes_on": told.closes_on,
    }


def _plain(told: SurveyTold) -> dict[str, object]:
    days = {name: getattr(told, name).isoformat() for name in ("opens_on", "closes_on")}
    return {"title": told.title.strip(), **days}


def _write(row: Survey, questions: tuple[QuestionTold, ...]) -> None:
    choices = []
    for place, each in enumerate(questions, start=1):
        made = Question.objects.create(
            survey=row, place=place, text=each.text, kind=each.kind, required=each.required
        )
        choices += [
            Choice(question=made, place=number, text=text)
            for number, text in enumerate(each.choices, start=1)
        ]
    Choice.objects.bulk_create(choices)


def _sent_before(survey: Survey, submission_key: str) -> Ballot | None:
    if not submission_key:
        return None
    return Ballot.objects.filter(submission_key=submission_key, survey=survey).first()


@transaction.atomic
def _take_in(
    survey: Survey, filled: Filled, submission_key: str, by: Actor, at: datetime
) -> Ballot:
    held = hold_survey(survey)
    _follow(held, SurveyEvent.ANSWER)
    day = steps.local_day(at)
    standing = held.standing_on(day)
    if standing is Standing.AHEAD:
        raise Refused(f"调查尚未开始，{written(held.opens_on)}起可以参加。")
    if standing is not Standing.RUNNING:
        raise Refused(f"调查已于{written(held.closes_on)}截止，不再接收答卷。")
    held.last_number += 1
    held.save(update_fields=["last_number"])
    row = Ballot(
        survey=held,
        number=held.last_number,
        has_remarks=bool(filled.remarks),
        submission_key=submission_key or None,
        received_on=day,
    )
    remarks = {str(key): said for key, said in filled.remarks.items()}
    row.seal(remarks=json.dumps(remarks, ensure_ascii=False))
    row.save(force_insert=True)
    chosen = [key for keys in filled.picks.values() for key in sorted(keys)]
    Pick.objects.bulk_create(Pick(ballot=row, choice_id=key) for key in chosen)
    _log("answer_survey", held, by, at, after={"number": row.number})
    return row


def _log(verb: str, row: Survey, by: Actor, at: datetime, **values: object) -> None:
    steps.note(verb, row.typed_id, row.organ, f"网上调查“{row.title}”", by, at, **values)
