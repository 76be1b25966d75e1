"""Columns: how fresh each kind must be, when it is empty, and W4 (law.md 4.2, 4.5)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.inspections.rules.views import View
from gongkai.text.sitepages import Place


class ColumnKind(StrEnum):
    """The kinds by which limits differ."""

    NEWS = "动态要闻"
    NOTICE = "通知公告"
    POLICY = "政策文件"
    READING = "政策解读"
    REPLIES = "留言选登"
    FIGURES = "办事统计"
    OTHER = "其他"
    STANDING = "不要求更新"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column over all its pages; `level` 1 is of the home page's menu."""

    address: str
    name: str
    said: str = ""  # ColumnType
    level: int = 2
    newest: date | None = None
    is_empty: bool = False
    is_closed: bool = False
    words: str = ""

    @property
    def kind(self) -> ColumnKind:
        """Return the kind by its name, else by what its tag says."""
        return kind_of_name(self.name, self.said, is_closed=self.is_closed)


@dataclass(frozen=True, slots=True)
class Limit:
    """How old the newest of a column may be, in days or in months."""

    days: int = 0
    months: int = 0

    def is_over(self, newest: date, today: date) -> bool:
        """Say whether the newest is older."""
        if self.days:
            return newest < today - timedelta(days=self.days)
        return newest < months_before(today, self.months)

    @property
    def label(self) -> str:
        """Return the limit as a sentence has it."""
        if self.days:
            return f"{self.days}天"
        return "1年" if self.months == 12 else f"{self.months}个月"


_STANDING = (
    r"归档|存档|回顾|历史|往届|^(?:19|20)\d\d年|概况|简介|机构(?:职能|设置|概况|信息)|内设机构|"
    r"领导(?:信息|简介|之窗|分工)?$|联系(?:方式|我们|邮箱)|办事(?:服务|指南)|指南$|信箱"
)
_REPLIES = r"(?:留言|来信|信件)(?:选登|公开|选编)|(?:答复|回复)(?:公开|选登)"
_NAMES = (
    (ColumnKind.STANDING, re.compile(_STANDING)),
    (ColumnKind.FIGURES, re.compile(r"办(?:事|件)统计")),
    (ColumnKind.REPLIES, re.compile(_REPLIES)),
    (ColumnKind.READING, re.compile(r"解读")),
    (ColumnKind.NEWS, re.compile(r"动态|要闻|新闻|快讯")),
    (ColumnKind.NOTICE, re.compile(r"公告|公示|通知|通告")),
    (ColumnKind.POLICY, re.compile(r"(?:政策|规范性|政府|县府|部门|公开)文件|政策法规")),
)
_SAID = {
    "政务动态": ColumnKind.NEWS, "通知公告": ColumnKind.NOTICE, "政策文件": ColumnKind.POLICY,
    "解读": ColumnKind.READING, "政策解读": ColumnKind.READING, "概况信息": ColumnKind.STANDING,
    "机构职能": ColumnKind.STANDING, "负责人信息": ColumnKind.STANDING,
}  # fmt: skip
_LIMITS = {
    ColumnKind.NEWS: Limit(days=14),
    ColumnKind.NOTICE: Limit(months=6),
    ColumnKind.POLICY: Limit(months=6),
    ColumnKind.READING: Limit(months=6),
    ColumnKind.REPLIES: Limit(months=2),
    ColumnKind.FIGURES: Limit(months=3),
    ColumnKind.OTHER: Limit(months=12),
}
_FIRST_LEVEL_ONLY = frozenset((ColumnKind.NOTICE, ColumnKind.POLICY))
COUNTED_TOGETHER = frozenset((ColumnKind.NEWS, ColumnKind.NOTICE, ColumnKind.POLICY))
_CLOSED = re.compile(r"已于[^，。]{2,16}(?:结束|停止|完成)|存档备查|不再更新|已归档|停止更新")
_NOTHING = re.compile(
    r"暂无(?:内容|信息|数据|文章|记录|相关(?:内容|信息))?|没有(?:找到)?(?:相关)?(?:内容|信息|数据|记录)|"
    r"(?:本)?(?:栏目|页面|内容|网站)?(?:正在)?(?:建设|更新|完善|维护|整理)中|敬请期待|无数据|即将(?:上线|开通)"
)
_FRAME = re.compile(
    r"当前位置.*|您(?:现在)?(?:的|所在)位置.*|共\s*\d+\s*(?:条(?:记录|信息)?|页|个?记录)|第\s*\d+\s*页|"
    r"每页\s*\d+\s*条|首页|上一?页|下一?页|尾页|末页|更多|跳转"
)
_WAIT_TOGETHER, _WAIT_ALL, _EMPTY_ALL = 5, 10, 5


def months_before(day: date, months: int) -> date:
    """Return the day so many months before; a day that is not there is the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def kind_of_name(name: str, said: str, *, is_closed: bool = False) -> ColumnKind:
    """Return a column's kind by its name, else by its tag; a finished one owes nothing."""
    if is_closed:
        return ColumnKind.STANDING
    for kind, form in _NAMES:
        if form.search(name):
            return kind
    return _SAID.get(said.strip(), ColumnKind.OTHER)


def limit_of(column: Column) -> Limit | None:
    """Return how old the newest may be, None where a column owes no freshness."""
    kind = column.kind
    if kind in _FIRST_LEVEL_ONLY and column.level > 1:
        kind = ColumnKind.OTHER
    return _LIMITS.get(kind)


def stale(column: Column, today: date) -> str:
    """Return why a column is stale, "" where it is not or nothing of it is dated."""
    limit = limit_of(column)
    if limit is None or column.newest is None or column.is_empty:
        return ""
    if not limit.is_over(column.newest, today):
        return ""
    age = (today - column.newest).days
    return f"“{column.name}”最近一次更新是{column.newest}，已{age}天，超过{limit.label}的期限。"


def is_empty(view: View) -> bool:
    """Say whether a column's page has no content: no rows, or only words like 暂无."""
    name = view.page.meta("ColumnName") or view.page.heading
    if any(each.tag == "td" and each.told for each in view.page.blocks):
        return False
    content = [
        each.told
        for each in view.page.blocks
        if each.place is Place.MAIN and not (each.tag == "h1" or each.told.strip() == name)
    ]
    left = _FRAME.sub("", "\n".join(content))
    left = re.sub(r"[\s，。！!,.…>＞、/]+", "", _NOTHING.sub("", left))
    return not left


def is_closed(view: View) -> bool:
    """Say whether a column says that it is finished."""
    return bool(_CLOSED.search(view.main))


def veto(columns: Collection[Column], today: date) -> str:
    """Return why columns veto the site (W4), "" where they do not."""
    waiting = [each for each in columns if stale(each, today)]
    together = [
        each
        for each in waiting
        if each.kind in COUNTED_TOGETHER and (each.level == 1 or each.kind is ColumnKind.NEWS)
    ]
    empty = [each for each in columns if each.is_empty]
    told = []
    if len(together) >= _WAIT_TOGETHER:
        told.append(f"动态要闻、通知公告、政策文件类栏目有{len(together)}个未按期更新")
    if len(waiting) >= _WAIT_ALL:
        told.append(f"应更新未更新的栏目有{len(waiting)}个")
    if len(empty) >= _EMPTY_ALL:
        told.append(f"空白栏目有{len(empty)}个")
    return "；".join(told) + "。" if told else ""
