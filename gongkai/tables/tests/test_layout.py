"""The printed form: every cell once, no hole or overlap, headers that name each figure."""

from decimal import Decimal

import pytest

from gongkai.tables.editions import EDITIONS
from gongkai.tables.fitting import fitting_size
from gongkai.tables.layout import LaidTable, Scope, lay_tables
from gongkai.tables.report import SECTION_HEADINGS, Section, report_title, six_sections
from gongkai.tables.sheet import BLANK, CellPath, NotApplicable, Number, Sheet, Table, Unreadable

ALL = [
    pytest.param(edition, place, id=f"{edition}-{name}")
    for edition in EDITIONS
    for place, name in enumerate(Table)
]


def laid(edition: str, place: int) -> LaidTable:
    return lay_tables(EDITIONS[edition].lay_out({}))[place]


@pytest.mark.parametrize(("edition", "place"), ALL)
def test_cells_tile_the_table_without_hole_or_overlap(edition, place):
    table = laid(edition, place)
    covered = [
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]
    assert sorted(covered) == [
        (row, column) for row in range(len(table.rows)) for column in range(len(table.widths))
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_of_the_form_is_printed_once(edition):
    form = EDITIONS[edition]
    tables = lay_tables(form.lay_out({}))
    paths = [cell.path for table in tables for cell in table.cells if cell.path]
    assert paths == list(form.paths())


@pytest.mark.parametrize(("edition", "place"), ALL)
def test_figures_are_named_by_headers_that_exist_once(edition, place):
    table = laid(edition, place)
    ids = [cell.id for cell in table.cells if cell.id]
    assert len(ids) == len(set(ids))
    for cell in table.cells:
        assert set(cell.headers) <= set(ids)
        assert cell.header == (cell.path is None) == bool(cell.id)
        assert cell.header == (cell.scope is not Scope.NONE)
        assert cell.header or cell.headers


def test_headers_of_a_figure_give_its_official_name():
    table = laid("2021", 1)
    name = {cell.id: cell.text for cell in table.cells if cell.id}
    path = CellPath(Table.REQUESTS, "3.6.3", "o4")
    (cell,) = [cell for cell in table.cells if cell.path == path]
    assert [name[header] for header in cell.headers] == [
        "三、本年度办理结果",
        "（六）其他处理",
        "3.其他",
        "申请人情况",
        "法人或其他组织",
        "法律服务机构",
    ]


@pytest.mark.parametrize(("edition", "results"), [("2019", 20), ("2021", 22)])
def test_results_are_merged_over_the_rows_the_notice_prints(edition, results):
    table = laid(edition, 1)
    spans = {cell.text: cell.rowspan for cell in table.cells if cell.scope is Scope.ROWS}
    assert spans["三、本年度办理结果"] == results
    assert spans["（三）不予公开"] == 8
    assert spans["（四）无法提供"] == 3
    assert spans["（五）不予处理"] == 5


def test_a_short_item_of_table_two_fills_the_width():
    last = laid("2019", 0).rows[-1]
    assert [cell.colspan for cell in last] == [1, 1, 2]


def test_cells_that_are_no_numbers_print_as_they_stand():
    blank, slash, odd = (CellPath(Table.REMEDIES, "", code) for code in ("r1", "r2", "r3"))
    fee = CellPath(Table.PROACTIVE, "T2.8.1", "c1")
    sheet = Sheet(
        "2021",
        {
            blank: BLANK,
            slash: NotApplicable("/"),
            odd: Unreadable("约三件"),
            fee: Number(Decimal("251.50"), "万元"),
        },
    )
    text = {cell.path: cell.text for table in lay_tables(sheet) for cell in table.cells}
    assert [text[path] for path in (blank, slash, odd, fee)] == ["", "/", "约三件", "251.5"]


def test_six_parts_hold_the_three_tables():
    part = Section("（一）主动公开", ("一段。",))
    sections = six_sections(overview=("总述。",), overview_parts=(part,), others=("无。",))
    assert tuple(section.heading for section in sections) == SECTION_HEADINGS
    assert [section.table for section in sections] == [
        None,
        Table.PROACTIVE,
        Table.REQUESTS,
        Table.REMEDIES,
        None,
        None,
    ]
    assert sections[0].parts == (part,)
    assert report_title("靖安县", 2020) == "靖安县2020年政府信息公开工作年度报告"


@pytest.mark.parametrize(("figure", "size"), [(0, 10.5), (9999, 10.5), (100_000, 7.0)])
def test_a_long_figure_is_set_smaller_instead_of_leaving_its_column(figure, size):
    path = CellPath(Table.REQUESTS, "1", "p")
    laid = lay_tables(Sheet("2021", {path: Number(Decimal(figure))}))[1]
    (cell,) = [cell for cell in laid.cells if cell.path == path]
    assert fitting_size(laid, cell, 10.5, 156) == size
