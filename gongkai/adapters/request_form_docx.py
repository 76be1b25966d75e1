"""Writes the blank application form as a Word file that WPS and Word open alike, one page of A4."""

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from gongkai.adapters.request_form import COLUMNS, BlankForm, FormCell

_TITLE, _BODY, _LATIN = "方正小标宋简体", "仿宋_GB2312", "Times New Roman"
_MADE = datetime(2019, 5, 15)  # noqa: DTZ001  the day the form's law took effect; Word wants it bare


def render(form: BlankForm) -> bytes:
    """Return the form as the bytes of a .docx file."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(18), Mm(14)
    page.left_margin = page.right_margin = Mm(27)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = form.title, "", ""
    properties.language = "zh-CN"
    properties.created = properties.modified = _MADE
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title, form.title, _TITLE, 20)
    title.paragraph_format.space_after = Pt(6)
    _table(document.add_table(rows=len(form.rows), cols=len(COLUMNS)), form)
    for note in form.notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(4)
        paragraph.paragraph_format.space_after = Pt(0)
        _write(paragraph, note, _BODY, 9)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _table(table: Table, form: BlankForm) -> None:
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for place, width in enumerate(COLUMNS):
        table.columns[place].width = Mm(width)
        for cell in table.columns[place].cells:
            cell.width = Mm(width)
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(form.rows):
        table.rows[y].height = Mm(row.height)
        table.rows[y].height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        x = 0
        for told in row.cells:
            while (y, x) in taken:
                x += 1
            last = (y + told.rows - 1, x + told.columns - 1)
            taken |= {(v, u) for v in range(y, last[0] + 1) for u in range(x, last[1] + 1)}
            cell = table.cell(y, x)
            if (y, x) != last:
                cell = cell.merge(table.cell(*last))
            _fill(cell, told)
            x = last[1] + 1


def _fill(cell: _Cell, told: FormCell) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for place, line in enumerate(told.text.split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        if told.label:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, line, _BODY, 11)


def _write(paragraph: Paragraph, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    properties = run._element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for place, name in (("ascii", _LATIN), ("hAnsi", _LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{place}"), name)
    fonts.set(qn("w:hint"), "eastAsia")
