"""The clock of a work order: the last working day to answer it, by the limit of its day."""

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.hotline.lifecycle import OrderKind, Refused
from gongkai.hotline.rules import limit_for
from gongkai.statute.workdays import CalendarError, WorkdayCalendar


@dataclass(frozen=True, slots=True)
class Due:
    """The last day to answer; provisional while a holiday notice may still move it."""

    due_on: date
    provisional: bool
    workdays: int


def answer_due(kind: OrderKind, received_on: date, calendar: WorkdayCalendar) -> Due | None:
    """Return the last day to answer an order received on a day; None where no limit was set.

    Raises:
        Refused: the calendar knows nothing of the year.
    """
    limit = limit_for(kind, received_on)
    if limit is None:
        return None
    try:
        due_on = calendar.add(received_on, limit.workdays)
        span = range(1, (due_on - received_on).days + 1)
        days = (received_on + timedelta(days=number) for number in span)
        provisional = any(calendar.is_provisional(day) for day in days)
    except CalendarError as error:
        raise Refused(f"无法推算办理期限：{error}。") from None
    return Due(due_on, provisional, limit.workdays)
