"""Standard catalogues as workbooks: one sheet a field, the merged head, what counties publish.

Reading goes through the same door as uploads (`filetype.tell`) and the guarded reader: size,
swelling packages, macros, encryption and entities are refused in Chinese. Writing never makes
a formula of a text. Layout and reading of the table itself: `gongkai.tables.catalogue`.
"""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.adapters import filetype
from gongkai.adapters.readers.limits import Damaged, Limits, NotSupported, ReadError, TooLarge
from gongkai.adapters.readers.xlsxfile import read_sheets
from gongkai.tables.catalogue import CatalogueRead, FieldTable, Placed, lay_out, read_sheet
from gongkai.tables.catalogue.layout import FIRST_ROW, HEAD_ROW, TITLE_ROW, WIDTH

LIMITS = Limits(
    file_bytes=10 * 1024 * 1024,
    unpacked_bytes=60 * 1024 * 1024,
    members=1000,
    cells=100_000,
    sheets=80,
)
_WIDTHS = (6, 14, 18, 40, 36, 18, 16, 40, 8, 12, 7, 8, 7, 8)
_THIN = Side(style="thin", color="808080")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="DDE6F0")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_CENTRED = frozenset({1, *range(9, WIDTH + 1)})


def read_catalogue(
    name: str, data: bytes, known: Mapping[str, str], *, township: bool = False
) -> CatalogueRead:
    """Return every field's table in a workbook, with faults by sheet, row and column.

    `known` maps names under which fields go to the name of the field. Sheets without a table
    (a cover, notes) are left out with a notice. Tables of one field on several sheets join.

    Raises:
        ReadError: no xlsx, damaged, encrypted, with macros, too large; the message names the
            remedy.
    """
    _refuse(name, data)
    try:
        sheets = read_sheets(data, LIMITS)
    except TooLarge:
        raise TooLarge("文件内容过多，请只保留标准目录的表格后再导入。") from None
    except ReadError:
        raise
    except (ValueError, ArithmeticError):
        raise Damaged("文件已损坏或不完整，请重新导出后再试。") from None
    found = [(sheet, read_sheet(sheet, grid, known, township=township)) for sheet, grid in sheets]
    without = [sheet for sheet, read in found if not read.tables and not read.faults]
    notices = [f"工作表“{sheet}”中没有标准目录的表格，未读取" for sheet in without]
    return CatalogueRead(
        _joined([table for _, read in found for table in read.tables]),
        tuple(fault for _, read in found for fault in read.faults),
        (*notices, *(notice for _, read in found for notice in read.notices)),
    )


def write_catalogue(tables: Sequence[FieldTable]) -> bytes:
    """Return the tables as an .xlsx file, one sheet a field, ready to print on A3."""
    book = Workbook()
    book.remove(book.active)
    taken: set[str] = set()
    for table in tables:
        page = book.create_sheet(_sheet_name(table.name, taken))
        for placed in lay_out(table):
            _write(page, placed)
        _finish(page, len(table.rows))
    if not tables:
        book.create_sheet("标准目录")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _refuse(name: str, data: bytes) -> None:
    if len(data) > LIMITS.file_bytes:
        most = LIMITS.file_bytes // 1024 // 1024
        raise TooLarge(f"文件超过{most}MB，请按领域分成几个文件后再导入。")
    try:
        filetype.tell(name, data, frozenset({"xlsx", "xls", "et"}))
    except filetype.NotAccepted as refused:
        raise NotSupported(str(refused)) from None
    if not data.startswith(b"PK"):
        raise NotSupported("这是旧版表格（.xls、.et），请另存为 .xlsx 后再导入。")


def _joined(tables: Sequence[FieldTable]) -> tuple[FieldTable, ...]:
    """Return the tables, those of one field that stand on several sheets made one."""
    found: dict[str, FieldTable] = {}
    for place, table in enumerate(tables):
        key = table.name or f"#{place}"
        if key in found:
            first = found[key]
            found[key] = FieldTable(
                first.name,
                first.title,
                first.rows + table.rows,
                first.sheet,
                first.places + table.places,
            )
        else:
            found[key] = table
    return tuple(found.values())


def _sheet_name(name: str, taken: set[str]) -> str:
    plain = _FORBIDDEN.sub("、", name).strip("'")[:_LONGEST_NAME] or "领域"
    told, number = plain, 1
    while told.casefold() in taken:
        number += 1
        told = f"{plain[: _LONGEST_NAME - 4]}（{number}）"
    taken.add(told.casefold())
    return told


def _write(page: Worksheet, placed: Placed) -> None:
    cell = page.cell(placed.row, placed.column)
    _put(cell, placed.text)
    if placed.row == TITLE_ROW:
        cell.font = Font(name="黑体", size=16)
        cell.alignment = Alignment(horizontal="center", vertical="center")
    elif placed.row < FIRST_ROW:
        cell.font = Font(bold=True)
        cell.fill = _HEAD_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    else:
        across = "center" if placed.column in _CENTRED else "left"
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    if placed.down > 1 or placed.across > 1:
        page.merge_cells(
            start_row=placed.row,
            start_column=placed.column,
            end_row=placed.row + placed.down - 1,
            end_column=placed.column + placed.across - 1,
        )


def _finish(page: Worksheet, rows: int) -> None:
    for column, width in enumerate(_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.row_dimensions[TITLE_ROW].height = 32
    for line in page.iter_rows(HEAD_ROW, FIRST_ROW + rows - 1, 1, WIDTH):
        for cell in line:
            cell.border = _BORDER
    page.freeze_panes = page.cell(FIRST_ROW, 1)
    page.print_title_rows = f"{TITLE_ROW}:{FIRST_ROW - 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 8  # A3
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Cell, text: str) -> None:
    """Write a text as a text, never as a formula."""
    said = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_767]
    if not said:
        return
    cell.value = said
    cell.data_type = "s"
    cell.number_format = "@"
    if said[0] in "=+-@\t\r":
        cell.quotePrefix = True
