"""Wires inspections into Django: duties, who opens proof files, words of the log."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from gongkai import audit
from gongkai.audit import recorded

CALENDAR_CHANGED = frozenset({"calendars.enter_notice", "calendars.enter_closure"})

_WORDS = {
    "inspections.register_site": "登记巡查网站",
    "inspections.stop_site": "停止巡查网站",
    "inspections.resume_site": "恢复巡查网站",
    "inspections.name_column": "登记网站栏目",
    "inspections.drop_column": "删除网站栏目",
    "inspections.record_run": "登记巡查结果",
    "inspections.mark_false": "认定误报",
    "inspections.take_back": "撤销误报认定",
    "inspections.pass_on": "改派巡查问题",
    "inspections.send": "告知巡查问题",
    "inspections.object": "对巡查问题提出异议",
    "inspections.rule": "裁定异议",
    "inspections.order": "交办整改",
    "inspections.answer": "反馈整改结果",
    "inspections.recheck": "复核整改",
    "inspections.close": "问题销号",
    "inspections.recompute_deadlines": "日历变动后重算整改期限",
    "inspections.take_figures": "通报取数",
    "inspections.issue": "印发通报",
    "inspections.sign_for": "签收通报",
    "inspections.publish_bulletin": "公布通报",
    "inspections.unpublish_bulletin": "撤下公布的通报",
    "inspections.set_indicator": "登记指标分值",
    "inspections.open_site_year": "开始填报网站年度报表",
    "inspections.fill_site_year": "填报网站年度报表",
    "inspections.review_site_year": "审核网站年度报表",
    "inspections.send_back_site_year": "退回网站年度报表",
    "inspections.publish_site_year": "公布网站年度报表",
    "inspections.correct_site_year": "更正网站年度报表",
    "site": "网站",
    "from_records": "从平台记录取数",
    "fields": "填报项目",
    "version": "版本",
    "column": "栏目",
    "prefix": "栏目网址",
    "organ": "责任单位",
    "source": "发现来源",
    "numbers": "问题编号",
    "new": "新发现",
    "again": "仍然存在",
    "gone": "不再发现",
    "silenced": "已认定误报",
    "repeated": "重复出现",
    "due_on": "期限",
    "workdays": "工作日数",
    "requirement": "整改要求",
    "measures": "整改措施",
    "passed": "复核通过",
    "upheld": "异议成立",
    "points": "分值",
    "each": "每处扣分",
    "weight": "权重",
    "standard": "评价标准",
    "since": "施行日期",
    "digest": "摘要",
    "shares": "告知单位",
}


class InspectionsConfig(AppConfig):
    """The app inspections."""

    name = "gongkai.inspections"
    verbose_name = "监督检查"

    def ready(self) -> None:
        """Register duties and who opens proof files, listen to the bell, name the verbs."""
        for name, word in _WORDS.items():
            audit.words.setdefault(name, word)
        import_module("gongkai.inspections.tasks")
        recorded.connect(_hear, dispatch_uid="inspections.holiday_notice")


def _hear(event: Any, **_: Any) -> None:
    """Put the recomputation into the outbox when the calendar of working days has changed."""
    if event.verb not in CALENDAR_CHANGED:
        return
    from gongkai.inspections.tasks import RECOMPUTE
    from gongkai.outbox.actions import put

    put(RECOMPUTE, {"event": event.id}, at=event.at, dedupe_key=event.target)
