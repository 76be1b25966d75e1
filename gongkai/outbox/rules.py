"""How often a job is tried and how long it waits between tries."""

from datetime import timedelta

MAX_ATTEMPTS = 8
STUCK_AFTER = timedelta(minutes=30)
_FIRST_DELAY = timedelta(minutes=1)
_LONGEST_DELAY = timedelta(hours=6)


def delay_after(attempts: int) -> timedelta:
    """Return how long a job waits after its nth failure: 1, 3, 9 ... minutes, at most 6 hours."""
    return min(_FIRST_DELAY * 3 ** min(attempts - 1, 10), _LONGEST_DELAY)
