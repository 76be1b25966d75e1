"""The shape of a report form: blocks, rows and columns, and what each cell shows.

A form edition is data (`editions/`). It knows its notice and the report years it
is valid for, the labels and merged headers as officially printed, and for each
cell either the measures of the facts it shows or the cells it is the sum of.
Serves Art. 50 of the Regulations and the two notices on the form of the annual
report (国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gongkai.tables.facts import Facts, Measure
from gongkai.tables.sheet import (
    Blank,
    Cell,
    CellPath,
    NotApplicable,
    Number,
    Sheet,
    Table,
    Unreadable,
)

TABLE_NAMES = {Table.PROACTIVE: "表二", Table.REQUESTS: "表三", Table.REMEDIES: "表四"}
YUAN_PER_WAN = Decimal(10000)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block.

    `groups` are the merged headers above it, outermost first. `unit` is "" for
    counts; for amounts it is the unit the form prints in, and `unit_printed` says
    that the head of the column names it, so the cell does not. `parts` are the
    columns of the same block that it sums.
    """

    code: str
    label: str
    groups: tuple[str, ...] = ()
    unit: str = ""
    unit_printed: bool = False
    signed: bool = False
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a block; one without `data` is only a merged label over its children.

    `shows` gives, for each column that is no sum, the measures the cell adds up.
    `parts` are the rows of the same block that it sums.
    """

    code: str
    label: str
    parent: str = ""
    data: bool = True
    shows: Mapping[str, tuple[Measure, ...]] | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Block:
    """Rows under one head; tables three and four are one block each, table two has several.

    `corner` is what stands over the row labels.
    """

    table: Table
    label: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @cached_property
    def data_rows(self) -> tuple[Row, ...]:
        """The rows that have cells."""
        return tuple(row for row in self.rows if row.data)

    @cached_property
    def row_of(self) -> Mapping[str, Row]:
        """The rows by code."""
        return {row.code: row for row in self.rows}

    @cached_property
    def column_of(self) -> Mapping[str, Column]:
        """The columns by code."""
        return {column.code: column for column in self.columns}

    def lineage(self, row: Row) -> tuple[Row, ...]:
        """Return the row's parents, outermost first, and the row itself."""
        above = self.lineage(self.row_of[row.parent]) if row.parent else ()
        return (*above, row)

    def path(self, row: Row, column: Column) -> CellPath:
        """Return where the cell of `row` and `column` stands."""
        return CellPath(self.table, row.code, column.code)


@dataclass(frozen=True, eq=False)
class FormEdition:
    """One edition of the annual report form.

    `last_year` is None while the edition is in force.
    """

    id: str
    name: str
    notice: str
    first_year: int
    last_year: int | None
    blocks: tuple[Block, ...]

    def covers(self, year: int) -> bool:
        """Say whether a report for `year` is made out on this form."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @cached_property
    def tables(self) -> Mapping[Table, tuple[Block, ...]]:
        """The blocks of each table."""
        return {
            table: tuple(block for block in self.blocks if block.table is table) for table in Table
        }

    @cached_property
    def _places(self) -> Mapping[CellPath, tuple[Block, Row, Column]]:
        return {
            block.path(row, column): (block, row, column)
            for block in self.blocks
            for row in block.data_rows
            for column in block.columns
        }

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows of a table in the order of the form, label rows too."""
        for block in self.tables[table]:
            yield from block.rows

    def paths(self) -> tuple[CellPath, ...]:
        """Return every cell of the form in its printed order."""
        return tuple(self._places)

    def __contains__(self, path: CellPath) -> bool:
        return path in self._places

    def place(self, path: CellPath) -> tuple[Block, Row, Column]:
        """Return the block, row and column of a cell; raises KeyError if the form has none."""
        return self._places[path]

    def label(self, path: CellPath) -> str:
        """Return the cell's full Chinese name, e.g. "表三 （三）不予公开 1.属于国家秘密 自然人".

        Raises:
            KeyError: the form has no such cell.
        """
        block, row, column = self._places[path]
        words = [TABLE_NAMES[path.table]]
        if path.table is Table.PROACTIVE:
            words.append(block.label)
        lineage = block.lineage(row)
        words += [
            ancestor.label
            for ancestor in lineage
            if ancestor.label and (ancestor is row or ancestor is not lineage[0])
        ]
        if path.table is Table.REMEDIES:
            words += column.groups
        return " ".join([*words, column.label])

    def measures(self, path: CellPath) -> tuple[Measure, ...]:
        """Return the measures a cell adds up; none for a cell that sums other cells."""
        _, row, column = self._places[path]
        return (row.shows or {}).get(column.code, ())

    def measure(self, path: CellPath) -> Measure | None:
        """Return the one measure a cell shows; None for sums and for cells of several."""
        measures = self.measures(path)
        return measures[0] if len(measures) == 1 else None

    def parts(self, path: CellPath) -> tuple[CellPath, ...]:
        """Return the cells that a sum adds up: down the column for a sum row, else across."""
        _, row, column = self._places[path]
        if row.parts:
            return tuple(CellPath(path.table, part, column.code) for part in row.parts)
        return tuple(CellPath(path.table, row.code, part) for part in column.parts)

    def unit(self, path: CellPath) -> str:
        """Return the unit the form prints an amount in; "" for a count."""
        return self._places[path][2].unit

    def lay_out(self, facts: Facts) -> Sheet:
        """Return the form filled from facts, sums included; a measure not told counts 0.

        Facts tell amounts in 元; the form shows them in its own unit.
        """
        cells: dict[CellPath, Cell] = {}
        for path, (_, _, column) in self._places.items():
            value = self._value(path, facts)
            if column.unit == "万元":
                value = value / YUAN_PER_WAN
            cells[path] = Number(value, column.unit)
        return Sheet(self.id, cells)

    def _value(self, path: CellPath, facts: Facts) -> Decimal:
        parts = self.parts(path)
        if parts:
            return sum((self._value(part, facts) for part in parts), Decimal(0))
        return sum((facts.get(measure, Decimal(0)) for measure in self.measures(path)), Decimal(0))

    def text(self, path: CellPath, cell: Cell) -> str:
        """Return what a cell prints: plain digits, the unit where the head does not name it."""
        match cell:
            case Number(value, unit):
                digits = format(value.normalize(), "f") if value else "0"
                return digits if not unit or self._places[path][2].unit_printed else digits + unit
            case NotApplicable(sign):
                return sign
            case Unreadable(raw):
                return raw
            case Blank():
                return ""
