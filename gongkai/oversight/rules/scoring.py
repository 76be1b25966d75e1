"""How an indicator is scored, how totals are ranked and graded (practice.md 4.2).

Points are kept to two places. A rate nobody could earn (nothing fell due) scores nothing by itself:
people decide, so that who had no requests is neither rewarded nor punished by a formula.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

_HUNDREDTH = Decimal("0.01")
GRADES = (
    (Decimal(90), "优秀"),
    (Decimal(80), "良好"),
    (Decimal(60), "合格"),
    (Decimal(0), "不合格"),
)


class Method(StrEnum):
    """By what an indicator is scored."""

    BY_HAND = "BY_HAND"
    BY_RATE = "BY_RATE"
    BY_TARGET = "BY_TARGET"
    DEDUCTED = "DEDUCTED"

    @property
    def label(self) -> str:
        """Return the method in Chinese."""
        return {
            "BY_HAND": "人工评分",
            "BY_RATE": "按比率计分",
            "BY_TARGET": "按目标完成量计分",
            "DEDUCTED": "每件（个）扣分",
        }[self.value]

    @property
    def counts(self) -> bool:
        """Say whether a figure of the records is scored."""
        return self is not Method.BY_HAND


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of an organ: a number, or a rate's two numbers."""

    value: Decimal
    below: Decimal | None = None

    @property
    def said(self) -> str:
        """Return it as people write it: 3, or 8/10."""
        above = format(self.value.normalize(), "f") if self.value else "0"
        if self.below is None:
            return above
        below = format(self.below.normalize(), "f") if self.below else "0"
        return f"{above}/{below}"

    @property
    def percent(self) -> str:
        """Return a rate to one place; "—" of nothing, "" of a number that is no rate."""
        if self.below is None:
            return ""
        return f"{100 * self.value / self.below:.1f}%" if self.below else "—"


def points_for(
    method: Method,
    points: Decimal,
    counted: Counted,
    *,
    each: Decimal | None = None,
    target: Decimal | None = None,
) -> Decimal | None:
    """Return what a figure scores of `points`; None where only people can say."""
    if method is Method.BY_RATE:
        if not counted.below:
            return None
        return rounded(points * counted.value / counted.below)
    if method is Method.BY_TARGET and target:
        return rounded(points * min(Decimal(1), counted.value / target))
    if method is Method.DEDUCTED and each:
        return rounded(max(Decimal(0), points - each * counted.value))
    return None


def rounded(value: Decimal) -> Decimal:
    """Return points to two places."""
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def ranks(totals: Mapping[int, Decimal]) -> dict[int, int]:
    """Return the place of each by its total: equal totals share a place, the next is left out."""
    ordered = sorted(totals.values(), reverse=True)
    return {key: ordered.index(total) + 1 for key, total in totals.items()}


def grade(total: Decimal, full: Decimal) -> str:
    """Return the grade of a total out of `full`."""
    share = 100 * total / full
    return next(name for least, name in GRADES if share >= least)
