"""On which days an organ hears of what it owes, and how long a letter that failed waits."""

from datetime import timedelta

MOST_TRIES = 8
_BEFORE = (3, 1, 0)  # working days to the date
_EVERY = 3  # working days, once it is late
_YEAR_BEFORE = (15, 8, 3, 1, 0)  # working days to the day on which a site's yearly report is due
_YEAR_EVERY, _YEAR_LONGEST = 5, 60
_FIRST, _LONGEST = timedelta(minutes=5), timedelta(hours=3)


def is_told_on(left: int) -> bool:
    """Say whether an organ hears today, `left` working days before its date (negative: after)."""
    if left >= 0:
        return left in _BEFORE
    return (-left - 1) % _EVERY == 0


def is_told_of_year_on(left: int) -> bool:
    """Say whether the office hears today of yearly reports of sites that are not published."""
    if left >= 0:
        return left in _YEAR_BEFORE
    return -left <= _YEAR_LONGEST and (-left - 1) % _YEAR_EVERY == 0


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many failures: twice as long each time."""
    return min(_FIRST * 2 ** (tries - 1), _LONGEST)
