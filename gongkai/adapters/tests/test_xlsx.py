"""Tables in and out as xlsx: nothing computed, nothing boundless, nothing lost."""

import time
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from gongkai.adapters import xlsx
from gongkai.adapters.readers.limits import Damaged, Limits, NotSupported, ReadError, TooLarge

COLUMNS = (xlsx.Column("甲", choices=("是", "否")), xlsx.Column("乙"))


def members(data):
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def written(*rows):
    return xlsx.write_tables([xlsx.SheetOut("表", COLUMNS, rows)])


def texts(data):
    (grid,) = xlsx.read_tables(data)
    return grid.matrix


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=5))
def test_no_text_ever_becomes_a_formula(rows):
    page = load_workbook(BytesIO(written(*rows)))["表"]
    for line in page.iter_rows(min_row=2):
        for cell in line:
            assert cell.data_type != "f"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_text_like_a_formula_comes_back_as_it_was_and_is_quoted(text):
    data = written((text, ""))
    assert texts(data)[1][0] == text
    assert load_workbook(BytesIO(data))["表"]["A2"].quotePrefix


def test_numbers_are_written_as_numbers_to_the_fen():
    data = written((-266, Decimal("9999999999999.99")))
    assert texts(data)[1] == ("-266", "9999999999999.99")


def test_a_grid_knows_the_row_it_starts_on():
    book = Workbook()
    book.active["B3"] = "第三行"
    out = BytesIO()
    book.save(out)
    (grid,) = xlsx.read_tables(out.getvalue())
    assert (grid.first_row, grid.matrix) == (3, (("第三行",),))


@pytest.mark.parametrize(
    ("data", "error", "remedy"),
    [
        (b"", NotSupported, "另存为 .xlsx"),
        (b"a,b,c", NotSupported, "另存为 .xlsx"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, NotSupported, "旧版 Excel"),
        (b"PK\x03\x04 cut off", Damaged, "重新导出"),
        (packed({"a.txt": "x"}), Damaged, "不是 Excel"),
        (b"PK" + b"0" * (5 * 1024 * 1024), TooLarge, "超过5MB"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_remedy(data, error, remedy):
    with pytest.raises(error, match=remedy):
        xlsx.read_tables(data)


def test_a_zip_bomb_is_refused_before_it_unpacks():
    parts = members(written(("a", "b")))
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b" " * (200 * 1024 * 1024)
    data = packed(parts)
    started = time.process_time()
    with pytest.raises(TooLarge, match="内容过多"):
        xlsx.read_tables(data)
    assert time.process_time() - started < 2


def test_entities_are_refused():
    parts = members(written(("a", "b")))
    sheet = parts["xl/worksheets/sheet1.xml"]
    declared = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    parts["xl/worksheets/sheet1.xml"] = declared + sheet[sheet.index(b"<worksheet") :]
    with pytest.raises(Damaged, match="外部实体"):
        xlsx.read_tables(packed(parts))


def test_a_cell_at_the_far_corner_costs_nothing():
    parts = members(written(("a", "b")))
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'r="B2"', b'r="XFD1048576"')
    parts["xl/worksheets/sheet1.xml"] = sheet
    with pytest.raises(TooLarge, match="只保留需要导入的表格"):
        xlsx.read_tables(packed(parts))


@pytest.mark.parametrize(
    ("old", "new"), [(b'<row r="2"', '<row r="²"'.encode()), (b"</worksheet>", b"")]
)
def test_a_sheet_made_to_mislead_is_damaged(old, new):
    parts = members(written(("a", "b")))
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(old, new)
    with pytest.raises(Damaged):
        xlsx.read_tables(packed(parts))


def test_days_counted_from_1904_are_refused_rather_than_misread():
    book = Workbook()
    book.active["A1"] = "x"
    book.epoch = CALENDAR_MAC_1904
    out = BytesIO()
    book.save(out)
    with pytest.raises(NotSupported, match="1904"):
        xlsx.read_tables(out.getvalue())


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data):
    for start in (b"", b"PK\x03\x04"):
        with pytest.raises(ReadError):
            xlsx.read_tables(start + data, Limits())
