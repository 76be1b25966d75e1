"""Catalogues in and out: our own form cell by cell, what counties publish, what is hostile."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from gongkai.adapters.catalogue_xlsx import LIMITS, read_catalogue, write_catalogue
from gongkai.adapters.readers.limits import ReadError
from gongkai.tables.catalogue import CHANNELS, CatalogueRow, FieldTable

KNOWN = {"财政预决算": "财政预决算", "养老服务": "养老服务", "扶贫": "乡村振兴", "就业": "就业"}
_MARKS = "■√✓✔☑☒●▇□☐◻▢○_＿"
letters = st.characters(
    categories=("L", "N", "P", "S"),
    exclude_characters=_MARKS + "．.。、，,；;\\[]:*?/'（）()·",
    max_codepoint=0xFFFF,
)
words = st.text(letters, min_size=2, max_size=12).map(lambda text: f"文{text}")
paragraphs = st.lists(words, min_size=1, max_size=3).map("\n".join)
channels = st.lists(st.sampled_from(CHANNELS) | words, min_size=1, max_size=5, unique=True)


def _ordered(names: list[str]) -> tuple[str, ...]:
    usual = [name for name in CHANNELS[:-1] if name in names]
    own = [name for name in names if name not in CHANNELS]
    return (*usual, *own, *(["其他"] if "其他" in names else []))


@st.composite
def rows(draw):
    chosen = _ordered(draw(channels))
    to_all, proactive, county = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    township = draw(st.booleans()) or not county
    return CatalogueRow(
        number=draw(st.integers(1, 99).map(str)),
        first_level=draw(words),
        second_level=draw(st.just("") | words),
        content=draw(paragraphs),
        basis=draw(paragraphs),
        time_limit=draw(words),
        organ_words=draw(paragraphs),
        channels=chosen,
        other_channel=draw(st.just("") | words) if "其他" in chosen else "",
        to_all=to_all,
        to_group=draw(words if not to_all else st.just("") | st.just("特定群体") | words),
        proactive=proactive,
        on_request=draw(st.booleans()) or not proactive,
        at_county=county,
        at_township=township,
        village_words=draw(st.just("") | st.just("乡、村级")) if township else "",
    )


tables = st.lists(
    st.builds(
        lambda name, held: FieldTable(name, f"{name}领域基层政务公开标准目录", tuple(held)),
        words,
        st.lists(rows(), min_size=1, max_size=5),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda table: table.name.casefold(),
).map(tuple)


def cells(data: bytes) -> list:
    book = load_workbook(BytesIO(data))
    return [
        (
            page.title,
            sorted(map(str, page.merged_cells.ranges)),
            [[cell.value for cell in line] for line in page.iter_rows()],
        )
        for page in book
    ]


@pytest.mark.long
@given(tables)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back(held) -> None:
    data = write_catalogue(held)
    read = read_catalogue("目录.xlsx", data, KNOWN)
    assert read.faults == ()
    assert read.tables == held
    assert cells(write_catalogue(read.tables)) == cells(data)


def row(**given) -> CatalogueRow:
    told = {
        "number": "1",
        "first_level": "政府预算",
        "second_level": "一般公共预算",
        "content": "收支总表",
        "basis": "《预算法》",
        "time_limit": "批准后20日内",
        "organ_words": "财政局",
        "channels": ("政府网站",),
        **given,
    }
    return CatalogueRow(**told)


def test_the_head_is_merged_over_two_rows_and_repeated_items_are_one_cell() -> None:
    held = FieldTable("财政预决算", "题", (row(), row(number="2", second_level="基金预算")))
    page = load_workbook(BytesIO(write_catalogue([held])))["财政预决算"]
    merged = set(map(str, page.merged_cells.ranges))
    assert {"A1:N1", "A2:A3", "B2:C2", "D2:D3", "I2:J2", "K2:L2", "M2:N2", "B4:B5"} == merged - {
        "E2:E3",
        "F2:F3",
        "G2:G3",
        "H2:H3",
    }
    assert page["B3"].value == "一级事项"
    assert page["H4"].value.startswith("■政府网站　□政府公报\n□两微一端")
    assert page["I4"].value == "√"
    assert page["N4"].value is None


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    held = FieldTable("财政预决算", "题", (row(content="=HYPERLINK(1)"),))
    page = load_workbook(BytesIO(write_catalogue([held])))["财政预决算"]
    assert page["D4"].data_type == "s"
    assert page["D4"].value == "=HYPERLINK(1)"


def published(*lines, merges=(), sheet="Sheet1", more=()) -> bytes:
    book = Workbook()
    book.active.title = sheet
    for page_name, page_lines, page_merges in ((sheet, lines, merges), *more):
        page = book[page_name] if page_name in book.sheetnames else book.create_sheet(page_name)
        for line in page_lines:
            page.append(line)
        for area in page_merges:
            page.merge_cells(area)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


OTHER_ORDER = (
    ("附件1",),
    ("靖安县财政预决算领域基层政务公开标准目录",),
    ("编制单位：财政局",),
    (
        "序号",
        "公开事项",
        None,
        "公开主体",
        "公开内容\n（要素）",
        "公开依据",
        "公开时限",
        "公开渠道和载体",
        "公开对象",
        None,
        "公开方式",
        None,
        "公开层级",
        None,
    ),
    (
        None,
        "一级事项",
        "二级事项",
        None,
        None,
        None,
        None,
        None,
        "全社会",
        "特定群众",
        "主动公开",
        "依申请公开",
        "县级",
        "乡、村级",
    ),
    (
        "1",
        "政府预算",
        "一般公共预算",
        "财政局",
        "收支总表",
        "《预算法》",
        "批准后20日内",
        "☑政府网站 □政府公报\n√社区/企事业单位\n/村公示栏（电子屏）  ✓其他_手机短信_",
        "✓",
        None,
        "√",
        None,
        "■",
        "√",
    ),
    (
        "2",
        None,
        "政府性基金",
        None,
        "支出表",
        None,
        None,
        "政府网站、政府公报",
        "√",
        None,
        "√",
        None,
        "√",
        "□",
    ),
)
MERGES = (
    "A4:A5",
    "B4:C4",
    "D4:D5",
    "E4:E5",
    "F4:F5",
    "G4:G5",
    "H4:H5",
    "I4:J4",
    "K4:L4",
    "M4:N4",
    "B6:B7",
    "D6:D7",
    "F6:F7",
    "G6:G7",
    "A2:N2",
)


def test_a_countys_own_file_is_read_in_its_own_order() -> None:
    read = read_catalogue("目录.xlsx", published(*OTHER_ORDER, merges=MERGES), KNOWN)
    assert read.faults == ()
    (table,) = read.tables
    assert table.name == "财政预决算"
    assert table.places == (6, 7)
    first, second = table.rows
    assert (second.first_level, second.organ_words, second.basis) == (
        "政府预算",
        "财政局",
        "《预算法》",
    )
    assert first.channels == ("政府网站", "社区/企事业单位/村公示栏（电子屏）", "其他")
    assert first.other_channel == "手机短信"
    assert second.channels == ("政府网站", "政府公报")
    assert (first.at_county, first.at_township, first.village_words) == (True, True, "乡、村级")
    assert (second.at_township, second.village_words) == (False, "")


def test_one_head_row_and_single_columns_are_read_too() -> None:
    data = published(
        ("靖安县就业领域政务公开事项标准目录",),
        (
            "编号",
            "公开事项",
            "公开内容",
            "公开依据",
            "公开时限",
            "责任单位",
            "公开形式",
            "公开对象",
            "公开方式",
            "备注",
        ),
        (
            "1",
            "就业援助",
            "条件和程序",
            "《就业促进法》",
            "及时公开",
            "人社局",
            "政府网站",
            "就业困难人员",
            "主动公开",
            "",
        ),
        (
            "2",
            "政策解读",
            "解读材料",
            "54号",
            "及时公开",
            "人社局",
            "政府网站",
            "全社会",
            "依申请公开",
            "",
        ),
    )
    read = read_catalogue("目录.xlsx", data, KNOWN, township=True)
    assert read.faults == ()
    (table,) = read.tables
    first, second = table.rows
    assert (first.to_all, first.to_group, first.proactive) == (False, "就业困难人员", True)
    assert (second.to_all, second.on_request, second.proactive) == (True, True, False)
    assert (first.at_county, first.at_township) == (False, True)
    assert any("备注" in notice for notice in read.notices)
    assert any("公开层级" in notice for notice in read.notices)


def test_several_fields_stand_on_several_sheets_or_under_one_another() -> None:
    head = OTHER_ORDER[3:5]
    one = OTHER_ORDER[5]
    under = [
        ("财政预决算领域基层政务公开标准目录",),
        *head,
        one,
        (),
        ("养老服务领域基层政务公开标准目录",),
        *head,
        one,
        ("备注：本目录自印发之日起施行",),
    ]
    data = published(
        *under, more=(("说明", [("本工作簿共三个领域",)], ()), ("扶贫", [*head, one], ()))
    )
    read = read_catalogue("目录.xlsx", data, KNOWN)
    assert read.faults == ()
    assert [(table.name, len(table.rows)) for table in read.tables] == [
        ("财政预决算", 1),
        ("养老服务", 1),
        ("乡村振兴", 1),
    ]
    assert any("说明" in notice for notice in read.notices)


def test_a_repeated_head_without_a_title_goes_on_with_the_same_field() -> None:
    head, one = OTHER_ORDER[3:5], OTHER_ORDER[5]
    data = published(("养老服务领域基层政务公开标准目录",), *head, one, one, *head, one)
    (table,) = read_catalogue("目录.xlsx", data, KNOWN).tables
    assert len(table.rows) == 3


def test_faults_name_sheet_row_and_column() -> None:
    bare = ("3", "政府决算", "", "", "", "", "", "□政府网站", "", "", "", "", "", "")
    kept = ("3", "政府决算", "决算", "", "表", "", "", "□政府网站", "", "", "", "", "", "")
    read = read_catalogue("目录.xlsx", published(*OTHER_ORDER, bare, kept, merges=MERGES), KNOWN)
    told = {(fault.row, fault.column) for fault in read.faults}
    assert told == {
        (9, "公开依据"),
        (9, "公开时限"),
        (9, "公开主体"),
        (9, "公开渠道和载体"),
        (9, "公开对象"),
        (9, "公开方式"),
    }
    assert {fault.sheet for fault in read.faults} == {"Sheet1"}


def test_a_table_without_a_needed_column_or_a_name_is_a_fault() -> None:
    data = published(
        ("序号", "公开事项", "公开内容", "公开时限", "公开主体"), ("1", "甲", "乙", "丙", "丁")
    )
    (fault,) = read_catalogue("目录.xlsx", data, KNOWN).faults
    assert "公开依据" in fault.message
    assert "公开渠道和载体" in fault.message
    (fault,) = read_catalogue("目录.xlsx", published(*OTHER_ORDER[3:6]), KNOWN).faults
    assert "领域名称" in fault.message


def test_a_new_field_keeps_its_own_name() -> None:
    data = published(("就业创业培训领域基层政务公开标准目录",), *OTHER_ORDER[3:6])
    (table,) = read_catalogue("目录.xlsx", data, KNOWN).tables
    assert table.name == "就业创业培训"


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", b"0" * (400 * 1024 * 1024))
    return out.getvalue()


def macros() -> bytes:
    out = BytesIO(published(*OTHER_ORDER))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("目录.xlsx", lambda: b"PK" + b"0" * LIMITS.file_bytes, "超过10MB"),
        ("目录.xlsx", bomb, "解压后过大"),
        ("目录.xlsx", macros, "含有宏"),
        ("目录.xlsx", lambda: b"MZ\x90program", "程序"),
        ("目录.pdf", lambda: b"%PDF-1.7", "不接收"),
        ("目录.xlsx", lambda: published(*OTHER_ORDER)[:900], "损坏"),
        ("目录.xlsx", lambda: b"", "空的"),
    ],
)
def test_hostile_files_are_refused_in_chinese(name, make, said) -> None:
    with pytest.raises(ReadError, match=said):
        read_catalogue(name, make(), KNOWN)


def test_more_than_twenty_fields_are_all_read() -> None:
    held = tuple(FieldTable(f"领域{chr(0x4E00 + n)}", "题", (row(),)) for n in range(26))
    assert len(read_catalogue("目录.xlsx", write_catalogue(held), KNOWN).tables) == 26
