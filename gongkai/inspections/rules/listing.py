"""Lists of faults as evaluators write them: tables of a report or a workbook (practice.md 4.5).

A table counts when its head names a column of problems. Columns go by their heads, exactly or as
firms and offices use to write them; what is not known is told and left out. Where a table names no
unit, the heading above it or a row across it does.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from gongkai.inspections.lifecycle import RowsWrong, ToldWrongly
from gongkai.inspections.rules.ledger_form import (
    BLANK,
    COLUMNS,
    FIELDS,
    MOST_HEAD_ROWS,
    FormRow,
    filled,
    row_of,
)
from gongkai.tables.grid import Grid

MOST_ROWS = 2000
LABELS = {name: head for head, name, _ in COLUMNS if name}
_ASIDE = re.compile(r"[（(\[【].*?[）)\]】]")
_LONGEST_HEADING = 40
# As evaluators head their columns; the first that fits, where no exact name does.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("problem", r"问题(描述|明细|说明|详情|清单|及案例|内容)?$|^(扣|失)分(原因|说明|点|情况)$"),
        ("organ", r"(单位|部门|乡镇|机关|机构)(名称)?$"),
        ("place", r"(链接|网址|地址|URL|url)"),
        ("item", r"^([二三]级|考核|评估|测评|检查)(指标|项目|内容|要点)$|^栏目(名称)?$"),
        ("indicator", r"^(一级)?(指标|板块|类别|分类|大类)(名称)?$|^问题(类型|类别|分类)$"),
        ("standard", r"(评价|评分|考核|评估|扣分|检查)(标准|依据|细则|要求)$"),
        ("found_on", r"(检查|发现|评估|测评|采集|监测)(日期|时间)$"),
        ("person", r"^(责任人|联系人)$"),
        ("measures", r"^整改(措施|建议)$"),
    )
)


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its head as written, and what it was taken for ("" left out)."""

    text: str
    taken_for: str


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table that was recognised: its name, its columns, how many problems it holds."""

    name: str
    heads: tuple[Head, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Listing:
    """What a file was read as: the tables recognised, their rows, how many tables were not."""

    tables: tuple[TableRead, ...]
    rows: tuple[FormRow, ...]
    left_out: int


def field_of(head: str) -> str:
    """Return the field a column's head stands for, "" for none that is known."""
    plain = BLANK.sub("", head)
    without = _ASIDE.sub("", plain)
    if known := FIELDS.get(plain) or FIELDS.get(without):
        return "" if known in ("code", "result") else known
    return next((name for name, pattern in _PATTERNS if pattern.search(without)), "")


def read_listing(parts: Iterable[str | Grid], organs: Collection[str]) -> Listing:
    """Return the problems of every table with a head that names them; `organs` are known names.

    Raises:
        ToldWrongly: no table has such a head, or there are too many rows.
        RowsWrong: rows hold texts too long, unseen characters or days that are none.
    """
    names = sorted({name for name in organs if name}, key=len, reverse=True)
    tables: list[TableRead] = []
    rows: list[FormRow] = []
    faults: list[str] = []
    heading, place = "", 0
    for part in parts:
        if isinstance(part, str):
            heading = _named(part, names) or heading
            continue
        place += 1
        lines = list(filled(part))
        head = _head_of(lines)
        if head is None:
            continue
        table = _Table(f"第{place}张表", part.first_row, lines, head, names, heading)
        read = table.read(faults)
        rows += read
        tables.append(TableRead(table.name, table.heads, len(read)))
        if len(rows) > MOST_ROWS:
            raise ToldWrongly(f"一次最多导入{MOST_ROWS}个问题，请分成几个文件", "file")
    if not tables:
        raise ToldWrongly(
            "没有找到问题清单：表格的表头中应当有“问题明细”（或者问题描述、存在问题、扣分原因）一列",
            "file",
        )
    if faults:
        raise RowsWrong(faults)
    return Listing(tuple(tables), tuple(rows), place - len(tables))


class _Table:
    """One table below its head."""

    def __init__(
        self,
        name: str,
        first_row: int,
        lines: Sequence[Sequence[str]],
        head: int,
        names: Sequence[str],
        heading: str,
    ) -> None:
        self.name, self._names, self._organ = name, names, heading
        self._start, self._lines = first_row + head + 1, lines[head + 1 :]
        self._head = lines[head]
        self._fields = _once([field_of(text) for text in self._head])
        self.heads = tuple(
            Head(text.strip(), LABELS.get(field, ""))
            for text, field in zip(self._head, self._fields, strict=True)
            if text.strip()
        )

    def read(self, faults: list[str]) -> list[FormRow]:
        """Return the rows with a problem; what stands against one is added to `faults`."""
        rows = []
        for number, line in enumerate(self._lines, self._start):
            if self._names_organ(line):
                continue
            pairs = zip(self._fields, line, strict=True)
            told = {field: text.strip() for field, text in pairs if field}
            if not told.get("problem") or list(line) == list(self._head):
                continue
            told["organ"] = told.get("organ") or self._organ
            try:
                rows.append(row_of(number, told, self.name))
            except ToldWrongly as wrong:
                faults.append(f"{self.name}第{number}行{wrong}")
        return rows

    def _names_organ(self, line: Sequence[str]) -> bool:
        """Say whether a row across the table names the unit of the rows below it."""
        said = [text.strip() for text in line if text.strip()]
        if len(said) != 1 or len(line) < 2:
            return False
        named = _named(said[0], self._names)
        self._organ = named or self._organ
        return bool(named)


def _head_of(lines: Sequence[Sequence[str]]) -> int | None:
    """Return the row of a head; of a head of two rows the lower, whose texts say more."""
    heads = [
        number
        for number, line in enumerate(lines[:MOST_HEAD_ROWS])
        if "problem" in (fields := [field_of(text) for text in line]) and len(fields) > 1
    ]
    if not heads:
        return None
    last = heads[0]
    while last + 1 in heads and _is_under(lines[last], lines[last + 1]):
        last += 1
    return last


def _is_under(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Say whether a row is the lower half of a head: what is merged downwards stands in both."""
    pairs = [(a, b) for a, b in zip(upper, lower, strict=True) if field_of(a) == "problem"]
    return all(a == b for a, b in pairs)


def _once(fields: Sequence[str]) -> list[str]:
    """Return the fields, each but once: of two columns of one kind the first counts."""
    seen: set[str] = set()
    kept = []
    for field in fields:
        kept.append("" if field in seen else field)
        seen.add(field)
    return kept


def _named(text: str, names: Sequence[str]) -> str:
    """Return the organ that a short heading names, "" for a sentence or none."""
    plain = BLANK.sub("", text)
    if not plain or len(plain) > _LONGEST_HEADING or plain.endswith(("。", "；", "，")):
        return ""
    return next((name for name in names if name in plain), "")
