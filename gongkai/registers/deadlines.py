"""The clocks of single decisions: publishing, and taking down what no longer stands.

Licences and penalties are published within 7 working days of the decision, other decisions
of enforcement within 20 (国办发〔2018〕118号); a penalty that was changed or cancelled is taken
down within 3 working days (行政处罚法 48(2), 85).
"""

from datetime import date

from gongkai.statute.clock import ClockError, Deadline, terms
from gongkai.statute.limits import LimitUnknown
from gongkai.statute.workdays import CalendarError, WorkdayCalendar


class NoTerm(Exception):
    """The law of the day set no term, or the calendar does not know the year."""


def publication_due(decided_on: date, calendar: WorkdayCalendar, *, double: bool) -> Deadline:
    """Return the last day to publish a decision; `double` for licences and penalties (双公示).

    Raises:
        NoTerm: no law or no calendar of that day is known.
    """
    try:
        return terms.decision_publication(decided_on, calendar, double=double)
    except (ClockError, LimitUnknown, CalendarError) as error:
        raise NoTerm(f"无法推算公开期限：{error}") from None


def take_down_due(cancelled_on: date, calendar: WorkdayCalendar, *, penalty: bool) -> Deadline:
    """Return the last day to take down a published decision that no longer stands.

    Raises:
        NoTerm: no law or no calendar of that day is known.
    """
    try:
        return terms.decision_withdrawal(cancelled_on, calendar, penalty=penalty)
    except (ClockError, LimitUnknown, CalendarError) as error:
        raise NoTerm(f"无法推算撤回期限：{error}") from None
