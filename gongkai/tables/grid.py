"""Plain values that file readers hand over: paragraphs and grids of cells with spans.

A grid lists its cells as HTML does: a cell covered by a neighbour's span is not
listed. `Document` keeps paragraphs and grids in reading order.
"""

from dataclasses import dataclass, field
from functools import cached_property

from gongkai.tables.forms import Block, FormEdition
from gongkai.tables.sheet import Sheet, Table


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and the rows and columns it covers."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(frozen=True)
class Grid:
    """A table as printed; `first_row` is where its first row stands on a worksheet, from 1."""

    rows: tuple[tuple[GridCell, ...], ...]
    first_row: int = field(default=1, compare=False)

    @cached_property
    def matrix(self) -> tuple[tuple[str, ...], ...]:
        """The texts by row and column: a span shows its text once, at its upper left."""
        held: dict[int, int] = {}
        lines: list[tuple[str, ...]] = []
        for cells in self.rows:
            line: list[str] = []
            following: dict[int, int] = {}
            for cell in cells:
                _skip_held(line, held, following)
                for column in range(len(line), len(line) + cell.colspan):
                    following[column] = cell.rowspan - 1
                line += [cell.text, *[""] * (cell.colspan - 1)]
            _skip_held(line, held, following)
            held = {column: left for column, left in following.items() if left > 0}
            lines.append(tuple(line))
        width = max((len(line) for line in lines), default=0)
        return tuple(line + ("",) * (width - len(line)) for line in lines)


def _skip_held(line: list[str], held: dict[int, int], following: dict[int, int]) -> None:
    while held.get(len(line), 0) > 0:
        following[len(line)] = held[len(line)] - 1
        line.append("")


@dataclass(frozen=True)
class Document:
    """A file's paragraphs and tables in reading order.

    `head` is what the file says of itself without printing it in the text: the title of a
    page, its source, the running head of its pages.
    """

    parts: tuple[str | Grid, ...]
    head: tuple[str, ...] = field(default=(), compare=False)


def official_grid(edition: FormEdition, table: Table, sheet: Sheet) -> Grid:
    """Return a table of `sheet` in the official merged layout of the form."""
    rows: list[tuple[GridCell, ...]] = []
    if table is Table.PROACTIVE:
        for block in edition.tables[table]:
            rows += _proactive_rows(edition, block, sheet)
        return Grid(tuple(rows))
    (block,) = edition.tables[table]
    stub = max(len(block.lineage(row)) for row in block.rows) if block.corner else 0
    rows += head_rows(block, stub)
    rows += _requests_rows(edition, block, sheet, stub) if stub else _one_row(edition, block, sheet)
    return Grid(tuple(rows))


def _proactive_rows(
    edition: FormEdition, block: Block, sheet: Sheet, width: int = 4
) -> list[tuple[GridCell, ...]]:
    def spread(cells: list[GridCell]) -> tuple[GridCell, ...]:
        last = cells[-1]
        wide = width - len(cells) + 1
        return (*cells[:-1], GridCell(last.text, colspan=wide, header=last.header))

    head = [GridCell(block.corner, header=True)]
    head += [GridCell(column.label, header=True) for column in block.columns]
    rows = [(GridCell(block.label, colspan=width, header=True),), spread(head)]
    for row in block.rows:
        cells = [GridCell(row.label, header=True)]
        for column in block.columns:
            path = block.path(row, column)
            cells.append(GridCell(edition.text(path, sheet[path])))
        rows.append(spread(cells))
    return rows


def head_rows(block: Block, stub: int) -> list[tuple[GridCell, ...]]:
    """Return the merged head of table three or four; `stub` columns stand before it."""
    depth = max(len(column.groups) for column in block.columns) + 1
    rows: list[tuple[GridCell, ...]] = []
    for level in range(depth):
        line: list[GridCell] = []
        if stub and level == 0:
            line.append(GridCell(block.corner, rowspan=depth, colspan=stub, header=True))
        before: tuple[str, ...] | None = None
        for column in block.columns:
            if level > len(column.groups):
                before = None
                continue
            if level == len(column.groups):
                line.append(GridCell(column.label, rowspan=depth - level, header=True))
                before = None
                continue
            group = column.groups[: level + 1]
            if group == before:
                last = line[-1]
                line[-1] = GridCell(last.text, colspan=last.colspan + 1, header=True)
            else:
                line.append(GridCell(group[-1], header=True))
            before = group
        rows.append(tuple(line))
    return rows


def _requests_rows(
    edition: FormEdition, block: Block, sheet: Sheet, stub: int
) -> list[tuple[GridCell, ...]]:
    leaves = {row.code: 0 for row in block.rows}
    for row in block.data_rows:
        for ancestor in block.lineage(row):
            leaves[ancestor.code] += 1
    rows: list[tuple[GridCell, ...]] = []
    waiting: list[GridCell] = []
    for row in block.rows:
        if not row.data:
            waiting.append(GridCell(row.label, rowspan=leaves[row.code], header=True))
            continue
        level = len(block.lineage(row)) - 1
        label = GridCell(row.label, colspan=stub - level, header=True)
        cells = [
            GridCell(edition.text(block.path(row, column), sheet[block.path(row, column)]))
            for column in block.columns
        ]
        rows.append((*waiting, label, *cells))
        waiting = []
    return rows


def _one_row(edition: FormEdition, block: Block, sheet: Sheet) -> list[tuple[GridCell, ...]]:
    row = block.rows[0]
    paths = [block.path(row, column) for column in block.columns]
    return [tuple(GridCell(edition.text(path, sheet[path])) for path in paths)]
