"""The days of the chapter: replying within months of the assignment, publishing after the reply.

Months are those of the calendar; publishing is counted in working days (条例 26; law.md 8.4).
The six months of CPPCC proposals and the fresh term of a second reply rest on local rules that
law.md marks as unconfirmed: they are data here, to be settled by the county's office.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from gongkai.proposals.lifecycle import Refused
from gongkai.proposals.lifecycle.kinds import ProposalKind
from gongkai.statute.workdays import CalendarError, WorkdayCalendar

PUBLISH_WORKDAYS = 20
REDO_MONTHS = 1


@dataclass(frozen=True, slots=True)
class ReplyLimit:
    """In how many months a kind is replied to, and at most when it is hard; with its source."""

    kind: ProposalKind
    valid_from: date
    months: int
    longest: int
    source: str


_ACT_OF_2010 = "全国人民代表大会和地方各级人民代表大会代表法"
REPLY_LIMITS = (
    ReplyLimit(ProposalKind.SUGGESTION, date(2010, 10, 28), 3, 6, _ACT_OF_2010),
    ReplyLimit(ProposalKind.PROPOSAL, date(2010, 10, 28), 3, 6, "政协提案办理工作规定"),
)


def reply_limit(kind: ProposalKind, assigned_on: date) -> ReplyLimit:
    """Return the limit in force for a kind on the day of its assignment; raises Refused."""
    rows = [each for each in REPLY_LIMITS if each.kind is kind and each.valid_from <= assigned_on]
    if not rows:
        raise Refused(f"{assigned_on.year}年没有已知的{kind.label}办理期限，请核对交办日期。")
    return max(rows, key=lambda each: each.valid_from)


def reply_due(kind: ProposalKind, assigned_on: date) -> date:
    """Return the last day to reply to what was assigned on a day."""
    return months_after(assigned_on, reply_limit(kind, assigned_on).months)


def longest_due(kind: ProposalKind, assigned_on: date) -> date:
    """Return the last day to which the term may be extended."""
    return months_after(assigned_on, reply_limit(kind, assigned_on).longest)


def redo_due(day: date) -> date:
    """Return the usual last day of a second reply asked for on a day."""
    return months_after(day, REDO_MONTHS)


def months_after(day: date, months: int) -> date:
    """Return the day of the same number months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def publish_due(replied_on: date, calendar: WorkdayCalendar) -> date:
    """Return the last day to publish what was replied on a day; raises Refused."""
    try:
        return calendar.add(replied_on, PUBLISH_WORKDAYS)
    except CalendarError as why:
        raise Refused(f"不能计算公开期限：{why}") from None
