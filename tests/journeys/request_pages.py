"""Reading what the product sends, as people see it: pages, forms, PDF and Word files, tables."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import docx
import lxml.html
import pypdfium2
from docx.oxml.ns import qn

from gongkai.tables.sheet import Number, Sheet, Table


def raw(answer: Any) -> str:
    """Return a page as it was sent."""
    text: str = answer.content.decode()
    return text


def words(answer: Any) -> str:
    """Return what a page says, without blanks."""
    tree = lxml.html.fromstring(raw(answer))
    for unread in tree.xpath("//script|//style|//template"):
        unread.drop_tree()
    return "".join(tree.text_content().split())


def form_of(answer: Any, has: str) -> lxml.html.FormElement:
    """Return the one form of a page that has a field of this name."""
    assert answer.status_code in (200, 422), answer.status_code
    (form,) = (form for form in lxml.html.fromstring(raw(answer)).forms if has in form.inputs)
    return form


def data_of(form: lxml.html.FormElement, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a browser sends of a form with these fields typed over; None leaves one out.

    A field or a named button that the form does not show cannot be typed into or pressed.
    """
    shown = {*form.inputs.keys(), *form.xpath(".//button/@name")}
    assert set(typed) <= shown, set(typed) - shown
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    data |= typed
    return {name: value for name, value in data.items() if value is not None}


def text_of_pdf(content: bytes) -> str:
    """Return the text of a PDF, without blanks and page numbers."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return re.sub(r"—\d+—", "", "".join("".join(pages).split()))


def box_over(content: bytes, text: str) -> dict[str, str]:
    """Return the row of the redaction's form that covers a text on page 1, in percent."""
    page = pypdfium2.PdfDocument(content)[0]
    found = page.get_textpage()
    index, count = found.search(text).get_next()
    left, bottom, right, top = found.get_charbox(index)
    right = found.get_charbox(index + count - 1)[2]
    width, height = page.get_size()
    return {
        "page": "1",
        "left": f"{left / width * 100 - 1:.2f}",
        "top": f"{(height - top) / height * 100 - 1:.2f}",
        "width": f"{(right - left) / width * 100 + 2:.2f}",
        "height": f"{(top - bottom) / height * 100 + 2:.2f}",
    }


def text_of_docx(content: bytes) -> str:
    """Return the text of a Word file, without blanks."""
    body = docx.Document(BytesIO(content)).element.body
    return "".join("".join(each.text for each in body.iter(qn("w:t"))).split())


def totals(sheet: Sheet) -> dict[str, int]:
    """Return the total column of table three by row, rows that are not 0."""
    return {
        path.row: int(cell.value)
        for path, cell in sheet.cells.items()
        if path.table is Table.REQUESTS
        and path.column == "t"
        and isinstance(cell, Number)
        and cell.value
    }


def slip_of(answer: Any) -> tuple[str, str]:
    """Return number and query code from the receipt that the desk prints."""
    assert answer.status_code == 200, words(answer)
    number, code = lxml.html.fromstring(raw(answer)).find_class("desk-code")
    return number.text_content().strip(), code.text_content().strip()
