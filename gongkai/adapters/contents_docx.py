"""The stories of a Word document: body, tables, headers, comments, what is hidden or deleted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gongkai.adapters.contents_found import Found, local
from gongkai.adapters.readers.limits import Damaged
from gongkai.adapters.readers.packages import Package

_BODY = "word/document.xml"
_STORIES = (
    (re.compile(r"word/header\d*\.xml"), "页眉"),
    (re.compile(r"word/footer\d*\.xml"), "页脚"),
    (re.compile(r"word/footnotes\.xml"), "脚注"),
    (re.compile(r"word/endnotes\.xml"), "尾注"),
    (re.compile(r"word/comments\.xml"), "批注"),
    (re.compile(r"word/glossary/document\.xml"), "自动图文集"),
)
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass
class _Story:
    """What one story says, sorted by how it is shown."""

    shown: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def stories(package: Package) -> Iterator[Found]:
    """Yield the parts of every story."""
    if _BODY not in package.names:
        raise Damaged("这不是 Word 文档（压缩包里没有正文），请核对文件格式。")
    yield from _told("", package.xml(_BODY))
    for pattern, label in _STORIES:
        for name in sorted(filter(pattern.fullmatch, package.names)):
            yield from _told(label, package.xml(name))


def _told(label: str, root: Any) -> Iterator[Found]:
    story = _Story()
    _walk(root, story)
    yield label or "正文", "\n".join(story.shown), None, ""
    for number, rows in enumerate(story.tables, 1):
        yield f"{label}表格{number}", "\n".join(map("\t".join, rows)), rows, ""
    yield f"{label}文本框", "\n".join(story.boxes), None, ""
    yield (
        f"{label}修订中删除的文字",
        "\n".join(story.deleted),
        None,
        _note(story.deleted, "修订痕迹"),
    )
    yield f"{label}隐藏文字", "\n".join(story.hidden), None, _note(story.hidden, "隐藏文字")


def _note(said: list[str], what: str) -> str:
    return f"文件带有{what}，公开前应当清除" if any(said) else ""


def _walk(node: Any, story: _Story) -> None:
    for child in node:
        name = local(child)
        if name == "p":
            story.shown.append(_paragraph(child, story))
        elif name == "tbl":
            story.tables.append(_rows(child, story))
        elif name == "txbxContent":
            _box(child, story)
        elif name != "Fallback":
            _walk(child, story)


def _paragraph(node: Any, story: _Story) -> str:
    said: list[str] = []
    deleted: list[str] = []
    hidden: list[str] = []
    _runs(node, story, said, deleted, hidden, gone=False)
    for pieces, kept in ((deleted, story.deleted), (hidden, story.hidden)):
        if pieces:
            kept.append("".join(pieces))
    return "".join(said)


def _runs(
    node: Any, story: _Story, said: list[str], deleted: list[str], hidden: list[str], *, gone: bool
) -> None:
    """Gather a paragraph's text: what is shown, what a tracked change removed, what is hidden."""
    for child in node:
        name = local(child)
        if name in ("Fallback", "instrText"):
            continue
        if name == "txbxContent":
            _box(child, story)
        elif name in ("del", "moveFrom"):
            _runs(child, story, deleted, deleted, deleted, gone=True)
        elif name in ("t", "delText"):
            (deleted if name == "delText" else said).append(child.text or "")
        elif name in _BREAKS and local(node) == "r":
            said.append(_BREAKS[name])
        elif name == "r" and not gone and _is_hidden(child):
            _runs(child, story, hidden, deleted, hidden, gone=gone)
        else:
            _runs(child, story, said, deleted, hidden, gone=gone)


def _is_hidden(run: Any) -> bool:
    """Say whether a run is hidden, or white and thus unseen."""
    for properties in run:
        if local(properties) != "rPr":
            continue
        for mark in properties:
            value = next((v for k, v in mark.attrib.items() if k.endswith("}val")), "")
            if local(mark) in ("vanish", "webHidden") and value not in ("0", "false", "off"):
                return True
            if local(mark) == "color" and value.upper() == "FFFFFF":
                return not any(local(each) in ("shd", "highlight") for each in properties)
    return False


def _box(node: Any, story: _Story) -> None:
    inner = _Story()
    _walk(node, inner)
    story.boxes += [*inner.shown, *inner.boxes]
    story.tables += inner.tables
    story.deleted += inner.deleted
    story.hidden += inner.hidden


def _rows(table: Any, story: _Story) -> list[list[str]]:
    """Return a table's rows, each cell in its column; a table in a cell is a table of its own."""
    rows: list[list[str]] = []
    for row in _below(table, "tr"):
        cells: list[str] = []
        for cell in _below(row, "tc"):
            inner = _Story()
            _walk(cell, inner)
            cells.append("\n".join(inner.shown).replace("\t", " ").strip())
            cells += [""] * (_span(cell) - 1)
            story.tables += inner.tables
            story.boxes += inner.boxes
            story.deleted += inner.deleted
            story.hidden += inner.hidden
        rows.append(cells)
    return rows


def _below(node: Any, name: str) -> Iterator[Any]:
    for child in node:
        if local(child) == name:
            yield child
        elif local(child) in ("sdt", "sdtContent", "ins", "customXml", "moveTo", "del"):
            yield from _below(child, name)


def _span(cell: Any) -> int:
    for properties in cell:
        if local(properties) == "tcPr":
            for mark in properties:
                if local(mark) == "gridSpan":
                    value = next((v for k, v in mark.attrib.items() if k.endswith("}val")), "1")
                    return min(int(value), 60) if value.isdecimal() and value.isascii() else 1
    return 1
