"""Asking for figures by name: counted by unit, with the records behind each.

A figure is counted for organs that answer for others, too: who covers whom is told by the caller.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from gongkai.oversight.rules.scoring import Counted
from gongkai.oversight.sources.chapters import SOURCES
from gongkai.oversight.sources.counting import Asked, Counts, Rate
from gongkai.tables.facts import Period, Record

Figures = dict[str, dict[int, Counted]]


class Part(StrEnum):
    """Which records of a rate are asked for: those of its numerator, those of its denominator."""

    ABOVE = "above"
    BELOW = "below"


def count_all(
    names: Iterable[str], period: Period, covering: Mapping[int, Collection[int]], now: datetime
) -> Figures:
    """Return figures by name and by unit; `covering` tells whose records each unit answers for.

    What falls due after `now` does not count yet.

    Raises:
        KeyError: there is no such figure.
    """
    ids = {each for covered in covering.values() for each in covered}
    asked = Asked(period, tuple(sorted(ids)), now)
    told: Figures = {}
    for name in names:
        source = SOURCES[name]
        if isinstance(source, Rate):
            above, below = source.above.count(asked), source.below.count(asked)
            told[name] = {
                unit: Counted(_sum(above, ids), _sum(below, ids)) for unit, ids in covering.items()
            }
        else:
            counts = source.count(asked)
            told[name] = {unit: Counted(_sum(counts, ids)) for unit, ids in covering.items()}
    return told


def records_behind(
    name: str, period: Period, organ_ids: Collection[int], now: datetime, part: Part = Part.ABOVE
) -> list[Record]:
    """Return the records behind a figure, oldest first; of a rate those of one of its numbers.

    Raises:
        KeyError: there is no such figure.
    """
    source = SOURCES[name]
    if isinstance(source, Rate):
        source = source.above if part is Part.ABOVE else source.below
    found = source.records(Asked(period, tuple(sorted(organ_ids)), now))
    return sorted(found, key=lambda each: (each.on or period.end, each.organ_id, each.label))


def _sum(counts: Counts, ids: Collection[int]) -> Decimal:
    return sum((counts.get(each, Decimal(0)) for each in ids), Decimal(0))
