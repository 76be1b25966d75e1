"""Reading a holiday notice and judging it before it is entered (law.md 10.1).

A notice comes as pasted text ("1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。")
or as a file in the shape of the public data set holiday-cn (one JSON object a year).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gongkai.statute.days import weekday, written
from gongkai.statute.workdays import (
    BadNotice,
    CalendarError,
    WorkdayCalendar,
    YearNotice,
    statutory_holidays,
)

FIRST_YEAR, LAST_YEAR = 2004, 2100
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_TOKEN = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日"
    r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<to>至|到|~|～|—)|(?P<off>放假|补休)|(?P<work>上班)|共(?P<count>\d+)天|(?P<end>[。；;\n])"
)
_SIGNED = re.compile(r"^\s*\d{4}年\d{1,2}月\d{1,2}日\s*$", re.MULTILINE)
_BRACKETS = re.compile(r"（[^）]*）|\([^)]*\)")


class UnreadableNotice(ValueError):
    """The text or file cannot be read as a holiday notice; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days off and the weekend workdays of a notice."""

    off: frozenset[date]
    work: frozenset[date]

    @property
    def off_spelt(self) -> str:
        """Return the days off as a notice spells them."""
        return spell(self.off)

    @property
    def work_spelt(self) -> str:
        """Return the weekend workdays as a notice spells them."""
        return spell(self.work)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a notice: the field at fault, and the remedy in Chinese.

    A doubt is shown before entering and does not stand in the way: the notice of 2015
    did name a lone Sunday.
    """

    field: str
    message: str
    is_doubt: bool = False


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that a notice makes something else: 工作日 -> 放假, and so on."""

    day: date
    was: str
    becomes: str


def read_text(text: str, year: int) -> Days:
    """Read the days of a pasted notice of `year`.

    Dates may leave out year and month as notices do. What stands before 放假 or 补休
    is off, what stands before 上班 is worked; "共N天" must agree with the days named.
    A line that is a date and nothing else is the day of issue and passed over.

    Raises:
        UnreadableNotice: a day that does not exist, days with neither word, a wrong count.
    """
    off: set[date] = set()
    work: set[date] = set()
    pending: list[date] = []
    counted: list[date] = []
    for kind, value in _tokens(_BRACKETS.sub("", _SIGNED.sub("", text)), year):
        if kind == "days":
            pending += value
        elif kind == "off":
            off.update(pending)
            counted, pending = pending, []
        elif kind == "work":
            work.update(pending)
            pending = []
        elif kind == "count" and counted and value != len(counted):
            first = written(counted[0])
            raise UnreadableNotice(
                f"自{first}起写明共{value}天，所列日期却有{len(counted)}天，请核对"
            )
        elif kind == "end" and pending:
            raise UnreadableNotice(f"{written(pending[0])}之后没有写明“放假”或“上班”，请补上")
    if pending:
        raise UnreadableNotice(f"{written(pending[0])}之后没有写明“放假”或“上班”，请补上")
    if not off:
        raise UnreadableNotice("没有读出放假日期，请粘贴通知中列出各节日放假安排的段落")
    return Days(frozenset(off), frozenset(work))


def _tokens(text: str, year: int) -> Iterator[tuple[str, Any]]:
    """Yield what a notice says, ranges already spread out into their days."""
    last: date | None = None
    joining = False
    month = 0
    for found in _TOKEN.finditer(text):
        if found["to"]:
            joining = True
        elif found["day"] or found["iso"]:
            day = _day(found, year, last, month)
            month = day.month
            if joining and last is not None:
                yield "days", _between(last + _ONE_DAY, day)
            else:
                yield "days", [day]
            last, joining = day, False
        elif found["count"]:
            yield "count", int(found["count"])
        else:
            yield ("off" if found["off"] else "work" if found["work"] else "end"), None
            joining = False


def _day(found: re.Match[str], year: int, last: date | None, month: int) -> date:
    if found["iso"]:
        numbers = [int(part) for part in found["iso"].split("-")]
    else:
        named_month = int(found["month"]) if found["month"] else month
        if not named_month:
            raise UnreadableNotice(f"“{found[0]}”没有写明月份，请补上")
        named_year = int(found["year"]) if found["year"] else year
        if not found["year"] and last and last.year < year and named_month == last.month:
            named_year = last.year  # "2022年12月31日" goes on as "12月31日"
        numbers = [named_year, named_month, int(found["day"])]
    try:
        return date(*numbers)
    except ValueError:
        raise UnreadableNotice(f"“{found[0]}”不是存在的日期，请核对") from None


def spell(days: Iterable[date]) -> str:
    """Return `days` in Chinese, unbroken runs as first and last: 1月1日至1月3日、4月5日."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - _ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join("至".join(map(_spell_one, {run[0]: 0, run[-1]: 0})) for run in runs)


def _spell_one(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _between(first: date, last: date) -> list[date]:
    days = (last - first).days + 1
    if not 1 <= days <= 31:
        raise UnreadableNotice(f"到{written(last)}为止的放假期间首尾颠倒或过长，请核对")
    return [first + timedelta(days=n) for n in range(days)]


def read_year_file(content: Any) -> tuple[int, Days]:
    """Read a JSON value in the shape of holiday-cn: {"year", "days": [{"date", "isOffDay"}]}.

    Raises:
        UnreadableNotice: another shape; the message names the entry.
    """
    if not isinstance(content, Mapping) or not isinstance(content.get("days"), list):
        raise UnreadableNotice("文件应为一个 JSON 对象，含 year 和 days 两项")
    year = content.get("year")
    if not isinstance(year, int) or isinstance(year, bool):
        raise UnreadableNotice("文件的 year 一项应为年份（整数）")
    off: set[date] = set()
    work: set[date] = set()
    for number, entry in enumerate(content["days"], start=1):
        try:
            day, is_off = date.fromisoformat(entry["date"]), entry["isOffDay"]
        except (KeyError, TypeError, ValueError):
            raise UnreadableNotice(
                f"days 第 {number} 项应含 date（如 2027-01-01）和 isOffDay（true 或 false）"
            ) from None
        if not isinstance(is_off, bool):
            raise UnreadableNotice(f"days 第 {number} 项的 isOffDay 应为 true 或 false")
        (off if is_off else work).add(day)
    return year, Days(frozenset(off), frozenset(work))


def problems_of(
    year: int, number: str, issued_on: date, days: Days, known: WorkdayCalendar
) -> list[Problem]:
    """Return what is wrong with a notice over the calendar `known` before it.

    Days lie in the year or the last December; working days are weekends, or weekdays
    that were off or follow upon days off (2020-02-03); none is both. A lone weekend
    among the days off is doubted.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return [Problem("year", f"年份须在 {FIRST_YEAR} 至 {LAST_YEAR} 之间")]
    if not days.off and not days.work:
        return [Problem("off_days", "请至少填写一个放假日期")]
    if not year - 1 <= issued_on.year <= year:
        return [Problem("issued_on", f"发文日期应在 {year - 1} 年或 {year} 年，请核对")]
    try:
        notice = YearNotice(year, number, issued_on, days.off, days.work)
    except BadNotice as error:
        return [Problem("off_days", str(error))]
    judged = [
        *(_idle_weekend(day, notice, known) for day in sorted(days.off)),
        *(_odd_workday(day, notice, known) for day in sorted(days.work)),
    ]
    return [problem for problem in judged if problem is not None]


def _idle_weekend(day: date, notice: YearNotice, known: WorkdayCalendar) -> Problem | None:
    """A weekend is off by itself; named alone it is most likely a slip of the pen."""
    if day.weekday() < _SATURDAY or day in known.work or _is_statutory(day):
        return None
    for step in (-_ONE_DAY, _ONE_DAY):
        neighbour = day
        while neighbour in notice.off or neighbour.weekday() >= _SATURDAY:
            if neighbour.weekday() < _SATURDAY or _is_statutory(neighbour):
                return None
            neighbour += step
    text = f"{written(day)}（{weekday(day)}）本来就休息，又不与其他放假日相连，请核对日期"
    return Problem("off_days", text, is_doubt=True)


def _odd_workday(day: date, notice: YearNotice, known: WorkdayCalendar) -> Problem | None:
    before = {day, day - _ONE_DAY}
    if day.weekday() >= _SATURDAY or before & (known.off | notice.off):
        return None
    text = f"{written(day)}（{weekday(day)}）本来就上班，不是调休上班日，请核对日期"
    return Problem("shifted_workdays", text)


def _is_statutory(day: date) -> bool:
    try:
        return day in statutory_holidays(day.year)
    except KeyError:
        return False


def changes_between(before: WorkdayCalendar, after: WorkdayCalendar, year: int) -> list[DayChange]:
    """Return the days of `year` and the December before that `after` makes something else."""
    day = date(year - 1, 12, 1)
    changes = []
    while day.year <= year:
        was, becomes = _describe(before, day), _describe(after, day)
        if was != becomes:
            changes.append(DayChange(day, was, becomes))
        day += _ONE_DAY
    return changes


def _describe(calendar: WorkdayCalendar, day: date) -> str:
    try:
        return calendar.describe(day)
    except CalendarError:
        return "未知"
