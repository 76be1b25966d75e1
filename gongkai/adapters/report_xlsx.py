"""Writes an annual report as a workbook: the text on one sheet, then one sheet a table.

Headers are merged as in the official form; counts and amounts whose unit the
form prints in the head are numbers. Text that a spreadsheet could take for a
formula is stored as quoted text and never computed.
"""

from datetime import datetime, time
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.tables.layout import LaidCell, LaidTable, Scope, lay_tables
from gongkai.tables.report import ReportContent, Section, printable
from gongkai.tables.sheet import Number, Table

SHEET_NAMES = {Table.PROACTIVE: "表二", Table.REQUESTS: "表三", Table.REMEDIES: "表四"}
TEXT_SHEET = "报告正文"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
TITLE_ROWS = 1
WIDTH = 110  # characters across a table, a Chinese one counting two
TEXT_WIDTH = 76
PRECISE_DIGITS = 15  # what a spreadsheet's number holds without loss
LINE = Side(style="thin")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def render(content: ReportContent) -> bytes:
    """Return the report as the bytes of an .xlsx file.

    Raises:
        KeyError: the sheet's edition is none of ours.
    """
    book = Workbook()
    book.properties.title = printable(content.title)
    book.properties.creator = printable(content.organ)
    if content.published_on:
        book.properties.created = datetime.combine(content.published_on, time())
    text = book.active
    text.title = TEXT_SHEET
    _write_text(text, content)
    for laid in lay_tables(content.sheet):
        _write_table(book.create_sheet(SHEET_NAMES[laid.table]), laid)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: SheetCell, value: str | Decimal) -> None:
    """Write a number, or text that is never taken for a formula."""
    if isinstance(value, Decimal):
        cell.value = int(value) if value == value.to_integral_value() else value
        return
    if not value:
        return
    cell.value = printable(value)
    cell.data_type = "s"
    if value.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True


def _write_text(sheet: Worksheet, content: ReportContent) -> None:
    sheet.column_dimensions["A"].width = TEXT_WIDTH
    lines: list[tuple[str, Font]] = [(content.title, Font(name="黑体", size=16))]
    body = Font(name="仿宋_GB2312", size=12)
    lines += [(text, body) for text in (content.notice, *content.preamble) if text]
    for section in content.sections:
        lines += _section_lines(section, body)
    if content.published_on:
        tail = (content.organ, content.date_line, content.revision)
        lines += [(text, body) for text in tail if text]
    for number, (text, font) in enumerate(lines, 1):
        cell = sheet.cell(number, 1)
        _put(cell, text)
        cell.font = font
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number].height = _height(text, TEXT_WIDTH, font.size)
    _fit_page(sheet, tall=True)
    sheet["A1"].alignment = Alignment(horizontal="center", wrap_text=True)


def _section_lines(section: Section, body: Font) -> list[tuple[str, Font]]:
    lines = [(section.heading, Font(name="黑体", size=12))]
    if section.table is not None:
        lines.append((f"见工作表“{SHEET_NAMES[section.table]}”。", body))
    lines += [(text, body) for text in section.paragraphs]
    for part in section.parts:
        lines += _section_lines(part, body)
    return lines


def _write_table(sheet: Worksheet, laid: LaidTable) -> None:
    columns = len(laid.widths)
    widths = [max(7.0, WIDTH * width / sum(laid.widths)) for width in laid.widths]
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=columns)
    _put(sheet.cell(1, 1), laid.caption)
    sheet.cell(1, 1).font = Font(name="黑体", size=14)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 30
    for cell in laid.cells:
        _write_cell(sheet, laid, cell)
    for number, row in enumerate(laid.rows):
        heights = (
            _height(cell.text, sum(widths[cell.column : cell.column + cell.colspan]), 11)
            for cell in row
            if cell.rowspan == 1
        )
        sheet.row_dimensions[TITLE_ROWS + 1 + number].height = max(heights) + 6
    first = TITLE_ROWS + 1
    sheet.print_title_rows = f"1:{TITLE_ROWS + laid.head_rows}"
    sheet.freeze_panes = sheet.cell(first + laid.head_rows, 1)
    _fit_page(sheet)


def _fit_page(sheet: Worksheet, *, tall: bool = False) -> None:
    """Print on A4, one page wide; `tall` text takes as many pages as it needs."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0 if tall else 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = not tall


def _height(text: str, width: float, size: float) -> float:
    """Return the height in points of `text` wrapped at `width` characters."""
    lines = -(-2 * len(text) // int(width - 1)) or 1
    return lines * size * 1.45


def _write_cell(sheet: Worksheet, laid: LaidTable, cell: LaidCell) -> None:
    top, left = cell.row + TITLE_ROWS + 1, cell.column + 1
    bottom, right = top + cell.rowspan - 1, left + cell.colspan - 1
    spot = sheet.cell(top, left)
    _put(spot, _value(cell))
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            sheet.cell(row, column).border = BORDER
    spot.font = Font(name="黑体" if cell.header else "Times New Roman", size=11)
    aside = laid.table is Table.REQUESTS and cell.scope is Scope.ROW
    spot.alignment = Alignment(
        horizontal="left" if aside else "center", vertical="center", wrap_text=True
    )
    if (bottom, right) != (top, left):
        sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)


def _value(cell: LaidCell) -> str | Decimal:
    """Return a figure as a number unless its printed text says more than the number does."""
    match cell.cell:
        case Number(value) if format(value.normalize(), "f") == cell.text or not value:
            exact = len(value.normalize().as_tuple().digits) <= PRECISE_DIGITS
            return (
                value if exact and cell.text.lstrip("-").replace(".", "").isdigit() else cell.text
            )
        case _:
            return cell.text
