"""The PDF: tagged and titled, every character shown, refused without a Chinese font."""

from io import BytesIO

import pdfplumber
import pypdfium2
import pytest

from gongkai.adapters import report_pdf
from gongkai.adapters.report_pdf import NoChineseFont, choose_fonts
from gongkai.adapters.tests.reports import NASTY, content, reference_sheet


@pytest.fixture(scope="module")
def pdf():
    report = content(reference_sheet(), preamble=(NASTY,), notice="演示数据")
    return report_pdf.render(report)


def test_it_is_tagged_and_titled(pdf):
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_value("Title") == "靖安县人民政府2020年政府信息公开工作年度报告"
    assert document.is_tagged()


def test_values_are_never_read_as_markup(pdf):
    with pdfplumber.open(BytesIO(pdf)) as document:
        text = "".join(document.pages[0].extract_text().split())
    assert "#show:panic()<b>&amp;" in text
    assert "演示数据" in text


def test_every_character_has_a_glyph(pdf):
    with pdfplumber.open(BytesIO(pdf)) as document:
        shown = {char["text"]: char["fontname"] for char in document.pages[0].chars}
    assert "NotoSerifCJK" in shown["璪"].replace("-", "")


def test_tables_keep_their_pages(pdf):
    with pdfplumber.open(BytesIO(pdf)) as document:
        tables = [len(table.rows) for page in document.pages for table in page.find_tables()]
    assert tables[-2:] == [26, 4]
    assert sum(tables[:-2]) == 18


def test_the_same_report_gives_the_same_bytes(pdf):
    report = content(reference_sheet(), preamble=(NASTY,), notice="演示数据")
    assert report_pdf.render(report) == pdf


def test_the_offices_own_fonts_come_first():
    chosen = choose_fonts(["Noto Serif CJK SC", "Noto Sans CJK SC", "FangSong_GB2312"])
    assert chosen["body"] == ["FangSong_GB2312", "Noto Serif CJK SC", "Noto Sans CJK SC"]
    assert chosen["bold-title"]


def test_without_a_chinese_font_it_names_the_package(tmp_path):
    with pytest.raises(NoChineseFont, match="fonts-noto-cjk"):
        choose_fonts(["DejaVu Sans"], tmp_path)
