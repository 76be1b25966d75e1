"""Wires proposals into Django: what releases ask, sealed contacts, words of the log."""

from importlib import import_module

from django.apps import AppConfig

from gongkai import audit
from gongkai.adapters.rotation import SealedKind, sealed_kinds

_WORDS = {
    "proposals.register": "登记建议提案",
    "proposals.amend": "修改建议提案登记信息",
    "proposals.assign": "交办建议提案",
    "proposals.accept": "签收建议提案",
    "proposals.send_back": "退回建议提案交办",
    "proposals.give_opinion": "提出建议提案会办意见",
    "proposals.record_contact": "登记与代表、委员沟通情况",
    "proposals.extend": "延长建议提案办理期限",
    "proposals.reply": "登记建议提案答复",
    "proposals.rate": "登记代表、委员反馈意见",
    "proposals.redo": "责成重新办理建议提案",
    "proposals.close": "直接办结建议提案",
    "proposals.follow_up": "登记建议提案落实情况",
    "proposals.withdraw": "登记撤回建议提案",
    "proposals.show_contact": "查看代表、委员联系方式",
    "proposals.propose_openness": "提出答复的公开属性",
    "proposals.confirm_openness": "审核通过答复的公开属性",
    "proposals.return_openness": "退回答复的公开属性",
    "proposals.draft_publication": "起草答复的公开稿",
    "proposals.draft_summary": "起草建议提案办理情况总结",
    "proposals.reseal": "更换密钥重新加密",
    "session": "届次会议",
    "proposer": "领衔代表或者第一提案人",
    "cosigners": "附议人数",
    "lead": "主办单位",
    "joint": "会办单位",
    "assigned_on": "交办日期",
    "consent": "同意延长的机构",
    "way": "沟通方式",
    "replied_on": "答复日期",
    "result": "结果类别",
    "openness": "公开属性",
    "round": "办理轮次",
    "satisfaction": "代表、委员意见",
    "dissatisfied": "不满意",
}


class ProposalsConfig(AppConfig):
    """The app proposals."""

    name = "gongkai.proposals"
    verbose_name = "建议提案"

    def ready(self) -> None:
        """Answer for published records, tell what is sealed, name the verbs."""
        for name, word in _WORDS.items():
            audit.words.setdefault(name, word)
        import_module("gongkai.proposals.actions.publishing")
        from gongkai.proposals import actions, queries

        sealed_kinds["proposals.ProposerContact"] = SealedKind(
            "代表、委员联系方式", queries.to_reseal, actions.reseal
        )
