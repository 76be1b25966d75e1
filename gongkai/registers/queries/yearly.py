"""The quarters of a year: which register of which organ has told its figures, and which has not."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from gongkai.orgs.models import Organ
from gongkai.registers.models import Batch
from gongkai.registers.rules import RegisterKind


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of one register of one organ: batches that end in it, and whether it is told.

    `missing` says that the quarter is over and nothing tells of it.
    """

    number: int
    batches: int
    covered: bool
    missing: bool


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """The four quarters of one register of one organ."""

    organ_id: int
    organ: str
    kind: RegisterKind
    quarters: tuple[Quarter, ...]

    @property
    def missing(self) -> int:
        """How many quarters are over and not told."""
        return sum(quarter.missing for quarter in self.quarters)


def quarter_days(year: int, number: int) -> tuple[date, date]:
    """Return the first and the last day of a quarter."""
    last = (31, 30, 30, 31)[number - 1]
    return date(year, number * 3 - 2, 1), date(year, number * 3, last)


def quarter_lines(organ_ids: Collection[int], year: int, today: date) -> list[QuarterLine]:
    """Return the quarters of every register that an organ has kept up to the year's end.

    A batch over the whole year tells all four. Two queries.
    """
    found = (
        Batch.objects.counting()
        .of(organ_ids)
        .filter(period_start__lte=date(year, 12, 31))
        .order_by()
        .values_list("organ_id", "kind", "period_start", "period_end")
    )
    periods: dict[tuple[int, str], list[tuple[date, date]]] = defaultdict(list)
    for organ_id, kind, start, end in found:
        periods[organ_id, kind].append((start, end))
    names = dict(Organ.objects.filter(pk__in=organ_ids).values_list("pk", "short_name"))
    order = {kind: place for place, kind in enumerate(RegisterKind)}
    lines = [
        QuarterLine(
            organ_id,
            names[organ_id],
            RegisterKind(kind),
            tuple(_quarter(spans, year, number, today) for number in range(1, 5)),
        )
        for (organ_id, kind), spans in periods.items()
    ]
    return sorted(lines, key=lambda line: (line.organ, line.organ_id, order[line.kind]))


def _quarter(spans: list[tuple[date, date]], year: int, number: int, today: date) -> Quarter:
    start, end = quarter_days(year, number)
    ending = sum(start <= last <= end for _, last in spans)
    covered = ending > 0 or any(first <= start and last >= end for first, last in spans)
    return Quarter(number, ending, covered, not covered and end < today)
