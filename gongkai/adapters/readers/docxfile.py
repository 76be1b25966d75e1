"""A Word document to a Document: paragraphs and tables with merged cells.

Reads the package's own XML rather than through python-docx: merged cells come out as
they are stored, nothing else of the package is opened, and it starts in no time.
"""

import re
from collections.abc import Iterator
from typing import Any

from gongkai.adapters.readers.limits import LIMITS, Damaged, Limits, TooLarge
from gongkai.adapters.readers.packages import Package
from gongkai.adapters.readers.textfile import assemble
from gongkai.tables.grid import Document, Grid, GridCell

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_THROUGH = frozenset(("sdt", "sdtContent", "ins", "smartTag", "customXml", "hyperlink", "moveTo"))
_LEFT_OUT = frozenset(("del", "moveFrom", "Fallback"))
_WIDEST_SPAN = 60
_RUNNING_HEAD = re.compile(r"word/header\d?\.xml")
_LONGEST_LINE = 200


def read_docx(data: bytes, limits: Limits = LIMITS) -> Document:
    """Return the paragraphs and tables of a Word document.

    Raises:
        Damaged, Locked, TooLarge: as their names say.
    """
    package = Package(data, limits)
    if "word/document.xml" not in package.names:
        raise Damaged("这不是 Word 文档（压缩包里没有正文），请核对文件格式。")
    root = package.xml("word/document.xml")
    body = next((child for child in root if _name(child) == "body"), None)
    if body is None:
        raise Damaged("Word 文档没有正文，请重新导出后再试。")
    return assemble(_parts(body, limits), limits, _head(package))


def _head(package: Package) -> Iterator[str]:
    """Yield the lines of the running heads."""
    for name in sorted(each for each in package.names if _RUNNING_HEAD.fullmatch(each)):
        for paragraph in package.xml(name).iter(f"{_W}p", f"{_STRICT}p"):
            yield _text(paragraph).strip()[:_LONGEST_LINE]


def _name(element: Any) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.removeprefix(_W).removeprefix(_STRICT)


def _value(element: Any) -> str | None:
    value: str | None = element.get(f"{_W}val") or element.get(f"{_STRICT}val")
    return value


def _parts(element: Any, limits: Limits) -> Iterator[str | Grid]:
    for child in element:
        name = _name(child)
        if name == "p":
            yield from _text(child).split("\n")
        elif name == "tbl":
            yield from _table(child, limits)
        elif name in _THROUGH:
            yield from _parts(child, limits)


def _text(element: Any) -> str:
    """Return the text of a paragraph; deletions, fields' codes and shapes' doubles left out."""
    said: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        name = _name(node)
        if name.rpartition("}")[2] in _LEFT_OUT:
            continue
        if name == "t":
            said.append(_raised(node) if _is_raised(node.getparent()) else node.text or "")
        elif name == "tab" and _name(node.getparent()) == "r":
            said.append("\t")
        elif name in ("br", "cr"):
            said.append("\n")
        elif name == "noBreakHyphen":
            said.append("-")
        stack += reversed(node)
    return "".join(said)


def _raised(node: Any) -> str:
    """Return a raised figure in brackets: it is a note, no digit of the figure before it."""
    said = node.text or ""
    return f"[{said.strip()}]" if any(char.isdigit() for char in said) else said


def _is_raised(run: Any) -> bool:
    properties = run[0]  # by the schema the properties stand first
    return _name(properties) == "rPr" and any(
        _name(node) == "vertAlign" and _value(node) in ("superscript", "subscript")
        for node in properties
    )


def _below(element: Any, name: str) -> Iterator[Any]:
    """Yield children of that name, also inside content controls."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in _THROUGH:
            yield from _below(child, name)


def _table(table: Any, limits: Limits) -> Iterator[str | Grid]:
    """Yield the grid of a table; a table of one cell is a frame around what it holds."""
    rows = [list(_below(row, "tc")) for row in _below(table, "tr")]
    if sum(len(row) for row in rows) > limits.cells:
        raise TooLarge("文档中的表格过大，不像一份年度报告，请核对文件。")
    if sum(len(row) for row in rows) <= 1 or any(
        _name(node) == "tbl" for row in rows for cell in row for node in cell
    ):
        for row in rows:
            for cell in row:
                yield from _parts(cell, limits)
        return
    yield _grid(table, limits)


def _grid(table: Any, limits: Limits) -> Grid:
    lines: list[list[tuple[int, str, int, bool]]] = []
    for row in _below(table, "tr"):
        column = _before(row)
        line: list[tuple[int, str, int, bool]] = [(0, "", column, False)] if column else []
        for cell in _below(row, "tc"):
            wide, merge = _properties(cell)
            text = "\n".join(_text(p).replace("\t", " ") for p in _below(cell, "p")).strip()
            line.append((column, text, wide, merge == "continue"))
            column += wide
        lines.append(line)
    rows = []
    for number, line in enumerate(lines):
        cells = []
        for column, text, wide, covered in line:
            if covered and number and _starts(lines, number, column):
                continue
            cells.append(GridCell(text, _depth(lines, number, column), wide))
        rows.append(tuple(cells))
    return Grid(tuple(rows))


def _starts(lines: list[list[tuple[int, str, int, bool]]], number: int, column: int) -> bool:
    return any(at == column for at, _, _, _ in lines[number - 1])


def _depth(lines: list[list[tuple[int, str, int, bool]]], number: int, column: int) -> int:
    depth = 1
    for line in lines[number + 1 :]:
        if not any(at == column and covered for at, _, _, covered in line):
            break
        depth += 1
    return depth


def _before(row: Any) -> int:
    for properties in row:
        if _name(properties) == "trPr":
            for node in properties:
                if _name(node) == "gridBefore":
                    return _number(_value(node), 0)
    return 0


def _properties(cell: Any) -> tuple[int, str]:
    """Return how many columns a cell covers and whether it continues the one above."""
    wide, merge = 1, ""
    for properties in cell:
        if _name(properties) != "tcPr":
            continue
        for node in properties:
            if _name(node) == "gridSpan":
                wide = max(1, _number(_value(node), 1))
            elif _name(node) == "vMerge":
                merge = _value(node) or "continue"
    return wide, merge


def _number(value: str | None, default: int) -> int:
    return min(int(value[:9]), _WIDEST_SPAN) if value and value.isdecimal() else default
