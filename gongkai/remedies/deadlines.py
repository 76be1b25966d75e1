"""The clocks of remedies: the organ's answer and the decision.

Serves 行政复议法 48, 54, 62 and 行政诉讼法 67.

The answer runs from the day the organ received the copy of the application or complaint;
the decision from acceptance. The law of each of those days rules its term.
"""

from collections.abc import Callable
from datetime import date

from gongkai.remedies.lifecycle import Procedure, Refused
from gongkai.statute.clock import ClockError, Deadline, terms
from gongkai.statute.limits import LimitUnknown
from gongkai.statute.workdays import CalendarError, WorkdayCalendar


def reconsideration_reply_due(
    copy_received_on: date | None, procedure: Procedure, calendar: WorkdayCalendar
) -> Deadline | None:
    """Return the last day for the organ's written reply; None while no copy has come.

    10 working days, 5 in the simple procedure.
    """
    if copy_received_on is None:
        return None
    simple = procedure is Procedure.SIMPLE
    return _told(lambda: terms.reconsideration_reply(copy_received_on, calendar, simple=simple))


def reconsideration_decision_due(
    accepted_on: date | None, procedure: Procedure, extension_days: int, calendar: WorkdayCalendar
) -> Deadline | None:
    """Return the last day to decide; None before acceptance.

    60 days and at most 30 more, 30 days in the simple procedure.
    """
    if accepted_on is None:
        return None
    simple = procedure is Procedure.SIMPLE
    return _told(
        lambda: terms.reconsideration_decision(
            accepted_on, calendar, simple=simple, extended_by=extension_days
        )
    )


def suit_defence_due(copy_received_on: date | None, calendar: WorkdayCalendar) -> Deadline | None:
    """Return the last day for the organ's defence: 15 days; None while no copy has come."""
    if copy_received_on is None:
        return None
    return _told(lambda: terms.suit_defence(copy_received_on, calendar))


def _told(term: Callable[[], Deadline]) -> Deadline:
    """Return the term, or tell in this chapter's words why the law has none."""
    try:
        return term()
    except (ClockError, LimitUnknown, CalendarError) as error:
        raise Refused(f"无法推算期限：{error}。") from None
