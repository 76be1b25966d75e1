"""The Word file: real merged headers, repeated head rows, official fonts."""

from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from gongkai.adapters import report_docx
from gongkai.adapters.tests.reports import NASTY, clean_sheet, content, reference_sheet
from gongkai.tables.editions import EDITIONS
from gongkai.tables.layout import lay_tables
from gongkai.tables.report import SECTION_HEADINGS


def written(report):
    return docx.Document(BytesIO(report_docx.render(report)))


def test_six_parts_and_three_tables_stand_in_order():
    document = written(content(reference_sheet()))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == list(SECTION_HEADINGS)
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 2"] == [
        "（一）主动公开",
        "（二）依申请公开",
    ]
    assert len(document.tables) == 3
    assert document.core_properties.title == "靖安县人民政府2020年政府信息公开工作年度报告"
    assert document.paragraphs[-1].text == "2021年1月29日"


@pytest.mark.parametrize("edition", EDITIONS)
def test_cells_are_merged_as_the_form_prints_them(edition):
    report = content(clean_sheet(edition))
    for table, laid in zip(written(report).tables, lay_tables(report.sheet), strict=True):
        for cell in laid.cells:
            first = table.cell(cell.row, cell.column)
            last = table.cell(cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1)
            assert first._tc is last._tc
            assert first.text == cell.text


def test_head_rows_repeat_and_no_row_breaks_over_a_page():
    table = written(content(reference_sheet())).tables[1]
    marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert marks == [True] * 3 + [False] * 23
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_every_run_names_its_chinese_font():
    document = written(content(reference_sheet()))
    runs = list(document.element.body.iter(qn("w:r")))
    fonts = {run.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}
    assert fonts == {"方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"}


def test_text_is_taken_literally_and_control_characters_are_dropped():
    document = written(content(reference_sheet(), preamble=(NASTY,), notice="演示数据"))
    texts = [p.text for p in document.paragraphs]
    assert texts[1] == "演示数据"
    assert texts[2] == NASTY.replace("\x00", "").replace("\x0b", "")


def test_a_draft_has_no_signature_and_a_correction_says_what_it_is():
    assert written(content(reference_sheet(), published_on=None)).paragraphs[-1].text.endswith("。")
    corrected = written(content(reference_sheet(), version=2, revision="（更正版：订正表三。）"))
    assert corrected.paragraphs[-1].text == "（更正版：订正表三。）"
