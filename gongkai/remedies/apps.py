"""Wires remedies into Django: a holiday notice entered makes terms be worked out again."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from gongkai import audit
from gongkai.adapters.rotation import SealedKind, sealed_kinds
from gongkai.audit import recorded
from gongkai.remedies.lifecycle import ComplaintEvent, Event

CALENDAR_CHANGED = frozenset({"calendars.enter_notice", "calendars.enter_closure"})


class RemediesConfig(AppConfig):
    """The app remedies."""

    name = "gongkai.remedies"
    verbose_name = "复议诉讼"

    def ready(self) -> None:
        """Register the task, listen to the bell, tell the log how to say verbs and fields."""
        import_module("gongkai.remedies.tasks")
        recorded.connect(_hear, dispatch_uid="remedies.holiday_notice")
        audit.words.update({f"remedies.{each.value.lower()}": each.label for each in Event})
        audit.words.update(
            {f"remedies.{each.value.lower()}_complaint": each.label for each in ComplaintEvent}
        )
        self._let_keys_rotate()
        audit.words.update(
            {
                "remedies.recompute_deadlines": "日历变动后重算期限",
                "remedies.find_complaint": "登记核查认定",
                "remedies.receive_complaint": "登记投诉举报",
                "remedies.show_complaint": "查看投诉举报全文",
                "remedies.add_party": "登记当事人",
                "remedies.drop_party": "删去当事人",
                "remedies.show_parties": "查看当事人信息",
                "remedies.file_paper": "登记案件文书",
                "remedies.add_evidence": "登记证据",
                "remedies.drop_evidence": "删去证据",
                "remedies.reseal": "更换密钥重新加密",
                "ending": "结案方式",
                "decision_number": "决定书（裁判文书）文号",
                "perform_by": "要求履行的期限",
                "performed_on": "履行完毕之日",
                "opinion_on": "收到复议意见书之日",
                "reported_on": "报送纠正情况之日",
                "is_ruling": "以裁定结案",
                "first_result": "一审结果",
                "first_decided_on": "一审结果作出之日",
                "appealed_on": "上诉之日",
                "appealed_by": "上诉人",
                "appeal_court": "二审法院",
                "appeal_number": "二审案号",
                "asked_on": "要求说明之日",
                "explain_by": "说明期限",
                "explained_on": "说明之日",
                "verdict": "认定",
                "measure": "处理",
                "found_on": "认定之日",
                "rectify_by": "整改期限",
                "rectified_on": "整改完成之日",
                "referred_on": "移送追究责任之日",
                "referred_to": "移送机关",
                "finished_on": "办结之日",
                "remedies.file_reconsideration": "登记行政复议",
                "remedies.file_suit": "登记行政诉讼",
                "subject": "案由",
                "case_number": "案号",
                "info_request": "所涉申请",
                "filed_on": "提出之日",
                "accepted_on": "受理（立案）之日",
                "copy_received_on": "收到副本之日",
                "answered_on": "书面答复（答辩）之日",
                "extension_days": "延长天数",
                "decided_on": "结案之日",
                "result": "结果",
            }
        )

    def _let_keys_rotate(self) -> None:
        """Let `gongkai rotatekeys` find the chapter's sealed rows."""
        from gongkai.remedies import actions, queries

        sealed_kinds["remedies.rows"] = SealedKind(
            "当事人和投诉举报", queries.to_reseal, actions.reseal
        )


def _hear(event: Any, **_: Any) -> None:
    """Put the recomputation into the outbox when the calendar of working days has changed."""
    if event.verb not in CALENDAR_CHANGED:
        return
    from gongkai.outbox.actions import put
    from gongkai.remedies.tasks import RECOMPUTE

    put(RECOMPUTE, {"event": event.id}, at=event.at, dedupe_key=event.target)
