"""The days of the chapter: three working days for an error report, how a term stands on a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.engagement.lifecycle import Refused, SolicitationState, Standing
from gongkai.statute.workdays import CalendarError, WorkdayCalendar

ANSWER_WORKDAYS = 3


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
    try:
        due_on = calendar.add(received_on, ANSWER_WORKDAYS)
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
