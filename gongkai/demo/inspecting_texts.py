"""How the demo tells a fault that inspections found, and what the website's report of 2020 states.

A day is a date, or how many days before the demo is set up. `gone` is the day from which no scan
sees the fault any more. All faults are invented; nothing names a person, numbers are masked.
"""

from dataclasses import dataclass
from datetime import date

from gongkai.inspections.actions import Source

Day = date | int
Step = tuple[Day, str, str]  # when, which verb, in which words


@dataclass(frozen=True, slots=True)
class Trouble:
    """One fault: whose, by which rule or indicators, where, what, and what became of it."""

    organ: str
    rule: str
    path: str
    why: str
    found: Day
    gone: Day | None = None
    steps: tuple[Step, ...] = ()
    evidence: str = ""
    status: int | None = None
    source: Source = Source.SCAN
    item: str = ""
    standard: str = ""
    target: str = ""


def closed(ordered: Day, answered: Day, checked: Day, said: str, *, scan: bool) -> tuple[Step, ...]:
    """Return the usual road: ordered, answered, re-checked (a scan does it itself), closed."""
    steps = [(ordered, "order", "请按期整改并反馈"), (answered, "answer", said)]
    if not scan:
        steps.append((checked, "pass", "已打开页面核对"))
    return (*steps, (checked, "close", ""))


def scan_found(organ: str, rule: str, path: str, why: str, evidence: str, **more) -> Trouble:
    return Trouble(organ, rule, path, why, evidence=evidence, **more)


ORGAN = "zwgk/jg/"
# What the 2020 report of the website states itself, invented; what was published on the website and
# on the accounts is counted by the records of the year.
SITE_2020 = {
    "filler": "靖安县人民政府办公室", "name": "靖安县人民政府网", "kind": "政府门户网站",
    "sponsor": "靖安县人民政府",
    "site_code": "3609250000（演示）", "icp": "赣ICP备00000000号（演示）",
    "police": "赣公网安备00000000000000号（演示）",
    "visitors": "486210", "visits": "1732655",
    "topics_kept": "9", "topics_new": "3",
    "explained_text": "12", "explained_product": "8", "explained_comment": "0", "responses": "6",
    "has_service_list": "是", "users": "3120", "services": "945", "services_online": "612",
    "handled": "150246", "handled_people": "131902", "handled_firms": "18344",
    "one_platform": "是", "received": "216", "settled": "216", "days": "3.2",
    "answered_publicly": "187",
    "solicited": "5", "comments": "23", "fed_back": "5",
    "interviews": "2", "interview_messages": "31", "interview_answers": "24",
    "smart_answers": "是",
    "tests": "4", "faults": "11", "mended": "11",
    "early_warning": "是", "drill": "是", "responsible": "是",
    "has_media": "是", "weibo_name": "靖安政府", "weibo_fans": "5230",
    "wechat_name": "靖安县政府网", "wechat_fans": "18406",
    "search_service": "是", "languages": "否", "accessible": "是", "personal": "否",
    "head_of_unit": "李主任（演示）", "phone": "0795-4662133",
}  # fmt: skip
SOURCES_2020 = {
    "visits": "网站访问统计系统，2021年1月5日导出（演示）",
    "topics": "原网站后台专题清单",
    "explaining": "原网站“政策解读”栏目统计",
    "answering": "县政府办公室舆情台账",
    "services": "县行政审批局，2021年1月7日提供",
    "messages": "县长信箱系统，2021年1月6日导出（演示）",
    "asking": "原网站征集栏目统计",
    "interviews": "县政府办公室登记",
    "security": "县信息中心安全检测记录",
    "media": "各平台后台，2021年1月4日导出",
}
