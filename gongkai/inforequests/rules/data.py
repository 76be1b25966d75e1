"""What each act must tell: its fields, checked one by one, with a Chinese word for each.

The data of an act is JSON (strings, whole numbers, true and false). Unknown fields are
refused, so that a misspelt field is never lost in silence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event
from gongkai.statute.grounds import Ground

LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an act: its Chinese name, what it must be, whether it may be left out."""

    label: str
    check: Callable[[str, Any], None]
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


def _opinion(label: str, value: Any) -> None:
    if value not in set(Opinion):
        raise BadAct(f"“{label}”应当是{'、'.join(each.label for each in Opinion)}之一，请选择")


def _ground(label: str, value: Any) -> None:
    if value not in set(Ground):
        raise BadAct(f"“{label}”不在办理结果之列，请重新选择")


def _grounds(label: str, value: Any) -> None:
    if not isinstance(value, Mapping) or not value:
        raise BadAct(f"“{label}”没有填写，请为每一项选择办理结果")
    for place, ground in value.items():
        if not place.isdecimal():
            raise BadAct(f"“{label}”的序号“{place}”不是数字，请修改")
        _ground(f"第{place}项的{label}", ground)


def _numbers(label: str, value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadAct(f"“{label}”应当是申请编号的列表，请修改")


_CONSULTATION = {"consultation": Field("所征求的意见", _whole)}
_CONSULTED = {
    "whom": Field("征求对象", _text),
    "about": Field("征求内容", _text, required=False),
}
_OPINION = {
    **_CONSULTATION,
    "opinion": Field("意见", _opinion),
    "note": Field("意见内容", _text, required=False),
}
_NOTE = {"note": Field("说明", _text, required=False)}

FIELDS: Mapping[Event, Mapping[str, Field]] = {
    Event.SUBMIT: {},
    Event.REGISTER: _NOTE,
    Event.SPLIT: {"parts": Field("拆分后的各件", _numbers)},
    Event.ASSIGN: {
        "unit": Field("承办科室", _text),
        "handler": Field("经办人", _text, required=False),
        "inner_due_on": Field("内部办理期限", _day, required=False),
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
    Event.EXTEND: {
        "workdays": Field("延长的工作日数", _whole),
        "reason": Field("延长理由", _text),
        "approved_by": Field("同意延期的负责人", _text),
    },
    Event.ASK_REASONS: {"what": Field("需要说明的理由", _text)},
    Event.SET_DELAY: {
        "until_on": Field("延迟答复的日期", _day),
        "reason": Field("延迟理由", _text),
    },
    Event.CHARGE_FEE: {
        "amount": Field("信息处理费（元）", _yuan),
        "basis": Field("计费方式和数量", _text),
    },
    Event.RECORD_PAYMENT: {"receipt": Field("财政票据号", _text, required=False)},
    Event.LAPSE_FEE: _NOTE,
    Event.REPLY: {
        "grounds": Field("办理结果", _grounds),
        "chosen": Field("计入年度报告的结果", _ground, required=False),
        "reason": Field("另选计入结果的理由", _text, required=False),
        "document_number": Field("答复书文号", _text, required=False),
        "due_on": Field("答复期限", _day, required=False),
        "provisional": Field("期限为推算", _yes_or_no, required=False),
    },
    Event.WITHDRAW: {"reason": Field("撤回情况", _text)},
    Event.CLOSE: {"file_number": Field("档号", _text, required=False)},
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
