"""Typesets the blank application form as a tagged PDF through Typst, one page of A4.

The template lies beside this module; the form goes to it as JSON values. Fonts are chosen as
for reports: the office's own first, else Debian's fonts-noto-cjk.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import typst

from gongkai.adapters.report_pdf import choose_fonts
from gongkai.adapters.request_form import COLUMNS, BlankForm, FormCell

TEMPLATE = Path(__file__).with_name("request_form_pdf.typ")
_MADE = datetime(2019, 5, 15, tzinfo=UTC)  # the day the form's law took effect


def render(form: BlankForm, *, font_dir: Path | None = None) -> bytes:
    """Return the form as the bytes of a PDF.

    Raises:
        report_pdf.NoChineseFont: neither in `font_dir` nor on the system is a Chinese font.
    """
    folders = [str(font_dir)] if font_dir is not None and font_dir.is_dir() else []
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=folders)
    values = {
        "fonts": choose_fonts(fonts.families(), font_dir),
        "title": form.title,
        "columns": COLUMNS,
        "heights": [row.height for row in form.rows],
        "cells": [_cell(cell) for row in form.rows for cell in row.cells],
        "notes": form.notes,
    }
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts,
        sys_inputs={"form": json.dumps(values, ensure_ascii=False)},
        timestamp=_MADE,
        format="pdf",
        pdf_standards=["ua-1"],
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"Typst returned {type(pdf).__name__} where one PDF was asked for")
    return pdf


def _cell(cell: FormCell) -> dict[str, object]:
    return {
        "text": cell.text,
        "colspan": cell.columns,
        "rowspan": cell.rows,
        "label": cell.label,
    }
