"""A sheet of documents, one a row."""

import time
import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from gongkai.adapters.oldsite import OldRow, Refused, SiteUnreadable, read_sheet
from gongkai.adapters.oldsite.days import CHINA
from gongkai.adapters.readers.limits import ReadError
from gongkai.adapters.readers.office import convert

HEAD = ["序号", "*信息名称", "发文字号", "发文机关", "成文日期(必填)", "发布 日期", "内容", "附件"]
HEAD += ["主题分类", "栏目", "备注", "索引号", "原地址", "有效性"]
AT = datetime(2020, 1, 5, 9, 30, tzinfo=CHINA)
ROW = [
    1,
    "关于某事的通知",
    "靖府字〔2020〕1号",
    "县政府",
    date(2020, 1, 2),
    AT.replace(tzinfo=None),
]
ROW += ["　　第一段。\n第二段 <5", "甲.doc；乙.pdf", "综合政务\\其他", "政务公开>政策文件", "急"]
ROW += [2020, "/a/b.html", "有效"]


def book(*rows: list[object]) -> bytes:
    """Return a workbook of rows."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def check(row: OldRow | Refused, number: int) -> None:
    """Check the specimen row."""
    assert isinstance(row, OldRow)
    assert (row.row, row.title, row.document_number) == (number, ROW[1], ROW[2])
    assert (row.issuer, row.formed_on) == ("县政府", date(2020, 1, 2))
    assert row.published_at == AT
    assert row.body_html == "<p>第一段。</p>\n<p>第二段 &lt;5</p>"
    assert row.attachments == ("甲.doc", "乙.pdf")
    assert row.column == ("政务公开", "政策文件")
    assert (row.subject, row.validity, row.index_number) == ("综合政务\\其他", "有效", "2020")
    assert row.old_address == "/a/b.html"
    assert dict(row.others) == {"序号": "1", "备注": "急"}
    assert row.notes == ()


def test_a_workbook_with_a_title_above_its_head():
    rows = list(read_sheet(book(["全县文件目录"], [], HEAD, ROW, [None] * 14, [2, ""], ROW)))
    check(rows[0], 4)
    assert isinstance(rows[1], Refused)
    assert (rows[1].address, rows[1].reason) == ("第6行", "没有标题。")
    check(rows[2], 7)
    assert len({row.key for row in rows}) == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_csv(encoding, mark):
    lines = [mark.join(HEAD), mark.join(f'"{cell}"' for cell in ROW)]
    (row,) = read_sheet("\r\n".join(lines).encode(encoding))
    check(row, 2)


@pytest.mark.long
def test_an_old_workbook():
    try:
        data = convert(book(HEAD, ROW), ".xlsx", "xls")
    except ReadError:
        pytest.skip("LibreOffice Calc is not installed")
    (row,) = read_sheet(data)
    check(row, 2)


def test_a_cell_of_html_is_cleaned():
    html = "<p onclick=x>甲</p><script>1</script><a href='javascript:x'>乙</a>"
    (row,) = read_sheet(book(["标题", "正文"], ["某事", html]))
    assert row.body_html == "<p>甲</p>\n<p>乙</p>"
    assert row.notes == ("未保留链接：javascript:x。",)


def test_days_that_are_none_are_told():
    (row,) = read_sheet(book(["标题", "发布日期"], ["某事", "去年"]))
    assert row.published_at is None
    assert dict(row.others) == {"发布日期": "去年"}
    assert row.notes == ("发布日期“去年”不是日期。",)


def bomb() -> bytes:
    """Return a workbook whose sheet swells."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(book(HEAD))) as old, zipfile.ZipFile(file, "w", 8) as made:
        for name in old.namelist():
            swollen = name == "xl/worksheets/sheet1.xml"
            made.writestr(name, b" " * 400_000_000 if swollen else old.read(name))
    return file.getvalue()


def far() -> bytes:
    """Return a workbook with one cell in the farthest corner."""
    made = openpyxl.Workbook()
    made.active.append(HEAD)
    made.active["XFD1048576"] = 1
    file = BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "表头|空"),
        (b"\x00\x01\x02" * 100, "不是|编码|表头"),
        (b"PK\x03\x04", "损坏"),
        (book(["甲", "乙"], ["丙", "丁"]), "表头"),
        (far(), "很远"),
        (bomb(), "压缩炸弹|过大"),
    ],
    ids=["empty", "binary", "broken", "headless", "far", "bomb"],
)
def test_what_is_no_sheet_is_refused_soon(data, told):
    start = time.process_time()
    with pytest.raises(SiteUnreadable, match=told):
        list(read_sheet(data))
    assert time.process_time() - start < 10
