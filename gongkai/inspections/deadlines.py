"""The days of the chapter: until when a finding is to be put right (practice.md 4.3)."""

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.inspections.lifecycle import Refused, ToldWrongly
from gongkai.statute.workdays import CalendarError, WorkdayCalendar

USUAL_WORKDAYS = 10  # what bulletins usually give
MOST_WORKDAYS = 120


@dataclass(frozen=True, slots=True)
class Due:
    """The last day to answer; provisional while a holiday notice may still move it."""

    due_on: date
    provisional: bool


def rectify_due(ordered_on: date, workdays: int, calendar: WorkdayCalendar) -> Due:
    """Return the last day of a term of so many working days; the day of the order is day 0.

    Raises:
        ToldWrongly: no term, or one that is too long.
        Refused: the calendar knows nothing of the year.
    """
    if not 1 <= workdays <= MOST_WORKDAYS:
        raise ToldWrongly(f"“整改工作日数”应当在1至{MOST_WORKDAYS}之间，请修改", "workdays")
    try:
        due_on = calendar.add(ordered_on, workdays)
        span = range(1, (due_on - ordered_on).days + 1)
        days = (ordered_on + timedelta(days=number) for number in span)
        return Due(due_on, any(calendar.is_provisional(day) for day in days))
    except CalendarError as error:
        raise Refused(f"无法推算整改期限：{error}。") from None
