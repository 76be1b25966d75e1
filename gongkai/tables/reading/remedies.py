"""Reading table four: one row of fifteen cells under a head of three groups of five."""

from collections.abc import Sequence

from gongkai.tables.editions.remedies_table import REMEDIES_TABLE
from gongkai.tables.reading.cells import is_value
from gongkai.tables.reading.harvest import Harvest
from gongkai.tables.reading.labels import canonical, remedy_columns
from gongkai.tables.reading.lines import Line, Slot
from gongkai.tables.sheet import Table

COLUMNS = REMEDIES_TABLE.columns


def is_head(line: Line) -> bool:
    """Say whether a row belongs to the head of table four."""
    bare = {canonical(slot.text) for slot in line.filled}
    if "行政复议" in bare or "行政诉讼" in bare or "未经复议直接起诉" in bare:
        return True
    leaves = [slot for slot in line.filled if remedy_columns().match(slot.text)]
    return len(leaves) >= 4


def read_remedies(lines: Sequence[Line]) -> Harvest:
    """Read table four from the rows of grids that hold it."""
    harvest = Harvest(Table.REMEDIES)
    leaves: dict[int, str] = {}
    data: list[Line] = []
    for line in lines:
        if is_head(line):
            for slot in line.filled:
                match = remedy_columns().match(slot.text)
                if match:
                    leaves.setdefault(slot.column, match.code)
        elif _is_data(line):
            data.append(line)
    filled = [line for line in data if line.filled]
    chosen = filled or data[:1]
    if not chosen:
        return harvest
    harvest.row_labels[""] = ""
    _read(chosen[0], leaves, harvest)
    for line in chosen[1:]:
        if any(is_value(slot.text) for slot in line.filled):
            harvest.find("B2", "", "", "表四数据行重复出现，请只保留一行。")
            if [s.text for s in line.filled] != [s.text for s in chosen[0].filled]:
                harvest.give_up("", COLUMNS, line.raw)
    return harvest


def _is_data(line: Line) -> bool:
    return all(len("".join(slot.text.split())) <= 30 for slot in line.slots) and (
        not line.filled or any(is_value(slot.text) for slot in line.filled)
    )


def _read(line: Line, leaves: dict[int, str], harvest: Harvest) -> None:
    texts = _by_count(line.slots) or _by_head(line.slots, leaves)
    if texts is None:
        harvest.give_up("", COLUMNS, line.raw)
        return
    for column, text in zip(COLUMNS, texts, strict=True):
        harvest.put("", column, text)


def _by_count(slots: Sequence[Slot]) -> list[str] | None:
    if len(slots) == len(COLUMNS):
        return [slot.text for slot in slots]
    filled = [index for index, slot in enumerate(slots) if slot.filled]
    if len(filled) == len(COLUMNS):
        return [slots[index].text for index in filled]
    return None


def _by_head(slots: Sequence[Slot], leaves: dict[int, str]) -> list[str] | None:
    """Place under the head when it has the fifteen names in order and nothing stands beside."""
    places = sorted(leaves)
    if [leaves[place] for place in places] != list("12345") * 3:
        return None
    if any(slot.filled and slot.column not in leaves for slot in slots):
        return None
    by_column = {slot.column: slot.text for slot in slots}
    return [by_column.get(place, "") for place in places]


def is_word(slot: Slot) -> bool:
    """Say whether a cell is words of the head rather than a figure."""
    return slot.filled and not is_value(slot.text)
