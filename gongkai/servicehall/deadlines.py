"""How long the names of those to be paid stand on public notice; plain Python.

law.md 8.3 gives "usually at least five working days"; [L] there, so the county may ask for more
and the least stands here as dated data.
"""

from dataclasses import dataclass
from datetime import date

from gongkai.statute.workdays import WorkdayCalendar


@dataclass(frozen=True, slots=True)
class NoticeTerm:
    """The least working days of a notice, from a day on, and what it rests on."""

    since: date
    workdays: int
    source: str


NOTICE_TERMS = (NoticeTerm(date(2015, 1, 1), 5, "各地惠企政策兑现办法通例（law.md 8.3）"),)


def least_notice(on: date) -> NoticeTerm:
    """Return the term in force on a day; the oldest for days before it."""
    held = [term for term in NOTICE_TERMS if term.since <= on]
    return held[-1] if held else NOTICE_TERMS[0]


def earliest_end(starts_on: date, calendar: WorkdayCalendar) -> date:
    """Return the first day on which a notice that starts on a day may end.

    The day of the start is not counted; the last working day is the last day of the notice.
    """
    return calendar.add(starts_on, least_notice(starts_on).workdays)
