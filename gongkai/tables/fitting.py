"""How large a figure may be set so that it stays inside its column.

Columns of table three are about a centimetre wide on A4; a county's figures fit,
a province's do not at the same size. Paper formats (docx, pdf) ask here.
"""

from gongkai.tables.layout import LaidCell, LaidTable

MM_PER_POINT = 0.3528
DIGIT_EMS = 0.56  # the widest digits of the fonts in use
PADDING_MM = 1.7  # both sides of a cell, and the lines


def fitting_size(laid: LaidTable, cell: LaidCell, size: float, table_mm: float) -> float:
    """Return the type size in points for `cell`: `size`, or less where it would not fit.

    Headers wrap and keep their size; figures never wrap. `table_mm` is the width of
    the table on paper.
    """
    if cell.header or not cell.text:
        return size
    columns = laid.widths[cell.column : cell.column + cell.colspan]
    room = table_mm * sum(columns) / sum(laid.widths) - PADDING_MM
    ems = sum(1.0 if character >= "⺀" else DIGIT_EMS for character in cell.text)
    return round(min(size, room / (ems * MM_PER_POINT)), 1)
