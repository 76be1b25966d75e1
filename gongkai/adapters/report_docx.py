"""Writes an annual report as a Word file in the form offices use.

A4 with the margins and type of an official document (GB/T 9704): title in
方正小标宋简体, headings in 黑体 and 楷体, text in 仿宋_GB2312. The font names are
kept as they are so that Word and WPS take the real ones. Table headers are real
merged cells; header rows repeat where a table breaks over a page.
"""

from datetime import datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from gongkai.tables.fitting import fitting_size
from gongkai.tables.layout import LaidCell, LaidTable, Scope, lay_tables
from gongkai.tables.report import ReportContent, Section, printable, title_lines
from gongkai.tables.sheet import Table

TITLE, HEADING, SUBHEADING, BODY = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
LATIN = "Times New Roman"
TEXT_MM = 156
TEXT_WIDTH = Mm(TEXT_MM)
LINE = Pt(28)
TABLE_SIZES = {Table.PROACTIVE: 12.0, Table.REQUESTS: 10.5, Table.REMEDIES: 10.5}
ROW_HEIGHTS = {Table.PROACTIVE: Mm(8), Table.REQUESTS: Mm(6.4), Table.REMEDIES: Mm(9)}


def render(content: ReportContent) -> bytes:
    """Return the report as the bytes of a .docx file.

    Raises:
        KeyError: the sheet's edition is none of ours.
    """
    document = Document()
    _set_up(document, content)
    _heading(document, "\n".join(title_lines(content)), 0)
    if content.notice:
        _line(document, content.notice, WD_ALIGN_PARAGRAPH.CENTER)
    for text in content.preamble:
        _paragraph(document, text)
    tables = {laid.table: laid for laid in lay_tables(content.sheet)}
    for section in content.sections:
        _section(document, section, tables, 1)
    _signature(document, content)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: DocumentType, content: ReportContent) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.footer_distance = Mm(25)
    properties = document.core_properties
    properties.title = printable(content.title)
    properties.author = printable(content.organ)
    properties.subject = "政府信息公开工作年度报告"
    properties.language = "zh-CN"
    properties.comments = ""
    if content.published_on:
        properties.created = properties.modified = datetime.combine(content.published_on, time())
    _style_font(document, "Normal", BODY, Pt(16))
    _style_font(document, "Title", TITLE, Pt(22))
    _style_font(document, "Heading 1", HEADING, Pt(16))
    _style_font(document, "Heading 2", SUBHEADING, Pt(16))
    _page_number(page.footer.paragraphs[0])


def _style_font(document: DocumentType, name: str, font: str, size: Length) -> None:
    style = document.styles[name]
    style.font.size = size
    style.font.bold = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    _name_fonts(fonts, font)
    if name == "Title":
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
            break


def _name_fonts(fonts, font: str) -> None:
    """Name the fonts of a run: `font` for Chinese, and for quotation marks, which are both."""
    fonts.set(qn("w:ascii"), LATIN)
    fonts.set(qn("w:hAnsi"), LATIN)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def _run(paragraph: Paragraph, text: str, font: str, size: Length) -> None:
    run = paragraph.add_run(printable(text))
    run.font.size = size
    _name_fonts(run._element.get_or_add_rPr().get_or_add_rFonts(), font)


def _space(paragraph: Paragraph, line: Length | None = None) -> None:
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    if line is None:
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        shape.line_spacing = line


def _heading(document: DocumentType, text: str, level: int) -> Paragraph:
    font, size = {0: (TITLE, Pt(22)), 1: (HEADING, Pt(16))}.get(level, (SUBHEADING, Pt(16)))
    paragraph = document.add_heading(level=level)
    _run(paragraph, text, font, size)
    shape = paragraph.paragraph_format
    shape.keep_with_next = True
    _space(paragraph, Pt(36) if level == 0 else LINE)
    if level == 0:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape.space_after = LINE
    else:
        shape.first_line_indent = Pt(32)
    return paragraph


def _paragraph(document: DocumentType, text: str) -> None:
    paragraph = document.add_paragraph()
    _run(paragraph, text, BODY, Pt(16))
    _space(paragraph, LINE)
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _line(document: DocumentType, text: str, side: WD_ALIGN_PARAGRAPH) -> Paragraph:
    paragraph = document.add_paragraph()
    _run(paragraph, text, BODY, Pt(16))
    _space(paragraph, LINE)
    paragraph.alignment = side
    return paragraph


def _signature(document: DocumentType, content: ReportContent) -> None:
    if not content.published_on:
        return
    # The signature never stands on a page alone: the last lines go with it.
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    organ = _line(document, content.organ, WD_ALIGN_PARAGRAPH.RIGHT)
    organ.paragraph_format.space_before = LINE
    organ.paragraph_format.keep_with_next = True
    for text in (content.date_line, content.revision):
        if text:
            day = _line(document, text, WD_ALIGN_PARAGRAPH.RIGHT)
            day.paragraph_format.keep_together = True


def _section(
    document: DocumentType, section: Section, tables: dict[Table, LaidTable], level: int
) -> None:
    heading = _heading(document, section.heading, level)
    # Table three fills a page; begun on a page of its own it is never torn apart.
    heading.paragraph_format.page_break_before = section.table is Table.REQUESTS
    if section.table is not None:
        heading.paragraph_format.space_after = Pt(6)
    for text in section.paragraphs:
        _paragraph(document, text)
    if section.table is not None:
        _table(document, tables[section.table])
    for part in section.parts:
        _section(document, part, tables, level + 1)


def _table(document: DocumentType, laid: LaidTable) -> None:
    table = document.add_table(len(laid.rows), len(laid.widths), style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _describe(table, laid.caption)
    widths = [Length(TEXT_WIDTH * width // sum(laid.widths)) for width in laid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    grid = [row.cells for row in table.rows]
    for cell in laid.cells:
        spot = grid[cell.row][cell.column]
        if cell.rowspan > 1 or cell.colspan > 1:
            spot = spot.merge(grid[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1])
        _fill(spot, laid, cell)
    for number, row in enumerate(table.rows):
        row.height, row.height_rule = ROW_HEIGHTS[laid.table], WD_ROW_HEIGHT_RULE.AT_LEAST
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number < laid.head_rows:
            properties.append(OxmlElement("w:tblHeader"))
    for row in grid:
        for cell, width in zip(row, widths, strict=True):
            if cell._tc.grid_span == 1:
                cell.width = width
    _narrow_margins(table)


def _bound(laid: LaidTable, cell: LaidCell) -> bool:
    """Say whether the cell's row must stand on the same page as the next row."""
    if cell.row < laid.head_rows:
        return True
    return any(first <= cell.row < last for first, last in laid.groups)


def _fill(spot: _Cell, laid: LaidTable, cell: LaidCell) -> None:
    spot.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for extra in spot.paragraphs[1:]:
        extra._element.getparent().remove(extra._element)
    paragraph = spot.paragraphs[0]
    size = fitting_size(laid, cell, TABLE_SIZES[laid.table], TEXT_MM)
    _run(paragraph, cell.text, BODY, Pt(size))
    _space(paragraph)
    paragraph.paragraph_format.keep_with_next = _bound(laid, cell)
    left = laid.table is Table.REQUESTS and cell.scope is Scope.ROW
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER


def _describe(table: DocxTable, caption: str) -> None:
    """Give the table its name for screen readers."""
    for tag in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(tag)
        element.set(qn("w:val"), caption)
        table._tbl.tblPr.append(element)


def _narrow_margins(table: DocxTable) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 15), ("left", 40), ("bottom", 15), ("right", 40)):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(width))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)


def _page_number(paragraph: Paragraph) -> None:
    """Number the pages — 1 — as official documents do."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", "宋体", Pt(14))
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._element.append(element)
    _run(paragraph, " —", "宋体", Pt(14))
