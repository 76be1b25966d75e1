"""The annexes of a bulletin: problems, freshness, accounts of new media, ranking (practice.md 4.3).

Each is a table of plain values with its title, head and widths in millimetres.
"""

from decimal import Decimal
from typing import Any

from gongkai.inspections.rules.bulletin_values import Figures, rate


def list_of(told: Figures) -> dict[str, Any]:
    """Return the list of problems, with the organ of each row beside it."""
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


def freshness(told: Figures) -> dict[str, Any]:
    """Return what each unit published and how its catalogue stands."""
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


def media_table(told: Figures) -> list[dict[str, Any]]:
    """Return the table of accounts, none where no registry is kept."""
    if not told.media:
        return []
    rows = [
        [
            f"{each.name}（{each.platform}）",
            each.organ,
            each.last_on.isoformat() if each.last_on else "无记录",
            str(each.posts),
            ("不合格：" if each.vetoed else "") + ("、".join(each.faults) or "无"),
        ]
        for each in told.media
    ]
    return [
        {
            "title": "政务新媒体情况表",
            "head": ["账号（平台）", "主办单位", "最近更新", "本期发布", "问题"],
            "widths": [40, 26, 28, 22, 40],
            "rows": rows,
        }
    ]


def ranking(told: Figures) -> dict[str, Any]:
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
