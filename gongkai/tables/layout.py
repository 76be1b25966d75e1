"""The three tables as officially printed: rows of cells with merged headers.

Every renderer (docx, xlsx, pdf, html) draws these values, so that the official
form of both editions stands in one place. Headers carry what screen readers need:
a scope, and for each figure the headers that name it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.tables.editions import EDITIONS
from gongkai.tables.forms import Block, Column, FormEdition, Row
from gongkai.tables.report import TABLE_HEADINGS
from gongkai.tables.sheet import Cell, CellPath, Sheet, Table

PROACTIVE_WIDTH = 4
REQUESTS_LABELS = 3
Names = tuple[str, ...]


class Scope(StrEnum):
    """What a header cell speaks of; the values are those of HTML."""

    COLUMN = "col"
    COLUMNS = "colgroup"
    ROW = "row"
    ROWS = "rowgroup"
    NONE = ""


@dataclass(frozen=True, slots=True)
class LaidCell:
    """One printed cell at `row`, `column` (from 0), merged over `rowspan` and `colspan`.

    A header has a `scope` and an `id`; a figure has its `path`, its `cell` as it
    stands in the sheet, and in `headers` the ids of the headers that name it.
    """

    text: str
    row: int
    column: int
    colspan: int = 1
    rowspan: int = 1
    header: bool = False
    scope: Scope = Scope.NONE
    path: CellPath | None = None
    cell: Cell | None = None
    id: str = ""
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidTable:
    """One table: its caption, rows of the cells that begin in each row, and its shape.

    The first `head_rows` rows are headers, repeated where the table breaks over a
    page. `groups` gives the first and last row of what must stay together.
    `widths` are relative widths of the columns.
    """

    table: Table
    caption: str
    rows: tuple[tuple[LaidCell, ...], ...]
    head_rows: int
    widths: tuple[int, ...]
    groups: tuple[tuple[int, int], ...] = ()

    @property
    def cells(self) -> Iterator[LaidCell]:
        """Every cell, row by row."""
        for row in self.rows:
            yield from row


def lay_tables(sheet: Sheet) -> tuple[LaidTable, ...]:
    """Return tables two, three and four of `sheet` in the printed form of its edition.

    Raises:
        KeyError: the sheet's edition is none of ours.
    """
    form = EDITIONS[sheet.edition]
    return (
        _lay_proactive(form, sheet),
        _lay_requests(form, sheet),
        _lay_remedies(form, sheet),
    )


def _spread(columns: Sequence[Column], width: int) -> Iterator[tuple[int, int, Column]]:
    """Yield (place, colspan, column), the last column taking what is left of `width`."""
    for place, column in enumerate(columns):
        yield place, width - place if place == len(columns) - 1 else 1, column


def _figure(
    form: FormEdition, sheet: Sheet, path: CellPath, spot: tuple[int, int, int], over: Names
) -> LaidCell:
    row, column, span = spot
    cell = sheet[path]
    text = form.text(path, cell)
    return LaidCell(text, row, column, span, path=path, cell=cell, headers=over)


def _lay_proactive(form: FormEdition, sheet: Sheet) -> LaidTable:
    rows: list[tuple[LaidCell, ...]] = []
    groups: list[tuple[int, int]] = []
    for number, block in enumerate(form.tables[Table.PROACTIVE], 1):
        first = len(rows)
        rows += _lay_item(form, sheet, block, f"t2b{number}", first)
        groups.append((first, len(rows) - 1))
    return LaidTable(
        Table.PROACTIVE,
        TABLE_HEADINGS[Table.PROACTIVE],
        tuple(rows),
        head_rows=0,
        widths=(34, 22, 22, 22),
        groups=tuple(groups),
    )


def _lay_item(
    form: FormEdition, sheet: Sheet, block: Block, key: str, first: int
) -> Iterator[tuple[LaidCell, ...]]:
    """Yield the rows of one item of Art. 20: its name, its head, its figures."""
    width = PROACTIVE_WIDTH
    yield (LaidCell(block.label, first, 0, width, header=True, scope=Scope.COLUMNS, id=key),)
    corner = LaidCell(block.corner, first + 1, 0, header=True, scope=Scope.COLUMN, id=f"{key}c0")
    columns = list(_spread(block.columns, width - 1))
    yield (
        corner,
        *(
            LaidCell(
                column.label,
                first + 1,
                place + 1,
                span,
                header=True,
                scope=Scope.COLUMNS if span > 1 else Scope.COLUMN,
                id=f"{key}{column.code}",
            )
            for place, span, column in columns
        ),
    )
    for at, row in enumerate(block.data_rows, first + 2):
        label = f"{key}r{at - first - 1}"
        yield (
            LaidCell(
                row.label, at, 0, header=True, scope=Scope.ROW, id=label, headers=(key, corner.id)
            ),
            *(
                _figure(
                    form,
                    sheet,
                    block.path(row, column),
                    (at, place + 1, span),
                    (key, label, f"{key}{column.code}"),
                )
                for place, span, column in columns
            ),
        )


def _column_heads(
    columns: Sequence[Column], key: str, depth: int, offset: int
) -> tuple[list[list[LaidCell]], dict[str, Names]]:
    """Return `depth` rows of merged column headers and, for each column, the ids over it."""
    rows: list[list[LaidCell]] = [[] for _ in range(depth)]
    over: dict[str, Names] = {column.code: () for column in columns}
    for level in range(depth):
        place = 0
        while place < len(columns):
            column = columns[place]
            if level > len(column.groups):  # the label above already reaches down here
                place += 1
                continue
            last = level == len(column.groups)
            stem = column.groups[: level + 1]
            span = 1 if last else _run(columns, place, stem)
            name = f"{key}{column.code}" if last else f"{key}h{level}n{place}"
            rows[level].append(
                LaidCell(
                    column.label if last else stem[-1],
                    level,
                    offset + place,
                    span,
                    depth - level if last else 1,
                    header=True,
                    scope=Scope.COLUMN if last else Scope.COLUMNS,
                    id=name,
                    headers=over[column.code],
                )
            )
            for covered in columns[place : place + span]:
                over[covered.code] += (name,)
            place += span
    return rows, over


def _run(columns: Sequence[Column], start: int, stem: tuple[str, ...]) -> int:
    """Return how many columns from `start` on stand under the same merged headers."""
    span = 0
    while start + span < len(columns) and columns[start + span].groups[: len(stem)] == stem:
        span += 1
    return span


def _lay_requests(form: FormEdition, sheet: Sheet) -> LaidTable:
    (block,) = form.tables[Table.REQUESTS]
    depth = 1 + max(len(column.groups) for column in block.columns)
    heads, over = _column_heads(block.columns, "t3", depth, REQUESTS_LABELS)
    span = (REQUESTS_LABELS, depth)
    corner = LaidCell(block.corner, 0, 0, *span, header=True, scope=Scope.COLUMNS, id="t3corner")
    rows = [(corner, *heads[0]), *(tuple(row) for row in heads[1:])]
    opened: set[str] = set()
    for at, row in enumerate(block.data_rows, depth):
        lineage = block.lineage(row)
        labels = tuple(_row_labels(block, lineage, at, opened))
        opened.update(ancestor.code for ancestor in lineage)
        names = tuple(_row_id(ancestor) for ancestor in lineage)
        figures = (
            _figure(
                form,
                sheet,
                block.path(row, column),
                (at, REQUESTS_LABELS + place, 1),
                (*names, *over[column.code]),
            )
            for place, column in enumerate(block.columns)
        )
        rows.append((*labels, *figures))
    return LaidTable(
        Table.REQUESTS,
        TABLE_HEADINGS[Table.REQUESTS],
        tuple(rows),
        head_rows=depth,
        widths=(9, 17, 58, *(10 for _ in block.columns[:-1]), 12),
        groups=((0, len(rows) - 1),),
    )


def _row_id(row: Row) -> str:
    return "t3r" + row.code.replace(".", "-")


def _row_labels(
    block: Block, lineage: tuple[Row, ...], at: int, opened: set[str]
) -> Iterator[LaidCell]:
    """Yield the labels that begin in this row; the last one takes the width that is left."""
    for depth, row in enumerate(lineage):
        if row.code in opened:
            continue
        last = depth == len(lineage) - 1
        below = [entry for entry in block.data_rows if row in block.lineage(entry)]
        yield LaidCell(
            row.label,
            at,
            depth,
            REQUESTS_LABELS - depth if last else 1,
            len(below),
            header=True,
            scope=Scope.ROW if last else Scope.ROWS,
            id=_row_id(row),
            headers=tuple(_row_id(ancestor) for ancestor in lineage[:depth]),
        )


def _lay_remedies(form: FormEdition, sheet: Sheet) -> LaidTable:
    (block,) = form.tables[Table.REMEDIES]
    depth = 1 + max(len(column.groups) for column in block.columns)
    heads, over = _column_heads(block.columns, "t4", depth, 0)
    (row,) = block.data_rows
    figures = tuple(
        _figure(form, sheet, block.path(row, column), (depth, place, 1), over[column.code])
        for place, column in enumerate(block.columns)
    )
    return LaidTable(
        Table.REMEDIES,
        TABLE_HEADINGS[Table.REMEDIES],
        (*(tuple(head) for head in heads), figures),
        head_rows=depth,
        widths=tuple(1 for _ in block.columns),
        groups=((0, depth),),
    )
