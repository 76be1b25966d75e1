"""Wires hotline into Django: a holiday notice entered makes terms be worked out again."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from gongkai import audit
from gongkai.adapters.rotation import SealedKind, sealed_kinds
from gongkai.audit import recorded
from gongkai.hotline.lifecycle import Event

CALENDAR_CHANGED = frozenset({"calendars.enter_notice", "calendars.enter_closure"})

_WORDS = {
    "hotline.register_order": "登记工单",
    "hotline.show_caller": "查看诉求人信息",
    "hotline.export_own_data": "本人查阅、下载工单信息",
    "hotline.correct_caller": "本人更正姓名、联系电话",
    "hotline.search_callers": "按来电号码查找",
    "searched": "查找内容的摘要",
    "found": "找到件数",
    "hotline.publish": "公开工单",
    "hotline.unpublish": "撤下公开的工单",
    "hotline.set_rule": "设置派单规则",
    "hotline.drop_rule": "删除派单规则",
    "hotline.set_limit": "登记办理时限",
    "hotline.count_calls": "登记来电统计",
    "hotline.open_client": "开通接入密钥",
    "hotline.close_client": "停用接入密钥",
    "hotline.forget_caller": "清除诉求人信息",
    "hotline.reseal": "更换密钥重新加密",
    "hotline.recompute_deadlines": "日历变动后重算工单期限",
    "source": "渠道",
    "subject": "事由",
    "content": "诉求内容",
    "caller": "诉求人",
    "phone": "联系电话",
    "words": "答复内容或者理由",
    "to": "去向",
    "unit": "承办股室",
    "handler": "承办单位",
    "helping": "协办单位",
    "category": "归口分类",
    "township": "所在乡镇",
    "urgency": "紧急程度",
    "place": "诉求地点",
    "solved": "解决情况",
    "satisfaction": "满意度",
    "supervision": "督办级别",
    "public_title": "公开标题",
    "public_text": "公开的诉求",
    "public_answer": "公开的答复",
    "public_place": "公开的地点",
    "workdays": "工作日数",
    "document": "依据",
    "asked": "请求人工服务的来电",
    "answered": "人工接通的来电",
    "linked": "所转事项",
    "answered_on": "答复之日",
}


class HotlineConfig(AppConfig):
    """The app hotline."""

    name = "gongkai.hotline"
    verbose_name = "热线工单"

    def ready(self) -> None:
        """Register the tasks, listen to the bell, tell the log how to say verbs and fields."""
        audit.words.update({f"hotline.{each.value.lower()}": each.label for each in Event})
        for name, word in _WORDS.items():
            audit.words.setdefault(name, word)
        import_module("gongkai.hotline.tasks")
        _tell_what_is_sealed()
        recorded.connect(_hear, dispatch_uid="hotline.holiday_notice")


def _tell_what_is_sealed() -> None:
    """Let `gongkai rotatekeys` find the chapter's sealed rows."""
    from gongkai.hotline import actions, queries

    sealed_kinds["hotline.WorkOrder"] = SealedKind("热线工单", queries.to_reseal, actions.reseal)


def _hear(event: Any, **_: Any) -> None:
    """Put the recomputation into the outbox when the calendar of working days has changed."""
    if event.verb not in CALENDAR_CHANGED:
        return
    from gongkai.hotline.tasks import RECOMPUTE
    from gongkai.outbox.actions import put

    put(RECOMPUTE, {"event": event.id}, at=event.at, dedupe_key=event.target)
