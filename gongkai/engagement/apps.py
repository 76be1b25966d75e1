"""Wires engagement into Django: releases, sealed rows, holiday notices, words of the log."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from gongkai import audit
from gongkai.adapters.rotation import SealedKind, sealed_kinds
from gongkai.audit import recorded

CALENDAR_CHANGED = frozenset({"calendars.enter_notice", "calendars.enter_closure"})
_WORDS = {
    "engagement.report_error": "收到网站纠错",
    "engagement.pass_on": "转办网站纠错",
    "engagement.answer_error": "答复网站纠错",
    "engagement.show_contact": "查看纠错人联系方式",
    "engagement.draft_solicitation": "起草意见征集",
    "engagement.change_term": "修改征集期限和方式",
    "engagement.comment": "收到意见",
    "engagement.dispose": "处理意见",
    "engagement.show_commenter": "查看提出意见人",
    "engagement.draft_feedback": "起草采纳情况反馈",
    "engagement.link_document": "关联正式文件",
    "engagement.cancel": "终止意见征集",
    "engagement.reseal": "更换密钥重新加密",
    "engagement.erase_contacts": "清除到期的联系方式",
    "engagement.recompute_deadlines": "日历变动后重算答复期限",
    "engagement.send_message": "收到留言",
    "engagement.pass_message_on": "转办留言",
    "engagement.set_message_term": "确定留言答复期限",
    "engagement.answer_message": "答复留言",
    "engagement.decline_message": "对留言不予办理",
    "engagement.publish_message": "公开留言和答复",
    "engagement.take_message_off": "撤下公开的留言",
    "engagement.show_asker": "查看留言人",
    "engagement.export_own_data": "本人查阅、下载留言信息",
    "engagement.correct_asker": "本人更正姓名、联系方式",
    "engagement.forget_asker": "按本人要求清除姓名、联系方式",
    "engagement.open_mailbox": "开通领导信箱",
    "engagement.close_mailbox": "关闭领导信箱",
    "engagement.draft_survey": "起草网上调查",
    "engagement.change_survey": "修改网上调查",
    "engagement.open_survey": "发布网上调查",
    "engagement.extend_survey": "延长调查期限",
    "engagement.answer_survey": "收到答卷",
    "engagement.publish_results": "公布调查结果",
    "engagement.cancel_survey": "终止网上调查",
    "engagement.plan_interview": "登记访谈或发布会",
    "engagement.change_interview": "修改访谈或发布会",
    "engagement.ask_question": "收到网上提问",
    "engagement.record_exchange": "登记问答",
    "engagement.draft_transcript": "起草实录",
    "engagement.cancel_interview": "取消访谈或发布会",
    "engagement.draft_faq": "起草常见问题",
    "engagement.confirm_faq": "核对常见问题",
    "engagement.collect_opinion": "登记舆情",
    "engagement.consult_on_opinion": "登记舆情会商",
    "engagement.judge_opinion": "登记舆情研判",
    "engagement.respond_to_opinion": "登记舆情回应",
    "engagement.set_opinion_aside": "登记舆情不作回应",
    "engagement.evaluate_opinion": "登记舆情评估",
    "engagement.raise_banner": "发布紧急提示",
    "engagement.lift_banner": "撤下紧急提示",
    "page": "网页地址",
    "contact": "联系方式",
    "text": "内容",
    "result": "处理结果",
    "answered_on": "答复之日",
    "opens_on": "开始日期",
    "closes_on": "截止日期",
    "online": "网上提交",
    "affects_market": "与市场主体密切相关",
    "major_decision": "重大行政决策",
    "short_reason": "期限不足三十日的理由",
    "comment": "意见",
    "commenter": "提出意见人",
    "comments": "意见序号",
    "disposition": "处理",
    "summary": "意见要点",
    "channel": "提出方式",
    "figures": "数字",
    "document": "正式文件",
    "email": "电子邮箱",
    "number": "编号",
    "reports": "纠错编号",
    "messages": "留言编号",
    "subject": "标题",
    "asker": "留言人",
    "reply": "答复",
    "consent": "同意公开",
    "due_on": "答复期限",
    "public_title": "公开的标题",
    "public_text": "公开的留言",
    "public_answer": "公开的答复",
    "ballots": "答卷份数",
    "conclusion": "结论和采用情况",
    "theme": "主题",
    "held_at": "举行时间",
    "asked": "提问",
    "exchanges": "问答条数",
    "severity": "等级",
    "holder": "信箱主人",
    "post": "职务单位",
    "question": "问题",
    "message": "留言编号",
    "released_at": "发布时间",
    "banner": "提示内容",
    "until": "截止时间",
}


class EngagementConfig(AppConfig):
    """The app engagement."""

    name = "gongkai.engagement"
    verbose_name = "互动交流"

    def ready(self) -> None:
        """Answer for published records, register tasks, listen to the bell, name the verbs."""
        for name, word in _WORDS.items():
            audit.words.setdefault(name, word)
        import_module("gongkai.engagement.tasks")
        import_module("gongkai.engagement.actions.publishing")
        import_module("gongkai.engagement.actions.publishing_interviews")
        _tell_what_is_sealed()
        recorded.connect(_hear, dispatch_uid="engagement.holiday_notice")


def _tell_what_is_sealed() -> None:
    """Let `gongkai rotatekeys` find the chapter's sealed rows."""
    from gongkai.engagement import actions, queries

    sealed_kinds["engagement"] = SealedKind(
        "网站纠错、留言和意见", queries.to_reseal, actions.reseal
    )


def _hear(event: Any, **_: Any) -> None:
    """Put the recomputation into the outbox when the calendar of working days has changed."""
    if event.verb not in CALENDAR_CHANGED:
        return
    from gongkai.engagement.tasks import RECOMPUTE
    from gongkai.outbox.actions import put

    put(RECOMPUTE, {"event": event.id}, at=event.at, dedupe_key=event.target)
