"""What a check finds in a text before it is released, and how a finding is known again."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: by which rule, where, what (masked), why it matters, what to do.

    A blocking one must be put right or let pass by two persons. `fingerprint` is the same for
    the same thing in the same place of a later version.
    """

    rule: str
    blocking: bool
    place: str
    message: str
    found: str = ""
    suggestion: str = ""
    fingerprint: str = ""


def fingerprint(rule: str, place: str, digest: str) -> str:
    """Return the mark of a finding; `digest` is the keyed digest of what was found."""
    return sha256("\x00".join((rule, place, digest)).encode()).hexdigest()
