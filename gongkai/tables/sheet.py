"""A filled form: cells addressed by table, row and column.

A printed cell is one of four things, and the four are never mixed up: a number
(with a unit where the form leaves it open), blank, not applicable ("/"), or
something that could not be read. Blank is not zero: a sum with a blank in it
cannot be assessed, and says so.

Codes of rows and columns are those of the report editions (`T2.1.2`/`c1`,
`3.3.1`/`p`, `r1`); the JSON shape is the outside contract.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Table(StrEnum):
    """The three tables of an annual report; the value is the JSON key."""

    PROACTIVE = "proactive"
    REQUESTS = "requests"
    REMEDIES = "remedies"


@dataclass(frozen=True, slots=True)
class Number:
    """A figure; `unit` is "" for counts, "元" or "万元" for amounts."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing printed where the form has a cell."""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A sign, as printed, that says the cell does not apply."""

    sign: str = "/"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Text that is no figure, kept as it was found."""

    raw: str


Cell = Number | Blank | NotApplicable | Unreadable
BLANK = Blank()


@dataclass(frozen=True, slots=True, order=True)
class CellPath:
    """Where a cell stands; table four has one row, called ""."""

    table: Table
    row: str
    column: str

    def __str__(self) -> str:
        return "/".join(part for part in (self.table.value, self.row, self.column) if part)


@dataclass(frozen=True)
class Sheet:
    """One organ's three tables in one edition of the form."""

    edition: str
    cells: Mapping[CellPath, Cell] = field(default_factory=dict)

    def __getitem__(self, path: CellPath) -> Cell:
        """Return the cell at `path`; a cell nobody filled is blank."""
        return self.cells.get(path, BLANK)

    def __iter__(self) -> Iterator[CellPath]:
        return iter(self.cells)


def count(value: int) -> Number:
    """Return a count as a cell."""
    return Number(Decimal(value))


def cell_to_json(cell: Cell) -> Any:
    """Return a cell in the contract's JSON: number, null, {na}, {value, unit} or {unreadable}."""
    match cell:
        case Number(value, ""):
            return int(value) if value == value.to_integral_value() else float(value)
        case Number(value, unit):
            return {"value": format(value.normalize(), "f"), "unit": unit}
        case NotApplicable(sign):
            return {"na": sign}
        case Unreadable(raw):
            return {"unreadable": raw}
        case _:
            return None


def cell_from_json(value: Any) -> Cell:
    """Return the cell that `cell_to_json` wrote.

    Raises:
        ValueError: the value has none of the contract's shapes.
    """
    match value:
        case None:
            return BLANK
        case bool():
            raise ValueError(f"not a cell: {value!r}")
        case int() | float():
            return Number(Decimal(str(value)))
        case {"na": str(sign)}:
            return NotApplicable(sign)
        case {"value": str(number), "unit": str(unit)}:
            return Number(Decimal(number), unit)
        case {"unreadable": str(raw)}:
            return Unreadable(raw)
        case _:
            raise ValueError(f"not a cell: {value!r}")


def tables_to_json(sheet: Sheet) -> dict[str, Any]:
    """Return the three tables: two of {row: {column: cell}}, and {column: cell} for remedies."""
    tables: dict[str, Any] = {table.value: {} for table in Table}
    for path, cell in sheet.cells.items():
        shown = cell_to_json(cell)
        if path.table is Table.REMEDIES:
            tables[path.table.value][path.column] = shown
        else:
            tables[path.table.value].setdefault(path.row, {})[path.column] = shown
    return tables


def tables_from_json(edition: str, tables: Mapping[str, Any]) -> Sheet:
    """Return the sheet that `tables_to_json` wrote; raises ValueError on another shape."""
    cells: dict[CellPath, Cell] = {}
    for table in (Table.PROACTIVE, Table.REQUESTS):
        for row, columns in tables[table.value].items():
            for column, value in columns.items():
                cells[CellPath(table, row, column)] = cell_from_json(value)
    for column, value in tables[Table.REMEDIES.value].items():
        cells[CellPath(Table.REMEDIES, "", column)] = cell_from_json(value)
    return Sheet(edition, cells)
