"""Figures compared as bars: plain values that a template draws as SVG beside the data."""

from collections.abc import Sequence
from dataclasses import dataclass

FULL = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure; `length` is its share of the largest, from 0 to 100."""

    label: str
    value: int
    length: int


def bars(figures: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """Return the figures as bars; nothing when all are 0, for there is nothing to compare."""
    largest = max((value for _, value in figures), default=0)
    if largest <= 0:
        return ()
    return tuple(
        Bar(label, value, max(1, round(FULL * value / largest)) if value > 0 else 0)
        for label, value in figures
    )
