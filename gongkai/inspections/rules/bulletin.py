"""What a bulletin says, in the house style of county offices (practice.md 4.3): plain Python.

Nothing is asked here: figures come in whole and go out as plain values fit to be frozen.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from gongkai.inspections.rules.bulletin_annexes import freshness, list_of, media_table, ranking
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
    of = "政务公开、政府网站与政务新媒体" if told.media else "政务公开、政府网站"
    return {
        "title": f"关于{when}全县{of}检查情况的通报",
        "recipient": "各乡镇人民政府，县政府各部门：",
        "sections": [
            {"heading": "一、基本情况", "paragraphs": _basics(told)},
            {"heading": "二、存在问题", "paragraphs": _problems(told)},
        ],
        "figures": _figures(told),
        "annexes": [list_of(told), freshness(told), *media_table(told), ranking(told)],
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
    if told.media:
        sound = sum(1 for each in told.media if not each.vetoed)
        faulty = sum(1 for each in told.media if each.faults)
        posts = sum(each.posts for each in told.media)
        lines.append(
            f"（{HAN[len(lines)]}）政务新媒体。检查账号{len(told.media)}个，合格{sound}个，"
            f"合格率{rate(sound, len(told.media))}；有问题的{faulty}个。本期发布{posts}条。"
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
        *_media_figures(told, line),
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


def _media_figures(told: Figures, line: Callable[..., dict[str, Any]]) -> list[dict[str, Any]]:
    if not told.media:
        return []
    sound = [f"{each.platform}“{each.name}”" for each in told.media if not each.vetoed]
    posts = [f"{each.platform}“{each.name}”{each.posts}条" for each in told.media if each.posts]
    return [
        line("合格的新媒体账号", len(sound), len(told.media), sound),
        line("新媒体发布条数", sum(each.posts for each in told.media), None, posts),
    ]


def _items(units: Sequence[UnitLine]) -> tuple[int, int]:
    return sum(unit.items_fresh for unit in units), sum(unit.items for unit in units)


def _shares(problems: Iterable[Problem]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in problems:
        found.setdefault(str(each.organ_id), []).append(each.number)
    return found
