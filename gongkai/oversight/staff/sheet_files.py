"""A sheet as a paper and as a workbook, figure by figure and organ by organ."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from gongkai.adapters.xlsx import Column, SheetOut
from gongkai.orgs.queries import ReportingUnit
from gongkai.oversight.rules.figures import FIGURES
from gongkai.oversight.rules.scoring import Counted
from gongkai.oversight.rules.sheets import SheetTold
from gongkai.oversight.sources.asking import Figures
from gongkai.statute.days import written
from gongkai.tables.paper import Block, Chart, Grid, Heading, Paper

WHOLE = 0
_MOST_BARS = 15


def paper(
    sheet: SheetTold,
    told: Figures,
    title: str,
    organ: str,
    units: Sequence[ReportingUnit],
    today: date,
) -> Paper:
    """Return a sheet as a paper: a table a head; with several units, a table and bars of them."""
    blocks: list[Block] = []
    for group in sheet.groups:
        rows = tuple(
            (FIGURES[name].label, told[name][WHOLE].said, _measure(name, told[name][WHOLE]))
            for name in group.names
            if name in told
        )
        if rows:
            heads = ("项目", "数量", "单位、比率")
            blocks.append(Grid(group.label, heads, rows, (5, 2, 2)))
    columns = [name for name in sheet.columns if name in told]
    if units and columns:
        blocks.append(Heading("各单位情况"))
        rows = tuple(
            (unit.short_name, *(told[name][unit.organ_id].said for name in columns))
            for unit in units
        )
        heads = ("单位", *(FIGURES[name].label for name in columns))
        blocks.append(Grid("各单位情况", heads, rows, (3, *(2 for _ in columns))))
        first = columns[0]
        figures = [(unit.short_name, int(told[first][unit.organ_id].value)) for unit in units]
        most = tuple(sorted(figures, key=lambda pair: -pair[1])[:_MOST_BARS])
        blocks.append(Chart(FIGURES[first].label, FIGURES[first].unit, most))
    return Paper(title=title, organ=organ, dated=written(today), blocks=tuple(blocks))


def sheets(sheet: SheetTold, told: Figures, units: Sequence[ReportingUnit]) -> list[SheetOut]:
    """Return a sheet as sheets of a workbook, with numbers that can be added up."""
    rows = tuple(
        (group.label, FIGURES[name].label, *_numbers(told[name][WHOLE]),
         _measure(name, told[name][WHOLE]))
        for group in sheet.groups
        for name in group.names
        if name in told
    )  # fmt: skip
    columns = (
        Column("类别", 18),
        Column("项目", 26),
        Column("数量（分子）", 14),
        Column("分母", 10),
        Column("单位、比率", 12),
    )
    found = [SheetOut("统计表", columns, rows)]
    if units:
        names = [name for name in sheet.names if name in told]
        heads = [Column("单位", 20)]
        for name in names:
            heads.append(Column(FIGURES[name].label, 12))
            if FIGURES[name].is_rate:
                heads.append(Column(f"{FIGURES[name].label}分母", 12))
        by_unit = tuple((unit.short_name, *_spread(names, told, unit.organ_id)) for unit in units)
        found.append(SheetOut("各单位", tuple(heads), by_unit))
    return found


def _spread(names: Sequence[str], told: Figures, unit: int) -> list[str | int | Decimal]:
    found: list[str | int | Decimal] = []
    for name in names:
        above, below = _numbers(told[name][unit])
        found += [above, below] if FIGURES[name].is_rate else [above]
    return found


def _numbers(counted: Counted) -> tuple[str | int | Decimal, str | int | Decimal]:
    return counted.value, "" if counted.below is None else counted.below


def _measure(name: str, counted: Counted) -> str:
    return FIGURES[name].unit if counted.below is None else counted.percent
