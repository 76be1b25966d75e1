"""Worksheets of batches: the columns, how each cell is read, how rows are written.

A row is one batch. People type dates, counts and money in every manner; what can be
read with certainty is read, anything else is a fault with its row, column and remedy.
Plain Python; the file itself is opened by `gongkai.adapters.xlsx`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gongkai.registers.rules.entries import (
    FIGURE_LABELS,
    FIGURES,
    LONGEST_SOURCE,
    BatchFigures,
    RegisterKind,
    RowFault,
)
from gongkai.tables.grid import Grid

HEADS: Mapping[str, str] = {
    "organ": "填报机构",
    "kind": "类别",
    "period_start": "统计开始日期",
    "period_end": "统计结束日期",
    **FIGURE_LABELS,
    "source_name": "数据来源",
    "note": "备注",
}
NEEDED = ("organ", "kind", "period_start", "period_end")
HEAD_ROWS = 10
MOST_ROWS = 1_500
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheet serial numbers after February 1900
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_MIDNIGHT = r"(?:[T ]?00:00(?::00(?:\.0+)?)?)?"
_DAY = re.compile(
    rf"(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})日?{_MIDNIGHT}|(\d{{4}})(\d{{2}})(\d{{2}})"
)
_COUNT = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)")
_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(元|万元?|亿元?)?")
_YUAN = {"": 1, "元": 1, "万": 10_000, "万元": 10_000, "亿": 100_000_000, "亿元": 100_000_000}
_NOTHING = ("", "/", "-", "—", "--", "——", "无")


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row as read: the organ's name as written, and its figures."""

    row: int
    organ: str
    figures: BatchFigures


@dataclass(frozen=True, slots=True)
class Worksheet:
    """What a file says: the rows that could be read, and every fault."""

    rows: tuple[WrittenRow, ...]
    faults: tuple[RowFault, ...]


def read(grids: Sequence[Grid], *, file_name: str) -> Worksheet:
    """Read the first sheet that has the heads of the template.

    A row without a source is from the file itself. Rows that are wholly blank are
    passed over.
    """
    for grid in grids:
        matrix = grid.matrix
        for offset, line in enumerate(matrix[:HEAD_ROWS]):
            places = places_of(line)
            if len(places) > 2:
                return _read_rows(matrix[offset:], grid.first_row + offset, places, file_name)
    heads = "、".join(HEADS[name] for name in NEEDED)
    message = f"没有找到表头，请使用下载的模板填写，表头须有：{heads}"
    return Worksheet((), (RowFault(1, "", message),))


def written(organ: str, figures: BatchFigures) -> tuple[str | int | Decimal, ...]:
    """Return the cells of one row in the order of `HEADS`; figures not counted stay blank."""
    told = [figures.figure(name) if name in FIGURES[figures.kind] else "" for name in FIGURE_LABELS]
    days = (figures.period_start.isoformat(), figures.period_end.isoformat())
    return (organ, figures.kind.label, *days, *told, figures.source_name, figures.note)


def read_day(text: str) -> date:
    """Return the day that a cell names: 2020-1-1, 2020年1月1日, 20200101 or a serial number.

    Raises:
        ValueError: it names none.
    """
    folded = _fold(text)
    if folded.isdigit() and len(folded) == 5 and int(folded) in _SERIALS:
        return _EPOCH + timedelta(days=int(folded))
    found = _DAY.fullmatch(folded)
    if found is None:
        raise ValueError(f"“{shortened(text)}”不是日期，请写成2020-12-31的样子")
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"“{shortened(text)}”不是日历上有的日期，请核对") from None


def read_count(text: str) -> int:
    """Return a whole number; blank and "/" are 0.

    Raises:
        ValueError: it is none.
    """
    folded = _fold(text).replace("−", "-")
    if folded in _NOTHING:
        return 0
    if not _COUNT.fullmatch(folded) or len(folded) > 20:
        raise ValueError(f"“{shortened(text)}”不是整数，请只填阿拉伯数字，不带单位")
    return int(folded.replace(",", ""))


def read_amount(text: str) -> Decimal:
    """Return an amount in 元; a unit written in the cell (万元, 亿元) is heeded.

    Raises:
        ValueError: it is no amount.
    """
    folded = _fold(text)
    if folded in _NOTHING:
        return Decimal(0)
    found = _AMOUNT.fullmatch(folded)
    if found is None or len(folded) > 40:
        raise ValueError(
            f"“{shortened(text)}”不是金额，请填以元为单位的数字，如251000或20063.4964万元"
        )
    amount = Decimal(found[1].replace(",", "")) * _YUAN[found[2] or ""]
    # 2.50 and 2.5 are one amount; whole sums are written without an exponent.
    return amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount.normalize()


def places_of(line: Sequence[str], heads: Mapping[str, str] = HEADS) -> dict[str, int]:
    """Return the column of each head that a line has, by the field it names."""
    names = {folded_head(label): name for name, label in heads.items()}
    places: dict[str, int] = {}
    for column, text in enumerate(line):
        name = names.get(folded_head(text))
        if name is not None:
            places.setdefault(name, column)
    return places


def foreign_heads(line: Sequence[str], places: Mapping[str, int]) -> str:
    """Return the complaint about heads nobody reads, such as a doubled one or 金额（万元）."""
    taken = set(places.values())
    foreign = [text for column, text in enumerate(line) if text.strip() and column not in taken]
    if not foreign:
        return ""
    shown = "”“".join(shortened(text) for text in foreign[:10])
    return f"表头“{shown}”不在模板中或重复，其数据不会读取，请改用模板的表头或删去该列"


def _read_rows(
    lines: Sequence[Sequence[str]], head_row: int, places: Mapping[str, int], file_name: str
) -> Worksheet:
    missing = [HEADS[name] for name in NEEDED if name not in places]
    message = foreign_heads(lines[0], places)
    if missing:
        message = f"缺少表头：{'、'.join(missing)}，请使用下载的模板填写"
    if message:
        return Worksheet((), (RowFault(head_row, "", message),))
    rows: list[WrittenRow] = []
    faults: list[RowFault] = []
    for number, line in enumerate(lines[1:], start=head_row + 1):
        cells = {name: line[column].strip() for name, column in places.items()}
        if not any(cells.values()):
            continue
        if len(rows) >= MOST_ROWS:
            faults.append(RowFault(number, "", f"一次最多导入{MOST_ROWS}行，请分成几个文件导入"))
            break
        found = _read_row(number, cells, file_name)
        if isinstance(found, WrittenRow):
            rows.append(found)
        else:
            faults += found
    return Worksheet(tuple(rows), tuple(faults))


def _read_row(row: int, cells: Mapping[str, str], file_name: str) -> WrittenRow | list[RowFault]:
    faults: list[RowFault] = []
    values: dict[str, Any] = {}
    readers: dict[str, Callable[[str], object]] = {
        "organ": read_name,
        "kind": _read_kind,
        "period_start": read_day,
        "period_end": read_day,
        "item_change": read_count,
        "decisions": read_count,
        "projects": read_count,
        "amount": read_amount,
    }
    for name, reader in readers.items():
        try:
            values[name] = reader(cells.get(name, ""))
        except ValueError as error:
            faults.append(RowFault(row, HEADS[name], str(error)))
    kind = values.get("kind")
    if kind is not None and not any(cells.get(name) for name in FIGURES[kind]):
        labels = "”或“".join(FIGURE_LABELS[name] for name in FIGURES[kind])
        message = f"没有数字，请至少填写“{labels}”，没有发生的填0"
        faults.append(RowFault(row, FIGURE_LABELS[FIGURES[kind][0]], message))
    if faults:
        return faults
    organ = values.pop("organ")
    source = cells.get("source_name") or file_name[:LONGEST_SOURCE]
    return WrittenRow(
        row, organ, BatchFigures(**values, source_name=source, note=cells.get("note", ""))
    )


def read_name(text: str) -> str:
    """Return an organ's name as written.

    Raises:
        ValueError: there is none.
    """
    if not text:
        raise ValueError("请填写机构的全称或简称")
    return text


def _read_kind(text: str) -> RegisterKind:
    folded = folded_head(text)
    for kind in RegisterKind:
        if folded == kind.label or folded == kind.value:
            return kind
    labels = "、".join(kind.label for kind in RegisterKind)
    raise ValueError(
        f"“{shortened(text)}”不是类别，请填：{labels}" if text else f"请填写类别：{labels}"
    )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().replace("，", ",")


def folded_head(text: str) -> str:
    """Return a head or a choice without blanks and marks."""
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", text))


def shortened(text: str) -> str:
    """Return what messages quote of a cell."""
    return text if len(text) <= 30 else text[:30] + "……"
