"""How acts are told on the screen: each field with its Chinese name and value."""

from collections.abc import Iterator
from typing import Any

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.rules import FIELDS
from gongkai.statute.grounds import Ground

# Frozen for the replay, not for the reader.
_SILENT = frozenset({"due_on", "provisional"})


def told(act: CaseAct) -> Iterator[tuple[str, str]]:
    """Yield what an act tells, as (name, value) in Chinese."""
    for name, field in FIELDS[act.kind].items():
        value = act.data.get(name)
        hidden = name in _SILENT and "grounds" in act.data
        if value in (None, "") or hidden:
            continue
        yield field.label, _text(name, value)


def _text(name: str, value: Any) -> str:
    if name == "grounds":
        return "；".join(f"第{place}项：{Ground(ground).label}" for place, ground in value.items())
    if name == "chosen":
        return Ground(value).label
    if name == "opinion":
        return Opinion(value).label
    if name == "consultation":
        return f"第{value}条办理记录"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value)
    return str(value)
