"""One figure of the chapter: a count, or a share with numerator and denominator kept."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by name: how many (`part`), and of how many when it is a share (`whole`)."""

    name: str
    label: str
    part: int
    whole: int | None = None

    @property
    def percent(self) -> Decimal | None:
        """Return the share in per cent with two decimals; None for a count or a share of none."""
        if not self.whole:
            return None
        share = Decimal(self.part) * 100 / Decimal(self.whole)
        return share.quantize(_CENT, rounding=ROUND_HALF_UP)

    @property
    def shown(self) -> str:
        """Return the figure as tables show it."""
        if self.whole is None:
            return f"{self.part}件"
        if not self.whole:
            return "—"
        return f"{self.percent}%（{self.part}/{self.whole}）"

    @property
    def in_words(self) -> str:
        """Return a share as a sentence says it."""
        return f"{self.label}{self.percent}%（{self.part}件/{self.whole}件）"
