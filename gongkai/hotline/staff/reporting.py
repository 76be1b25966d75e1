"""The monthly report as paper and as workbook, by organ and category, with charts (law.md 8.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.adapters.xlsx import Column, SheetOut
from gongkai.hotline.rules.kpis import TOLD, Kpi, Rate
from gongkai.hotline.statistics import Line, Period
from gongkai.statute.days import written
from gongkai.tables.paper import Chart, Grid, Heading, Paper, Paragraph

_SHOWN = (Kpi.SIGNED_IN_TIME, Kpi.ON_TIME, Kpi.SATISFIED, Kpi.SOLVED)
_MOST_BARS = 15


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a report says; `connected` is None where no call is taken here."""

    title: str
    organ: str
    period: Period
    received: int
    rates: Mapping[Kpi, Rate]
    connected: Rate | None
    organs: Sequence[Line]
    categories: Sequence[Line]
    kinds: Sequence[tuple[str, int]]
    sources: Sequence[tuple[str, int]]


def paper(told: Figures, named: str, today: date) -> Paper:
    """Return the report as a paper."""
    rates = told.rates
    lead = (
        f"{named}共承接热线工单{told.received}件，"
        f"按期办结率{rates[Kpi.ON_TIME].written}，满意率{rates[Kpi.SATISFIED].written}，"
        f"解决率{rates[Kpi.SOLVED].written}。括号内为分子和分母。"
    )
    lines = tuple(
        (each.label, str(rates[kpi].above), str(rates[kpi].below), _percent(rates[kpi]))
        for kpi, each in TOLD.items()
    )
    return Paper(
        title=told.title,
        organ=told.organ,
        dated=written(today),
        blocks=(
            Heading("一、总体情况"),
            Paragraph(lead),
            Chart("诉求类型", "件", tuple(told.kinds)),
            Chart("受理渠道", "件", tuple(told.sources)),
            Heading("二、主要指标"),
            Grid("主要指标", ("指标", "分子", "分母", "比率"), lines, (4, 2, 2, 2)),
            *(Paragraph(f"{each.label}：{each.above}÷{each.below}。") for each in TOLD.values()),
            Heading("三、各承办单位"),
            Chart("各单位承办工单", "件", _received(told.organs)),
            _grid("各单位办理情况", "单位", told.organs),
            Heading("四、各类诉求"),
            Chart("归口分类", "件", _received(told.categories)),
            _grid("各类诉求办理情况", "分类", told.categories),
        ),
    )


def sheets(told: Figures) -> list[SheetOut]:
    """Return the report as sheets of a workbook, with numbers that can be added up."""
    rates = tuple(
        (each.label, told.rates[kpi].above, told.rates[kpi].below, _percent(told.rates[kpi]),
         each.above, each.below)
        for kpi, each in TOLD.items()
    )  # fmt: skip
    heads = ("指标", "分子", "分母", "比率", "分子的含义", "分母的含义")
    widths = (16, 10, 10, 12, 36, 60)
    columns = tuple(Column(head, width) for head, width in zip(heads, widths, strict=True))
    return [
        SheetOut("主要指标", columns, rates),
        _sheet("各单位", "单位", told.organs),
        _sheet("各分类", "分类", told.categories),
        _counted("诉求类型", told.kinds),
        _counted("受理渠道", told.sources),
    ]


def _received(lines: Sequence[Line]) -> tuple[tuple[str, int], ...]:
    return tuple((line.name, line.received) for line in lines[:_MOST_BARS])


def _grid(caption: str, head: str, lines: Sequence[Line]) -> Grid:
    heads = (head, "承接", *(kpi.label for kpi in _SHOWN))
    rows = tuple(
        (line.name, str(line.received), *(_percent(line.rates[kpi]) for kpi in _SHOWN))
        for line in lines
    )
    return Grid(caption, heads, rows, (4, 2, *(3 for _ in _SHOWN)))


def _sheet(name: str, head: str, lines: Sequence[Line]) -> SheetOut:
    columns = [Column(head, 24), Column("承接工单")]
    for kpi in _SHOWN:
        columns += [Column(f"{kpi.label}分子"), Column(f"{kpi.label}分母"), Column(kpi.label)]
    rows = []
    for line in lines:
        row: list[str | int] = [line.name, line.received]
        for kpi in _SHOWN:
            rate = line.rates[kpi]
            row += [rate.above, rate.below, _percent(rate)]
        rows.append(tuple(row))
    return SheetOut(name, tuple(columns), tuple(rows), bars=2)


def _counted(name: str, figures: Sequence[tuple[str, int]]) -> SheetOut:
    return SheetOut(name, (Column(name, 20), Column("件数")), tuple(figures), bars=2)


def _percent(rate: Rate) -> str:
    return "—" if rate.percent is None else f"{rate.percent}%"
