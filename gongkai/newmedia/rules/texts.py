"""The texts that forms and verbs take: their Chinese names, how long they may be, their form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from gongkai.newmedia.lifecycle import ToldWrongly

Choice = TypeVar("Choice", bound=StrEnum)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Field:
    """A text field: its Chinese name and how long it may be."""

    label: str
    longest: int


FIELDS: Mapping[str, Field] = {
    "name": Field("账号名称", 60),
    "platform_id": Field("平台账号ID", 100),
    "link": Field("账号链接", 500),
    "certified_as": Field("认证主体", 100),
    "certificate": Field("机关事业单位证书编号", 60),
    "audience": Field("服务对象", 100),
    "undertaker": Field("承办或者运维单位", 100),
    "responsible": Field("责任人", 60),
    "contact": Field("联系人", 60),
    "phone": Field("联系电话", 40),
    "contractor": Field("托管或者外包公司", 100),
    "keeper": Field("密码保管人", 60),
    "approval_number": Field("审批文号", 60),
    "filed_number": Field("备案编号", 60),
    "why": Field("理由", 500),
    "replacement": Field("注销后的替代渠道", 200),
    "notice_link": Field("注销公告链接", 500),
    "title": Field("标题", 200),
    "post_link": Field("链接", 500),
    "campaign": Field("名称", 100),
    "requirement": Field("工作要求", 500),
    "outcome": Field("工作结果", 1000),
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


def web_address(text: str, field: str, *, required: bool = True) -> str:
    """Return a web address as it was written.

    Raises:
        ToldWrongly: it is missing, too long, or no address of a page.
    """
    text = used(text, field, required=required)
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
