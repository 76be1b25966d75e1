"""What a bulletin says, in the house style of county offices (practice.md 4.3): plain Python.

Nothing is asked here: figures come in whole and go out as plain values fit to be frozen.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.inspections.rules.bulletin_values import (
    HAN,
    Figures,
    Problem,
    UnitLine,
    before,
    named,
    rate,
    span,
)
from gongkai.statute.days import written

MOST_NAMED = 8
__all__ = [
    "Figures",
    "Problem",
    "UnitLine",
    "before",
    "content_of",
    "demands",
    "digest",
    "named",
    "rate",
    "span",
]


def content_of(told: Figures) -> dict[str, Any]:
    """Return the whole bulletin as plain values fit to be frozen: text, figures, lists, annexes."""
    when = named(told.period, told.starts_on)
    return {
        "title": f"关于{when}全县政务公开、政府网站检查情况的通报",
        "recipient": "各乡镇人民政府，县政府各部门：",
        "sections": [
            {"heading": "一、基本情况", "paragraphs": _basics(told)},
            {"heading": "二、存在问题", "paragraphs": _problems(told)},
        ],
        "figures": _figures(told),
        "annexes": [_list_of(told), _freshness(told), _ranking(told)],
        "shares": _shares(told.problems),
    }


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a frozen bulletin over canonical JSON."""
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def demands(workdays: int, due_on: date | None) -> list[str]:
    """Return what the bulletin demands; the date is known once it is issued."""
    until = f"{written(due_on)}前" if due_on else f"自通报印发之日起{workdays}个工作日内"
    return [
        f"各责任单位对照附件1逐项整改，{until}在政务公开平台反馈整改结果并上传佐证材料。"
        "对问题有异议的，在同一期限内提出，写明理由。",
        "整改情况经复核通过后销号。逾期没有反馈、复核不通过或者重复出现的问题，在下期通报中点名。",
    ]


def _basics(told: Figures) -> list[str]:
    published = sum(unit.published for unit in told.units)
    active = sum(1 for unit in told.units if unit.published)
    top = sorted((u for u in told.units if u.published), key=lambda u: -u.published)[:5]
    leaders = "、".join(f"{unit.name}{unit.published}条" for unit in top)
    fresh, items = sum(u.items_fresh for u in told.units), sum(u.items for u in told.units)
    lines = [
        f"（一）信息公开。全县{len(told.units)}个单位中{active}个有新公开的信息，共{published}条"
        + (f"，居前的是{leaders}。" if leaders else "。")
        + (f"标准目录事项按时公开率{rate(fresh, items)}。" if items else "")
        + f"新收到政府信息公开申请{told.received}件"
        + _rated("，期内答复按时率", *told.answered)
        + "。"
    ]
    if told.sites:
        good = sum(1 for _, faults in told.sites if not faults)
        lines.append(
            f"（二）政府网站。巡查网站{len(told.sites)}个，"
            f"没有发现问题的{good}个，占{rate(good, len(told.sites))}。"
        )
    lines.append(
        f"（{HAN[len(lines)]}）互动交流。收到“我为政府网站找错”留言{told.errors[1]}条，"
        + _rated("三个工作日内答复率", *told.errors, end="；")
        + f"发起意见征集{told.solicitations}次。"
    )
    done = sum(problem.done for problem in told.earlier)
    lines.append(
        f"（{HAN[len(lines)]}）上期问题整改。上期问题{len(told.earlier)}个，"
        f"复核通过{done}个{_rated('，整改完成率', done, len(told.earlier))}。"
        + _unfinished(told.earlier)
    )
    return lines


def _rated(words: str, part: int, whole: int, end: str = "") -> str:
    """Return a rate with its words; nothing where there is nothing to be rated."""
    return f"{words}{rate(part, whole)}{end}" if whole else ""


def _unfinished(earlier: Sequence[Problem]) -> str:
    owed = Counter(problem.organ for problem in earlier if not problem.done)
    return f"没有完成整改的单位：{_units(owed)}。" if owed else ""


def _problems(told: Figures) -> list[str]:
    if not told.problems:
        return ["本期检查没有发现问题。"]
    units = len({problem.organ_id for problem in told.problems})
    repeated = sum(problem.repeated for problem in told.problems)
    lines = [
        f"本期检查发现问题{len(told.problems)}个，涉及{units}个单位，"
        f"占全部单位的{rate(units, len(told.units))}；其中重复出现{repeated}个，"
        f"占{rate(repeated, len(told.problems))}。"
    ]
    groups = Counter(problem.indicator for problem in told.problems)
    for place, (indicator, count) in enumerate(groups.most_common(len(HAN))):
        of_group = [each for each in told.problems if each.indicator == indicator]
        items = Counter(each.item or indicator for each in of_group)
        said = "；".join(
            f"{item}问题{number}个（{_units(_by_unit(of_group, item))}）"
            for item, number in items.most_common()
        )
        lines.append(f"（{HAN[place]}）{indicator}问题{count}个。{said}。")
    return lines


def _by_unit(problems: Iterable[Problem], item: str) -> Counter[str]:
    return Counter(each.organ for each in problems if item in (each.item, each.indicator))


def _units(counted: Counter[str]) -> str:
    names = [f"{name}{number}个" for name, number in counted.most_common(MOST_NAMED)]
    more = f"等{len(counted)}个单位" if len(counted) > MOST_NAMED else ""
    return "、".join(names) + more


def _figures(told: Figures) -> list[dict[str, Any]]:
    """Return every figure with numerator, denominator and the list behind it."""
    problems, earlier = told.problems, told.earlier
    active = [unit for unit in told.units if unit.published]
    good = [name for name, faults in told.sites if not faults]
    units = sorted({problem.organ for problem in problems})

    def line(label: str, part: int, whole: int | None, behind: Iterable[str]) -> dict[str, Any]:
        told_rate = rate(part, whole) if whole is not None else ""
        return {
            "label": label,
            "part": part,
            "whole": whole,
            "rate": told_rate,
            "behind": list(behind),
        }

    done = [each.number for each in earlier if each.done]
    return [
        line("公开信息的单位", len(active), len(told.units), (each.name for each in active)),
        line("公开信息条数", sum(each.published for each in active), None, ()),
        line("目录事项按时公开", *_items(told.units), ()),
        line("新收申请", told.received, None, ()),
        line("申请按时答复", *told.answered, ()),
        line("没有问题的网站", len(good), len(told.sites), good),
        line("网站纠错按时答复", *told.errors, ()),
        line("发现问题", len(problems), None, (each.number for each in problems)),
        line("有问题的单位", len(units), len(told.units), units),
        line(
            "重复出现",
            sum(each.repeated for each in problems),
            len(problems),
            (each.number for each in problems if each.repeated),
        ),
        line("上期问题整改完成", len(done), len(earlier), done),
    ]


def _items(units: Sequence[UnitLine]) -> tuple[int, int]:
    return sum(unit.items_fresh for unit in units), sum(unit.items for unit in units)


def _list_of(told: Figures) -> dict[str, Any]:
    rows = [
        [
            str(place),
            each.organ,
            each.item or each.indicator,
            each.why + (f"\n{each.address}" if "://" in each.address else ""),
            f"{each.number}\n{each.found_on.isoformat()}" + ("\n重复出现" if each.repeated else ""),
        ]
        for place, each in enumerate(told.problems, 1)
    ]
    head = ["序号", "责任单位", "指标", "问题", "编号、发现日期"]
    organs = [each.organ_id for each in told.problems]
    return {
        "title": "问题清单",
        "head": head,
        "widths": [13, 25, 24, 56, 38],
        "rows": rows,
        "organs": organs,
    }


def _freshness(told: Figures) -> dict[str, Any]:
    rows = [
        [
            unit.name,
            str(unit.published),
            str(unit.items - unit.items_fresh),
            rate(unit.items_fresh, unit.items),
        ]
        for unit in told.units
    ]
    return {
        "title": "信息更新情况表",
        "head": ["单位", "公开信息（条）", "超期、空白事项", "按时公开率（按时/应公开）"],
        "widths": [46, 30, 32, 48],
        "rows": rows,
    }


def _ranking(told: Figures) -> dict[str, Any]:
    """Return the units by the share of earlier and present problems put right, the best first."""
    every = [*told.problems, *told.earlier]
    lines = []
    for unit in told.units:
        own = [each for each in every if each.organ_id == unit.organ_id]
        done = sum(each.done for each in own)
        share = Decimal(done) / len(own) if own else Decimal(1)
        new = sum(1 for each in told.problems if each.organ_id == unit.organ_id)
        late = sum(each.overdue for each in own)
        lines.append((share, -late, -new, unit.name, new, done, len(own), late))
    lines.sort(key=lambda line: (-line[0], -line[1], -line[2], line[3]))
    rows: list[list[str]] = []
    place = 0
    for number, line in enumerate(lines, 1):
        if number == 1 or line[:3] != lines[number - 2][:3]:
            place = number
        rows.append([str(place), line[3], str(line[4]), rate(line[5], line[6]), str(line[7])])
    return {
        "title": "整改情况排名",
        "head": ["名次", "单位", "本期问题", "整改完成率（完成/问题）", "超期"],
        "widths": [16, 46, 24, 52, 18],
        "rows": rows,
    }


def _shares(problems: Iterable[Problem]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in problems:
        found.setdefault(str(each.organ_id), []).append(each.number)
    return found
