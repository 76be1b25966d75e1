"""Worksheets of batches: the template round trip, and what people type into it."""

from datetime import date
from decimal import Decimal
from string import printable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.adapters import xlsx
from gongkai.registers.rules import FIGURES, BatchFigures, RegisterKind, worksheet
from gongkai.tables.grid import Grid, GridCell

HEADS = tuple(worksheet.HEADS.values())
COLUMNS = tuple(xlsx.Column(head) for head in HEADS)
ROW = ("财政局", "行政许可", "2020-01-01", "2020-12-31", "-266", "154", "", "", "台账", "")
TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=0x9FFF, exclude_categories=["C", "Z"]))
NAMES = st.one_of(TEXT, st.text(sorted(set(printable) - set("\r\n\t\x0b\x0c ")), max_size=20))


def grid(*rows, heads=HEADS, first_row=1):
    lines = [tuple(GridCell(text) for text in line) for line in (heads, *rows)]
    return Grid(tuple(lines), first_row)


def read(*rows, **more):
    return worksheet.read([grid(*rows, **more)], file_name="台账.xlsx")


@st.composite
def entries(draw):
    kind = draw(st.sampled_from(RegisterKind))
    figures = {
        "item_change": draw(st.integers(-999_999_999, 999_999_999)),
        "decisions": draw(st.integers(0, 999_999_999)),
        "projects": draw(st.integers(0, 999_999_999)),
        "amount": draw(st.decimals(0, Decimal("9999999999999.99"), places=2)),
    }
    return BatchFigures(
        kind=kind,
        period_start=draw(st.dates(date(1990, 1, 1), date(2100, 12, 31))),
        period_end=draw(st.dates(date(1990, 1, 1), date(2100, 12, 31))),
        source_name=draw(NAMES.filter(bool)),
        note=draw(NAMES),
        **{name: figures[name] for name in FIGURES[kind]},
    )


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(NAMES.filter(bool), entries()), max_size=8))
def test_what_is_written_on_the_template_is_read_back(batches):
    rows = tuple(worksheet.written(organ, entry) for organ, entry in batches)
    data = xlsx.write_tables([xlsx.SheetOut("填报", COLUMNS, rows)])
    found = worksheet.read(xlsx.read_tables(data), file_name="台账.xlsx")
    assert found.faults == ()
    assert [(row.organ, row.figures) for row in found.rows] == batches
    assert [row.row for row in found.rows] == list(range(2, len(batches) + 2))


@pytest.mark.parametrize(
    "typed",
    ["2020-12-31", "2020/12/31", "2020.12.31", "2020年12月31日", "20201231", "44196",
     "２０２０－１２－３１", "2020-12-31T00:00:00", "2020-12-31 00:00:00"],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_manner(typed):
    assert worksheet.read_day(typed) == date(2020, 12, 31)


@pytest.mark.parametrize("typed", ["", "2020", "2020年", "12-31", "2020-02-30", "31.12.2020", "7"])
def test_what_is_no_day_is_said(typed):
    with pytest.raises(ValueError, match="不是日"):
        worksheet.read_day(typed)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("150092", 150092), ("150,092", 150092), ("－266", -266), ("−4", -4), ("+2", 2), ("", 0),
     ("/", 0), ("１５４", 154), ("0", 0)],
)  # fmt: skip
def test_a_count_is_read_in_every_usual_manner(typed, value):
    assert worksheet.read_count(typed) == value


@pytest.mark.parametrize("typed", ["154件", "1.5", "约10", "1,50", "=1+1", "9" * 30])
def test_what_is_no_count_is_said(typed):
    with pytest.raises(ValueError, match="不是整数"):
        worksheet.read_count(typed)


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [("251000元", "251000"), ("20063.4964 万", "200634964"), ("20063.4964万元", "200634964"),
     ("1.5亿元", "150000000"), ("1,234.50", "1234.5"), ("", "0"), ("2.50", "2.5")],
)  # fmt: skip
def test_an_amount_heeds_the_unit_written_beside_it(typed, yuan):
    assert worksheet.read_amount(typed) == Decimal(yuan)
    assert "E" not in str(worksheet.read_amount(typed))


@pytest.mark.parametrize("typed", ["多少", "-5", "5美元", "1e9", "1.2.3", "9" * 50])
def test_what_is_no_amount_is_said(typed):
    with pytest.raises(ValueError, match="不是金额"):
        worksheet.read_amount(typed)


def test_rows_are_numbered_as_the_spreadsheet_shows_them():
    blank = ("",) * 10
    found = read(ROW, blank, (*ROW[:4], "许多", *ROW[5:]), first_row=3)
    assert [row.row for row in found.rows] == [4]
    assert [(fault.row, fault.column) for fault in found.faults] == [(6, "项目增减")]


def test_every_fault_of_a_row_is_named():
    (first, second, third, fourth) = read(("", "许可", "去年", "2020-13-01", "0")).faults[:4]
    assert [fault.column for fault in (first, second, third, fourth)] == [
        "填报机构",
        "类别",
        "统计开始日期",
        "统计结束日期",
    ]
    assert "行政许可、其他对外管理服务事项" in second.message


def test_a_row_without_any_figure_of_its_kind_is_refused():
    (fault,) = read((*ROW[:4], "", "", "5", "", "", "")).faults
    assert "请至少填写“项目增减”或“处理决定数量”，没有发生的填0" in fault.message


def test_a_row_without_a_source_is_from_the_file():
    (row,) = read((*ROW[:8], "", "")).rows
    assert row.figures.source_name == "台账.xlsx"


@pytest.mark.parametrize(
    ("heads", "message"),
    [
        (("甲", "乙"), "没有找到表头"),
        (("填报机构", "类别", "统计开始日期"), "缺少表头：统计结束日期"),
        ((*HEADS, "金额（万元）"), "表头“金额（万元）”不在模板中"),
        ((*HEADS, "项目增减"), "表头“项目增减”不在模板中或重复"),
    ],
)
def test_a_sheet_off_the_template_is_refused(heads, message):
    found = read(heads=heads)
    assert not found.rows
    assert message in found.faults[0].message


def test_the_sheet_with_the_heads_is_found_behind_others():
    cover = Grid(((GridCell("封面"),),))
    title = Grid((((GridCell("2020年统计"),)), *grid(ROW).rows))
    found = worksheet.read([cover, title], file_name="x.xlsx")
    assert [row.row for row in found.rows] == [3]


def test_a_file_of_too_many_rows_is_cut_with_a_fault():
    found = read(*[ROW] * (worksheet.MOST_ROWS + 5))
    assert len(found.rows) == worksheet.MOST_ROWS
    assert "请分成几个文件" in found.faults[-1].message
