"""What a verification of the log may find wrong."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What is wrong with a place in the log."""

    CHANGED = "changed"
    MISSING = "missing"
    UNLINKED = "unlinked"
    TAIL = "tail"
    ANCHOR = "anchor"
    UNGUARDED = "unguarded"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in which chain, at which sequence number, said in Chinese."""

    kind: FaultKind
    chain: str
    sequence: int | None
    message: str
