"""What a month's report says: figures come in whole, plain values fit to be frozen go out.

A frozen report holds its prose as well as its figures, so that neither can move without the other.
Rates are kept as numerator and denominator (law.md 8.1); the per cent is worked out for display.
`differences` tells what an issued report says otherwise than the orders do now.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.hotline.rules.kpis import TOLD, Kpi, Rate
from gongkai.tables.paper import Chart, Grid, Heading, Paper, Paragraph

SHOWN = (Kpi.SIGNED_IN_TIME, Kpi.ON_TIME, Kpi.SATISFIED, Kpi.SOLVED)
RECEIVED = "RECEIVED"
_MOST_NAMED, _MOST_BARS = 5, 15
_HEADINGS = ("一、总体情况", "二、主要指标", "三、各承办单位", "四、各类诉求")


@dataclass(frozen=True, slots=True)
class PartFigures:
    """One organ's or category's figures; `key` finds its orders again."""

    key: str
    name: str
    received: int
    rates: Mapping[Kpi, Rate]


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """All figures of a county's month; `earlier` is what the month before received."""

    county: str
    month: date
    received: int
    earlier: int
    rates: Mapping[Kpi, Rate]
    connected: Rate
    organs: Sequence[PartFigures]
    categories: Sequence[PartFigures]
    kinds: Sequence[tuple[str, int]]
    sources: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is now another than was issued; `kpi`, `by` and `key` find its orders."""

    label: str
    issued: str
    now: str
    kpi: str
    by: str = ""
    key: str = ""


def month_after(month: date) -> date:
    """Return the first day of the month after that of `month`."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_named(month: date) -> str:
    """Return a month as it is written: 2026年3月."""
    return f"{month.year}年{month.month}月"


def report_content(told: MonthFigures) -> dict[str, Any]:
    """Return a whole report as plain values fit to be frozen: prose, figures, tables."""
    where = told.county.removesuffix("人民政府")
    return {
        "county": told.county,
        "title": f"{where}12345热线月报（{month_named(told.month)}）",
        "sections": [
            {"heading": heading, "paragraphs": write(told)}
            for heading, write in zip(_HEADINGS, _PROSE, strict=True)
        ],
        "figures": {
            "received": told.received,
            "earlier": told.earlier,
            "rates": _pairs(told.rates, TOLD),
            "connected": [told.connected.above, told.connected.below],
            "organs": [_part(each) for each in told.organs],
            "categories": [_part(each) for each in told.categories],
            "kinds": [[label, number] for label, number in told.kinds],
            "sources": [[label, number] for label, number in told.sources],
        },
    }


def content_digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a frozen report over canonical JSON."""
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def frozen_rate(pair: Sequence[int]) -> Rate:
    """Return a rate of a frozen report."""
    return Rate(*pair)


def report_paper(content: Mapping[str, Any], *, notes: Iterable[str], dated: str) -> Paper:
    """Return a frozen report as a paper; `notes` stand under its title: number, correction."""
    figures = content["figures"]
    texts = [
        (Heading(each["heading"]), *(Paragraph(text) for text in each["paragraphs"]))
        for each in content["sections"]
    ]
    return Paper(
        title=content["title"],
        organ=f"{content['county']}办公室",
        dated=dated,
        blocks=(
            *(Paragraph(note) for note in notes),
            *texts[0],
            Chart("诉求类型", "件", _counted(figures["kinds"])),
            Chart("受理渠道", "件", _counted(figures["sources"])),
            *texts[1],
            _rates_grid(figures),
            *texts[2],
            Chart("各单位承办工单", "件", _bars(figures["organs"])),
            _parts_grid("各单位办理情况", "单位", figures["organs"]),
            *texts[3],
            Chart("归口分类", "件", _bars(figures["categories"])),
            _parts_grid("各类诉求办理情况", "分类", figures["categories"]),
        ),
    )


def differences(issued: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """Return every figure of an issued report that is another in `now`, both its `figures`."""
    found = [Difference("承接工单", *_both(issued["received"], now["received"]), RECEIVED)]
    for kpi, told in TOLD.items():
        pair = (issued["rates"][kpi.value], now["rates"][kpi.value])
        found.append(Difference(told.label, *map(_written, pair), kpi.value))
    found.append(Difference("接通率", *map(_written, (issued["connected"], now["connected"])), ""))
    for name, by in (("organs", "handler"), ("categories", "category")):
        found += _part_differences(issued[name], now[name], by)
    return [each for each in found if each.issued != each.now]


def _part_differences(
    issued: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]], by: str
) -> list[Difference]:
    nothing = {"received": 0, "rates": {kpi.value: [0, 0] for kpi in SHOWN}}
    old, new = ({each["key"]: each for each in lines} for lines in (issued, now))
    found = []
    for key in dict.fromkeys((*old, *new)):
        one, other = old.get(key, nothing), new.get(key, nothing)
        name = (old.get(key) or new[key])["name"]
        both = _both(one["received"], other["received"])
        found.append(Difference(f"{name}：承接工单", *both, RECEIVED, by, key))
        for kpi in SHOWN:
            pair = map(_written, (one["rates"][kpi.value], other["rates"][kpi.value]))
            found.append(Difference(f"{name}：{kpi.label}", *pair, kpi.value, by, key))
    return found


def _both(issued: int, now: int) -> tuple[str, str]:
    return f"{issued}件", f"{now}件"


def _written(pair: Sequence[int]) -> str:
    return frozen_rate(pair).written


def _pairs(rates: Mapping[Kpi, Rate], kept: Iterable[Kpi]) -> dict[str, list[int]]:
    return {kpi.value: [rates[kpi].above, rates[kpi].below] for kpi in kept}


def _part(told: PartFigures) -> dict[str, Any]:
    rates = _pairs(told.rates, SHOWN)
    return {"key": told.key, "name": told.name, "received": told.received, "rates": rates}


def _overall(told: MonthFigures) -> list[str]:
    change = told.received - told.earlier
    moved = f"{'增加' if change > 0 else '减少'}{abs(change)}件"
    against = f"，与上月相比{moved}" if change else "，与上月持平"
    kinds = [(name, number) for name, number in told.kinds if number]
    lines = [f"{month_named(told.month)}全县共承接热线工单{told.received}件{against}。"]
    if kinds:
        lines.append(f"按诉求类型分：{_listed(kinds)}。按受理渠道分：{_listed(told.sources)}。")
    return lines


def _main(told: MonthFigures) -> list[str]:
    rates = told.rates
    named = (*SHOWN, Kpi.CALLED_BACK, Kpi.REDONE)
    said = "，".join(f"{kpi.label}{rates[kpi].written}" for kpi in named if rates[kpi].below)
    call = f"接通率{told.connected.written}。" if told.connected.below else ""
    if not said:
        return [f"本月没有可以计算比率的工单。{call}"]
    return [f"{said}。{call}括号内为分子和分母，各项比率的范围见下表。"]


def _by_organ(told: MonthFigures) -> list[str]:
    if not told.organs:
        return ["本月没有单位承办工单。"]
    busiest = [(each.name, each.received) for each in told.organs if each.received]
    lines = []
    if busiest:
        lines.append(f"承办工单较多的单位：{_listed(busiest[:_MOST_NAMED])}。")
    late = _missed(told.organs, Kpi.ON_TIME)
    if late:
        lines.append(f"有未按期办结工单的单位：{late}。")
    elif any(each.rates[Kpi.ON_TIME].below for each in told.organs):
        lines.append("本月到期的工单，各单位全部按期办结。")
    if unhappy := _missed(told.organs, Kpi.SATISFIED):
        lines.append(f"有不满意评价的单位：{unhappy}。")
    return lines


def _by_category(told: MonthFigures) -> list[str]:
    most = [(each.name, each.received) for each in told.categories if each.received]
    return [f"反映较集中的诉求：{_listed(most[:_MOST_NAMED])}。"] if most else ["本月没有诉求。"]


_PROSE: tuple[Callable[[MonthFigures], list[str]], ...] = (_overall, _main, _by_organ, _by_category)


def _missed(lines: Sequence[PartFigures], kpi: Kpi) -> str:
    """Return the organs with most orders below and not above, each with its rate."""
    owed = sorted((each for each in lines if each.rates[kpi].missed), key=lambda each: (
        -each.rates[kpi].missed, each.name))  # fmt: skip
    said = "、".join(f"{each.name}{each.rates[kpi].written}" for each in owed[:_MOST_NAMED])
    return f"{said}等{len(owed)}个单位" if len(owed) > _MOST_NAMED else said


def _listed(pairs: Iterable[tuple[str, int]]) -> str:
    return "、".join(f"{name}{number}件" for name, number in pairs)


def _counted(pairs: Iterable[Sequence[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((str(label), int(number)) for label, number in pairs)


def _bars(lines: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((each["name"], each["received"]) for each in lines[:_MOST_BARS])


def _rates_grid(figures: Mapping[str, Any]) -> Grid:
    rows = []
    for kpi, told in TOLD.items():
        rate = frozen_rate(figures["rates"][kpi.value])
        shown = "—" if rate.percent is None else f"{rate.percent}%"
        rows.append((told.label, str(rate.above), str(rate.below), shown, told.below))
    calls = frozen_rate(figures["connected"])
    if calls.below:
        counts = (str(calls.above), str(calls.below), f"{calls.percent}%")
        rows.append(("接通率", *counts, "请求人工服务的来电"))
    return Grid(
        "主要指标", ("指标", "分子", "分母", "比率", "分母的范围"), tuple(rows), (4, 2, 2, 3, 8)
    )


def _parts_grid(caption: str, head: str, lines: Sequence[Mapping[str, Any]]) -> Grid:
    rows = tuple(
        (
            each["name"],
            str(each["received"]),
            # The blank lets a narrow cell break before the counts.
            *(_written(each["rates"][kpi.value]).replace("（", " （") for kpi in SHOWN),
        )
        for each in lines
    )
    heads = (head, "承接", *(kpi.label for kpi in SHOWN))
    return Grid(caption, heads, rows, (4, 2, *(3 for _ in SHOWN)))
