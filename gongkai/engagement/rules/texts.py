"""The texts that forms and verbs take: their Chinese names, how long they may be, their form."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from gongkai.engagement.lifecycle import ToldWrongly

Choice = TypeVar("Choice", bound=StrEnum)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BLANK = re.compile(r"[\s\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Field:
    """A text field: its Chinese name and how long it may be."""

    label: str
    longest: int


FIELDS: Mapping[str, Field] = {
    "page": Field("网页地址", 300),
    "title": Field("网页标题", 300),
    "text": Field("问题描述", 1000),
    "contact": Field("联系方式", 100),
    "why": Field("理由", 500),
    "answer": Field("答复内容", 1000),
    "name": Field("文稿名称", 200),
    "commenter": Field("姓名或者单位名称", 100),
    "comment": Field("意见", 5000),
    "summary": Field("意见要点", 300),
    "reason": Field("采纳情况说明", 500),
    "address": Field("通信地址", 200),
    "phone": Field("联系电话", 40),
    "email": Field("电子邮箱", 100),
    "short_reason": Field("期限不足三十日的理由", 300),
    "message_title": Field("标题", 60),
    "message_text": Field("内容", 3000),
    "asker": Field("姓名", 50),
    "reply": Field("答复内容", 5000),
    "public_title": Field("公开的标题", 100),
    "public_text": Field("公开的留言", 3000),
    "public_answer": Field("公开的答复", 5000),
    "box_name": Field("信箱名称", 50),
    "holder": Field("姓名", 50),
    "post": Field("职务", 100),
    "duties": Field("分管工作", 300),
    "survey_title": Field("调查题目", 100),
    "intro": Field("调查说明", 1000),
    "questions": Field("题目和选项", 8000),
    "remark": Field("填写的内容", 1000),
    "conclusion": Field("结论和采用情况", 3000),
    "theme": Field("主题", 100),
    "guests": Field("嘉宾", 500),
    "place": Field("地点", 200),
    "asked": Field("提问", 500),
    "asked_by": Field("提问人", 50),
    "answered_by": Field("答问人", 100),
    "spoken": Field("回答", 5000),
    "faq_question": Field("问题", 100),
    "faq_answer": Field("回答", 5000),
    "opinion_title": Field("舆情标题", 100),
    "opinion_summary": Field("舆情摘要", 1000),
    "source": Field("来源", 100),
    "link": Field("链接", 500),
    "words": Field("内容", 1000),
    "channel": Field("发布渠道", 100),
    "spokesman": Field("发言人", 50),
    "gist": Field("回应要点", 1000),
    "banner": Field("提示内容", 120),
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
    """Return the address of a page on the web, "" for a blank one.

    Raises:
        ToldWrongly: it is too long or no address of a page.
    """
    text = used(text, field, required=False)
    try:
        parts = urlsplit(text)
        right = not text or (parts.scheme in ("http", "https") and bool(parts.hostname))
    except ValueError:
        right = False
    if not right or _BLANK.search(text):
        said = f"“{FIELDS[field].label}”应当以“http://”或者“https://”开头，请从浏览器地址栏复制"
        raise ToldWrongly(said, field)
    return text


def chosen(value: str, among: type[Choice], label: str, field: str) -> Choice:
    """Return the member of an enum that was chosen; raises ToldWrongly for anything else."""
    try:
        return among(value)
    except ValueError:
        raise ToldWrongly(f"请选择“{label}”", field) from None


def local_address(text: str, hosts: Collection[str]) -> str:
    """Return the address of a page of our own site from its path on; "/" for a blank one.

    `hosts` are the names under which the site answers; what points elsewhere is refused.

    Raises:
        ToldWrongly: it is too long, no address, or another site's.
    """
    text = used(text, "page", required=False)
    if not text:
        return "/"
    try:
        parts = urlsplit(text)
        host, scheme = parts.hostname, parts.scheme
    except ValueError:
        host, scheme = "", "?"
    elsewhere = host is not None and host.lower() not in {each.lower() for each in hosts}
    if elsewhere or scheme not in ("", "http", "https") or _BLANK.search(text):
        raise ToldWrongly(
            "“网页地址”不是本网站的网址，请从浏览器地址栏复制本网站网页的地址", "page"
        )
    path = parts.path or "/"
    if not path.startswith("/"):
        raise ToldWrongly("“网页地址”应当以“/”开头，请从浏览器地址栏复制", "page")
    return f"{path}?{parts.query}" if parts.query else path
