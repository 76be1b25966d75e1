"""What an order is told, as plain values, and how lists show who called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.hotline.lifecycle import BadOrder, OrderKind, SourceChannel, Urgency

ANONYMOUS = "（匿名）"
ERASED = "（已清除）"
LONGEST_CONTENT = 10_000
_TYPED_ID = re.compile(r"[a-z]+:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called and how to reach them; both empty when the caller stays anonymous."""

    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What an order is told at intake; `number` is the city centre's, empty for our own.

    `category` is a code of `categories`; `confidential`: who called asks that their name be
    kept from the organ complained of; `may_publish`: they agree to publication without names.
    """

    source: SourceChannel
    kind: OrderKind
    subject: str
    content: str
    number: str = ""
    category: str = ""
    place: str = ""
    urgency: Urgency = Urgency.NORMAL
    confidential: bool = False
    may_publish: bool = False


@dataclass(frozen=True, slots=True)
class PublicText:
    """What the public reads of an order: nothing that tells who called."""

    title: str
    text: str
    answer: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A text field of an order: its Chinese name and how long it may be."""

    label: str
    longest: int


FIELDS: Mapping[str, Field] = {
    "number": Field("工单编号", 40),
    "subject": Field("事由", 100),
    "content": Field("诉求内容", LONGEST_CONTENT),
    "place": Field("诉求地点", 200),
    "name": Field("诉求人姓名", 100),
    "phone": Field("联系电话", 40),
    "unit": Field("承办股室", 100),
    "to": Field("转往何处", 200),
    "text": Field("答复内容", 4000),
    "reason": Field("理由", 1000),
    "note": Field("说明", 1000),
    "title": Field("公开标题", 100),
    "public_text": Field("公开的诉求", 2000),
    "public_answer": Field("公开的答复", 4000),
    "public_place": Field("公开的地点", 100),
    "client": Field("接入单位", 100),
    "document": Field("依据", 200),
    "report_number": Field("期号", 60),
    "why": Field("更正原因", 500),
}


def used(text: str, field: str, *, required: bool = True) -> str:
    """Return a text without its outer blanks.

    Raises:
        BadOrder: it is missing, too long or cannot be kept.
    """
    rule, text = FIELDS[field], text.strip()
    if required and not text:
        raise BadOrder(f"请填写“{rule.label}”", field)
    if len(text) > rule.longest:
        raise BadOrder(f"“{rule.label}”不能超过{rule.longest}字，请删减", field)
    if "\x00" in text:
        raise BadOrder(f"“{rule.label}”含有无法保存的字符，请重新输入", field)
    return text


def masked_name(name: str) -> str:
    """Return a caller's name as lists show it: the family name, the rest starred."""
    return name[0] + "*" * max(len(name) - 1, 1) if name else ANONYMOUS


def masked_phone(phone: str) -> str:
    """Return a telephone number with its middle starred; a short one starred but for two."""
    if len(phone) < 8:
        return "*" * max(len(phone) - 2, 0) + phone[-2:] if len(phone) > 2 else "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def plain_phone(text: str) -> str:
    """Return the digits of a telephone number, by which one caller is found again."""
    return "".join(each for each in text if each.isdecimal())


def is_typed_id(text: str) -> bool:
    """Say whether `text` names a record of another chapter, as "inforequests:<uuid>" does."""
    return _TYPED_ID.fullmatch(text) is not None
