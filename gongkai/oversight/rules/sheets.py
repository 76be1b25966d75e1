"""The sheets asked for each month, quarter, half-year and year (law.md 3.6), and their periods."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from gongkai.oversight.rules.kinds import Span
from gongkai.tables.facts import Period


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a sheet under one head."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetTold:
    """One sheet: its title, its rows, the rows that make the columns of its table by organ."""

    title: str
    groups: tuple[Group, ...]
    columns: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return every figure of the sheet in order."""
        return tuple(name for group in self.groups for name in group.names)


def _group(label: str, chapter: str, names: str) -> Group:
    return Group(label, tuple(f"{chapter}.{name}" for name in names.split()))


SHEETS: Mapping[str, SheetTold] = MappingProxyType(
    {
        "requests": SheetTold(
            "依申请公开情况统计表",
            (
                _group("收到申请", "requests", "received carried_in"),
                _group("申请渠道", "requests", "in_person post online fax"),
                _group("申请人", "requests", "natural organisations"),
                _group(
                    "办理结果",
                    "requests",
                    "granted partial withheld unavailable declined otherwise",
                ),
                _group("办理时限", "requests", "on_time overdue carried_out"),
                _group(
                    "行政复议、行政诉讼",
                    "remedies",
                    "reconsideration reconsideration_corrected litigation litigation_corrected",
                ),
            ),
            ("requests.received", "requests.granted", "requests.on_time", "requests.carried_out"),
        ),
        "openness": SheetTold(
            "政务公开工作台账",
            (
                _group("主动公开", "disclosure", "published renewed late outstanding withdrawn"),
                _group("政策文件", "policy", "made published repealed interpretations"),
                _group("政务新媒体", "newmedia", "wechat weibo others"),
                _group(
                    "互动回应",
                    "engagement",
                    "messages messages_on_time errors solicitations surveys interviews responses",
                ),
                _group("建议提案", "proposals", "published"),
                _group("12345热线", "hotline", "received on_time satisfied"),
                _group("监督检查", "inspections", "findings repeated closed overdue"),
            ),
            (
                "disclosure.published",
                "policy.interpretations",
                "engagement.messages",
                "inspections.findings",
            ),
        ),
        "oversight": SheetTold(
            "监督保障情况统计表",
            (
                _group("培训和会议", "oversight", "trainings trained meetings activities"),
                _group("工作要点", "oversight", "tasks_done"),
                _group("监督检查", "inspections", "findings closed"),
                _group("责任追究", "oversight", "accountability"),
            ),
            ("oversight.trainings", "oversight.trained", "oversight.tasks_done"),
        ),
    }
)


def period_of(span: Span, day: date) -> Period:
    """Return the month, quarter, half-year or year in which a day lies."""
    months = span.months
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    return Period(first, _after(first, months) - timedelta(days=1))


def named(span: Span, period: Period) -> str:
    """Return a period as it is written: 2026年第3季度."""
    first = period.start
    if span is Span.MONTH:
        return f"{first.year}年{first.month}月"
    if span is Span.QUARTER:
        return f"{first.year}年第{(first.month - 1) // 3 + 1}季度"
    if span is Span.HALF:
        return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
    return f"{first.year}年"


def _after(first: date, months: int) -> date:
    count = first.month - 1 + months
    return date(first.year + count // 12, count % 12 + 1, 1)
