"""The texts that forms and verbs take: their Chinese names, how long they may be, their form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from gongkai.proposals.lifecycle import ToldWrongly

Choice = TypeVar("Choice", bound=StrEnum)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
EARLIEST = date(1949, 10, 1)


@dataclass(frozen=True, slots=True)
class Field:
    """A text field: its Chinese name and how long it may be."""

    label: str
    longest: int


FIELDS: Mapping[str, Field] = {
    "session": Field("届次会议", 60),
    "number": Field("编号", 20),
    "subject": Field("案由", 200),
    "content": Field("内容", 20_000),
    "proposer": Field("领衔代表或者第一提案人", 60),
    "group": Field("代表团或者界别", 60),
    "phone": Field("联系电话", 40),
    "address": Field("通信地址", 200),
    "why": Field("理由", 500),
    "consent": Field("同意延长的机构", 100),
    "opinion": Field("会办意见", 4000),
    "words": Field("沟通情况", 1000),
    "reply_number": Field("复文编号", 60),
    "signed_by": Field("签发人", 60),
    "body": Field("答复全文", 50_000),
    "abridged": Field("答复摘要", 10_000),
    "openness_why": Field("公开属性的理由", 500),
    "remark": Field("反馈意见", 1000),
    "progress": Field("落实情况", 2000),
}


def used(text: str, field: str, *, required: bool = True) -> str:
    """Return a text without its outer blanks.

    Raises:
        ToldWrongly: it is missing, too long or has characters that nobody sees.
    """
    rule, text = FIELDS[field], text.replace("\r\n", "\n").strip()
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


def past_day(
    day: date | None, field: str, label: str, today: date, since: date | None = None
) -> date:
    """Return a day that is told, not to come and not before `since`; raises ToldWrongly."""
    if day is None:
        raise ToldWrongly(f"请填写“{label}”", field)
    if day > today:
        raise ToldWrongly(f"“{label}”不能晚于今天，请核对", field)
    if day < (since or EARLIEST):
        raise ToldWrongly(f"“{label}”过早，请核对", field)
    return day
