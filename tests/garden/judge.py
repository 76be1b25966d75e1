"""Judge an inspector by the garden: what it missed, and what it told without ground.

A finding is a rule of README.md and an address as expected.json writes it (`Garden.written`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote_to_bytes

Finding = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`false` holds every unfounded finding; `flagged` those of them at a look-alike."""

    planted: int
    missed: list[Finding]
    false: list[Finding]
    flagged: list[Finding]

    @property
    def recall(self) -> float:
        """Return the share of the planted faults that was found."""
        return 1 - len(self.missed) / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """Return the share of what was found that was planted."""
        found = self.planted - len(self.missed)
        return found / (found + len(self.false)) if found + len(self.false) else 1.0


def plain(address: str) -> str:
    """Return an address in one spelling, however its path was percent-encoded."""
    return quote(unquote_to_bytes(address.partition("#")[0]), safe="/?=&%:,;+~.-_{}[]")


def judge(
    expected: dict[str, Any], found: Iterable[Finding], rules: Collection[str] | None = None
) -> Judgement:
    """Compare findings with the garden, over all its rules or over `rules` alone.

    Findings of rules that the garden does not know are left out; one told twice counts once.
    """
    faults = {(row["fault"], plain(row["address"])) for row in expected["faults"]}
    judged = {rule for rule, _ in faults} if rules is None else set(rules)
    faults = {each for each in faults if each[0] in judged}
    told = {(rule, plain(address)) for rule, address in found if rule in judged}
    alike = {plain(row["address"]) for row in expected["lookalikes"]}
    false = sorted(told - faults)
    return Judgement(
        len(faults), sorted(faults - told), false, [each for each in false if each[1] in alike]
    )
