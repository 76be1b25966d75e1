"""A workbook to a Document: each sheet a grid with its merged cells.

Reads the package's own XML with caps on rows, columns and cells, so that a sheet with
one figure at its far corner costs nothing.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from gongkai.adapters.readers.limits import LIMITS, Damaged, Limits, TooLarge
from gongkai.adapters.readers.packages import Package
from gongkai.tables.grid import Document, Grid, GridCell

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ROW = re.compile(r"[0-9]{1,7}")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LAST_ROW = 2_000
_LAST_COLUMN = 100
_MOST_MERGED = 500_000
_Place = tuple[int, int]


def read_xlsx(data: bytes, limits: Limits = LIMITS) -> Document:
    """Return the visible sheets of a workbook, one grid each.

    Raises:
        Damaged, Locked, TooLarge: as their names say.
    """
    return Document(tuple(grid for _, grid in read_sheets(data, limits)))


def read_sheets(data: bytes, limits: Limits = LIMITS) -> list[tuple[str, Grid]]:
    """Return the visible sheets of a workbook that hold anything, each with its name.

    Raises:
        Damaged, Locked, TooLarge: as their names say.
    """
    package = Package(data, limits)
    if "xl/workbook.xml" not in package.names:
        raise Damaged("这不是 Excel 工作簿（压缩包里没有工作簿），请核对文件格式。")
    shared = _shared(package)
    parts = []
    left = limits.cells
    for name, member in _sheets(package)[: limits.sheets]:
        grid, filled = _sheet(package.xml(member), shared, left)
        left -= filled
        if grid.rows:
            parts.append((name, grid))
    return parts


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _find(root: Any, name: str) -> Iterator[Any]:
    return (node for node in root.iter() if _local(node) == name)


def _shared(package: Package) -> list[str]:
    if "xl/sharedStrings.xml" not in package.names:
        return []
    root = package.xml("xl/sharedStrings.xml")
    return [_words(item) for item in root if _local(item) == "si"]


def _words(item: Any) -> str:
    """Return a rich text's characters, without its phonetic guides."""
    said = []
    for node in item.iter():
        if _local(node) == "t" and _local(node.getparent()) != "rPh":
            said.append(node.text or "")
    return "".join(said)


def _sheets(package: Package) -> list[tuple[str, str]]:
    """Return the visible sheets: the name on the tab and the member of the package."""
    targets = {}
    if "xl/_rels/workbook.xml.rels" in package.names:
        for relation in package.xml("xl/_rels/workbook.xml.rels"):
            target = relation.get("Target", "")
            base = "" if target.startswith("/") else "xl"
            targets[relation.get("Id")] = posixpath.normpath(
                posixpath.join(base, target.lstrip("/"))
            )
    names: dict[str, str] = {}
    for sheet in _find(package.xml("xl/workbook.xml"), "sheet"):
        member = targets.get(sheet.get(_RELATION))
        if member in package.names and sheet.get("state", "visible") == "visible":
            names.setdefault(member, sheet.get("name", ""))
    return [(name, member) for member, name in names.items()]


def _sheet(root: Any, shared: list[str], most: int) -> tuple[Grid, int]:
    """Return a sheet's used part and how many cells are filled; at most `most` may be."""
    texts: dict[_Place, str] = {}
    row_number = 0
    for row in _find(root, "row"):
        given = row.get("r") or ""
        if given and not _ROW.fullmatch(given):
            raise Damaged("工作表的行号有误，文件可能已损坏，请重新导出后再试。")
        row_number = int(given) if given else row_number + 1
        column = 0
        for cell in row:
            place = _place(cell.get("r") or "")
            row_at, column = place or (row_number, column + 1)
            text = _text(cell, shared)
            if not text:
                continue
            if row_at > _LAST_ROW or column > _LAST_COLUMN or len(texts) >= most:
                raise TooLarge("工作表过大，不像一份年度报告，请只保留报告内容后再试。")
            texts[row_at, column] = text
    return _grid(texts, list(_merged(root))), len(texts)


def _place(reference: str) -> _Place | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _text(cell: Any, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _words(cell)
    value = next((node.text or "" for node in cell if _local(node) == "v"), "")
    if kind == "s":
        index = int(value) if _ROW.fullmatch(value) else -1
        return shared[index] if 0 <= index < len(shared) else ""
    return _figure(value) if kind == "n" else value


def _figure(value: str) -> str:
    """Return a stored number as it was typed: 20063.496400000001 is 20063.4964."""
    try:
        number = float(value)
    except ValueError:
        return value
    if number != number or abs(number) >= 1e15:
        return value
    return format(int(number), "d") if number == int(number) else format(number, ".15g")


def _merged(root: Any) -> Iterator[tuple[_Place, _Place]]:
    for merge in _find(root, "mergeCell"):
        first, _, last = (merge.get("ref") or "").partition(":")
        top, bottom = _place(first), _place(last)
        if top and bottom and bottom[0] <= _LAST_ROW and bottom[1] <= _LAST_COLUMN:
            yield top, bottom


def _grid(texts: dict[_Place, str], merged: list[tuple[_Place, _Place]]) -> Grid:
    """Return the used part of a sheet."""
    if not texts:
        return Grid(())
    first_column = min(column for _, column in texts)
    last_row = max([row for row, _ in texts])
    last_column = max([column for _, column in texts] + [b[1] for _, b in merged])
    spans = dict(merged)
    covered: set[_Place] = set()
    if sum((b[0] - t[0] + 1) * (b[1] - t[1] + 1) for t, b in merged) > _MOST_MERGED:
        raise TooLarge("工作表中合并的单元格过多，请只保留报告内容后再试。")
    rows = []
    for row in range(min(row for row, _ in texts), last_row + 1):
        cells = []
        for column in range(first_column, last_column + 1):
            if (row, column) in covered:
                continue
            bottom = spans.get((row, column), (row, column))
            down = min(bottom[0], last_row) - row + 1
            across = bottom[1] - column + 1
            covered |= {(row + i, column + j) for i in range(down) for j in range(across)}
            cells.append(GridCell(texts.get((row, column), ""), down, across))
        rows.append(tuple(cells))
    return Grid(tuple(rows), first_row=min(row for row, _ in texts))
