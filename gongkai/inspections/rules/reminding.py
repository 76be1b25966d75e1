"""On which days an organ hears of what it owes, and how long a letter that failed waits."""

from datetime import timedelta

MOST_TRIES = 8
_BEFORE = (3, 1, 0)  # working days to the date
_EVERY = 3  # working days, once it is late
_FIRST, _LONGEST = timedelta(minutes=5), timedelta(hours=3)


def is_told_on(left: int) -> bool:
    """Say whether an organ hears today, `left` working days before its date (negative: after)."""
    if left >= 0:
        return left in _BEFORE
    return (-left - 1) % _EVERY == 0


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many failures: twice as long each time."""
    return min(_FIRST * 2 ** (tries - 1), _LONGEST)
