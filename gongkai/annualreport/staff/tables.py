"""The official tables on screen: each figure a link to its records, faults marked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from gongkai.annualreport.models import ReportYear
from gongkai.tables.discrepancy import Discrepancy
from gongkai.tables.layout import LaidCell, LaidTable, lay_tables
from gongkai.tables.sheet import CellPath, Sheet, Table


@dataclass(frozen=True)
class ShownCell:
    """A cell of the form with its link and what is wrong with it."""

    laid: LaidCell
    url: str = ""
    faults: str = ""


@dataclass(frozen=True)
class ShownTable:
    """A table of the form, row by row."""

    table: str
    caption: str
    rows: tuple[tuple[ShownCell, ...], ...]


def shown_tables(
    year: ReportYear, whose: str, sheet: Sheet, findings: Sequence[Discrepancy] = ()
) -> list[ShownTable]:
    """Return the three tables of a sheet; `whose` is the part of the address for the cells."""
    faults: dict[CellPath, list[str]] = defaultdict(list)
    for found in findings:
        if found.path is not None:
            faults[found.path].append(found.message)
    return [_shown(laid, year, whose, faults) for laid in lay_tables(sheet)]


def _shown(
    laid: LaidTable, year: ReportYear, whose: str, faults: dict[CellPath, list[str]]
) -> ShownTable:
    rows = tuple(
        tuple(
            ShownCell(cell)
            if cell.path is None
            else ShownCell(
                cell, cell_url(year, whose, cell.path), " ".join(faults.get(cell.path, ()))
            )
            for cell in row
        )
        for row in laid.rows
    )
    return ShownTable(laid.table.value, laid.caption, rows)


def cell_url(year: ReportYear, whose: str, path: CellPath) -> str:
    """Return the address of a cell's records."""
    return reverse("annualreport:cell", args=[year.pk, whose, str(path)])


def path_from(text: str) -> CellPath | None:
    """Return the cell that `str(path)` wrote in an address, None when it is none."""
    parts = text.split("/")
    if parts[0] not in set(Table) or len(parts) not in (2, 3):
        return None
    table = Table(parts[0])
    row, column = ("", parts[1]) if len(parts) == 2 else (parts[1], parts[2])
    return CellPath(table, row, column)
