"""The texts that forms and verbs take: their Chinese names, how long they may be, their form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from gongkai.oversight.lifecycle import ToldWrongly

Choice = TypeVar("Choice", bound=StrEnum)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Field:
    """A text field: its Chinese name and how long it may be."""

    label: str
    longest: int


FIELDS: Mapping[str, Field] = {
    "title": Field("名称", 200),
    "number": Field("文号", 60),
    "heading": Field("重点领域", 200),
    "content": Field("任务内容", 1000),
    "words": Field("进展情况", 1000),
    "link": Field("佐证链接", 500),
    "ruling": Field("核实意见", 500),
    "reason": Field("理由", 500),
    "place": Field("地点", 200),
    "topic": Field("主要内容", 1000),
    "person": Field("姓名", 40),
    "unit": Field("单位", 100),
    "post": Field("职务", 60),
    "group": Field("一级指标", 60),
    "item": Field("二级指标", 120),
    "standard": Field("评分标准", 500),
    "self_words": Field("自评说明", 1000),
    "given_words": Field("评分说明", 500),
    "objection": Field("异议理由", 1000),
    "answer": Field("答复理由", 1000),
    "aspect": Field("评议内容", 100),
    "facts": Field("事由", 2000),
    "people": Field("被追究人员", 500),
    "about": Field("关联记录", 100),
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


def web_address(text: str, field: str) -> str:
    """Return a web address as it was written, "" for none; raises ToldWrongly for no address."""
    text = used(text, field, required=False)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        host, parts = "", None
    if parts is None or parts.scheme not in ("http", "https") or not host or _BLANK.search(text):
        raise ToldWrongly(
            f"“{FIELDS[field].label}”应当以 http:// 或者 https:// 开头，请核对", field
        )
    return text


def chosen(value: str, among: type[Choice], label: str, field: str) -> Choice:
    """Return the member of an enum that was chosen; raises ToldWrongly for anything else."""
    try:
        return among(value)
    except ValueError:
        raise ToldWrongly(f"请选择“{label}”", field) from None
