"""The clocks of remedies: the organ's answer, the decision, appeals, opinions, complaints.

Serves 行政复议法 30, 48, 54, 62, 76, 行政诉讼法 67, 81, 83, 85, 88 and 条例 47, 51.

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


def reconsideration_review_due(filed_on: date, calendar: WorkdayCalendar) -> Deadline:
    """Return the last day for the authority to decide on acceptance: 5 working days."""
    return _told(lambda: terms.reconsideration_review(filed_on, calendar))


def opinion_report_due(opinion_on: date | None, calendar: WorkdayCalendar) -> Deadline | None:
    """Return the last day to report what an opinion led to: 60 days; None without one."""
    if opinion_on is None:
        return None
    return _told(lambda: terms.reconsideration_opinion(opinion_on, calendar))


def suit_decision_due(
    accepted_on: date | None,
    appealed_on: date | None,
    procedure: Procedure,
    calendar: WorkdayCalendar,
) -> Deadline | None:
    """Return the last day of the instance a suit is in; None before it was filed.

    6 months, 45 days in the simple procedure, 3 months for the second instance.
    """
    if appealed_on is not None:
        return _told(lambda: terms.appeal_judgment(appealed_on, calendar))
    if accepted_on is None:
        return None
    simple = procedure is Procedure.SIMPLE
    return _told(lambda: terms.suit_judgment(accepted_on, calendar, simple=simple))


def appeal_due(
    received_on: date | None, calendar: WorkdayCalendar, *, ruling: bool
) -> Deadline | None:
    """Return the organ's last day to appeal; None while the judgment has not come."""
    if received_on is None:
        return None
    return _told(lambda: terms.appeal(received_on, calendar, ruling=ruling))


def complaint_acceptance_due(received_on: date, calendar: WorkdayCalendar) -> Deadline:
    """Return the last day to tell whether a complaint is taken: 15 days."""
    return _told(lambda: terms.complaint_acceptance(received_on, calendar))


def complaint_handling_due(
    accepted_on: date | None, extension_days: int, calendar: WorkdayCalendar
) -> Deadline | None:
    """Return the last day to finish a complaint: 60 days and at most 30 more."""
    if accepted_on is None:
        return None
    return _told(
        lambda: terms.complaint_handling(accepted_on, calendar, extended_by=extension_days)
    )


def _told(term: Callable[[], Deadline]) -> Deadline:
    """Return the term, or tell in this chapter's words why the law has none."""
    try:
        return term()
    except (ClockError, LimitUnknown, CalendarError) as error:
        raise Refused(f"无法推算期限：{error}。") from None
