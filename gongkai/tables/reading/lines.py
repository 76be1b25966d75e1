"""The rows of a document's grids as lines of cells that really stand in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.tables.grid import Grid


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell, the column it begins in and the columns it covers."""

    column: int
    text: str
    wide: int = 1

    @property
    def filled(self) -> bool:
        """Whether anything is printed."""
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a grid; cells covered by a span from above are not in it."""

    grid: int
    slots: tuple[Slot, ...]

    @property
    def filled(self) -> tuple[Slot, ...]:
        """The cells in which something is printed."""
        return tuple(slot for slot in self.slots if slot.filled)

    @property
    def raw(self) -> str:
        """The row's print, for messages."""
        return " | ".join("".join(slot.text.split()) for slot in self.filled)[:120]


def lines_of(grid: Grid, number: int) -> Iterator[Line]:
    """Yield the rows of a grid with the column each cell begins in."""
    held: dict[int, int] = {}
    for cells in grid.rows:
        slots: list[Slot] = []
        following: dict[int, int] = {}
        column = 0
        for cell in cells:
            while held.get(column, 0) > 0:
                column += 1
            slots.append(Slot(column, cell.text, cell.colspan))
            for across in range(column, column + cell.colspan):
                following[across] = cell.rowspan - 1
            column += cell.colspan
        for across, left in held.items():
            if left > 0 and across not in following:
                following[across] = left - 1
        held = following
        yield Line(number, tuple(slots))
