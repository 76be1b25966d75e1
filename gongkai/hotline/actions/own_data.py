"""What is held of a caller, by number and code: told, put right (个人信息保护法 45, 46).

Erasing is `upkeep.forget_caller`.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.hotline.actions.recording import hold
from gongkai.hotline.lifecycle import BadOrder, Refused, State
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import last_answer
from gongkai.hotline.rules import Caller, used


@transaction.atomic
def export_own_order(order: WorkOrder, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Return what is held of an order and its caller, under Chinese names; logged."""
    held = hold(order)
    caller = held.caller
    answered = held.state in (State.CHECKED, State.CLOSED)
    _log("hotline.export_own_data", held, by, at)
    absent = "（已清除）" if held.caller_erased else "（没有填写）"
    return {
        "编号": held.number,
        "承办单位": (held.handler or held.organ).name,
        "姓名": caller.name or absent,
        "联系电话": caller.phone or absent,
        "诉求类型": held.get_kind_display(),
        "事由": held.subject,
        "诉求内容": held.content,
        "诉求地点": held.place,
        "提交时间": f"{timezone.localtime(held.received_at):%Y-%m-%d %H:%M}",
        "要求保密": "是" if held.confidential else "否",
        "同意公开": "是" if held.may_publish else "否",
        "状态": held.get_state_display(),
        "答复": last_answer(held) if answered else "",
        "答复日期": f"{(held.answered_on if answered else None) or ''}",
        "公开的标题": held.public_title,
        "公开的诉求": held.public_text,
        "公开的答复": held.public_answer,
        "办理记录": [
            {"日期": step.on.isoformat(), "事项": step.get_event_display()}
            for step in held.steps.order_by("sequence")
        ],
    }


@transaction.atomic
def correct_caller(
    order: WorkOrder, *, name: str, phone: str, by: Actor, at: datetime
) -> WorkOrder:
    """Put the caller's name and number right; the log keeps neither old nor new.

    Raises:
        BadOrder: a text is wrong, no number, or nothing has changed.
        Refused: the caller was erased.
    """
    fresh = Caller(used(name, "name", required=False), used(phone, "phone"))
    held = hold(order)
    if held.caller_erased:
        raise Refused("姓名和联系电话已经清除，不能更正。")
    if held.caller == fresh:
        raise BadOrder("没有改动，请修改后再提交", "phone")
    held.fill(held.content, fresh, held.place)
    held.save()
    _log("hotline.correct_caller", held, by, at)
    return held


def _log(verb: str, held: WorkOrder, by: Actor, at: datetime) -> None:
    record(verb, held.typed_id, chain=held.organ.code, by=by, at=at, label=held.number)
