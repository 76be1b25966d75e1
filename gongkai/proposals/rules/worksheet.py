"""Tables of proposals: their columns, and how each cell is read and written.

What can be read with certainty is read, anything else is a fault with its row, column and remedy.
The file itself is opened by `gongkai.adapters.xlsx`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from gongkai.proposals.lifecycle import RowFault, ToldWrongly
from gongkai.proposals.lifecycle.kinds import ProposalKind
from gongkai.proposals.rules.told import Contact, Told, checked, checked_contact
from gongkai.tables.grid import Grid

Value = TypeVar("Value")
Cells = Mapping[str, str]
MOST_ROWS = 1_000
_HEAD_ROWS = 10
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.0*)?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+[0:]+)?")
_NOTHING = ("", "/", "-", "—", "--", "——", "无")
_PARTED = re.compile(r"[、,，;；\n]+")

HEADS: Mapping[str, tuple[str, ...]] = {
    "kind": ("类型", "类别"),
    "year": ("年度", "年份"),
    "session": ("届次会议", "届次", "会议"),
    "number": ("编号", "建议号", "提案号", "序号"),
    "subject": ("案由", "标题", "题目"),
    "proposer": ("领衔代表或者第一提案人", "领衔代表", "第一提案人", "提出人", "提案人"),
    "group": ("代表团或者界别", "代表团", "界别"),
    "cosigners": ("附议人数", "联名人数"),
    "phone": ("联系电话", "电话"),
    "address": ("通信地址", "通讯地址", "地址"),
    "content": ("内容", "建议内容", "提案内容"),
    "received_on": ("收到日期", "收文日期"),
    "lead": ("主办单位", "主办", "承办单位"),
    "joint": ("会办单位", "会办", "协办单位"),
    "assigned_on": ("交办日期",),
}
NEEDED = ("kind", "session", "number", "subject", "proposer")
KINDS: Mapping[str, ProposalKind] = {
    "人大建议": ProposalKind.SUGGESTION,
    "建议": ProposalKind.SUGGESTION,
    "代表建议": ProposalKind.SUGGESTION,
    "政协提案": ProposalKind.PROPOSAL,
    "提案": ProposalKind.PROPOSAL,
    "委员提案": ProposalKind.PROPOSAL,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row of a table: its number on the sheet and its cells by field."""

    row: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: its filled rows, and what stands against it."""

    lines: tuple[Line, ...] = ()
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A proposal as a row tells it; organs by the names written."""

    row: int
    told: Told
    contact: Contact
    lead: str
    joint: tuple[str, ...]
    assigned_on: date | None


@dataclass
class _Reader:
    """Reads the cells of one row and gathers what is wrong with them."""

    row: int
    cells: Cells
    faults: list[RowFault] = field(default_factory=list)

    def take(self, name: str, read: Callable[[str], Value], default: Any = None) -> Value | Any:
        try:
            return read(self.cells.get(name, "").strip())
        except (ValueError, ToldWrongly) as wrong:
            head = HEADS.get(name or getattr(wrong, "field", ""), ("",))[0]
            self.faults.append(RowFault(self.row, head, str(wrong)))
            return default


def table_of(grids: Sequence[Grid]) -> Table:
    """Return the filled rows of the first sheet that has the needed heads."""
    names = {_folded(each): name for name, given in HEADS.items() for each in given}
    for grid in grids:
        for offset, line in enumerate(grid.matrix[:_HEAD_ROWS]):
            places: dict[str, int] = {}
            for column, text in enumerate(line):
                if (name := names.get(_folded(text))) is not None:
                    places.setdefault(name, column)
            if all(name in places for name in NEEDED):
                return _lines(grid.matrix[offset + 1 :], grid.first_row + offset + 1, places)
    wanted = "、".join(HEADS[name][0] for name in NEEDED)
    fault = RowFault(1, "", f"没有找到表头，请使用下载的模板填写，表头须有：{wanted}")
    return Table(faults=(fault,))


def read_line(line: Line, *, today: date) -> Written | list[RowFault]:
    """Return the proposal of a row, or everything wrong with it.

    Without a day of receipt it was received on the day of assignment, or today.
    """
    reader = _Reader(line.row, line.cells)
    assigned_on = reader.take("assigned_on", _maybe_day)
    received_on = reader.take("received_on", _maybe_day) or assigned_on or today
    kind = reader.take("kind", _kind, ProposalKind.PROPOSAL)
    told = Told(
        kind=kind,
        year=reader.take("year", lambda text: _whole(text, received_on.year), received_on.year),
        received_on=received_on,
        cosigners=reader.take("cosigners", lambda text: _whole(text, 0), 0),
        group=_blank(line.cells.get("group", "")),
        **{
            name: line.cells.get(name, "")
            for name in ("session", "number", "subject", "proposer", "content")
        },
    )
    contact = Contact(_blank(line.cells.get("phone", "")), _blank(line.cells.get("address", "")))
    written = Written(
        row=line.row,
        told=told if reader.faults else reader.take("", lambda _: checked(told, today), told),
        contact=reader.take("", lambda _: checked_contact(contact), contact),
        lead=_blank(line.cells.get("lead", "")),
        joint=tuple(filter(None, map(_blank, _PARTED.split(line.cells.get("joint", ""))))),
        assigned_on=assigned_on,
    )
    if written.lead and written.assigned_on is None and not reader.faults:
        said = "写了主办单位的，请填写交办日期"
        reader.faults.append(RowFault(line.row, HEADS["assigned_on"][0], said))
    if written.joint and not written.lead:
        said = "写了会办单位的，请填写主办单位"
        reader.faults.append(RowFault(line.row, HEADS["lead"][0], said))
    return reader.faults or written


def read_day(text: str) -> date:
    """Return the day that a cell names: 2020-3-5, 2020年3月5日, a serial number.

    Raises:
        ValueError: it names none.
    """
    told = unicodedata.normalize("NFKC", text).strip()
    if _SERIAL.fullmatch(told):
        return _EPOCH + timedelta(days=int(told.split(".")[0]))
    found = _DAY.fullmatch(told)
    if found is None:
        raise ValueError(f"“{text[:30]}”不是日期，请写成2020-12-31的样子")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise ValueError(f"“{text[:30]}”不是日历上有的日期，请核对") from None


def _lines(matrix: Sequence[Sequence[str]], first: int, places: Mapping[str, int]) -> Table:
    lines: list[Line] = []
    for number, texts in enumerate(matrix, first):
        cells = {name: texts[column].strip() for name, column in places.items()}
        if not any(cells.values()):
            continue
        if len(lines) >= MOST_ROWS:
            fault = RowFault(number, "", f"一次最多导入{MOST_ROWS}行，请分成几个文件导入")
            return Table(tuple(lines), (fault,))
        lines.append(Line(number, cells))
    if not lines:
        return Table(faults=(RowFault(first, "", "文件中没有数据行，请在表头下逐行填写"),))
    return Table(tuple(lines))


def _folded(text: str) -> str:
    return re.sub(r"[\s*＊]", "", unicodedata.normalize("NFKC", text)).lower()


def _blank(text: str) -> str:
    return "" if text.strip() in _NOTHING else text.strip()


def _kind(text: str) -> ProposalKind:
    found = KINDS.get(_folded(text))
    if found is None:
        raise ValueError(f"“{text[:20]}”不是类型，请填：人大建议、政协提案")
    return found


def _whole(text: str, default: int) -> int:
    told = _blank(unicodedata.normalize("NFKC", text)).removesuffix("年").removesuffix("人")
    if not told:
        return default
    if re.fullmatch(r"\d{1,4}(?:\.0+)?", told) is None:
        raise ValueError(f"“{text[:20]}”应当是整数")
    return int(told.split(".")[0])


def _maybe_day(text: str) -> date | None:
    return read_day(text) if _blank(text) else None
