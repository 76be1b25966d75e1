"""The clocks of a work order: limits by kind and step as dated rows, in days and in hours.

国办发〔2020〕53号 sets no limits; provinces and cities do. The rows are the usual local values
(law.md 8.1) and stand where a county has entered none of its own (`OwnLimit`, handed in here as
`Limit`). Urgent matters run by the clock, all else in working days and working hours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from gongkai.hotline.lifecycle import OrderKind, Refused, Urgency
from gongkai.statute.workdays import ONE_DAY, CalendarError, WorkdayCalendar
from gongkai.statute.workhours import WorkingHours

USUAL = "各地通行做法，尚未查到本地规定"
MOST_EXTENSIONS = 2
MOST_TRIES = 3  # calls that nobody answered, after which an order may be closed as unrated
_EVER = date(2000, 1, 1)


class Step(StrEnum):
    """A step of the hotline or of an organ that has a limit of its own."""

    DISPATCH = "DISPATCH"
    SIGN = "SIGN"
    RETURN = "RETURN"


@dataclass(frozen=True, slots=True)
class Limit:
    """How many working days an order of a kind may take, for orders received in these days."""

    kind: OrderKind
    workdays: int
    valid_from: date
    valid_to: date | None = None
    source: str = USUAL


@dataclass(frozen=True, slots=True)
class HourLimit:
    """How long a step may take: in working hours, or by the clock where `by_clock`."""

    step: Step
    urgency: Urgency
    span: timedelta
    by_clock: bool
    valid_from: date
    valid_to: date | None = None
    source: str = USUAL


LIMITS = (
    Limit(OrderKind.ENQUIRY, 3, _EVER),
    Limit(OrderKind.HELP, 5, _EVER),
    Limit(OrderKind.SUGGESTION, 5, _EVER),
    Limit(OrderKind.PRAISE, 5, _EVER),
    Limit(OrderKind.COMPLAINT, 10, _EVER),
    Limit(OrderKind.REPORT, 10, _EVER),
)
URGENT_ANSWER = timedelta(hours=24)
_WORKDAY = timedelta(hours=7)
HOUR_LIMITS = (
    HourLimit(Step.DISPATCH, Urgency.NORMAL, timedelta(hours=2), False, _EVER),
    HourLimit(Step.DISPATCH, Urgency.URGENT, timedelta(minutes=30), True, _EVER),
    HourLimit(Step.SIGN, Urgency.NORMAL, timedelta(hours=4), False, _EVER),
    HourLimit(Step.SIGN, Urgency.URGENT, timedelta(minutes=30), True, _EVER),
    HourLimit(Step.RETURN, Urgency.NORMAL, _WORKDAY, False, _EVER),
    HourLimit(Step.RETURN, Urgency.URGENT, timedelta(minutes=30), True, _EVER),
)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day to answer, and the moment at which it is over.

    `provisional` while a holiday notice may still move it; `workdays` is 0 for clock hours.
    """

    due_on: date
    due_at: datetime
    provisional: bool
    workdays: int


@dataclass(frozen=True, slots=True)
class Clocks:
    """What every limit is counted on: the calendar, and the hours of a working day."""

    calendar: WorkdayCalendar
    hours: WorkingHours


def limit_for(kind: OrderKind, received_on: date, own: Iterable[Limit] = ()) -> Limit | None:
    """Return the limit of a kind for an order received on a day: the county's own before ours."""
    for row in (*own, *LIMITS):
        ended = row.valid_to is not None and received_on >= row.valid_to
        if row.kind is kind and received_on >= row.valid_from and not ended:
            return row
    return None


def hour_limit(step: Step, urgency: Urgency, on: date) -> HourLimit:
    """Return the limit of a step for orders of a day."""
    for row in HOUR_LIMITS:
        ended = row.valid_to is not None and on >= row.valid_to
        if (row.step, row.urgency) == (step, urgency) and on >= row.valid_from and not ended:
            return row
    raise Refused(f"没有规定{on.year}年的时限，请核对日期。")


def step_due(step: Step, urgency: Urgency, start: datetime, clocks: Clocks) -> datetime:
    """Return the moment by which a step is to be done that could be begun at `start`.

    Raises:
        Refused: the calendar knows nothing of the year.
    """
    limit = hour_limit(step, urgency, start.date())
    if limit.by_clock:
        return start + limit.span
    try:
        return clocks.hours.add(start, limit.span, clocks.calendar)
    except CalendarError as error:
        raise Refused(f"无法推算时限：{error}。") from None


def answer_due(
    kind: OrderKind,
    urgency: Urgency,
    received_at: datetime,
    calendar: WorkdayCalendar,
    own: Iterable[Limit] = (),
) -> Due | None:
    """Return by when an order is to be answered; None where no limit was set.

    `received_at` is in the county's time. Working days count from the day after; an urgent
    matter has 24 hours by the clock.

    Raises:
        Refused: the calendar knows nothing of the year.
    """
    if urgency is Urgency.URGENT:
        due_at = received_at + URGENT_ANSWER
        return Due(due_at.date(), due_at, False, 0)
    limit = limit_for(kind, received_at.date(), own)
    if limit is None:
        return None
    return days_due(received_at, limit.workdays, calendar)


def days_due(start: datetime, workdays: int, calendar: WorkdayCalendar) -> Due:
    """Return the end of a term of working days after the day of `start`.

    Raises:
        Refused: the calendar knows nothing of the year.
    """
    began = start.date()
    try:
        due_on = calendar.add(began, workdays)
        span = range(1, (due_on - began).days + 1)
        provisional = any(calendar.is_provisional(began + timedelta(days=each)) for each in span)
    except CalendarError as error:
        raise Refused(f"无法推算办理期限：{error}。") from None
    ends = datetime.combine(due_on + ONE_DAY, time(), start.tzinfo)
    return Due(due_on, ends, provisional, workdays)


def longest_extension(workdays: int) -> int:
    """Return how many working days one extension may have: as many as the term itself."""
    return max(workdays, 1)
