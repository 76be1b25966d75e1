"""A fault as the inspector tells it: the rule, the place, the words that prove it.

Serves the problem lists of spot checks (law.md 4.4): indicator, address, evidence, time.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote_to_bytes

MOST_EVIDENCE = 500
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault found at one address.

    `why` is told to the organ, `evidence` is an excerpt with its place; `status` and `seconds`
    are those of the answer, `target` is what is at fault there where several things may be
    (a tag, an element, a dead address).
    """

    rule: str
    address: str
    why: str
    evidence: str
    found_at: datetime
    status: int | None = None
    seconds: float | None = None
    column: str = ""
    target: str = ""

    def __post_init__(self) -> None:
        """Hold the evidence to its length."""
        if len(self.evidence) > MOST_EVIDENCE:
            object.__setattr__(self, "evidence", self.evidence[: MOST_EVIDENCE - 1] + "…")

    @property
    def fingerprint(self) -> str:
        """Return 64 hex digits that are the same for the same fault on the next scan.

        Rule and address, and what is at fault there: the target where there is one, else the
        evidence without blanks and widths. Days and times of the scan have no part in it.
        """
        what = self.target or self.evidence
        parts = (self.rule, _plain(self.address), _normal(what))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _plain(address: str) -> str:
    """Return an address in one spelling, however its path was percent-encoded."""
    return quote(unquote_to_bytes(address.partition("#")[0]), safe="/?=&%:,;+~.-_[]")


def _normal(text: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).lower()
