"""Worksheets of single decisions: the columns, how each cell is read, how rows are written.

A row is one decision. Anything that cannot be read with certainty is a fault with its row,
column and remedy. Plain Python; the file itself is opened by `gongkai.adapters.xlsx`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.registers.rules.decisions import DECIDED, DecisionFacts, PartyKind
from gongkai.registers.rules.entries import RegisterKind, RowFault
from gongkai.registers.rules.worksheet import (
    HEAD_ROWS,
    MOST_ROWS,
    folded_head,
    foreign_heads,
    places_of,
    read_amount,
    read_day,
    read_name,
    shortened,
)
from gongkai.tables.grid import Grid

HEADS: Mapping[str, str] = {
    "organ": "决定机关",
    "kind": "类别",
    "number": "决定文书号",
    "party_kind": "相对人类别",
    "party": "行政相对人",
    "credit_code": "统一社会信用代码",
    "matter": "事项（案由）",
    "basis": "依据",
    "outcome": "决定内容",
    "amount": "罚没金额（元）",
    "decided_on": "决定日期",
    "valid_to": "有效期至",
    "published_on": "公开日期",
    "address": "公开网址",
    "source_name": "数据来源",
}
NEEDED = ("organ", "kind", "number", "party_kind", "party", "matter", "outcome", "decided_on")


@dataclass(frozen=True, slots=True)
class WrittenDecision:
    """One row as read: the organ's name as written, and the decision."""

    row: int
    organ: str
    facts: DecisionFacts


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """What a file says: the rows that could be read, and every fault."""

    rows: tuple[WrittenDecision, ...]
    faults: tuple[RowFault, ...]


def read(grids: Sequence[Grid], *, file_name: str) -> DecisionSheet:
    """Read the first sheet that has the heads of the template.

    A row without a source is from the file itself. Wholly blank rows are passed over.
    """
    for grid in grids:
        matrix = grid.matrix
        for offset, line in enumerate(matrix[:HEAD_ROWS]):
            places = places_of(line, HEADS)
            if len(places) > 3:
                first = grid.first_row + offset
                return _read_rows(matrix[offset:], first, places, file_name)
    heads = "、".join(HEADS[name] for name in NEEDED)
    message = f"没有找到表头，请使用下载的模板填写，表头须有：{heads}"
    return DecisionSheet((), (RowFault(1, "", message),))


def written(organ: str, facts: DecisionFacts) -> tuple[str | int | Decimal, ...]:
    """Return the cells of one row in the order of `HEADS`."""
    told: dict[str, str | Decimal] = {
        name: getattr(facts, name) for name in HEADS if name not in ("organ", "kind", "party_kind")
    }
    for name in ("decided_on", "valid_to", "published_on"):
        day = getattr(facts, name)
        told[name] = day.isoformat() if day else ""
    told["amount"] = facts.amount if facts.kind is RegisterKind.PENALTY else ""
    labels = {"organ": organ, "kind": facts.kind.label, "party_kind": facts.party_kind.label}
    return tuple((labels | told)[name] for name in HEADS)


def _read_rows(
    lines: Sequence[Sequence[str]], head_row: int, places: Mapping[str, int], file_name: str
) -> DecisionSheet:
    missing = [HEADS[name] for name in NEEDED if name not in places]
    message = foreign_heads(lines[0], places)
    if missing:
        message = f"缺少表头：{'、'.join(missing)}，请使用下载的模板填写"
    if message:
        return DecisionSheet((), (RowFault(head_row, "", message),))
    rows: list[WrittenDecision] = []
    faults: list[RowFault] = []
    for number, line in enumerate(lines[1:], start=head_row + 1):
        cells = {name: line[column].strip() for name, column in places.items()}
        if not any(cells.values()):
            continue
        if len(rows) >= MOST_ROWS:
            faults.append(RowFault(number, "", f"一次最多导入{MOST_ROWS}行，请分成几个文件导入"))
            break
        found = _read_row(number, cells, file_name)
        if isinstance(found, WrittenDecision):
            rows.append(found)
        else:
            faults += found
    return DecisionSheet(tuple(rows), tuple(faults))


def _read_row(
    row: int, cells: Mapping[str, str], file_name: str
) -> WrittenDecision | list[RowFault]:
    faults: list[RowFault] = []
    values: dict[str, Any] = {}
    readers: dict[str, Callable[[str], object]] = {
        "organ": read_name,
        "kind": lambda text: _read_choice(text, DECIDED, "类别"),
        "party_kind": lambda text: _read_choice(text, tuple(PartyKind), "相对人类别"),
        "amount": read_amount,
        "decided_on": _read_needed_day,
        "valid_to": _read_day_or_none,
        "published_on": _read_day_or_none,
    }
    for name in HEADS:
        text = cells.get(name, "")
        try:
            values[name] = readers[name](text) if name in readers else text
        except ValueError as error:
            faults.append(RowFault(row, HEADS[name], str(error)))
    if faults:
        return faults
    organ = values.pop("organ")
    values["source_name"] = values["source_name"] or file_name
    return WrittenDecision(row, organ, DecisionFacts(**values))


def _read_choice(text: str, offered: Sequence[Any], what: str) -> Any:
    folded = folded_head(text)
    for each in offered:
        if folded in (each.label, each.value):
            return each
    labels = "、".join(each.label for each in offered)
    shown = f"“{shortened(text)}”不是{what}，" if text else ""
    raise ValueError(f"{shown}请填：{labels}")


def _read_needed_day(text: str) -> date:
    if not text:
        raise ValueError("请填写决定日期，如2020-12-31")
    return read_day(text)


def _read_day_or_none(text: str) -> date | None:
    return None if text in ("", "/", "-", "—", "长期", "无") else read_day(text)
