"""The texts that forms and verbs take: their Chinese names, how long they may be, their form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from gongkai.inspections.lifecycle import ToldWrongly

Choice = TypeVar("Choice", bound=StrEnum)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Field:
    """A text field: its Chinese name and how long it may be."""

    label: str
    longest: int


FIELDS: Mapping[str, Field] = {
    "name": Field("名称", 100),
    "address": Field("网址", 300),
    "prefix": Field("栏目网址", 300),
    "reason": Field("理由", 1000),
    "why": Field("理由", 500),
    "requirement": Field("整改要求", 500),
    "measures": Field("整改措施", 1000),
    "result": Field("整改结果", 1000),
    "person": Field("责任人", 60),
    "words": Field("复核说明", 500),
    "number": Field("文号", 60),
    "origin": Field("自报数据来源", 200),
    "indicator": Field("一级指标", 60),
    "item": Field("二级指标", 120),
    "standard": Field("评价标准", 500),
    "basis": Field("依据", 500),
    "problem": Field("问题明细", 1000),
    "place": Field("问题链接", 1000),
}


def used(text: str, field: str, *, required: bool = True) -> str:
    """Return a text without its outer blanks.

    Raises:
        ToldWrongly: it is missing, too long or has characters that nobody sees.
    """
    rule, text = FIELDS[field], text.strip()
    if required and not text:
        raise ToldWrongly(f"请填写“{rule.label}”", field)
    if len(text) > rule.longest:
        raise ToldWrongly(f"“{rule.label}”不能超过{rule.longest}字，请删减", field)
    if _HIDDEN.search(text):
        raise ToldWrongly(f"“{rule.label}”含有看不见的字符，请重新输入", field)
    return text


def chosen(value: str, among: type[Choice], label: str, field: str) -> Choice:
    """Return the member of an enum that was chosen; raises ToldWrongly for anything else."""
    try:
        return among(value)
    except ValueError:
        raise ToldWrongly(f"请选择“{label}”", field) from None
