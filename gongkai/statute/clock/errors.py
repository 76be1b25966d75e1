"""What can be wrong with the acts of a case.

ClockError
├── OutOfOrder   an act dated before the act it follows
├── TooLate      an act after the term for it had ended
├── TooLong      an extension or delay outside what the law allows
└── NoSuchRule   the law of the day of receipt knows no such act
"""


class ClockError(ValueError):
    """The acts of a case cannot be as told; the message names the field and the remedy."""


class OutOfOrder(ClockError):
    """An act is dated before the act it follows."""


class TooLate(ClockError):
    """An act came after the term for it had ended."""


class TooLong(ClockError):
    """An extension or delay is outside what the law allows."""


class NoSuchRule(ClockError):
    """The law in force on the day of receipt knows no such act."""
