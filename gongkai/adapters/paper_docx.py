"""Writes a paper of figures as a Word file: prose, tables, and bars drawn as shaded cells.

A4 with the margins and type of an official document (GB/T 9704), as the annual report's. Bars are
cells of a table whose widths are the figures' shares: they print sharp, can be edited in Word and
WPS, and a screen reader finds the number beside each.
"""

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from gongkai.tables.charts import FULL
from gongkai.tables.paper import Chart, Grid, Heading, Paper, Paragraph
from gongkai.tables.report import printable

TITLE, HEADING, BODY, LATIN = "方正小标宋简体", "黑体", "仿宋_GB2312", "Times New Roman"
TEXT_MM = 156
LABEL_MM, VALUE_MM = 40, 18
LINE = Pt(28)
INK = "1F5FA8"
_SMALL = Pt(12)


def render(paper: Paper) -> bytes:
    """Return the paper as the bytes of a .docx file."""
    document = Document()
    _page(document, paper)
    _line(document, paper.title, TITLE, Pt(22), WD_ALIGN_PARAGRAPH.CENTER)
    for block in paper.blocks:
        if isinstance(block, Heading):
            _line(document, block.text, HEADING, Pt(16)).paragraph_format.keep_with_next = True
        elif isinstance(block, Paragraph):
            _prose(document, block.text)
        elif isinstance(block, Grid):
            _grid(document, block)
        else:
            _chart(document, block)
    for text in (paper.organ, paper.dated):
        _line(document, text, BODY, Pt(16), WD_ALIGN_PARAGRAPH.RIGHT)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: DocumentType, paper: Paper) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    properties = document.core_properties
    properties.title, properties.author = printable(paper.title), printable(paper.organ)
    properties.language, properties.comments = "zh-CN", ""


def _line(
    document: DocumentType,
    text: str,
    font: str,
    size: Length,
    side: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
) -> DocxParagraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = side
    _space(paragraph, LINE)
    _run(paragraph, text, font, size)
    return paragraph


def _prose(document: DocumentType, text: str) -> None:
    paragraph = _line(document, text, BODY, Pt(16), WD_ALIGN_PARAGRAPH.JUSTIFY)
    paragraph.paragraph_format.first_line_indent = Pt(32)


def _caption(document: DocumentType, text: str) -> None:
    paragraph = _line(document, text, HEADING, _SMALL, WD_ALIGN_PARAGRAPH.CENTER)
    paragraph.paragraph_format.keep_with_next = True


def _grid(document: DocumentType, grid: Grid) -> None:
    _caption(document, grid.caption)
    table = document.add_table(len(grid.rows) + 1, len(grid.heads), style="Table Grid")
    widths = [Mm(TEXT_MM * width / sum(grid.widths)) for width in grid.widths]
    for number, texts in enumerate((grid.heads, *grid.rows)):
        row = table.rows[number]
        for place, text in enumerate(texts):
            cell = row.cells[place]
            side = WD_ALIGN_PARAGRAPH.LEFT if place == 0 else WD_ALIGN_PARAGRAPH.CENTER
            _fill(cell, text, HEADING if number == 0 else BODY, side)
        _keep_whole(row._tr, head=number == 0)
    _settle(table, widths, grid.caption)
    document.add_paragraph()


def _chart(document: DocumentType, chart: Chart) -> None:
    if not chart.bars:
        return
    _caption(document, f"{chart.caption}（单位：{chart.unit}）")
    room = TEXT_MM - LABEL_MM - VALUE_MM
    for bar in chart.bars:
        # Each bar is a table of its own: cells of one column have one width.
        filled = max(1, round(room * bar.length / FULL)) if bar.length else 0
        widths = [LABEL_MM, VALUE_MM, *([filled] if filled else []), room - filled]
        widths = [width for width in widths if width]
        table = document.add_table(1, len(widths))
        cells = table.rows[0].cells
        _fill(cells[0], bar.label, BODY, WD_ALIGN_PARAGRAPH.LEFT)
        _fill(cells[1], str(bar.value), BODY, WD_ALIGN_PARAGRAPH.RIGHT)
        if filled:
            _shade(cells[2])
        _keep_whole(table.rows[0]._tr, head=False)
        _settle(table, [Mm(width) for width in widths], f"{bar.label} {bar.value}{chart.unit}")
        gap = document.add_paragraph()
        _space(gap, Pt(2))
    document.add_paragraph()


def _fill(cell: _Cell, text: str, font: str, side: WD_ALIGN_PARAGRAPH) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = side
    _space(paragraph, Pt(16))
    _run(paragraph, text, font, _SMALL)


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", INK)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _settle(table: DocxTable, widths: list[Length], caption: str) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    element = OxmlElement("w:tblCaption")
    element.set(qn("w:val"), printable(caption))
    table._tbl.tblPr.append(element)


def _keep_whole(row: object, *, head: bool) -> None:
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _run(paragraph: DocxParagraph, text: str, font: str, size: Length) -> None:
    run = paragraph.add_run(printable(text))
    run.font.size, run.font.color.rgb = size, RGBColor(0, 0, 0)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for name, value in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{name}"), value)
    fonts.set(qn("w:hint"), "eastAsia")


def _space(paragraph: DocxParagraph, line: Length) -> None:
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = line
