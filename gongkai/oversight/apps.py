"""Wires the office's own work into Django: jobs, words of the log, sealed rows."""

from importlib import import_module

from django.apps import AppConfig

from gongkai import audit
from gongkai.adapters.rotation import SealedKind, sealed_kinds

_WORDS = {
    "oversight.draft_plan": "起草工作要点",
    "oversight.add_task": "添加工作任务",
    "oversight.change_task": "修改工作任务",
    "oversight.remove_task": "删除工作任务",
    "oversight.import_tasks": "导入任务分工表",
    "oversight.issue_plan": "印发工作要点",
    "oversight.close_plan": "办结工作要点",
    "oversight.report_task": "报送任务进展",
    "oversight.accept_task": "确认任务完成",
    "oversight.send_task_back": "退回任务完成报告",
    "oversight.move_task": "调整任务时限",
    "oversight.drop_task": "取消任务",
    "oversight.record_event": "登记培训、会议、活动",
    "oversight.change_event": "修改培训、会议、活动",
    "oversight.sign_in": "导入签到表",
    "oversight.strike_event": "撤销培训、会议、活动",
    "oversight.draft_appraisal": "制定考核",
    "oversight.add_indicator": "添加考核指标",
    "oversight.change_indicator": "修改考核指标",
    "oversight.remove_indicator": "删除考核指标",
    "oversight.open_rating": "下发考核指标",
    "oversight.begin_review": "开始考核评审",
    "oversight.rate_unit": "考核自评",
    "oversight.score_unit": "考核打分",
    "oversight.check_unit": "复核考核得分",
    "oversight.show_results": "公示考核结果",
    "oversight.object_to": "对考核得分提出异议",
    "oversight.answer_objection": "答复考核异议",
    "oversight.confirm_results": "确认考核结果",
    "oversight.publish_ranking": "公布考核排名",
    "oversight.unpublish_ranking": "撤下考核排名",
    "oversight.mark_evaluation": "设置社会评议",
    "oversight.record_case": "登记责任追究",
    "oversight.show_people": "查看被追究人员",
    "oversight.strike_case": "撤销责任追究记录",
    "oversight.reseal": "更换密钥重新加密",
    "year": "年度",
    "number": "文号",
    "content": "内容",
    "lead": "牵头单位",
    "due_on": "期限",
    "place": "序号、地点",
    "tasks": "任务数",
    "source_name": "文件名",
    "sha256": "文件校验值",
    "issued_on": "印发日期",
    "closed_on": "办结日期",
    "words": "进展情况",
    "claims": "报送完成",
    "link": "链接",
    "proofs": "佐证材料数",
    "done_on": "完成日期",
    "kind": "类型",
    "title": "名称",
    "held_on": "日期",
    "hours": "学时",
    "topic": "主要内容",
    "zone": "政务公开专区",
    "heads": "参加人数",
    "starts_on": "起始日期",
    "ends_on": "截止日期",
    "like": "沿用指标",
    "item": "指标",
    "points": "分值",
    "method": "计分方式",
    "figure": "数据项",
    "units": "单位数",
    "indicators": "指标数",
    "scored": "按数据计分数",
    "rated": "自评项数",
    "scores": "得分",
    "checked": "复核项数",
    "object_until": "异议期限",
    "upheld": "是否采纳",
    "ranking": "排名",
    "organ": "单位",
    "fault": "情形",
    "sanction": "处理方式",
    "decided_on": "处理日期",
    "keys": "密钥",
}


class OversightConfig(AppConfig):
    """The app oversight."""

    name = "gongkai.oversight"
    verbose_name = "监督保障"

    def ready(self) -> None:
        """Name the verbs, register the jobs, let `gongkai rotatekeys` find the sealed rows."""
        from gongkai.oversight import actions, queries

        for name, word in _WORDS.items():
            audit.words.setdefault(name, word)
        import_module("gongkai.oversight.tasks")
        sealed_kinds["oversight"] = SealedKind("责任追究", queries.to_reseal, actions.reseal)
