"""Tables of orders as the city centre hands them over: their columns, and how each cell is read.

What can be read with certainty is read, anything else is a fault with its row, column and remedy.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from gongkai.hotline.lifecycle import BadOrder, OrderKind, RowFault, SourceChannel, Urgency
from gongkai.hotline.rules.categories import category_named
from gongkai.hotline.rules.texts import Caller, NewOrder, used
from gongkai.text.delimited import Undelimited, rows_of

Value = TypeVar("Value")
MOST_ROWS = 2_000
_HEAD_ROWS = 10
_LONGEST_CELL = 100_000
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 -- day 0 of a spreadsheet, in the county's own time
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})"
    r"(?:\.\d+)?秒?|分)?)?"
)
_YES, _NO = ("是", "√", "同意", "紧急"), ("否", "×", "不同意", "一般", "")

HEADS: Mapping[str, tuple[str, ...]] = {
    "number": ("工单编号", "工单号", "编号"),
    "received_at": ("受理时间", "来电时间", "登记时间"),
    "source": ("受理渠道", "来源渠道", "渠道"),
    "kind": ("诉求类型", "工单类型", "类型"),
    "category": ("归口分类", "诉求分类", "分类"),
    "township": ("所在乡镇", "乡镇"),
    "place": ("诉求地点", "地点", "地址"),
    "subject": ("事由", "标题", "诉求标题"),
    "content": ("诉求内容", "内容", "工单内容"),
    "name": ("诉求人", "诉求人姓名", "来电人", "姓名"),
    "phone": ("联系电话", "来电号码", "电话"),
    "urgency": ("紧急程度", "是否紧急"),
    "confidential": ("是否保密", "保密"),
    "may_publish": ("是否同意公开", "可否公开"),
}
NEEDED = ("number", "received_at", "kind", "content")


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row of a table: its number on the sheet and its cells by field."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: its filled rows, and what stands against it."""

    lines: tuple[Line, ...] = ()
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenOrder:
    """An order as a row tells it; `received_at` is in the county's own time."""

    row: int
    told: NewOrder
    caller: Caller
    received_at: datetime
    township: str


@dataclass
class _Reader:
    """Reads the cells of one row and gathers what is wrong with them."""

    row: int
    cells: Mapping[str, str]
    faults: list[RowFault] = field(default_factory=list)

    def take(self, name: str, read: Callable[[str], Value], default: Any = None) -> Value | Any:
        try:
            return read(self.cells.get(name, "").strip())
        except (ValueError, BadOrder) as wrong:
            self.faults.append(RowFault(self.row, HEADS[name][0], str(wrong)))
            return default


def rows_of_csv(text: str) -> list[list[str]]:
    """Return the rows of a comma-separated text.

    Raises:
        BadOrder: it is none, or a cell is too long to be one.
    """
    try:
        return list(rows_of(text, _LONGEST_CELL))
    except Undelimited:
        raise BadOrder(
            "文件不是逗号分隔的表格，请另存为 .csv 或者 .xlsx 后再导入", "file"
        ) from None


def table_of(matrices: Iterable[tuple[Sequence[Sequence[str]], int]]) -> Table:
    """Return the filled rows of the first matrix that has the needed heads.

    Each matrix comes with the number of its first row on the sheet.
    """
    names = {_folded(each): name for name, given in HEADS.items() for each in given}
    for matrix, first in matrices:
        for offset, line in enumerate(matrix[:_HEAD_ROWS]):
            places: dict[str, int] = {}
            for column, text in enumerate(line):
                if (name := names.get(_folded(text))) is not None:
                    places.setdefault(name, column)
            if all(name in places for name in NEEDED):
                return _lines(matrix[offset + 1 :], first + offset + 1, places)
    wanted = "、".join(HEADS[name][0] for name in NEEDED)
    fault = RowFault(1, "", f"没有找到表头，请使用下载的模板填写，表头须有：{wanted}")
    return Table(faults=(fault,))


def read_order(line: Line) -> WrittenOrder | list[RowFault]:
    """Return the order of a row, or everything wrong with it."""
    reader, cells = _Reader(line.row, line.cells), line.cells
    content = reader.take("content", lambda text: used(text, "content"), "")
    written = WrittenOrder(
        row=line.row,
        told=NewOrder(
            source=reader.take("source", _source, SourceChannel.PHONE),
            kind=reader.take("kind", _kind, OrderKind.ENQUIRY),
            subject=reader.take("subject", lambda text: _subject(text, content), ""),
            content=content,
            number=reader.take("number", lambda text: used(text, "number"), ""),
            category=reader.take("category", _category, ""),
            place=reader.take("place", lambda text: used(text, "place", required=False), ""),
            urgency=Urgency.URGENT if reader.take("urgency", _yes) else Urgency.NORMAL,
            confidential=bool(reader.take("confidential", _yes)),
            may_publish=bool(reader.take("may_publish", _yes)),
        ),
        caller=Caller(
            reader.take("name", lambda text: used(text, "name", required=False), ""),
            reader.take("phone", lambda text: used(text, "phone", required=False), ""),
        ),
        received_at=reader.take("received_at", read_moment),
        township=cells.get("township", "").strip(),
    )
    return reader.faults or written


def read_moment(text: str) -> datetime:
    """Return the moment that a cell names: 2020-3-5 10:30, 2020年3月5日, a serial number.

    Raises:
        ValueError: it names none.
    """
    told = unicodedata.normalize("NFKC", text).strip()
    if _SERIAL.fullmatch(told):
        moment = _EPOCH + timedelta(minutes=round(float(told) * 24 * 60))
        return moment if "." in told else moment.replace(hour=12)
    found = _MOMENT.fullmatch(told)
    if found is None:
        raise ValueError(f"“{text[:30]}”不是日期和时间，请写成2020-12-31 09:30的样子")
    year, month, day, hour, minute, second = (
        int(part) if part else None for part in found.groups()
    )
    try:
        return datetime(  # noqa: DTZ001
            year or 0, month or 0, day or 0, 12 if hour is None else hour, minute or 0, second or 0
        )
    except ValueError:
        raise ValueError(f"“{text[:30]}”不是日历上有的时间，请核对") from None


def _lines(matrix: Sequence[Sequence[str]], first: int, places: Mapping[str, int]) -> Table:
    lines: list[Line] = []
    for number, texts in enumerate(matrix, first):
        cells = {
            name: texts[column].strip() if column < len(texts) else ""
            for name, column in places.items()
        }
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


def _subject(text: str, content: str) -> str:
    """Return the subject; without one the kind of matter is all that may stand outside the seal."""
    return used(text or ("热线诉求" if content else ""), "subject")


def _source(text: str) -> SourceChannel:
    for each in SourceChannel:
        if each is not SourceChannel.TURNED_OVER and text in (each.label, each.value):
            return each
    if not text or text.startswith(("电话", "来电", "12345")):
        return SourceChannel.PHONE
    raise ValueError(f"“{text[:20]}”不是受理渠道，请填：{_named(SourceChannel)}")


def _kind(text: str) -> OrderKind:
    for each in OrderKind:
        if text in (each.label, f"{each.label}类", each.value):
            return each
    if text in ("意见建议", "意见"):
        return OrderKind.SUGGESTION
    raise ValueError(f"“{text[:20]}”不是诉求类型，请填：{_named(OrderKind)}")


def _named(values: Any) -> str:
    return "、".join(each.label for each in values if each is not SourceChannel.TURNED_OVER)


def _category(text: str) -> str:
    code = category_named(text)
    if code is None:
        raise ValueError(f"“{text[:20]}”不在归口分类中，请按模板的分类填写，或者留空")
    return code


def _yes(text: str) -> bool:
    if text not in _YES + _NO:
        raise ValueError(f"“{text[:20]}”请改填：是、否")
    return text in _YES
