"""Where a row's figures begin: only where there is no doubt.

Three sorts of evidence, in this order: the row has just one run of cells that can hold
its figures; the rows built alike in the same grid all begin at one place; the grid's full
rows all stand under its head.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.tables.reading.lines import Line, Slot


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A row with its code, the cell of its label and the cells after that."""

    line: Line
    code: str
    label: Slot
    tail: tuple[Slot, ...]


def level(code: str) -> int:
    """Return how deep a row stands: 0 for 一、, 1 for （一）, 2 for 1."""
    return code.count(".")


def usual_columns(rows: Sequence[LabelledRow]) -> dict[int, int]:
    """Return the column in which most labels of each level begin, where one clearly leads."""
    usual: dict[int, int] = {}
    for depth in range(3):
        counted = Counter(row.label.column for row in rows if level(row.code) == depth)
        ranked = counted.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            usual[depth] = ranked[0][0]
    return usual


def stands_under(rows: Sequence[LabelledRow], places: Sequence[int]) -> bool:
    """Say whether every full row of the grid stands under its head."""
    for row in rows:
        filled = [slot.column for slot in row.tail if slot.filled]
        if len(filled) == len(places) and filled != list(places):
            return False
    return True


def _windows(row: LabelledRow, wanted: int) -> list[int]:
    """Return where in the cells after the label the row's figures can begin."""
    filled = [index for index, slot in enumerate(row.tail) if slot.filled]
    return [
        start
        for start in range(len(row.tail) - wanted + 1)
        if not filled or (start <= filled[0] and filled[-1] < start + wanted)
    ]


def by_count(row: LabelledRow, wanted: int) -> list[str] | None:
    """Place by number: the only run of as many cells as columns that holds every figure."""
    windows = _windows(row, wanted)
    if windows and not any(slot.filled for slot in row.tail):
        return [""] * wanted
    if len(windows) != 1:
        return None
    return [slot.text for slot in row.tail[windows[0] : windows[0] + wanted]]


_Likeness = tuple[int, int, int]


def _likeness(row: LabelledRow) -> _Likeness:
    return level(row.code), row.label.column, len(row.line.slots)


def starts_of(rows: Sequence[LabelledRow], wanted: int) -> Mapping[_Likeness, set[int]]:
    """Return where figures begin in the rows that leave no doubt, by rows built alike."""
    starts: dict[_Likeness, set[int]] = {}
    for row in rows:
        windows = _windows(row, wanted)
        if len(windows) == 1 and any(slot.filled for slot in row.tail):
            starts.setdefault(_likeness(row), set()).add(windows[0])
    return starts


def as_neighbours(
    row: LabelledRow, wanted: int, starts: Mapping[_Likeness, set[int]]
) -> list[str] | None:
    """Place a row with blanks as the rows built alike, when those all agree."""
    known = starts.get(_likeness(row), set())
    if len(known) != 1:
        return None
    (start,) = known
    if start not in _windows(row, wanted):
        return None
    return [slot.text for slot in row.tail[start : start + wanted]]


def by_head(row: LabelledRow, places: Sequence[int]) -> list[str] | None:
    """Place by the columns of the head; None when a figure stands under none of them."""
    by_column = {slot.column: slot.text for slot in row.tail}
    if any(slot.filled and slot.column not in places for slot in row.tail):
        return None
    return [by_column.get(place, "") for place in places]
