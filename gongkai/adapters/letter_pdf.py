"""Typesets a letter as a tagged PDF by GB/T 9704 through Typst.

The template lies beside this module; the letter goes to it as JSON values, never as
markup. One compiler is kept warm in a process (76 ms for the first letter, a few for the
next); Typst's compiler is not made for two threads at once, so a lock lets them queue.
Fonts are chosen as for reports: the office's own 仿宋 and 小标宋 first, else Debian's
fonts-noto-cjk, and a character that one lacks (璪) is taken from the next.
"""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import typst

from gongkai.adapters.letter_text import LetterParagraph, LetterTable, LetterText, PartRole
from gongkai.adapters.report_pdf import choose_fonts
from gongkai.tables.report import printable

TEMPLATE = Path(__file__).with_name("letter_pdf.typ")
ROWS, CLOSER_ROWS = 22, 25
_LOCK = threading.Lock()
_MOST_TOGETHER = 8  # attachments that are kept on one page with the signature
_LONGEST_STICKY = 280  # characters, ten lines: a longer paragraph may break before the signature
_KINDS = {
    PartRole.MARK: "mark",
    PartRole.TITLE: "title",
    PartRole.NUMBER: "number",
    PartRole.RECIPIENT: "recipient",
    PartRole.BODY: "body",
    PartRole.HEADING: "heading",
    PartRole.OVERLEAF: "overleaf",
    PartRole.CELL: "body",
}


def render(
    text: LetterText,
    *,
    title: str,
    author: str,
    day: date,
    draft: bool = False,
    stamp: str = "",
    font_dir: Path | None = None,
) -> bytes:
    """Return the letter as the bytes of a tagged PDF (PDF/UA-1).

    `title` and `author` are the file's own; `stamp` is the name drawn as a test seal.

    Raises:
        report_pdf.NoChineseFont: neither in `font_dir` nor on the system is a Chinese font.
    """
    folder = str(font_dir) if font_dir is not None and font_dir.is_dir() else ""
    with _LOCK:
        compiler, families = _compiler(folder)
        values = {
            "fonts": _fonts(families, font_dir),
            "title": printable(title),
            "author": printable(author),
            "day": [day.year, day.month, day.day],
            "draft": draft,
            "stamp": stamp,
            "mark": text.first(PartRole.MARK),
            "parts": list(_parts(text)),
        }
        pdf = _compiled(compiler, values, ROWS, day)
        pages = _pages(pdf)
        if pages > 1:
            # GB/T 9704, 7.3.5.5: lines may draw closer where signature and date find no room.
            closer = _compiled(compiler, values, CLOSER_ROWS, day)
            if _pages(closer) < pages:
                return closer
    return pdf


def _compiled(compiler: typst.Compiler, values: dict[str, Any], rows: int, day: date) -> bytes:
    pdf = compiler.compile(
        sys_inputs={"letter": json.dumps({**values, "rows": rows}, ensure_ascii=False)},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        format="pdf",
        pdf_standards=["ua-1"],
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"Typst returned {type(pdf).__name__} where one PDF was asked for")
    return pdf


def _pages(pdf: bytes) -> int:
    opened = pdfium.PdfDocument(pdf)
    try:
        return len(opened)
    finally:
        opened.close()


@lru_cache(maxsize=4)
def _compiler(folder: str) -> tuple[typst.Compiler, tuple[str, ...]]:
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=[folder] if folder else [])
    return typst.Compiler(TEMPLATE, font_paths=fonts), tuple(fonts.families())


def _fonts(families: tuple[str, ...], font_dir: Path | None) -> dict[str, Any]:
    chosen = choose_fonts(list(families), font_dir)
    # Page numbers are set in 宋体 (GB/T 9704, 7.5), which a serif font stands in for.
    songti = [name for name in ("SimSun", "宋体", "NSimSun") if name in families]
    chosen["footer"] = [*songti, *(name for name in chosen["body"] if "Serif" in name)]
    chosen["footer"] = chosen["footer"] or chosen["body"]
    return chosen


def _parts(text: LetterText) -> Iterator[dict[str, Any]]:
    """Yield what is to be set: attachments and signature gathered, the last lines sticky."""
    groups = [
        (group, list(parts)) for group, parts in groupby(text.parts, key=lambda part: _group(part))
    ]
    held: dict[str, Any] | None = None
    for place, (group, parts) in enumerate(groups):
        following = groups[place + 1][0] if place + 1 < len(groups) else ""
        if group == "attachments":
            held = _attachments([part.text for part in parts])
            if following != "signature" or len(parts) > _MOST_TOGETHER:
                yield held
                held = None
        elif group == "signature":
            signed = _signature(parts)
            yield {"kind": "closing", "attachments": held, "signature": signed} if held else signed
            held = None
        else:
            for part in parts:
                yield _one(part, sticky=part is parts[-1] and bool(following))


def _group(part: LetterParagraph | LetterTable) -> str:
    if isinstance(part, LetterTable):
        return "other"
    if part.role is PartRole.ATTACHMENT:
        return "attachments"
    signed = (PartRole.SIGNATURE, PartRole.DATE, PartRole.CONTACT)
    return "signature" if part.role in signed else "other"


def _one(part: LetterParagraph | LetterTable, *, sticky: bool) -> dict[str, Any]:
    if isinstance(part, LetterTable):
        return _table(part)
    kind = _KINDS[part.role]
    if kind == "body" and not part.text.strip():
        return {"kind": "blank"}
    sticky = sticky and len(part.text) <= _LONGEST_STICKY
    return {"kind": kind, "text": printable(part.text), "sticky": sticky}


def _attachments(lines: list[str]) -> dict[str, Any]:
    # “附件：” takes three characters, its number about one more.
    hang = 4 if len(lines) > 1 else 3
    return {"kind": "attachments", "lines": [printable(line) for line in lines], "hang": hang}


def _signature(parts: list[Any]) -> dict[str, Any]:
    names = [printable(part.text) for part in parts if part.role is PartRole.SIGNATURE]
    dates = [printable(part.text) for part in parts if part.role is PartRole.DATE]
    contact = "\n".join(printable(part.text) for part in parts if part.role is PartRole.CONTACT)
    return {"kind": "signature", "names": names, "date": "　".join(dates), "contact": contact}


def _table(table: LetterTable) -> dict[str, Any]:
    return {
        "kind": "table",
        "widths": list(table.widths),
        "heights": list(table.heights),
        "cells": [
            {
                "x": cell.column,
                "y": cell.row,
                "colspan": cell.span,
                "text": printable(cell.text),
                "label": cell.column == 0 or (cell.span == 1 and len(cell.text) <= 12),
            }
            for cell in table.cells
        ],
    }
