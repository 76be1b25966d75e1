"""Reading table three: rows by label, cells by count or by the columns of the head.

A row's cells are placed only when that is certain: exactly as many cells after the
label as the head has columns, or exactly that many figures side by side, or a grid
whose full rows all stand under its head. Anything else is unreadable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.tables.editions import EDITIONS
from gongkai.tables.forms import Column
from gongkai.tables.reading.cells import is_value
from gongkai.tables.reading.harvest import Harvest
from gongkai.tables.reading.labels import canonical, request_columns, request_rows
from gongkai.tables.reading.lines import Line, Slot
from gongkai.tables.reading.placing import (
    LabelledRow,
    as_neighbours,
    by_count,
    by_head,
    level,
    stands_under,
    starts_of,
    usual_columns,
)
from gongkai.tables.sheet import Table

(_BLOCK,) = EDITIONS["2021"].tables[Table.REQUESTS]
COLUMNS = _BLOCK.columns
_RANK = {column.code: rank for rank, column in enumerate(COLUMNS)}
_HEAD_WORDS = frozenset(("o1", "o2", "o3", "o4"))
_ENOUGH_COLUMNS = 5
_GROUPS = frozenset(("3", "3.3", "3.4", "3.5"))


@dataclass
class _Head:
    """Where the columns of a grid's head begin; a column printed twice has two places."""

    places: dict[str, int] = field(default_factory=dict)
    again: dict[str, int] = field(default_factory=dict)

    @property
    def order(self) -> tuple[tuple[int, str], ...]:
        """The columns from left to right; none when the head's rows do not stand in line."""
        pairs = [*self.places.items(), *self.again.items()]
        order = sorted((place, _RANK[code]) for code, place in pairs)
        places, ranks = [place for place, _ in order], [rank for _, rank in order]
        if len(set(places)) < len(places) or ranks != sorted(ranks):
            return ()
        return tuple((place, COLUMNS[rank].code) for place, rank in order)


def is_head(line: Line) -> bool:
    """Say whether a row belongs to the head of table three."""
    if any("申请人情况" in canonical(slot.text) for slot in line.filled):
        return True
    found = {match.code for slot in line.filled if (match := request_columns().match(slot.text))}
    return len(found & _HEAD_WORDS) >= 2 or (
        "p" in found
        and len(line.filled) <= 8
        and not any(is_value(slot.text) for slot in line.filled)
    )


def read_requests(lines: Sequence[Line]) -> Harvest:
    """Read table three from the rows of grids that hold it."""
    harvest = Harvest(Table.REQUESTS)
    heads: dict[int, _Head] = {}
    rows: list[LabelledRow] = []
    seen: list[str] = []
    for line in _mended(lines):
        if is_head(line):
            _learn_head(heads.setdefault(line.grid, _Head()), line, harvest)
            continue
        row = _row(line, seen)
        if row is not None:
            rows.append(row)
            seen.append(row.code)
    _settle_columns(rows, heads, harvest)
    return harvest


def _settle_columns(
    rows: Sequence[LabelledRow], heads: Mapping[int, _Head], harvest: Harvest
) -> None:
    """Find which columns the table has, report missing and doubled ones, place the rows."""
    named = [head for head in heads.values() if len(head.places) >= _ENOUGH_COLUMNS]
    present = set().union(*(head.places for head in named)) if named else set()
    missing = [column for column in COLUMNS if column.code not in present] if named else []
    if missing and sum(by_count(row, len(COLUMNS)) is not None for row in rows) * 2 > len(rows):
        for column in missing:
            harvest.find("N1", "", column.code, f"表三“{column.label}”列的列名与格式不符，请更正。")
        missing = []
    for column in missing:
        harvest.find("B2", "", column.code, f"表三缺少“{column.label}”列，请按格式补上。")
    again = {code for head in named for code in head.again}
    for column in COLUMNS:
        if column.code in again:
            message = f"表三“{column.label}”列重复出现，请删去多余的一列。"
            harvest.find("B2", "", column.code, message)
    absent = {column.code for column in missing}
    codes = [column.code for column in COLUMNS if column.code not in absent]
    head = _Head()
    for number in sorted({row.line.grid for row in rows} | set(heads)):
        own = heads.get(number)
        head = own if own is not None and own.places else head
        order = head.order if len(head.order) >= len(codes) + len(again) else ()
        _place(
            [row for row in rows if row.line.grid == number],
            [code for _, code in order] or codes,
            [place for place, _ in order],
            harvest,
        )


def _mended(lines: Sequence[Line]) -> list[Line]:
    """Put together rows torn in two by a page break, label and cells."""
    result: list[Line] = []
    for line in lines:
        before = result[-1] if result else None
        if before is not None and before.filled and line.filled:
            torn = _torn_label(before, line)
            if torn is not None:
                result[-1] = torn
                continue
        result.append(line)
    return result


def _torn_label(before: Line, line: Line) -> Line | None:
    first, second = _last_label(before), _last_label(line)
    if first is None or second is None:
        return None
    if not request_rows().continues(first.text, second.text):
        return None
    rest = {slot.column: slot for slot in line.slots if slot.column > second.column}
    slots = []
    for slot in before.slots:
        if slot is first:
            slots.append(Slot(slot.column, slot.text + second.text, slot.wide))
        elif slot.column > first.column and not slot.filled and slot.column in rest:
            slots.append(rest[slot.column])
        elif slot.column > first.column and slot.column in rest and rest[slot.column].filled:
            return None
        else:
            slots.append(slot)
    return Line(before.grid, tuple(slots))


def _last_label(line: Line) -> Slot | None:
    texts = [slot for slot in line.filled if not is_value(slot.text)]
    return texts[-1] if texts else None


def _row(line: Line, seen: Sequence[str]) -> LabelledRow | None:
    found: tuple[Slot, str] | None = None
    for slot in line.filled:
        code = _code(slot.text, seen)
        if code is None or (found is not None and code in _GROUPS and found[1] not in _GROUPS):
            continue
        found = (slot, code)
    if found is None or found[1] in _GROUPS:
        return None
    label, code = found
    tail = tuple(slot for slot in line.slots if slot.column > label.column)
    if code == "3.6" and not any(slot.filled for slot in tail):
        return None
    return LabelledRow(line, code, label, tail)


def _code(text: str, seen: Sequence[str]) -> str | None:
    match = request_rows().match(text)
    if match is not None:
        return match.code
    bare = canonical(text)
    if bare in ("其他", "其它") and any(code in ("3.6.1", "3.6.2") for code in seen):
        return "3.6.3"
    if bare in ("总计", "合计") and any(code.startswith("3.") for code in seen):
        return "3.7"
    return None


def _learn_head(head: _Head, line: Line, harvest: Harvest) -> None:
    here: dict[str, int] = {}
    for slot in line.filled:
        match = request_columns().match(slot.text)
        if match is None or slot.wide > 2:
            continue
        harvest.column_labels.setdefault(match.code, slot.text)
        if match.code in here and here[match.code] != slot.column:
            head.again[match.code] = slot.column
        here.setdefault(match.code, slot.column)
        head.places.setdefault(match.code, slot.column)


def _place(
    rows: Sequence[LabelledRow], codes: Sequence[str], places: Sequence[int], harvest: Harvest
) -> None:
    usual = usual_columns(rows)
    trusted = bool(places) and stands_under(rows, places)
    starts = starts_of(rows, len(codes))
    for row in rows:
        texts = by_count(row, len(codes)) or as_neighbours(row, len(codes), starts)
        if texts is None and trusted and usual.get(level(row.code)) == row.label.column:
            texts = by_head(row, places)
        doubled = row.code in harvest.row_labels
        harvest.row_labels.setdefault(row.code, row.label.text)
        before = {key: cell for key, cell in harvest.cells.items() if key[0] == row.code}
        _fill(row, codes, texts, harvest)
        if doubled:
            message = f"{harvest.where(row.code)}重复出现，请删去多余的一行。"
            harvest.find("B2", row.code, "", message)
            if any(harvest.cells.get(key) != cell for key, cell in before.items()):
                harvest.give_up(row.code, _columns(codes), row.line.raw)


def _columns(codes: Sequence[str]) -> tuple[Column, ...]:
    return tuple(column for column in COLUMNS if column.code in codes)


def _fill(
    row: LabelledRow, codes: Sequence[str], texts: Sequence[str] | None, harvest: Harvest
) -> None:
    if texts is None:
        harvest.give_up(row.code, _columns(codes), row.line.raw)
        return
    told: dict[str, str] = {}
    for code, text in zip(codes, texts, strict=True):
        if told.setdefault(code, text).strip() != text.strip():
            harvest.give_up(row.code, _columns(codes), row.line.raw)
            return
        harvest.put(row.code, _BLOCK.column_of[code], text)
