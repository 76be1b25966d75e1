"""Writes a paper of figures as a tagged PDF through Typst: prose, tables, and bars.

The same paper as `paper_docx` writes for Word. The template lies beside this module; the paper
goes to it as JSON values, never as markup. Fonts are chosen as for reports.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typst

from gongkai.adapters.report_pdf import choose_fonts
from gongkai.tables.paper import Block, Chart, Grid, Heading, Paper
from gongkai.tables.report import printable

TEMPLATE = Path(__file__).with_name("paper_pdf.typ")


def render(paper: Paper, *, day: date, font_dir: Path | None = None) -> bytes:
    """Return the paper as the bytes of a tagged PDF; `day` is the file's own date.

    Raises:
        report_pdf.NoChineseFont: neither in `font_dir` nor on the system is a Chinese font.
    """
    folders = [str(font_dir)] if font_dir is not None and font_dir.is_dir() else []
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=folders)
    values = {
        "fonts": choose_fonts(fonts.families(), font_dir),
        "title": printable(paper.title),
        "organ": printable(paper.organ),
        "dated": paper.dated,
        "day": [day.year, day.month, day.day],
        "parts": [part for block in paper.blocks if (part := _part(block))],
    }
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts,
        sys_inputs={"paper": json.dumps(values, ensure_ascii=False)},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        format="pdf",
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"Typst returned {type(pdf).__name__} where one PDF was asked for")
    return pdf


def _part(block: Block) -> dict[str, Any] | None:
    """Return a part as the template reads it; None of a chart that compares nothing."""
    if isinstance(block, Grid):
        return {
            "kind": "grid",
            "caption": printable(block.caption),
            "heads": [printable(head) for head in block.heads],
            "rows": [[printable(cell) for cell in row] for row in block.rows],
            "widths": list(block.widths),
        }
    if isinstance(block, Chart):
        bars = [
            {"label": printable(bar.label), "value": bar.value, "length": bar.length}
            for bar in block.bars
        ]
        caption = printable(f"{block.caption}（单位：{block.unit}）")
        return {"kind": "chart", "caption": caption, "bars": bars} if bars else None
    kind = "heading" if isinstance(block, Heading) else "paragraph"
    return {"kind": kind, "text": printable(block.text)}
