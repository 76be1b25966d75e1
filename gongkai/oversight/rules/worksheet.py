"""Tables of tasks (任务分工表) and of those present (签到表): how their cells are read.

What can be read with certainty is read, anything else is a fault with its row, column and remedy. A
cell that covers several rows (重点领域) holds for all of them. The file is opened by the adapters.
"""

import calendar
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from gongkai.oversight.lifecycle import RowFault, ToldWrongly
from gongkai.oversight.rules.texts import used
from gongkai.tables.grid import Grid

MOST_ROWS = 500
_HEAD_ROWS = 10
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.0+)?")
_DAY = re.compile(
    r"(?:(\d{4})[-/.年])?(\d{1,2})(?:[-/.月](\d{1,2})日?|月底?前?(?:完成)?)(?:前|底前)?(?:完成)?"
)
_SPLIT = re.compile(r"[、，,；;/\n\s]+")
_END_OF_YEAR = ("年底前", "年底", "全年", "长期", "持续推进", "长期坚持", "12月底前")
_NOTHING = ("", "/", "-", "—", "无")

TASK_HEADS: Mapping[str, tuple[str, ...]] = {
    "heading": ("重点领域", "工作领域", "重点任务", "一级任务", "类别"),
    "content": ("任务内容", "工作任务", "具体任务", "工作内容", "任务"),
    "lead": ("牵头单位", "责任单位", "牵头部门"),
    "joint": ("配合单位", "参与单位", "协办单位"),
    "due_on": ("完成时限", "完成时间", "时限"),
}
NEEDED_OF_TASKS = ("content", "lead", "due_on")
ATTENDEE_HEADS: Mapping[str, tuple[str, ...]] = {
    "person": ("姓名",),
    "unit": ("单位", "工作单位"),
    "post": ("职务", "职务（岗位）", "岗位"),
}
NEEDED_OF_ATTENDEES = ("person", "unit")


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row of a table: its number and its cells by field."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: its filled rows, and what stands against it."""

    lines: tuple[Line, ...] = ()
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenTask:
    """A task as a row tells it; organs by the names that were written."""

    row: int
    heading: str
    content: str
    lead: str
    joint: tuple[str, ...]
    due_on: date


@dataclass(frozen=True, slots=True)
class WrittenAttendee:
    """Somebody who was present, as a row tells it."""

    row: int
    person: str
    unit: str
    post: str


@dataclass
class _Faults:
    """What is wrong with one row."""

    row: int
    heads: Mapping[str, tuple[str, ...]]
    found: list[RowFault] = field(default_factory=list)

    def add(self, name: str, why: object) -> None:
        self.found.append(RowFault(self.row, self.heads[name][0], str(why)))


def table_of(
    grids: Sequence[Grid], heads: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Table:
    """Return the filled rows of every table that has the needed heads."""
    names = {folded(each): name for name, given in heads.items() for each in given}
    lines: list[Line] = []
    for grid in grids:
        for offset, line in enumerate(grid.matrix[:_HEAD_ROWS]):
            places: dict[str, int] = {}
            for column, text in enumerate(line):
                if (name := names.get(folded(text))) is not None:
                    places.setdefault(name, column)
            if all(name in places for name in needed):
                lines += _lines(grid.matrix[offset + 1 :], grid.first_row + offset + 1, places)
                break
    if not lines:
        wanted = "、".join(heads[name][0] for name in needed)
        fault = RowFault(1, "", f"没有读到内容。表头须有：{wanted}，表头下面每行写一项")
        return Table(faults=(fault,))
    if len(lines) > MOST_ROWS:
        fault = RowFault(1, "", f"超过{MOST_ROWS}行，请分成几个文件后再导入")
        return Table(faults=(fault,))
    return Table(tuple(lines))


def _lines(rows: Sequence[Sequence[str]], first: int, places: Mapping[str, int]) -> list[Line]:
    found, heading = [], ""
    for number, row in enumerate(rows, start=first):
        cells = {name: row[column].strip() for name, column in places.items()}
        if not any(text for name, text in cells.items() if name != "heading"):
            heading = cells.get("heading") or heading
            continue
        if "heading" in cells:
            heading = cells["heading"] = cells["heading"] or heading
        found.append(Line(number, cells))
    return found


def read_task(line: Line, year: int) -> WrittenTask | list[RowFault]:
    """Return the task of a row, or everything wrong with it; a day without a year is of `year`."""
    faults = _Faults(line.row, TASK_HEADS)
    told: dict[str, str] = {}
    for name, required in (("heading", False), ("content", True)):
        try:
            told[name] = used(line.cells.get(name, ""), name, required=required)
        except ToldWrongly as wrong:
            faults.add(name, wrong)
    lead, *others = names_in(line.cells.get("lead", "")) or [""]
    if not lead:
        faults.add("lead", "请填写“牵头单位”")
    joint = tuple(dict.fromkeys([*others, *names_in(line.cells.get("joint", ""))]))
    try:
        due_on = read_day(line.cells.get("due_on", ""), year)
    except ValueError as wrong:
        faults.add("due_on", wrong)
        due_on = date.max
    if faults.found:
        return faults.found
    return WrittenTask(line.row, told["heading"], told["content"], lead, joint, due_on)


def read_attendee(line: Line) -> WrittenAttendee | list[RowFault]:
    """Return who was present by a row, or everything wrong with it."""
    faults = _Faults(line.row, ATTENDEE_HEADS)
    told: dict[str, str] = {}
    for name, required in (("person", True), ("unit", True), ("post", False)):
        try:
            told[name] = used(line.cells.get(name, ""), name, required=required)
        except ToldWrongly as wrong:
            faults.add(name, wrong)
    return faults.found or WrittenAttendee(line.row, **told)


def names_in(text: str) -> list[str]:
    """Return the names of organs that a cell lists."""
    found = (each.strip("。.（）() ") for each in _SPLIT.split(text))
    return [each for each in found if each not in _NOTHING]


def read_day(text: str, year: int) -> date:
    """Return the day that a cell names: 2026-09-30, 9月底前, 年底前, a serial number.

    Raises:
        ValueError: it names none.
    """
    told = unicodedata.normalize("NFKC", text).strip()
    if told.removeprefix(f"{year}") in _END_OF_YEAR:
        return date(year, 12, 31)
    if _SERIAL.fullmatch(told):
        return _EPOCH + timedelta(days=int(float(told)))
    found = _DAY.fullmatch(told)
    if found is None:
        raise ValueError(f"“{text[:30]}”不是日期，请写成{year}-09-30、9月底前或者年底前的样子")
    given, month = int(found[1] or year), int(found[2])
    try:
        day = int(found[3]) if found[3] else calendar.monthrange(given, month)[1]
        return date(given, month, day)
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f"“{text[:30]}”不是日历上有的日期，请核对") from None


def folded(text: str) -> str:
    """Return a head without blanks, widths and stars."""
    return re.sub(r"[\s*＊]", "", unicodedata.normalize("NFKC", text)).lower()
