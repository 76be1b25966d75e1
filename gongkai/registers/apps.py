"""Wires registers into Django: a holiday notice entered makes terms be worked out again."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from gongkai import audit
from gongkai.audit import recorded
from gongkai.registers.lifecycle import DecisionEvent

_EVENTS = tuple(DecisionEvent)


CALENDAR_CHANGED = frozenset({"calendars.enter_notice", "calendars.enter_closure"})


class RegistersConfig(AppConfig):
    """The app registers."""

    name = "gongkai.registers"
    verbose_name = "统计台账"

    def ready(self) -> None:
        """Register the task, listen to the bell, tell the log how to say verbs and fields."""
        import_module("gongkai.registers.tasks")
        recorded.connect(_hear, dispatch_uid="registers.holiday_notice")
        audit.words.update(
            {
                "registers.recompute_deadlines": "日历变动后重算期限",
                "registers.enter_batch": "登记统计批次",
                "registers.import_batches": "导入统计批次",
                "registers.withdraw_batch": "撤回统计批次",
                "registers.withdraw_import": "撤回整次导入",
                "registers.correct_batch": "更正统计批次",
                "registers.enter_decision": "登记双公示决定",
                "registers.import_decisions": "导入双公示决定",
                **{f"registers.{each.value.lower()}_decision": each.label for each in _EVENTS},
                "batch": "更正前的批次",
                "decision_ids": "导入的决定",
                "party_kind": "相对人类别",
                "matter": "事项（案由）",
                "made_on": "作出之日",
                "web_address": "公开网址",
                "cancelled_on": "变更、撤销日期",
                "cancel_reason": "变更、撤销情形",
                "taken_down_on": "撤回公开日期",
                "kind": "类别",
                "period": "统计期间",
                "item_change": "项目增减",
                "decisions": "处理决定数量",
                "projects": "采购项目数量",
                "amount": "金额（元）",
                "source_name": "数据来源",
                "source_sha256": "来源文件校验值",
                "batches": "批次",
            }
        )


def _hear(event: Any, **_: Any) -> None:
    """Put the recomputation into the outbox when the calendar of working days has changed."""
    if event.verb not in CALENDAR_CHANGED:
        return
    from gongkai.outbox.actions import put
    from gongkai.registers.tasks import RECOMPUTE

    put(RECOMPUTE, {"event": event.id}, at=event.at, dedupe_key=event.target)
