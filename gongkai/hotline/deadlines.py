"""The clock of a work order: the limits by kind as dated rows, and the last day to answer.

国办发〔2020〕53号 sets no limits; provinces and cities do. The rows are the usual local
values (law.md 8.1) and stand until a county's own are entered beside them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.hotline.lifecycle import OrderKind, Refused
from gongkai.statute.workdays import CalendarError, WorkdayCalendar


@dataclass(frozen=True, slots=True)
class Limit:
    """How many working days an order of a kind may take, for orders received in these days."""

    kind: OrderKind
    workdays: int
    valid_from: date
    valid_to: date | None = None


_EVER = date(2000, 1, 1)
LIMITS = (
    Limit(OrderKind.ENQUIRY, 3, _EVER),
    Limit(OrderKind.HELP, 5, _EVER),
    Limit(OrderKind.SUGGESTION, 5, _EVER),
    Limit(OrderKind.PRAISE, 5, _EVER),
    Limit(OrderKind.COMPLAINT, 10, _EVER),
    Limit(OrderKind.REPORT, 10, _EVER),
)


def limit_for(kind: OrderKind, received_on: date) -> Limit | None:
    """Return the limit of a kind for an order received on a day; None where none was set."""
    for row in LIMITS:
        ended = row.valid_to is not None and received_on >= row.valid_to
        if row.kind is kind and received_on >= row.valid_from and not ended:
            return row
    return None


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
