"""V5 to V7: this year's report against what last year's left.

Warnings, not errors: corrections, and documents that lapse by their term, are good
reasons for a difference, but they want a written explanation.
"""

from collections.abc import Iterator
from decimal import Decimal

from gongkai.tables.discrepancy import Discrepancy, Severity
from gongkai.tables.editions import EDITIONS
from gongkai.tables.forms import FormEdition
from gongkai.tables.sheet import CellPath, Number, Sheet, Table

_STOCK_ROWS = ("T2.5.1", "T2.5.2", "T2.6.1", "T2.6.2", "T2.8.1")
_DOCUMENT_ROWS = ("T2.1.1", "T2.1.2")


def year_on_year(sheet: Sheet, last_year: Sheet) -> Iterator[Discrepancy]:
    """Yield V5 to V7: what this year carries in against what last year's report left.

    V6 needs both years on the 2019 form, V7 both on the 2021 form; where a cell is
    no number the rule is not assessable and nothing is said.
    """
    edition = EDITIONS[sheet.edition]
    (requests,) = edition.tables[Table.REQUESTS]
    for column in requests.columns:
        path = CellPath(Table.REQUESTS, "2", column.code)
        left = (CellPath(Table.REQUESTS, "4", column.code),)
        yield from _compare(
            "V5", edition, path, sheet, ((last_year, left, ()),), "上年年报“结转下年度继续办理”"
        )
    if sheet.edition != last_year.edition:
        return
    for row in _STOCK_ROWS if sheet.edition == "2019" else ():
        path = CellPath(Table.PROACTIVE, row, "c1")
        plus = (path, CellPath(Table.PROACTIVE, row, "c2"))
        yield from _compare(
            "V6", edition, path, sheet, ((last_year, plus, ()),), "上年年报项目数量加增减数"
        )
    for row in _DOCUMENT_ROWS if sheet.edition == "2021" else ():
        made, repealed, path = (
            CellPath(Table.PROACTIVE, row, column) for column in ("c1", "c2", "c3")
        )
        terms = ((last_year, (path,), ()), (sheet, (made,), (repealed,)))
        yield from _compare(
            "V7", edition, path, sheet, terms, "上年现行有效件数加本年制发、减本年废止"
        )


_Term = tuple[Sheet, tuple[CellPath, ...], tuple[CellPath, ...]]


def _compare(
    rule: str,
    edition: FormEdition,
    path: CellPath,
    sheet: Sheet,
    terms: tuple[_Term, ...],
    source: str,
) -> Iterator[Discrepancy]:
    found = sheet[path]
    expected = Decimal(0)
    for source_sheet, plus, minus in terms:
        for sign, paths in ((1, plus), (-1, minus)):
            for other in paths:
                cell = source_sheet[other]
                if not isinstance(cell, Number):
                    return
                expected += sign * cell.value
    if isinstance(found, Number) and found.value != expected:
        yield Discrepancy(
            rule,
            Severity.WARNING,
            path,
            f"{edition.label(path)}为 {found.value:f}，{source}为 {expected:f}，"
            "两者不等，请核对；确有原因的请书面说明。",
            expected=expected,
            found=found.value,
        )
