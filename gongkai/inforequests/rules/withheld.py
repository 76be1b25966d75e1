"""When withheld information is looked at again (Art. 18: 定期评估审查)."""

from datetime import date

from gongkai.statute.grounds import Ground, Outcome

_WITHHELD = frozenset({Outcome.WITHHELD, Outcome.PARTIAL})


def review_on(ground: Ground, answered_on: date, months: int) -> date | None:
    """Return the day on which an item answered with `ground` is to be looked at again.

    `months` after the answer; None when nothing is withheld. A day that the month does not
    have becomes its last.
    """
    if ground.outcome not in _WITHHELD:
        return None
    return months_later(answered_on, months)


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError(day)
