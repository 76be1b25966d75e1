"""Reading table two: blocks under their own heads, cells by the columns of the head."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.tables.editions import EDITIONS
from gongkai.tables.forms import Block, Column, FormEdition, Row
from gongkai.tables.reading.cells import is_value
from gongkai.tables.reading.harvest import Harvest
from gongkai.tables.reading.labels import canonical, proactive_columns, proactive_rows
from gongkai.tables.reading.lines import Line, Slot
from gongkai.tables.sheet import Table


@dataclass(frozen=True, slots=True)
class _Place:
    column: int
    code: str
    label: str


def is_head(line: Line) -> bool:
    """Say whether a row is the head of a block: "信息内容" or two names of columns."""
    if any(is_value(slot.text) for slot in line.filled):
        return False
    found = [slot for slot in line.filled if proactive_columns().match(slot.text)]
    corner = any(canonical(slot.text) == "信息内容" for slot in line.filled)
    return len(found) >= 2 or (corner and bool(found or len(line.filled) > 1))


def row_code(line: Line) -> str | None:
    """Return the row of table two that a line begins with."""
    if not line.filled:
        return None
    match = proactive_rows().match(line.filled[0].text)
    return match.code if match else None


def vote(lines: Sequence[Line]) -> str | None:
    """Return the edition whose column names table two prints, when one leads."""
    votes = {"2019": 0, "2021": 0}
    for line in lines:
        if is_head(line):
            for slot in line.filled:
                match = proactive_columns().match(slot.text)
                if match:
                    votes[match.code.split()[0]] += 1
        elif row_code(line) in ("T2.5.2", "T2.9.1"):
            votes["2019"] += 1
    if votes["2019"] == votes["2021"]:
        return None
    return max(votes, key=lambda edition: votes[edition])


def read_proactive(lines: Sequence[Line], edition: FormEdition) -> Harvest:
    """Read table two, printed on `edition`, from the rows of grids that hold it."""
    harvest = Harvest(Table.PROACTIVE)
    blocks = {
        row.code: (block, row) for block in edition.tables[Table.PROACTIVE] for row in block.rows
    }
    head: tuple[_Place, ...] = ()
    for line in lines:
        if is_head(line):
            head = _head(line)
            continue
        code = row_code(line)
        if code is None:
            continue
        if code not in blocks:
            label = "".join(line.filled[0].text.split())
            message = f"表二“{label}”行不属于 {edition.id} 年格式，请按适用的格式编制。"
            harvest.find("B2", code, "", message)
            continue
        block, row = blocks[code]
        _read_row(line, block, row, head, harvest)
    return harvest


def _head(line: Line) -> tuple[_Place, ...]:
    places: list[_Place] = []
    for slot in line.filled:
        match = proactive_columns().match(slot.text)
        code = match.code if match else ""
        if canonical(slot.text) == "信息内容" or (places and places[-1].label == slot.text):
            continue
        places.append(_Place(slot.column, code, slot.text))
    return tuple(places)


def _read_row(
    line: Line, block: Block, row: Row, head: tuple[_Place, ...], harvest: Harvest
) -> None:
    label = line.filled[0]
    tail = tuple(slot for slot in line.slots if slot.column > label.column)
    doubled = row.code in harvest.row_labels
    harvest.row_labels.setdefault(row.code, label.text)
    before = {key: cell for key, cell in harvest.cells.items() if key[0] == row.code}
    columns = _columns_of(block, head, row, harvest)
    texts = _by_head(tail, columns) if columns else None
    texts = texts or _by_count(tail, block.columns)
    if texts is None:
        harvest.give_up(row.code, block.columns, line.raw)
    else:
        for column, text in texts:
            harvest.put(row.code, column, text)
    if doubled:
        message = f"{harvest.where(row.code)}重复出现，请删去多余的一行。"
        harvest.find("B2", row.code, "", message)
        if any(harvest.cells.get(key) != cell for key, cell in before.items()):
            harvest.give_up(row.code, block.columns, line.raw)


def _columns_of(
    block: Block, head: tuple[_Place, ...], row: Row, harvest: Harvest
) -> tuple[tuple[int, Column], ...]:
    """Match the head's columns with the block's; none when the head is another's or strange."""
    by_name = {canonical(column.label): column for column in block.columns}
    found: list[tuple[int, Column]] = []
    for place in head:
        column = by_name.get(canonical(place.label))
        if column is None and place.code:
            column = block.column_of.get(place.code.split()[1])
            column = column if column and _same_kind(place, block) else None
        if column is None or any(column is other for _, other in found):
            return ()
        harvest.column_labels.setdefault(f"{block.rows[0].code} {column.code}", place.label)
        found.append((place.column, column))
    for column in block.columns if found else ():
        if all(column is not other for _, other in found) and row is block.rows[0]:
            message = f"表二{block.label}缺少“{column.label}”列，请按格式补上。"
            harvest.find("B2", row.code, column.code, message)
    return tuple(found)


def _same_kind(place: _Place, block: Block) -> bool:
    edition, _ = place.code.split()
    return any(block is own for own in EDITIONS[edition].tables[Table.PROACTIVE])


def _by_head(
    tail: Sequence[Slot], columns: tuple[tuple[int, Column], ...]
) -> list[tuple[Column, str]] | None:
    """Give each column what stands between its place and the next; None when that is not one."""
    told: list[tuple[Column, str]] = []
    ends = [place for place, _ in columns[1:]] + [10**6]
    if any(slot.filled and slot.column < columns[0][0] for slot in tail):
        return None
    for (start, column), end in zip(columns, ends, strict=True):
        texts = {slot.text.strip() for slot in tail if slot.filled and start <= slot.column < end}
        if len(texts) > 1:
            return None
        told.append((column, texts.pop() if texts else ""))
    return told


def _by_count(tail: Sequence[Slot], columns: tuple[Column, ...]) -> list[tuple[Column, str]] | None:
    filled = [slot.text for slot in tail if slot.filled]
    if len(tail) == len(columns):
        filled = [slot.text for slot in tail]
    if len(filled) == len(columns):
        return list(zip(columns, filled, strict=True))
    return None
