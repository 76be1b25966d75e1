"""The sheets of a workbook with every row and column, and what lies beside them.

Hidden sheets, rows and columns, comments, names, links' and pivots' stored values, and texts that
no cell uses any more: a deleted name list often stays in the file's shared strings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from posixpath import join, normpath
from typing import Any

from gongkai.adapters.contents_found import Found, TooMuch, local
from gongkai.adapters.readers.limits import Damaged
from gongkai.adapters.readers.packages import Package

_BOOK = "xl/workbook.xml"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_COMMENTS = re.compile(r"xl/(?:.*/)?(?:threadedC|c)omments?[0-9]*\.xml")
_STORED = re.compile(r"xl/(?:externalLinks/externalLink|pivotCache/pivotCache)[^/]*\.xml")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_CELLS = 3_000_000
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(50, 59)})
_DAY_ZERO = date(1899, 12, 30)
_LAST_DAY = 2_958_465
_SHOWN_HIDDEN = 12
_ON = ("1", "true")


@dataclass
class _Book:
    package: Package
    shared: list[str]
    dates: frozenset[int]
    used: set[int] = field(default_factory=set)
    cells: int = 0


def sheets(package: Package) -> Iterator[Found]:
    """Yield the parts of a workbook."""
    if _BOOK not in package.names:
        raise Damaged("这不是 Excel 工作簿，请核对文件格式。")
    root = package.xml(_BOOK)
    book = _Book(package, _shared(package), _date_styles(package))
    targets = _targets(package)
    for sheet in root.iter("{*}sheet"):
        target = next(
            (targets.get(v, "") for k, v in sheet.attrib.items() if k.endswith("}id")), ""
        )
        if target in package.names:
            yield from _sheet(book, sheet.get("name", ""), sheet.get("state", ""), target)
    names = [f"{n.get('name', '')}：{n.text or ''}" for n in root.iter("{*}definedName")]
    yield "定义的名称", "\n".join(names), None, ""
    for name in sorted(filter(_COMMENTS.fullmatch, package.names)):
        yield "批注", "\n".join(_texts(package.xml(name))), None, ""
    for name in sorted(filter(_STORED.fullmatch, package.names)):
        yield "外部链接和透视表保存的数据", "\n".join(_stored(package.xml(name))), None, ""
    left = [text for number, text in enumerate(book.shared) if number not in book.used]
    note = "单元格已删除，文字仍留在文件里，请另存为新文件" if any(left) else ""
    yield "已删除而留在文件里的文字", "\n".join(left), None, note


def _targets(package: Package) -> dict[str, str]:
    """Return the members that relations of the workbook name."""
    name = "xl/_rels/workbook.xml.rels"
    if name not in package.names:
        return {}
    return {
        each.get("Id", ""): normpath(join("/xl", each.get("Target", ""))).lstrip("/")
        for each in package.xml(name)
        if local(each) == "Relationship"
    }


def _shared(package: Package) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in package.names:
        return []
    return ["".join(_texts(each)) for each in package.xml(name) if local(each) == "si"]


def _texts(node: Any) -> Iterator[str]:
    """Yield the texts below a node; the reading aids (注音) are left out."""
    for each in node.iter("{*}t", "{*}text"):
        if each.text and local(each.getparent()) != "rPh":
            yield each.text


def _stored(root: Any) -> Iterator[str]:
    for each in root.iter():
        if local(each) == "v" and each.text:
            yield each.text
        elif local(each) in ("s", "n", "d") and each.get("v"):
            yield each.get("v")


def _date_styles(package: Package) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as a day."""
    name = "xl/styles.xml"
    if name not in package.names:
        return frozenset()
    root = package.xml(name)
    own = {
        each.get("numFmtId")
        for each in root.iter("{*}numFmt")
        if re.search(r"[yY年]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", each.get("formatCode", "")) or "")
    }
    styles = [each for group in root.iter("{*}cellXfs") for each in group]
    return frozenset(
        number
        for number, each in enumerate(styles)
        if (code := each.get("numFmtId", "0")) in own
        or (code.isdecimal() and int(code) in _DATE_FORMATS)
    )


def _sheet(book: _Book, name: str, state: str, target: str) -> Iterator[Found]:
    root = book.package.xml(target)
    where = f"工作表“{name}”" + ("（隐藏）" if state in ("hidden", "veryHidden") else "")
    rows, hidden = _rows(book, root)
    columns = [
        (each.get("min", ""), each.get("max", ""))
        for each in root.iter("{*}col")
        if each.get("hidden") in _ON
    ]
    notes = ["工作表是隐藏的，打开文件的人仍能看到"] if state in ("hidden", "veryHidden") else []
    if hidden:
        shown = "、".join(map(str, hidden[:_SHOWN_HIDDEN]))
        notes.append(f"有隐藏的行：{shown}{'等' if len(hidden) > _SHOWN_HIDDEN else ''}")
    if columns and any(rows):
        notes.append(
            "有隐藏的列：" + "、".join(_letters(first) for first, _ in columns[:_SHOWN_HIDDEN])
        )
    yield where, "\n".join(map("\t".join, rows)), rows, "；".join(notes) if any(rows) else ""
    prints = [e.text for group in root.iter("{*}headerFooter") for e in group if e.text]
    yield f"{where}的页眉页脚", "\n".join(prints), None, ""


def _rows(book: _Book, root: Any) -> tuple[list[list[str]], list[int]]:
    """Return all rows from the first of the sheet on, and the numbers of the hidden ones."""
    rows: list[list[str]] = []
    hidden: list[int] = []
    number = 0
    for row in root.iter("{*}row"):
        given = row.get("r", "")
        number = int(given) if given.isdecimal() and given.isascii() else number + 1
        line: list[str] = []
        column = 0
        for cell in row:
            place = _CELL.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            text = _value(book, cell)
            if text and column <= _LAST_COLUMN:
                line += [""] * (column - len(line) - 1)
                line[column - 1 :] = [text.replace("\t", " ")]
        if not any(line) or not 1 <= number <= _LAST_ROW:
            continue
        book.cells += len(line) + max(0, number - len(rows)) // 64
        if book.cells > _CELLS:
            raise TooMuch
        rows += [[] for _ in range(number - len(rows) - 1)]
        rows[number - 1 :] = [line]
        if row.get("hidden") in _ON:
            hidden.append(number)
    return rows, hidden


def _value(book: _Book, cell: Any) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_texts(cell))
    value = next((each.text or "" for each in cell if local(each) == "v"), "")
    if kind == "s":
        number = int(value) if value.isdecimal() and value.isascii() else -1
        book.used.add(number)
        return book.shared[number] if 0 <= number < len(book.shared) else ""
    if kind == "n" and value:
        style = cell.get("s", "0")
        is_day = style.isdecimal() and int(style) in book.dates
        return _figure(value, is_day)
    return value


def _figure(value: str, is_day: bool) -> str:
    """Return a stored number as it is shown: a day as a day, 3.6E+17 with all its digits."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number) >= Decimal(10) ** 25:
        return value
    if is_day and 1 <= number <= _LAST_DAY:
        return (_DAY_ZERO + timedelta(days=int(number))).isoformat()
    if number == number.to_integral_value():
        return str(int(number))
    return format(float(number), ".15g")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: str) -> str:
    left, letters = int(number) if number.isdecimal() else 0, ""
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
