"""The days of the chapter: for error reports and messages, how a term stands on a day.

Serves law.md 4.2 (W5), 4.4 and 4.5.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.engagement.lifecycle import Refused, SolicitationState, Standing, SurveyState
from gongkai.statute.workdays import CalendarError, WorkdayCalendar

ANSWER_WORKDAYS = 3


@dataclass(frozen=True, slots=True)
class MessageLimit:
    """In how many working days messages are answered: simple usual questions, and others."""

    valid_from: date
    simple: int
    other: int
    source: str


MESSAGE_LIMITS = (MessageLimit(date(2017, 5, 15), 5, 15, "国办发〔2017〕47号"),)
# 政府网站与政务新媒体检查指标 (国办秘函〔2019〕19号): longer unanswered fails the whole site (W5).
UNANSWERED_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Due:
    """The last day to answer; provisional while a holiday notice may still move it."""

    due_on: date
    provisional: bool


def answer_due(received_on: date, calendar: WorkdayCalendar) -> Due:
    """Return the last day to answer an error report received on a day.

    Raises:
        Refused: the calendar knows nothing of the year.
    """
    return _due(received_on, ANSWER_WORKDAYS, calendar)


def message_due(received_on: date, simple: bool, calendar: WorkdayCalendar) -> Due:
    """Return the last day to answer a message received on a day.

    Raises:
        Refused: no limit was in force, or the calendar knows nothing of the year.
    """
    rules = [rule for rule in MESSAGE_LIMITS if rule.valid_from <= received_on]
    if not rules:
        first = MESSAGE_LIMITS[0]
        raise Refused(f"收到日期早于{first.source}，没有可以适用的答复期限，请核对收到日期。")
    return _due(received_on, rules[-1].simple if simple else rules[-1].other, calendar)


def unanswered_since(today: date) -> date:
    """Return the day before which a message that still waits was left too long (W5)."""
    month = today.month - UNANSWERED_MONTHS
    year, month = (today.year, month) if month > 0 else (today.year - 1, month + 12)
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _due(received_on: date, workdays: int, calendar: WorkdayCalendar) -> Due:
    try:
        due_on = calendar.add(received_on, workdays)
        span = range(1, (due_on - received_on).days + 1)
        days = (received_on + timedelta(days=number) for number in span)
        return Due(due_on, any(calendar.is_provisional(day) for day in days))
    except CalendarError as error:
        raise Refused(f"无法推算答复期限：{error}。") from None


def standing(state: SolicitationState, opens_on: date, closes_on: date, today: date) -> Standing:
    """Return how a solicitation stands on a day; the day it closes on still belongs to the term."""
    if state is not SolicitationState.OPEN:
        return Standing(state.value)
    if today < opens_on:
        return Standing.AHEAD
    return Standing.RUNNING if today <= closes_on else Standing.CLOSED


def survey_standing(state: SurveyState, opens_on: date, closes_on: date, today: date) -> Standing:
    """Return how a survey stands on a day; public results count as fed back."""
    match state:
        case SurveyState.DRAFT:
            return Standing.DRAFT
        case SurveyState.CANCELLED:
            return Standing.CANCELLED
        case SurveyState.RESULTS:
            return Standing.FED_BACK
    if today < opens_on:
        return Standing.AHEAD
    return Standing.RUNNING if today <= closes_on else Standing.CLOSED
