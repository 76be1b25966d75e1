"""What a table reader brings home: cells, seen labels and what it remarked on the way."""

from dataclasses import dataclass, field

from gongkai.tables.discrepancy import Discrepancy, Severity
from gongkai.tables.forms import TABLE_NAMES, Column
from gongkai.tables.reading.cells import read_cell
from gongkai.tables.sheet import Cell, CellPath, Table, Unreadable


@dataclass
class Harvest:
    """Cells of one table by (row, column), with the labels as printed."""

    table: Table
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    remarks: dict[tuple[str, str], str] = field(default_factory=dict)
    row_labels: dict[str, str] = field(default_factory=dict)
    column_labels: dict[str, str] = field(default_factory=dict)
    findings: list[Discrepancy] = field(default_factory=list)

    def put(self, row: str, column: Column, text: str) -> None:
        """Read `text` into the cell of `row` and `column`."""
        read = read_cell(text, column)
        self.cells[row, column.code] = read.cell
        self.remarks.pop((row, column.code), None)
        if read.remark:
            self.remarks[row, column.code] = read.remark

    def give_up(self, row: str, columns: tuple[Column, ...], raw: str) -> None:
        """Mark the cells of a row that cannot be placed; one B3 for the row."""
        for column in columns:
            self.cells[row, column.code] = Unreadable(raw)
        self.find("B3", row, "", f"{self.where(row)}各格无法确定归属，原文“{raw}”，请核对该行。")

    def find(self, rule: str, row: str, column: str, message: str) -> None:
        """Record a finding of the reader."""
        severity = Severity.NOTICE if rule == "N1" else Severity.WARNING
        path = CellPath(self.table, row, column)
        found = Discrepancy(rule, severity, path, message)
        if found not in self.findings:
            self.findings.append(found)

    def where(self, row: str) -> str:
        """Return the row's name as printed, for messages."""
        label = "".join(self.row_labels.get(row, "").split())
        return f"{TABLE_NAMES[self.table]}“{label}”行" if label else TABLE_NAMES[self.table]
