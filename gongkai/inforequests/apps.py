"""Wires inforequests into Django: a holiday notice entered makes deadlines be worked out again."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from gongkai import audit
from gongkai.adapters.rotation import SealedKind, sealed_kinds
from gongkai.audit import recorded
from gongkai.inforequests.lifecycle.corrections import CorrectionEvent
from gongkai.inforequests.lifecycle.states import Event

CALENDAR_CHANGED = frozenset({"calendars.enter_notice", "calendars.enter_closure"})

_WORDS = {
    "inforequests.show_requester": "查看申请人信息",
    "inforequests.reseal": "更换密钥重新加密",
    "inforequests.erase_requester": "清除申请人信息",
    "inforequests.correct_requester": "更正申请人信息",
    "inforequests.export_own_data": "导出申请人本人的信息",
    "inforequests.review_withheld": "评估不予公开的信息",
    "inforequests.suggest_disclosure": "建议主动公开",
    "inforequests.decide_suggestion": "决定是否主动公开",
    "inforequests.correction_show": "查看更正申请",
    "inforequests.correction_erase": "清除更正申请人信息",
    "papers_destroyed": "销毁的材料",
    "review_on": "再次评估之日",
    "still_withheld": "仍不予公开",
    "on": "日期",
    "requesters": "申请人数",
    "requests": "申请编号",
    "keys": "密钥",
    "inforequests.rebuild": "按办理记录重算",
    "inforequests.recompute_deadlines": "日历变动后重算期限",
    "act.on": "办理日期",
    "act.grounds": "各项结果",
    "act.due_on": "答复时的期限",
    "act.provisional": "答复时的期限为推算",
    "channel": "提交渠道",
    "submitted_at": "提交时间",
    "description": "申请内容",
    "requester_kind": "申请人类别",
    "received_on": "收到申请之日",
    "due_on": "答复期限",
    "provisional": "期限为推算",
    "requester_due_on": "申请人的期限",
    "concluded_on": "办理结果作出之日",
    "ground": "办理结果",
    "counted": "计入年度报告",
    "requester.name": "申请人姓名或者名称",
    "requester.identity_kind": "证件名称",
    "requester.identity_number": "证件号码",
    "requester.contact_person": "联系人",
    "requester.phone": "联系电话",
    "requester.email": "电子邮箱",
    "requester.address": "通信地址",
    "requester.postcode": "邮政编码",
}


class InforequestsConfig(AppConfig):
    """The app inforequests."""

    name = "gongkai.inforequests"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Register the tasks, listen to the bell, tell the log how to say verbs and fields."""
        audit.words.update({f"inforequests.{each.value.lower()}": each.label for each in Event})
        audit.words.update(
            {
                f"inforequests.correction_{each.value.lower()}": each.label
                for each in CorrectionEvent
            }
        )
        audit.words.update(_WORDS)
        import_module("gongkai.inforequests.tasks")
        _tell_what_is_sealed()
        recorded.connect(_hear, dispatch_uid="inforequests.holiday_notice")


def _tell_what_is_sealed() -> None:
    """Let `gongkai rotatekeys` find the chapter's sealed rows."""
    from gongkai.inforequests import actions, queries

    sealed_kinds["inforequests.Requester"] = SealedKind(
        "申请人信息", queries.requesters_to_reseal, actions.reseal
    )
    sealed_kinds["inforequests.CorrectionRequest"] = SealedKind(
        "更正申请", queries.corrections_to_reseal, actions.reseal_corrections
    )


def _hear(event: Any, **_: Any) -> None:
    """Put the recomputation into the outbox when the calendar of working days has changed."""
    if event.verb not in CALENDAR_CHANGED:
        return
    from gongkai.inforequests.tasks import RECOMPUTE
    from gongkai.outbox.actions import put

    put(
        RECOMPUTE,
        {"event": event.id},
        at=event.at,
        dedupe_key=event.target,
    )
