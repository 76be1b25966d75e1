"""Wires inforequests into Django: a holiday notice entered makes deadlines be worked out again."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from gongkai import audit
from gongkai.adapters.rotation import SealedKind, sealed_kinds
from gongkai.audit import recorded
from gongkai.inforequests.lifecycle.corrections import CorrectionEvent
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.rules import FIELDS
from gongkai.inforequests.rules.requesters import DETAILS
from gongkai.letters import keeps, serves

CALENDAR_CHANGED = frozenset({"calendars.enter_notice", "calendars.enter_closure"})
# A request came in, and must be seen within its first hour of work (practice.md 2.7).
CAME_IN = frozenset({"inforequests.submit", "inforequests.take_over"})

_WORDS = {
    "inforequests.show_requester": "查看申请人信息",
    "inforequests.search_requesters": "按申请人查找",
    "searched": "查找内容的摘要",
    "organs": "查找的机关",
    "found": "找到件数",
    "inforequests.reseal": "更换密钥重新加密",
    "inforequests.erase_requester": "清除申请人信息",
    "inforequests.correct_requester": "更正申请人信息",
    "inforequests.export_own_data": "导出申请人本人的信息",
    "inforequests.review_withheld": "评估不予公开的信息",
    "inforequests.suggest_disclosure": "建议主动公开",
    "inforequests.decide_suggestion": "决定是否主动公开",
    "inforequests.correction_show": "查看更正申请",
    "inforequests.correction_erase": "清除更正申请人信息",
    "inforequests.mail_aside": "来信邮件待人工处理",
    "inforequests.attach_mail": "来信邮件附入案件",
    "inforequests.ignore_mail": "来信邮件无需处理",
    "inforequests.set_office": "设置受理机构",
    "inforequests.test_channel": "登记受理渠道自测",
    "inforequests.send_test_mail": "发送自测邮件",
    "passed": "畅通",
    "inforequests.offer": "申请人网上提交",
    "offer": "提交的事项",
    "hours": "办公时间",
    "fax": "传真号码",
    "postcode": "邮政编码",
    "online": "接受在线申请",
    "supervision_phone": "监督电话",
    "alarm_emails": "提醒邮箱",
    "alarm_phones": "提醒手机",
    "letters": "文书数",
    "files": "文件数",
    "left_out": "没有装入的文件数",
    "papers_destroyed": "销毁的材料",
    "erased_with": "一并清除的申请",
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
    "pending": "尚待办理",
    "answer_due_on": "首次答复的期限",
    "unit": "承办科室",
    "handler": "经办人账号",
    "inner_due_on": "内部办理期限",
    "from": "移送前的申请编号",
    "inforequests.split_off": "由拆分产生",
    "inforequests.serve": "送达答复",
    "inforequests.renew_query_code": "另发查询码",
    "inforequests.take_over": "收到移送的申请",
    "act.reason": "理由",
    "act.note": "说明",
    "act.what": "内容",
    "act.number": "申请编号",
    "act.how": "方式",
    "act.why": "原因",
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
        audit.words.update(_field_words())
        audit.words.update(_WORDS)
        import_module("gongkai.inforequests.tasks")
        _tell_what_is_sealed()
        recorded.connect(_hear, dispatch_uid="inforequests.holiday_notice")
        keeps("inforequests")(import_module("gongkai.inforequests.queries.kept_letters").why_kept)
        served = import_module("gongkai.inforequests.queries.served_letters")
        serves("inforequests")(served.service_words)


def _field_words() -> dict[str, str]:
    """Return how the log says the fields of acts and of requesters."""
    acts = {
        f"act.{name}": field.label for fields in FIELDS.values() for name, field in fields.items()
    }
    return acts | {f"requester.{name}": detail.label for name, detail in DETAILS.items()}


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
    """Put what follows from an event into the outbox: watching new requests, recomputing."""
    if event.verb in CAME_IN:
        from gongkai.inforequests.actions.reminding import watch_confirmation

        watch_confirmation(event.target.partition(":")[2], at=event.at)
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
