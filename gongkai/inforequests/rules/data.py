"""What each act must tell: its fields, checked one by one, with a Chinese word for each.

The data of an act is JSON (strings, whole numbers, true and false). Unknown fields are
refused, so that a misspelt field is never lost in silence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from gongkai.inforequests.lifecycle.channels import ReferralTarget, ServiceWay
from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.lifecycle.notices import ALL_CODES
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.retention import Retention
from gongkai.inforequests.lifecycle.states import Event
from gongkai.statute.fees import Tariff
from gongkai.statute.grounds import Ground

LONGEST_TEXT = 4000
Check = Callable[[str, Any], None]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an act: its Chinese name, what it must be, whether it may be left out."""

    label: str
    check: Check
    required: bool = True


def _text(label: str, value: Any) -> None:
    if not isinstance(value, str):
        raise BadAct(f"“{label}”应当是文字，请修改")
    if len(value) > LONGEST_TEXT:
        raise BadAct(f"“{label}”不能超过{LONGEST_TEXT}字，现有{len(value)}字，请删减")


def _day(label: str, value: Any) -> None:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadAct(f"“{label}”应当是日期，如 2026-03-02，请修改") from None


def _whole(label: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise BadAct(f"“{label}”应当是大于零的整数，请修改")


def _yes_or_no(label: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise BadAct(f"“{label}”应当选“是”或者“否”，请修改")


def _yuan(label: str, value: Any) -> None:
    try:
        amount = Decimal(value)
    except (TypeError, InvalidOperation):
        raise BadAct(f"“{label}”应当是金额（元），如 50.00，请修改") from None
    if not amount.is_finite() or amount <= 0 or amount != round(amount, 2):
        raise BadAct(f"“{label}”应当大于零，最多两位小数，请修改")


def _one_of(values: type[StrEnum]) -> Check:
    """Return the check of a field that takes one value of an enum."""

    def check(label: str, value: Any) -> None:
        if value not in set(values):
            labels = "、".join(getattr(each, "label", each.value) for each in values)
            raise BadAct(f"“{label}”应当是{labels}之一，请选择")

    return check


def _one_of_codes(label: str, value: Any) -> None:
    if value not in ALL_CODES:
        raise BadAct(f"“{label}”不在可以登记送达的文书之列，请重新选择")


def _ground(label: str, value: Any) -> None:
    if value not in set(Ground):
        raise BadAct(f"“{label}”不在办理结果之列，请重新选择")


def _by_item(each: Check, empty: str = "") -> Check:
    """Return the check of a field told item by item, under the items' numbers."""

    def check(label: str, value: Any) -> None:
        if not isinstance(value, Mapping) or (empty and not value):
            raise BadAct(f"“{label}”没有填写，{empty or '请逐项填写'}")
        for place, told in value.items():
            if not isinstance(place, str) or not place.isdecimal():
                raise BadAct(f"“{label}”的序号“{place}”不是数字，请修改")
            each(f"第{place}项的{label}", told)

    return check


def _texts(label: str, value: Any) -> None:
    if not isinstance(value, Mapping):
        raise BadAct(f"“{label}”应当逐条填写，请修改")
    for told in value.values():
        _text(label, told)


def _list(label: str, value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadAct(f"“{label}”应当是列表，请修改")


_CONSULTATION = {"consultation": Field("所征求的意见", _whole)}
_CONSULTED = {
    "whom": Field("征求对象", _text),
    "about": Field("征求内容", _text, required=False),
}
_OPINION = {
    **_CONSULTATION,
    "opinion": Field("意见", _one_of(Opinion)),
    "note": Field("意见内容", _text, required=False),
}
_NOTE = {"note": Field("说明", _text, required=False)}
_EXTENSION = {
    "workdays": Field("延长的工作日数", _whole),
    "reason": Field("延长理由", _text),
}
_RESULT = {
    "grounds": Field("办理结果", _by_item(_ground, "请为每一项选择办理结果")),
    "letters": Field("答复种类", _by_item(_text), required=False),
    "chosen": Field("计入年度报告的结果", _ground, required=False),
    "reason": Field("另选计入结果的理由", _text, required=False),
}
_SERVICE = {
    "how": Field("送达方式", _one_of(ServiceWay)),
    "tracking": Field("邮件单号", _text, required=False),
    "carrier_is_post": Field("由邮政企业寄递", _yes_or_no, required=False),
    "signed_by": Field("签收人", _text, required=False),
}
_LETTER = {
    "kind": Field("文书", _one_of_codes),
    "act": Field("文书所告知的办理记录", _whole),
}
_ANSWER = {
    **_RESULT,
    "document_number": Field("答复书文号", _text, required=False),
    "due_on": Field("答复期限", _day, required=False),
    "provisional": Field("期限为推算", _yes_or_no, required=False),
    "outside": Field("系统外作出的答复", _yes_or_no, required=False),
    **{name: replace(field, required=False) for name, field in _SERVICE.items()},
}

FIELDS: Mapping[Event, Mapping[str, Field]] = {
    Event.SUBMIT: {},
    Event.TRY_CONTACT: {"how": Field("联系方式", _text), "result": Field("联系结果", _text)},
    Event.REGISTER: _NOTE,
    Event.TRANSFER: {
        "to": Field("移送的机关", _text),
        "number": Field("移送后的申请编号", _text),
        "reason": Field("移送理由", _text),
    },
    Event.SPLIT: {"parts": Field("拆分后的各件", _list)},
    Event.MERGE: {
        "into": Field("并入的申请", _text),
        "reason": Field("合并理由", _text),
    },
    Event.ASSIGN: {
        "unit": Field("承办科室", _text),
        "handler": Field("经办人账号", _text, required=False),
        "handler_name": Field("经办人", _text, required=False),
        "inner_due_on": Field("内部办理期限", _day, required=False),
    },
    Event.SEARCH: {
        "places": Field("检索范围", _text),
        "keywords": Field("检索关键词", _text),
        "officer": Field("检索人员", _text),
        "searched_on": Field("检索日期", _day),
        "found": Field("检索到所申请的信息", _yes_or_no),
        **_NOTE,
    },
    Event.ASK_SUPPLEMENT: {
        "what": Field("需要补正的事项", _text),
        "due_on": Field("补正期限", _day),
    },
    Event.RECEIVE_SUPPLEMENT: {"what": Field("补正内容", _text)},
    Event.LAPSE_SUPPLEMENT: _NOTE,
    Event.CONSULT_THIRD_PARTY: _CONSULTED,
    Event.CONSULT_ORGAN: {**_CONSULTED, "joint": Field("是共同制作机关", _yes_or_no)},
    Event.SERVE_CONSULTATION: _CONSULTATION,
    Event.RECORD_OPINION: _OPINION,
    Event.RECORD_LAST_OPINION: _OPINION,
    Event.TELL_THIRD_PARTY: {
        **_CONSULTATION,
        "what": Field("决定公开的内容", _text),
        "reason": Field("决定公开的理由", _text),
    },
    Event.PROPOSE_EXTENSION: _EXTENSION,
    Event.EXTEND: {**_EXTENSION, "approved_by": Field("同意延期的负责人", _text)},
    Event.ASK_REASONS: {"what": Field("需要说明的理由", _text)},
    Event.RECEIVE_REASONS: {
        "what": Field("申请人说明的理由", _text),
        "reasonable": Field("理由合理", _yes_or_no),
    },
    Event.SET_DELAY: {
        "until_on": Field("延迟答复的日期", _day),
        "reason": Field("延迟理由", _text),
    },
    Event.CHARGE_FEE: {
        "amount": Field("信息处理费（元）", _yuan),
        "basis": Field("计费方式和数量", _text),
        "tariff": Field("计费方式", _one_of(Tariff), required=False),
        "count": Field("页数或者件数", _whole, required=False),
    },
    Event.RECORD_PAYMENT: {"receipt": Field("财政票据号", _text, required=False)},
    Event.LAPSE_FEE: _NOTE,
    Event.SERVE_LETTER: {
        **_LETTER,
        "letter": Field("文书编号", _text, required=False),
        "number": Field("文号", _text, required=False),
        **_SERVICE,
        "reached_on": Field("收件人签收日期", _day, required=False),
        "proof": Field("送达凭证", _text, required=False),
    },
    Event.RECORD_ARRIVAL: {**_LETTER, "proof": Field("签收凭证", _text, required=False)},
    Event.DRAFT_REPLY: {
        **_RESULT,
        "facts": Field("答复的事实和理由", _by_item(_text), required=False),
        "details": Field("答复的具体内容", _by_item(_texts), required=False),
        "released": Field("随答复提供的文件", _by_item(_list), required=False),
        **_NOTE,
    },
    Event.PASS_DRAFT: _NOTE,
    Event.RETURN_DRAFT: {"why": Field("退回意见", _text)},
    Event.SIGN: {},
    Event.ISSUE: {
        "letter_ids": Field("答复书", _list),
        "numbers": Field("答复书文号", _list),
        "kind": Field("答复书种类", _text),
    },
    Event.CANCEL_ISSUE: {
        "reason": Field("作废理由", _text),
        "numbers": Field("作废的文号", _list, required=False),
    },
    Event.REPLY: _ANSWER,
    Event.REPLY_ANEW: _ANSWER,
    Event.RETURN_MAIL: {"why": Field("退回原因", _text)},
    Event.SERVE_AGAIN: _SERVICE,
    Event.REFER: {
        "to": Field("转送或者告知的渠道", _one_of(ReferralTarget)),
        "where": Field("具体机构", _text, required=False),
        **_NOTE,
    },
    Event.WITHDRAW: {"reason": Field("撤回情况", _text)},
    Event.CLOSE: {},
    Event.REOPEN: {
        "decision": Field("复议决定或者判决的文号", _text),
        "authority": Field("作出决定的机关", _text),
        "why": Field("重新办理的理由", _text),
        "due_on": Field("决定要求的答复期限", _day, required=False),
    },
    Event.ARCHIVE: {
        "file_number": Field("档号", _text),
        "retention": Field("保管期限", _one_of(Retention)),
    },
}


def check_data(event: Event, data: Mapping[str, Any]) -> None:
    """Check the data of an act against its fields.

    Raises:
        BadAct: a field is missing, wrong or not known; names it and says what to do.
    """
    fields = FIELDS[event]
    for name in data:
        if name not in fields:
            raise BadAct(f"“{event.label}”没有“{name}”这一项，请删去", field=name)
    for name, field in fields.items():
        value = data.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            if field.required:
                raise BadAct(f"请填写“{field.label}”", field=name)
            continue
        try:
            field.check(field.label, value)
        except BadAct as error:
            raise BadAct(str(error), field=name) from None
