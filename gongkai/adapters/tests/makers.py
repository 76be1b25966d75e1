"""Simple makers of report files, for tests of the readers: a Document in, bytes out.

They write as offices do (Word table, web page, workbook, plain text with tabs,
PDF with ruled tables), and know nothing of the form.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from io import BytesIO

import docx
import openpyxl
import typst

from gongkai.tables.grid import Document, Grid, GridCell


def text_file(document: Document, encoding: str = "utf-8") -> bytes:
    """Return plain text: a paragraph a line, a table as rows of tabbed cells."""
    lines: list[str] = []
    for part in document.parts:
        if isinstance(part, Grid):
            lines += ["\t".join(cell.replace("\n", "") for cell in row) for row in part.matrix]
            lines.append("")
        else:
            lines += [part, ""]
    return "\n".join(lines).encode(encoding)


def one_cell_a_line_file(document: Document) -> bytes:
    """Return plain text as pasted from a web page: every cell that is not empty on its line."""
    lines: list[str] = []
    for part in document.parts:
        if isinstance(part, Grid):
            lines += [cell for row in part.matrix for cell in row if cell]
        else:
            lines.append(part)
    return "\n".join(lines).encode()


def spaced_file(document: Document) -> bytes:
    """Return plain text whose table cells stand apart by spaces."""
    lines: list[str] = []
    for part in document.parts:
        if isinstance(part, Grid):
            lines += ["   ".join(cell for cell in row if cell) for row in part.matrix]
        else:
            lines.append(part)
    return "\n".join(lines).encode()


def bars_file(document: Document) -> bytes:
    """Return plain text with tables of bars, as Markdown has them."""
    lines: list[str] = []
    for part in document.parts:
        if not isinstance(part, Grid):
            lines.append(part)
            continue
        head, *rest = ["| " + " | ".join(row) + " |" for row in part.matrix]
        lines += [head, "|" + "---|" * len(part.matrix[0]), *rest, ""]
    return "\n".join(lines).encode()


def html_file(document: Document, encoding: str = "utf-8") -> bytes:
    """Return a web page with spans, a script and a style beside the report."""
    body: list[str] = []
    for part in document.parts:
        if not isinstance(part, Grid):
            body.append(f"<p>{escape(part)}</p>")
            continue
        body.append('<table border="1">')
        for row in part.rows:
            body.append("<tr>")
            for cell in row:
                tag = "th" if cell.header else "td"
                text = escape(cell.text).replace("\n", "<br>")
                body.append(
                    f'<{tag} rowspan="{cell.rowspan}" colspan="{cell.colspan}">'
                    f"<p><span>{text}</span></p></{tag}>"
                )
            body.append("</tr>")
        body.append("</table>")
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{encoding}"><title>年报</title>'
        "<style>td { color: red }</style></head><body>"
        "<script>document.write('<table><tr><td>总计</td><td>99</td></tr></table>')</script>"
        f"<div>{''.join(body)}</div></body></html>"
    )
    return page.encode(encoding)


def docx_file(document: Document) -> bytes:
    """Return a Word document with merged cells."""
    paper = docx.Document()
    for part in document.parts:
        if not isinstance(part, Grid):
            paper.add_paragraph(part)
            continue
        width = len(part.matrix[0])
        table = paper.add_table(rows=len(part.rows), cols=width, style="Table Grid")
        cells = list(table._cells)  # one look: each is found anew by table.cell()
        for (row, column), cell in _places(part):
            target = cells[row * width + column]
            if cell.rowspan > 1 or cell.colspan > 1:
                last = (row + cell.rowspan - 1) * width + column + cell.colspan - 1
                target = target.merge(cells[last])
            target.text = cell.text
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def xlsx_file(document: Document, numbers: bool = True) -> bytes:
    """Return a workbook: one sheet, paragraphs in column A, merged cells; figures as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    line = 1
    for part in document.parts:
        if not isinstance(part, Grid):
            sheet.cell(line, 1, part)
            line += 1
            continue
        for (row, column), cell in _places(part):
            value = cell.text
            if value:
                plain = value.removeprefix("-").isascii() and value.removeprefix("-").isdigit()
                sheet.cell(line + row, column + 1, int(value) if numbers and plain else value)
            if cell.rowspan > 1 or cell.colspan > 1:
                sheet.merge_cells(
                    start_row=line + row,
                    end_row=line + row + cell.rowspan - 1,
                    start_column=column + 1,
                    end_column=column + cell.colspan,
                )
        line += len(part.rows) + 1
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _places(grid: Grid) -> Iterator[tuple[tuple[int, int], GridCell]]:
    """Yield ((row, column), cell) of each cell of a grid."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(grid.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield (row, column), cell
            taken |= {
                (row + down, column + across)
                for down in range(cell.rowspan)
                for across in range(cell.colspan)
            }
            column += cell.colspan


_TYPST = """
#set page(paper: "a4", margin: 2.5cm)
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 10.5pt, lang: "zh")
#for part in json(bytes(sys.inputs.document)) {
  if type(part) == str [#par(first-line-indent: 2em)[#part]] else {
    set text(size: 8pt)
    table(
      columns: part.columns,
      stroke: 0.5pt,
      inset: 3pt,
      align: center + horizon,
      ..part.cells.map(c => table.cell(rowspan: c.rowspan, colspan: c.colspan)[#c.text])
    )
  }
}
"""


def pdf_file(document: Document) -> bytes:
    """Return a PDF on A4 with ruled tables that break over pages."""
    parts = []
    for part in document.parts:
        if not isinstance(part, Grid):
            parts.append(part)
            continue
        width = len(part.matrix[0])
        cells = [
            {"text": cell.text, "rowspan": cell.rowspan, "colspan": cell.colspan}
            for row in part.rows
            for cell in row
        ]
        widths = ["1fr"] * width
        parts.append({"columns": width, "cells": cells, "widths": widths})
    inputs = {"document": json.dumps(parts, ensure_ascii=False)}
    return typst.compile(_TYPST.encode(), sys_inputs=inputs)


MAKERS: Mapping[str, Callable[[Document], bytes]] = {
    ".txt": text_file,
    ".html": html_file,
    ".docx": docx_file,
    ".xlsx": xlsx_file,
    ".pdf": pdf_file,
}
