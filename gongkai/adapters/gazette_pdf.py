"""Typesets an issue of the government gazette as a tagged PDF through Typst.

The template lies beside this module; texts go to it as JSON values, never as markup. The clean
HTML of each text is read into the blocks of `richtext` again, so that tables, lists and pictures
print as the page shows them. Each issue is set in a folder of its own, in which its pictures lie.
Fonts are chosen as for reports; a character that one lacks (璪) is taken from the next.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from gongkai.adapters.report_pdf import choose_fonts
from gongkai.adapters.richtext.blocks import (
    Block,
    Blocks,
    Break,
    Figure,
    Image,
    Inlines,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
    Terms,
    words,
)
from gongkai.adapters.richtext.cleaning import laid_out, parsed
from gongkai.tables.report import printable

TEMPLATE = Path(__file__).with_name("gazette_pdf.typ")
_PICTURES = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "gif": "gif", "webp": "webp"}
_TEXT_LEVEL = 3  # headings of the texts stand under the gazette's own and the text's title


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """A picture of a text: its kind by suffix and its bytes."""

    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PrintedText:
    """One text of an issue; `pictures` by the address that its clean HTML names."""

    heading: str
    title: str
    number: str
    organ: str
    day: date | None
    body: str
    files: tuple[str, ...] = ()
    pictures: Mapping[str, PrintedPicture] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrintedIssue:
    """An issue as it is printed."""

    title: str
    publisher: str
    year: int
    number: int
    total: int | None
    day: date
    texts: tuple[PrintedText, ...]


def render(issue: PrintedIssue, *, font_dir: Path | None = None) -> bytes:
    """Return the issue as the bytes of a tagged PDF (PDF/UA-1).

    Raises:
        report_pdf.NoChineseFont: neither in `font_dir` nor on the system is a Chinese font.
    """
    folders = [str(font_dir)] if font_dir is not None and font_dir.is_dir() else []
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=folders)
    with TemporaryDirectory(prefix="gazette-") as folder:
        place = Path(folder)
        main = place / "gazette.typ"
        shutil.copyfile(TEMPLATE, main)
        values = {
            "fonts": choose_fonts(list(fonts.families()), font_dir),
            "title": printable(issue.title),
            "publisher": printable(issue.publisher),
            "year": issue.year,
            "number": issue.number,
            "total": issue.total,
            "day": [issue.day.year, issue.day.month, issue.day.day],
            "texts": list(_texts(issue, place)),
        }
        pdf = typst.compile(
            main,
            root=place,
            font_paths=fonts,
            sys_inputs={"issue": json.dumps(values, ensure_ascii=False)},
            timestamp=datetime(issue.day.year, issue.day.month, issue.day.day, tzinfo=UTC),
            format="pdf",
            pdf_standards=["ua-1"],
        )
    if not isinstance(pdf, bytes):
        raise TypeError(f"Typst returned {type(pdf).__name__} where one PDF was asked for")
    return pdf


def _texts(issue: PrintedIssue, place: Path) -> Iterator[dict[str, Any]]:
    before = ""
    for number, text in enumerate(issue.texts):
        names = _laid_down(text.pictures, place, number)
        blocks, _ = laid_out(parsed(text.body), lambda address: address)
        setting = _Setting(names)
        yield {
            "heading": printable(text.heading) if text.heading != before else "",
            "title": printable(text.title),
            "number": printable(text.number),
            "organ": printable(text.organ),
            "day": [text.day.year, text.day.month, text.day.day] if text.day else None,
            "blocks": [setting.block(each) for each in blocks],
            "files": [printable(name) for name in text.files],
        }
        before = text.heading


def _laid_down(pictures: Mapping[str, PrintedPicture], place: Path, number: int) -> dict[str, str]:
    names = {}
    for serial, (address, picture) in enumerate(pictures.items()):
        suffix = _PICTURES.get(picture.kind)
        if suffix is None:
            continue
        name = f"picture-{number}-{serial}.{suffix}"
        (place / name).write_bytes(picture.content)
        names[address] = name
    return names


class _Setting:
    """Blocks of one text as the template reads them; heading levels never skip one."""

    def __init__(self, pictures: Mapping[str, str]) -> None:
        self.pictures = pictures
        self.level = _TEXT_LEVEL - 1

    def block(self, block: Block) -> dict[str, Any]:
        """Return one block."""
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Listing():
                items = [self._blocks(item) for item in block.items]
                return {
                    "kind": "list",
                    "ordered": block.ordered,
                    "start": block.start,
                    "items": items,
                }
            case Table():
                return self._table(block)
            case Quote():
                return {"kind": "quote", "blocks": self._blocks(block.blocks)}
            case Terms():
                items = [[tag, self._blocks(each)] for tag, each in block.items]
                return {"kind": "terms", "items": items}
            case Figure():
                return self._picture(block.image) | {"caption": self._runs(block.caption)}
            case Rule():
                return {"kind": "rule"}
        raise TypeError(f"no block to print: {type(block).__name__}")

    def _blocks(self, blocks: Blocks) -> list[dict[str, Any]]:
        return [self.block(each) for each in blocks]

    def _paragraph(self, block: Paragraph) -> dict[str, Any]:
        level = 0
        if block.rank:
            level = min(_TEXT_LEVEL + block.rank - 1, self.level + 1)
            self.level = level
        runs = self._runs(block.inlines)
        return {"kind": "p", "level": level, "place": block.place, "runs": runs}

    def _runs(self, inlines: Inlines) -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = []
        for item in inlines:
            if isinstance(item, Run):
                marks = sorted(item.marks & {"strong", "em", "u", "sub", "sup"})
                runs.append({"text": printable(item.text), "marks": marks})
            elif isinstance(item, Break):
                runs.append({"break": True})
            elif isinstance(item, Image):
                runs.append(self._picture(item))
        return runs

    def _picture(self, image: Image) -> dict[str, Any]:
        name = self.pictures.get(image.address, "")
        return {"kind": "picture", "name": name, "alt": printable(image.alt) or "图片"}

    def _table(self, table: Table) -> dict[str, Any]:
        cells, taken = [], set()
        for y, row in enumerate(table.rows):
            x = 0
            for cell in row:
                while (x, y) in taken:
                    x += 1
                down = min(max(cell.down, 1), len(table.rows) - y)
                taken |= {(x + i, y + j) for i in range(cell.across) for j in range(down)}
                cells.append(
                    {
                        "x": x,
                        "y": y,
                        "across": cell.across,
                        "down": down,
                        "head": cell.head,
                        "blocks": self._blocks(cell.blocks),
                    }
                )
                x += cell.across
        columns = max((x for x, _ in taken), default=0) + 1
        return {
            "kind": "table",
            "columns": columns,
            "head": table.head_rows,
            "caption": printable(words(table.caption)),
            "cells": cells,
        }
