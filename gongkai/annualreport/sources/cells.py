"""Every cell opens its records: what adds up to a figure, whoever asks at whatever level."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annualreport import sources
from gongkai.annualreport.models import ReportYear, Return
from gongkai.annualreport.rules.named_figures import NAMED
from gongkai.annualreport.sources.named import records_behind_name
from gongkai.orgs.queries import Level
from gongkai.tables.editions import EDITIONS
from gongkai.tables.facts import Measure, Period, Record, merge
from gongkai.tables.forms import FormEdition
from gongkai.tables.sheet import CellPath


@dataclass(frozen=True)
class CellRecords:
    """The records behind one cell today; `total` in the cell's own unit (元 becomes 万元)."""

    label: str
    records: tuple[Record, ...]
    total: Decimal
    unit: str
    amounts_in_yuan: bool


def records_behind_cell(
    year: ReportYear, whose: Return | Level | None, path: CellPath
) -> CellRecords:
    """Return the records behind a cell of one return, one layer, or (None) the whole county.

    A sum opens the records of its parts.

    Raises:
        KeyError: the year's form has no such cell.
    """
    form = EDITIONS[year.edition]
    period = Period.of_year(year.year)
    organ_ids = _organ_ids(year, whose)
    records = [
        record
        for measure in _worth_asking(_measures(form, path), period, organ_ids)
        for record in sources.records_behind(measure, period, organ_ids)
    ]
    total = sum((record.adds for record in records), Decimal(0))
    unit = form.unit(path)
    if unit == "万元":
        total = total / 10000
    records.sort(key=lambda record: (record.on or period.end, record.organ_id, record.label))
    return CellRecords(form.label(path), tuple(records), total, unit or "件（项）", bool(unit))


def records_behind_figure(year: ReportYear, whose: Return | Level | None, name: str) -> CellRecords:
    """Return the records behind a figure of `NAMED`; of a rate those of its numerator.

    Raises:
        KeyError: there is no such figure.
    """
    named = NAMED[name]
    period = Period.of_year(year.year)
    records = records_behind_name(name, period, _organ_ids(year, whose))
    total = sum((record.adds for record in records), Decimal(0))
    money = named.unit == "万元"
    return CellRecords(
        f"{named.label}（分子）" if named.is_rate else named.label,
        tuple(records),
        total / 10000 if money else total,
        "件" if named.is_rate else named.unit,
        money,
    )


def _organ_ids(year: ReportYear, whose: Return | Level | None) -> list[int]:
    if isinstance(whose, Return):
        return sorted(whose.covered)
    returns = year.returns.all() if whose is None else year.returns.filter(level=whose.value)
    return sorted({organ_id for unit in returns for organ_id in unit.covered})


def _measures(form: FormEdition, path: CellPath) -> tuple[Measure, ...]:
    parts = form.parts(path)
    if not parts:
        return form.measures(path)
    return tuple(dict.fromkeys(measure for part in parts for measure in _measures(form, part)))


def _worth_asking(
    measures: tuple[Measure, ...], period: Period, organ_ids: Collection[int]
) -> tuple[Measure, ...]:
    """Return the measures to ask for: of the many parts of a sum only those that are not 0."""
    if len(measures) < 8:
        return measures
    facts = merge(sources.facts_by_organ(period, organ_ids).values())
    return tuple(measure for measure in measures if facts.get(measure))
