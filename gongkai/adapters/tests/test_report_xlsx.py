"""The workbook: merged headers, numbers as numbers, no text taken for a formula."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from gongkai.adapters import report_xlsx
from gongkai.adapters.tests.reports import NASTY, clean_sheet, content, reference_sheet
from gongkai.tables.editions import EDITIONS
from gongkai.tables.layout import lay_tables
from gongkai.tables.sheet import CellPath, Number, Sheet, Table, Unreadable


def written(report):
    return openpyxl.load_workbook(BytesIO(report_xlsx.render(report)))


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_sheet_a_table_merged_as_the_form_prints_it(edition):
    report = content(clean_sheet(edition))
    book = written(report)
    assert book.sheetnames == ["报告正文", "表二", "表三", "表四"]
    for sheet, laid in zip(book.worksheets[1:], lay_tables(report.sheet), strict=True):
        wide = {
            (cell.row + 2, cell.column + 1, cell.row + 1 + cell.rowspan, cell.column + cell.colspan)
            for cell in laid.cells
            if cell.rowspan * cell.colspan > 1
        }
        merged = {(r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges}
        assert merged == wide | {(1, 1, 1, len(laid.widths))}
        assert sheet["A1"].value == laid.caption


def test_figures_are_numbers_and_an_amount_keeps_its_unit():
    sheet = written(content(reference_sheet()))["表二"]
    assert [cell.value for cell in sheet[8]] == ["行政许可", 511, -266, 154]
    assert [cell.value for cell in sheet[19]][:3] == ["政府集中采购", 363, "20063.4964万元"]


def test_an_amount_whose_head_names_the_unit_is_a_number():
    fee = CellPath(Table.PROACTIVE, "T2.8.1", "c1")
    cells = dict(clean_sheet("2021").cells) | {fee: Number(Decimal("1234.56"), "万元")}
    assert written(content(Sheet("2021", cells)))["表二"]["B15"].value == 1234.56


def test_blank_stays_blank_and_zero_is_zero():
    sheet = written(content(reference_sheet()))["表四"]
    assert [cell.value for cell in sheet[5]] == [None] * 5 + [0] * 10


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_text_that_looks_like_a_formula_is_quoted_text(sign):
    path = CellPath(Table.REMEDIES, "", "r1")
    raw = f"{sign}HYPERLINK(1)"
    sheet = Sheet("2021", dict(clean_sheet("2021").cells) | {path: Unreadable(raw)})
    cell = written(content(sheet, preamble=(raw,)))["表四"]["A5"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (raw, "s", True)


def test_control_characters_do_not_spoil_the_file():
    book = written(content(reference_sheet(), preamble=(NASTY,)))
    assert "璪" in book["报告正文"]["A2"].value
