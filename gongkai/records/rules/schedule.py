"""The table of retention: what kind of record is kept how long, from which day the rule holds.

The classes are those of 机关文件材料归档范围和文书档案保管期限规定 (国家档案局令第8号): for ever,
thirty or ten years; what is no archive is kept for a short while. A county's own table of
retention, approved by its archives, goes before (law.md 12).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Keep(StrEnum):
    """A class of retention."""

    PERMANENT = "PERMANENT"
    THIRTY_YEARS = "THIRTY_YEARS"
    TEN_YEARS = "TEN_YEARS"
    SHORT = "SHORT"

    @property
    def label(self) -> str:
        """Return the class in Chinese."""
        return {
            "PERMANENT": "永久",
            "THIRTY_YEARS": "30年",
            "TEN_YEARS": "10年",
            "SHORT": "短期",
        }[self.value]


@dataclass(frozen=True, slots=True)
class KeepRule:
    """How long one kind of record is kept: from closing or publication on."""

    kind: str
    name: str
    keep: Keep
    since: date
    until: date | None  # exclusive
    begins: str
    then: str
    basis: str


_2006 = date(2006, 12, 18)
_ARCHIVES = "国家档案局令第8号"
SCHEDULE: tuple[KeepRule, ...] = (
    KeepRule(
        *("inforequests", "依申请公开案卷", Keep.TEN_YEARS, date(2019, 5, 15), None),
        *("归档之日", "清除申请人信息和所交材料，办理记录和统计保留"),
        f"政府信息公开条例第四十五条；{_ARCHIVES}（归档时可定为30年、永久）",
    ),
    KeepRule(
        *("hotline", "热线工单（办理记录）", Keep.TEN_YEARS, _2006, None),
        *("办结之日", "列入清册，由档案部门鉴定"),
        _ARCHIVES,
    ),
    KeepRule(
        *("hotline.caller", "热线诉求人姓名、电话", Keep.SHORT, date(2021, 11, 1), None),
        *("办结之日", "满三年自动清除，工单内容和统计保留"),
        "个人信息保护法第十九条、第四十七条",
    ),
    KeepRule(
        *("engagement.contact", "留言、纠错人姓名和联系方式", Keep.SHORT, date(2021, 11, 1), None),
        *("答复之日", "满90日自动清除，来信、答复和统计保留"),
        "个人信息保护法第十九条、第四十七条",
    ),
    KeepRule(
        *("disclosure.normative", "行政规范性文件", Keep.PERMANENT, _2006, None),
        *("公开之日", "移交国家档案馆"),
        _ARCHIVES,
    ),
    KeepRule(
        *("disclosure", "其他主动公开信息", Keep.THIRTY_YEARS, _2006, None),
        *("公开之日", "列入移交清单"),
        f"政府信息公开条例第二十五条；{_ARCHIVES}",
    ),
    KeepRule(
        *("annualreport", "政府信息公开工作年度报告", Keep.PERMANENT, _2006, None),
        *("公布之日", "移交国家档案馆"),
        _ARCHIVES,
    ),
    KeepRule(
        *("audit", "操作日志和每日锚定", Keep.PERMANENT, date(2024, 7, 1), None),
        *("记录之时", "不清除"),
        "互联网政务应用安全管理规定第二十条（不少于一年）",
    ),
    KeepRule(
        *("access", "访问日志、数据库操作日志", Keep.SHORT, date(2024, 7, 1), None),
        *("记录之日", "满400日自动清除"),
        "互联网政务应用安全管理规定第二十条（不少于一年）",
    ),
)
CALLER_YEARS = 3


def rules_on(day: date) -> Iterator[KeepRule]:
    """Yield the rules that hold on a day, in the order of the table."""
    for rule in SCHEDULE:
        if rule.since <= day and (rule.until is None or day < rule.until):
            yield rule


def keep_of(kind: str, day: date) -> Keep:
    """Return the class of records of a kind closed on a day; a short while before any rule."""
    return next((rule.keep for rule in rules_on(day) if rule.kind == kind), Keep.SHORT)
