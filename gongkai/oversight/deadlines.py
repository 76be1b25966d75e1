"""On which days organs hear of their tasks: before the date, on it, and weekly after it."""

SOON = 5  # working days
_BEFORE = (5, 3, 1, 0)


def is_told_on(left: int) -> bool:
    """Say whether an organ hears of a task today; `left` are working days, negative when late."""
    return left in _BEFORE or (left < 0 and -left % 5 == 1)
