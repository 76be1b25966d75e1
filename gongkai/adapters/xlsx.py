"""Tables in and out as xlsx: what officials fill in and hand over, not reports.

Reading rests on the guarded reader of published workbooks (`readers.xlsxfile`): the
package is unpacked within caps, entities are refused, formulas are not computed.
Writing never makes a formula of a text: it is stored as quoted text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.adapters.readers.limits import Damaged, Limits, NotSupported, ReadError, TooLarge
from gongkai.adapters.readers.packages import Package
from gongkai.adapters.readers.xlsxfile import read_xlsx
from gongkai.tables.grid import Grid

LIMITS = Limits(
    file_bytes=5 * 1024 * 1024, unpacked_bytes=30 * 1024 * 1024, members=500, cells=60_000
)
TEXT_FORMAT = "@"
PREPARED_ROWS = 500
LONGEST_TEXT = 32_767
_OLE = b"\xd0\xcf\x11\xe0"
_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a written sheet: head, width in characters, what may be chosen in it."""

    head: str
    width: int = 14
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetOut:
    """A sheet to write: its name, its columns and its rows of texts and numbers.

    `bars` is the number of the column whose figures are drawn as bars beside the table, by the
    names of the first column; 0 for none.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | Decimal, ...], ...] = field(default=())
    bars: int = 0


def read_tables(data: bytes, limits: Limits = LIMITS) -> tuple[Grid, ...]:
    """Return the visible sheets of a workbook that hold anything, as texts.

    Dates that a spreadsheet stores as serial numbers stay numbers.

    Raises:
        ReadError: the file is no xlsx, damaged, encrypted, too large, or counts days from
            1904; the message names the remedy.
    """
    if len(data) > limits.file_bytes:
        raise TooLarge(f"文件超过{limits.file_bytes // 1024 // 1024}MB，请分成几个文件后再导入。")
    if data.startswith(_OLE):
        raise NotSupported(
            "这是旧版 Excel（.xls）或已加密的工作簿，请另存为不加密的 .xlsx 后再导入。"
        )
    if not data.startswith(b"PK"):
        raise NotSupported("这不是 Excel 工作簿，请另存为 .xlsx 后再导入。")
    try:
        _refuse_days_from_1904(Package(data, limits))
        parts = read_xlsx(data, limits).parts
    except TooLarge:
        raise TooLarge("文件内容过多，请只保留需要导入的表格后再导入。") from None
    except ReadError:
        raise
    except (ValueError, ArithmeticError):
        # A number where the format wants one is something else: the file was made to mislead.
        raise Damaged("文件已损坏或不完整，请重新导出后再试。") from None
    return tuple(part for part in parts if isinstance(part, Grid))


def write_tables(sheets: Sequence[SheetOut]) -> bytes:
    """Return sheets as the bytes of an .xlsx file; the heads stay in view."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _refuse_days_from_1904(package: Package) -> None:
    if _WORKBOOK not in package.names:
        return
    for node in package.xml(_WORKBOOK).iter("{*}workbookPr"):
        if node.get("date1904", "0") not in ("0", "false"):
            raise NotSupported(
                "工作簿使用1904日期系统，日期会读错，请在 Excel 选项中取消该设置后另存再导入。"
            )


def _write(page: Worksheet, sheet: SheetOut) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        cell = page.cell(1, number)
        _put(cell, column.head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].number_format = TEXT_FORMAT
        if column.choices:
            listed = DataValidation("list", formula1=f'"{",".join(column.choices)}"')
            page.add_data_validation(listed)
            listed.add(f"{letter}2:{letter}{max(PREPARED_ROWS, len(sheet.rows) + 1)}")
    for row, values in enumerate(sheet.rows, start=2):
        for number, value in enumerate(values, start=1):
            _put(page.cell(row, number), value)
    page.freeze_panes = "A2"
    if sheet.bars and sheet.rows:
        _draw_bars(page, sheet)


def _draw_bars(page: Worksheet, sheet: SheetOut) -> None:
    """Draw a column as bars to the right of the table, read from the cells themselves."""
    last = len(sheet.rows) + 1
    chart = BarChart()
    chart.type, chart.legend, chart.title = "bar", None, sheet.columns[sheet.bars - 1].head
    chart.height, chart.width = max(6, 0.7 * last), 18
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top, as in the table
    chart.add_data(Reference(page, min_col=sheet.bars, min_row=2, max_row=last))
    chart.set_categories(Reference(page, min_col=1, min_row=2, max_row=last))
    page.add_chart(chart, f"{get_column_letter(len(sheet.columns) + 2)}2")


def _put(cell: Cell, value: str | int | Decimal) -> None:
    """Write a number as a number and a text as quoted text, never as a formula."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT]
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    if text[0] in "=+-@\t\r":
        cell.quotePrefix = True
