"""Writes an annual report as a tagged PDF through Typst.

The template lies beside this module; the report goes to it as JSON values, never
as markup. Chinese fonts come from the office's own folder first (仿宋_GB2312 and
小标宋 are not free software), else from Debian's fonts-noto-cjk; characters that
a font lacks (璪) are taken from the next. Without any Chinese font the PDF is
refused, and nothing else.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

from gongkai.tables.fitting import fitting_size
from gongkai.tables.layout import LaidCell, LaidTable, Scope, lay_tables
from gongkai.tables.report import ReportContent, Section, printable, title_lines
from gongkai.tables.sheet import Table

TEMPLATE = Path(__file__).with_name("report_pdf.typ")
FONT_PACKAGE = "fonts-noto-cjk"
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")
WANTED = {
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", *SERIF, *SANS),
    "heading": ("SimHei", "黑体", *SANS, *SERIF),
    "subheading": ("KaiTi_GB2312", "KaiTi", "楷体_GB2312", "楷体", *SERIF, *SANS),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", *SERIF, *SANS),
}
TABLE_SIZES = {Table.PROACTIVE: 12, Table.REQUESTS: 10.5, Table.REMEDIES: 10.5}
TEXT_MM = 156
INSETS = {Table.PROACTIVE: 1.9, Table.REQUESTS: 1.3, Table.REMEDIES: 1.9}


class NoChineseFont(LookupError):
    """No font with Chinese characters was found."""


def render(content: ReportContent, *, font_dir: Path | None = None) -> bytes:
    """Return the report as the bytes of a tagged PDF.

    `font_dir` is the folder of the office's own fonts, if it has any.

    Raises:
        NoChineseFont: neither there nor on the system is a Chinese font.
        KeyError: the sheet's edition is none of ours.
    """
    folders = [str(font_dir)] if font_dir is not None and font_dir.is_dir() else []
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=folders)
    chosen = choose_fonts(fonts.families(), font_dir)
    day = content.published_on or datetime(content.year, 12, 31, tzinfo=UTC).date()
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts,
        sys_inputs={"report": json.dumps(_values(content, chosen), ensure_ascii=False)},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        format="pdf",
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"Typst returned {type(pdf).__name__} where one PDF was asked for")
    return pdf


def choose_fonts(families: list[str], font_dir: Path | None = None) -> dict[str, Any]:
    """Return for each use the fonts to take, best first, of those there are.

    Raises:
        NoChineseFont: there is none.
    """
    there = set(families)
    chosen: dict[str, Any] = {
        use: [name for name in names if name in there] for use, names in WANTED.items()
    }
    if not all(chosen.values()):
        folder = f"，或把单位的仿宋等字体文件放入 {font_dir}" if font_dir else ""
        raise NoChineseFont(
            f"没有找到中文字体，不能生成 PDF。请安装软件包 {FONT_PACKAGE}"
            f"（Debian：apt install {FONT_PACKAGE}）{folder}，然后重试；其他格式不受影响。"
        )
    chosen["bold-title"] = chosen["title"][0] in (*SERIF, *SANS)
    return chosen


def _values(content: ReportContent, fonts: dict[str, Any]) -> dict[str, Any]:
    tables = {laid.table: laid for laid in lay_tables(content.sheet)}
    day = content.published_on
    return {
        "fonts": fonts,
        "title": printable(content.title),
        "title-lines": [printable(line) for line in title_lines(content)],
        "organ": printable(content.organ),
        "notice": printable(content.notice),
        "preamble": [printable(text) for text in content.preamble],
        "sections": [
            _section(section, tables, closing=section is content.sections[-1])
            for section in content.sections
        ],
        "day": [day.year, day.month, day.day] if day else None,
        "date-line": content.date_line,
        "revision": printable(content.revision),
    }


def _section(
    section: Section, tables: dict[Table, LaidTable], *, closing: bool = False
) -> dict[str, Any]:
    return {
        "heading": printable(section.heading),
        "paragraphs": [printable(text) for text in section.paragraphs],
        "tables": [] if section.table is None else [_table(tables[section.table])],
        # Table three fills a page; begun on a page of its own it is never torn apart.
        "break-before": section.table is Table.REQUESTS,
        "closing": closing,
        "parts": [_section(part, tables) for part in section.parts],
    }


def _table(laid: LaidTable) -> dict[str, Any]:
    return {
        "bands": list(_bands(laid)),
        "widths": laid.widths,
        "inset": INSETS[laid.table],
        "breakable": laid.table is not Table.REMEDIES,
    }


def _bands(laid: LaidTable) -> Iterator[dict[str, Any]]:
    """Yield the rows in turn as heads and bodies, each a run of rows of one sort."""
    for head, rows in groupby(laid.rows, key=lambda row: all(cell.header for cell in row)):
        cells = [_cell(laid, cell) for row in rows for cell in row]
        yield {"head": head, "repeat": bool(laid.head_rows), "cells": cells}


def _cell(laid: LaidTable, cell: LaidCell) -> dict[str, Any]:
    return {
        "text": printable(cell.text),
        "size": fitting_size(laid, cell, TABLE_SIZES[laid.table], TEXT_MM),
        "x": cell.column,
        "y": cell.row,
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
        "left": laid.table is Table.REQUESTS and cell.scope is Scope.ROW,
    }
