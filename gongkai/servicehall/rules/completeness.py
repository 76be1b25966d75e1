"""Whether a guide is of use: the eight important elements, and W6 服务不实用 (law.md 4.2).

国办秘函〔2019〕19号: four kinds of elements or more missing in five items or more is a veto. What
is only promised ("待补充") is missing. `inspections` judges the pages of a site by the same counts.
"""

import re
from collections.abc import Iterable, Mapping

from gongkai.servicehall.rules.guide import Guide

POOR = 4  # kinds of elements missing in one guide
MANY = 5  # guides as poor as that
_PROMISED = re.compile(r"(?:待(?:补充|完善|定|更新)|暂无|无内容|略|建设中|敬请期待|[-—－/／\s]*)")
ELEMENTS: Mapping[str, str] = {
    "name": "事项名称",
    "legal_basis": "设定依据",
    "conditions": "申请条件",
    "materials": "办理材料",
    "place": "办理地点",
    "hours": "办理时间",
    "enquiry": "联系电话",
    "procedure": "办理流程",
}


def missing(name: str, guide: Guide) -> tuple[str, ...]:
    """Return the important elements that a guide does not tell or only promises, in Chinese."""
    told = {key: getattr(guide, key) for key in ELEMENTS if key not in ("name", "materials")}
    told["name"] = name
    told["materials"] = guide.no_materials or "、".join(each.name for each in guide.materials)
    return tuple(label for key, label in ELEMENTS.items() if not _says(told[key]))


def useless(lacking: Iterable[int]) -> str:
    """Return why a county's guides are of no use (W6), "" where they are.

    `lacking` tells for each item in force how many elements its guide lacks.
    """
    counts = list(lacking)
    poor = sum(count >= POOR for count in counts)
    if poor >= MANY:
        return f"{poor}个事项的办事指南缺少{POOR}类以上重点要素"
    if 0 < len(counts) < MANY and poor == len(counts):
        return f"办事指南不足{MANY}个，且都缺少{POOR}类以上重点要素"
    return ""


def _says(value: str) -> bool:
    return not _PROMISED.fullmatch(value.strip().rstrip("。.…"))
