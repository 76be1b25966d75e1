"""The score of a site or an organ, as far as it can be known (国办秘函〔2019〕19号, law.md 4.1).

One veto, and nothing else is scored. Else what the faults cost is taken from 100, no item more than
its own points. Where the points of an item at fault are not known, the score is an upper bound, and
the items are named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.inspections.rules.indicators import Part
from gongkai.inspections.rules.terms import CODES, Terms, plain

FULL, PASSED, BONUS_ABOVE = Decimal(100), Decimal(60), Decimal(80)
_LOOKED_AT = frozenset(CODES.values())
_VETOES = (Part.VETO, Part.MEDIA_VETO)


@dataclass(frozen=True, slots=True)
class Line:
    """An item at fault: how many faults, what it is worth, what they cost (None: unknown)."""

    code: str
    name: str
    group: str
    faults: int
    points: Decimal | None
    lost: Decimal | None


@dataclass(frozen=True, slots=True)
class Score:
    """What is known of a score; `unknown` are items at fault whose points nobody entered."""

    vetoes: tuple[Line, ...]
    lines: tuple[Line, ...]
    scored: bool  # False: only vetoes are looked at (law.md 4.1: parts 2 and 3 are the portal's)

    @property
    def lost(self) -> Decimal:
        """Return what is known to be lost."""
        return min(FULL, sum((line.lost for line in self.lines if line.lost), Decimal(0)))

    @property
    def unknown(self) -> tuple[Line, ...]:
        """Return the items at fault whose points are not known."""
        return tuple(line for line in self.lines if line.lost is None)

    @property
    def points(self) -> Decimal | None:
        """Return the score, or what it is at most; None where nothing is scored."""
        return None if self.vetoes or not self.scored else FULL - self.lost

    @property
    def verdict(self) -> str:
        """Return in words what the score says."""
        if self.vetoes:
            return "不合格（单项否决）"
        if self.points is None:
            return "合格（没有单项否决问题）"
        if self.points < PASSED:
            return f"不合格（{'最高' if self.unknown else ''}{plain(self.points)}分）"
        return f"最高{plain(self.points)}分" if self.unknown else f"{plain(self.points)}分"


def score(
    faults: Mapping[str, int], terms: Mapping[str, Terms], *, parts: frozenset[Part], scored: bool
) -> Score:
    """Return the score of so many faults a rule, under the terms of a day.

    `parts` are those whose items cost points; a rule without an indicator costs nothing.
    """
    counted: dict[str, int] = {}
    for rule, number in faults.items():
        code = CODES.get(rule)
        if code in terms and number:
            counted[code] = counted.get(code, 0) + number
    lines = [_line(terms[code], number) for code, number in sorted(counted.items())]
    part_of = {line.code: terms[line.code].indicator.part for line in lines}
    vetoes = tuple(line for line in lines if part_of[line.code] in _VETOES)
    costing = tuple(line for line in lines if part_of[line.code] in parts)
    return Score(vetoes, costing if scored else (), scored)


def unpriced(terms: Mapping[str, Terms], parts: frozenset[Part]) -> list[str]:
    """Return the names of the items whose points are missing."""
    return [
        each.indicator.name
        for each in terms.values()
        if each.points is None and each.indicator.part in parts
    ]


def unlooked(terms: Mapping[str, Terms], parts: frozenset[Part]) -> list[str]:
    """Return the names of the items that no rule looks at: people have to."""
    return [
        each.indicator.name
        for code, each in terms.items()
        if code not in _LOOKED_AT and each.indicator.part in parts
    ]


def _line(terms: Terms, faults: int) -> Line:
    told = terms.indicator
    return Line(told.code, told.name, told.group, faults, terms.points, terms.lost(faults))
