"""How long logs must be kept, and what is missing of them (政务应用安全管理规定 20: a year)."""

from collections.abc import Sequence
from datetime import date, timedelta

LEAST_DAYS = 365


def missing_days(kept: Sequence[date], begun_on: date, today: date) -> list[date]:
    """Return the days of the last year of which a log ought to be kept and is not.

    `begun_on` is the first day that was logged at all; today's log may still be empty.
    """
    first = max(begun_on, today - timedelta(days=LEAST_DAYS))
    there = frozenset(kept)
    days = (first + timedelta(days=number) for number in range((today - first).days))
    return [day for day in days if day not in there]


def spans(days: Sequence[date]) -> list[tuple[date, date]]:
    """Return sorted days as spans from a day to a day, both included."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
