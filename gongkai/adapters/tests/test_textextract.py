"""Text of every kind that has some, and why there is none."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
import typst

from gongkai.adapters import textextract
from gongkai.adapters.tests.uploads import pdf, photo, word
from gongkai.adapters.textextract import extract

_PAGE = (
    '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:TextObject>'
    "<ofd:TextCode>{0}</ofd:TextCode></ofd:TextObject></ofd:Page>"
)


def ofd(*pages: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("OFD.xml", "<ofd/>")
        for number, text in enumerate(pages):
            made.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", _PAGE.format(text))
    return out.getvalue()


def book() -> bytes:
    made, out = openpyxl.Workbook(), BytesIO()
    made.active.append(["姓名", "金额"])
    made.active.append(["张三", 100])
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("pdf", pdf("河道采砂许可"), "河道采砂许可"),
        ("docx", word("河道采砂许可"), "河道采砂许可"),
        ("xlsx", book(), "张三\t100"),
        ("txt", "河道采砂许可".encode("gb18030"), "河道采砂许可"),
        ("ofd", ofd("河道", "采砂"), "河道\f采砂"),
    ],
)
def test_what_has_text(kind: str, data: bytes, said: str) -> None:
    got = extract(data, kind)
    assert said in got.text
    assert got.reason == ""
    assert not got.cut


def test_ofd_pages_come_in_their_order() -> None:
    words = [f"第{number}页" for number in range(12)]
    assert extract(ofd(*words), "ofd").text.split("\f") == words


@pytest.mark.parametrize(
    ("kind", "data", "reason"),
    [
        ("jpg", photo(), "图片"),
        ("pdf", typst.compile(b"#rect()"), "没有文字"),
        ("pdf", b"%PDF-1.7 broken", "已损坏"),
        ("docx", word()[:500], "已损坏"),
        ("ofd", ofd(), "缺少必要的内容"),
        ("eml", b"From: a@b\n\n", "邮件"),
    ],
)
def test_what_has_none_says_why(kind: str, data: bytes, reason: str) -> None:
    got = extract(data, kind)
    assert got.text == ""
    assert reason in got.reason


def test_long_text_is_cut(monkeypatch) -> None:
    monkeypatch.setattr(textextract, "_MOST", 10)
    assert extract("河道采砂许可情况的说明文字".encode(), "txt").cut
    got = extract(pdf("河道采砂许可情况的说明文字"), "pdf")
    assert (len(got.text), got.cut) == (10, True)
