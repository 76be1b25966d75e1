"""Wires policy into Django."""

from importlib import import_module

from django.apps import AppConfig

from gongkai import audit

_WORDS = {
    "policy.register_document": "登记文件",
    "policy.correct": "更正文件登记",
    "policy.publish": "登记文件公开",
    "policy.amend": "登记文件修改",
    "policy.repeal": "登记文件废止",
    "policy.cancel_relation": "撤销误登的修改或废止",
    "policy.withdraw_document": "撤回文件登记",
    "policy.draft_dossier": "起草文件",
    "policy.add_text": "补录正文",
    "policy.link_text": "关联导入的正文",
    "policy.set_terms": "修改类别和有效期",
    "policy.add_interpretation": "添加解读",
    "policy.exempt_interpretation": "确定免予解读",
    "policy.require_interpretation": "取消免予解读",
    "policy.relate": "登记关联文件",
    "policy.lapse": "宣布失效",
    "policy.file_document": "登记备案",
    "policy.open_round": "启动文件清理",
    "policy.propose_decision": "提出清理建议",
    "policy.settle_decision": "确定清理结论",
    "policy.close_round": "办结文件清理",
    "policy.add_decision": "列入重大行政决策目录",
    "policy.note_steps": "登记决策程序",
    "policy.link_decision": "关联决策信息",
    "policy.drop_decision": "调出重大行政决策目录",
    "policy.draft_catalogue": "编制重大行政决策目录",
    "policy.compose_issue": "新建公报",
    "policy.set_contents": "编排公报篇目",
    "policy.publish_issue": "出版公报",
    "entry": "公开信息",
    "form": "形式",
    "exempt_reason": "免予解读的理由",
    "organ": "机关",
    "step": "程序",
    "filed_on": "备案日期",
    "filing_number": "备案号",
    "proposed": "建议",
    "settled": "结论",
    "documents": "文件数",
    "decree": "清理决定",
    "lists": "各目录件数",
    "items": "篇目数",
    "kind": "类别",
    "formed_on": "成文日期",
    "published_on": "公开日期",
    "effective_on": "生效日期",
    "ends_on": "有效期至",
    "joint_issuers": "联合发文机关",
    "source": "依据文件",
    "basis": "依据",
    "cancelled": "已撤销",
}


class PolicyConfig(AppConfig):
    """The app policy."""

    name = "gongkai.policy"
    verbose_name = "政策文件"

    def ready(self) -> None:
        """Answer for published records; tell the log how to say the verbs and fields."""
        import_module("gongkai.policy.actions.publishing")
        audit.words.update(_WORDS)
