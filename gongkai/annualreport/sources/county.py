"""The county's figures from its returns: units, layers and the sum of all (V10).

A return that has been handed in counts with what it froze, an open one with today's
records; once every return is accepted nothing live is left in the sum.
"""

from dataclasses import dataclass
from decimal import Decimal

from gongkai.annualreport.lifecycle.returns import ReturnState
from gongkai.annualreport.models import ReportYear, Return
from gongkai.annualreport.queries.frozen import figures_in, sheet_of
from gongkai.annualreport.rules.figures import Figure, add_up, scoped
from gongkai.annualreport.sources.live import live_units
from gongkai.orgs.queries import Level
from gongkai.tables.consolidate import consolidate
from gongkai.tables.discrepancy import Discrepancy, Severity
from gongkai.tables.editions import EDITIONS
from gongkai.tables.sheet import CellPath, Number, Sheet

_SCOPE = {Level.OWN: "own_level", Level.DEPARTMENTS: "departments", Level.TOWNSHIPS: "townships"}
LEVEL_OF_SCOPE = {scope: level for level, scope in _SCOPE.items()}


@dataclass(frozen=True)
class Unit:
    """One return in the sum, with the tables and figures it counts with."""

    row: Return
    sheet: Sheet
    figures: dict[str, Figure]


@dataclass(frozen=True)
class County:
    """The sum of a county's returns and its layers."""

    units: tuple[Unit, ...]
    layers: dict[Level, Sheet]
    total: Sheet
    figures: dict[str, Figure]


def county(year: ReportYear) -> County:
    """Return the county's consolidation as it stands."""
    returns = list(year.returns.select_related("report_year", "organ"))
    drafts = [unit for unit in returns if unit.state == ReturnState.DRAFT]
    live = live_units(year, drafts) if drafts else {}
    units = tuple(
        Unit(row, live[row.pk].sheet, live[row.pk].figures)
        if row.pk in live
        else Unit(row, sheet_of(row), figures_in(row))
        for row in returns
    )
    return add_units_up(units, year.edition)


def add_units_up(units: tuple[Unit, ...], edition: str) -> County:
    """Return the layers and the county from the tables and figures of its units."""
    layers = {level: _sum_of(units, level, edition) for level in Level}
    total = consolidate(list(layers.values()), edition)
    figures = add_up(unit.figures for unit in units)
    for level in Level:
        own = add_up(unit.figures for unit in units if unit.row.level == level.value)
        figures |= scoped(own, _SCOPE[level])
    return County(units, layers, total, figures)


def _sum_of(units: tuple[Unit, ...], level: Level, edition: str) -> Sheet:
    sheets = [unit.sheet for unit in units if unit.row.level == level.value]
    return consolidate(sheets, edition)


def does_not_add_up(view: County) -> tuple[Discrepancy, ...]:
    """Return V10: cells of the county that are not the sum of the units, added up here anew."""
    form = EDITIONS[view.total.edition]
    found = []
    for path in form.paths():
        parts = [_value(unit.sheet, path) for unit in view.units]
        total = _value(view.total, path)
        if None in parts or total is None:
            message = f"{form.label(path)}：有单位的这一格不是数，不能汇总，请退回该单位补填。"
            found.append(Discrepancy("V10", Severity.ERROR, path, message))
            continue
        expected = sum((part for part in parts if part is not None), Decimal(0))
        if expected != total:
            message = (
                f"{form.label(path)}全县为 {total:f}，各单位相加为 {expected:f}，"
                "两者不等，请重新汇总。"
            )
            found.append(Discrepancy("V10", Severity.ERROR, path, message, expected, total))
    return tuple(found)


def _value(sheet: Sheet, path: CellPath) -> Decimal | None:
    cell = sheet[path]
    return cell.value if isinstance(cell, Number) else None
