"""What a password must hold (law.md 9.3): three of four kinds of characters; length in settings."""

import re

_KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")
NEEDED = 3


def kinds_in(password: str) -> int:
    """Return how many of the four kinds occur: small, capital, digit, other."""
    return sum(bool(re.search(kind, password)) for kind in _KINDS)
