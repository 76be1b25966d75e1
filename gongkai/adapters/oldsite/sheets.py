"""A sheet of documents, one a row: xlsx and xls by calamine within limits, and csv."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from gongkai.adapters.oldsite.boxes import Found
from gongkai.adapters.oldsite.days import in_china
from gongkai.adapters.oldsite.labels import header
from gongkai.adapters.oldsite.pages import dated
from gongkai.adapters.oldsite.records import OldRow, Refused, SiteUnreadable
from gongkai.adapters.readers.limits import Limits, ReadError
from gongkai.adapters.readers.packages import Package
from gongkai.adapters.readers.textfile import decode
from gongkai.adapters.richtext import Unreadable, clean
from gongkai.text.delimited import Undelimited, rows_of

_LIMITS = Limits(
    file_bytes=200 * 1024 * 1024,
    unpacked_bytes=1024 * 1024 * 1024,
    unpacked_ratio=300,
    seconds=120.0,
)
# The old form has no more than 65,536 rows of 256 columns: far corners cost little there.
_MOST_OLD_BYTES = 40 * 1024 * 1024
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_MOST_CELLS = 20_000_000
_MOST_COLUMNS = 500
_HEAD_ROWS = 10
_MARKUP = re.compile(r"<(?:p|div|br|table|span|h\d|a|b|font)\b", re.IGNORECASE)
_NAMES = re.compile(r"[;；|\n]+")
_LONGEST_CELL = 1_000_000
Row = Sequence[Any]


def read_sheet(data: bytes) -> Iterator[OldRow | Refused]:
    """Yield the documents of the first sheet that has a head with 标题, and what was refused.

    Raises:
        SiteUnreadable: it is no sheet, too large, or no sheet has such a head.
    """
    for each in _sheets(data):
        rows = iter(each)
        for number, row in zip(range(1, _HEAD_ROWS + 1), rows, strict=False):
            fields = [header(str(cell)) for cell in row]
            if "title" in fields and len({each for each in fields if each}) > 1:
                return _documents(fields, [str(cell).strip() for cell in row], rows, number)
    raise SiteUnreadable(
        "没有找到表头：前十行中应当有一行写明“标题”以及“文号”“发布日期”“正文”等列名。"
    )


def _sheets(data: bytes) -> Iterator[Iterable[Row]]:
    if len(data) > _LIMITS.file_bytes:
        raise SiteUnreadable("文件超过 200 MB，请分成几份后再导入。")
    if data.startswith(_OLE):
        if len(data) > _MOST_OLD_BYTES:
            raise SiteUnreadable("xls 文件超过 40 MB，请另存为 xlsx 后再导入。")
        yield from _workbook(data)
        return
    try:
        if data.startswith(b"PK"):
            _refuse_far_corners(Package(data, _LIMITS))
        else:
            text = decode(data)
    except ReadError as error:
        raise SiteUnreadable(str(error)) from None
    if data.startswith(b"PK"):
        yield from _workbook(data)
    else:
        yield _csv(text)


def _workbook(data: bytes) -> Iterator[Iterable[Row]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for about in book.sheets_metadata:
            if str(about.visible).endswith("Visible"):
                yield book.get_sheet_by_name(about.name).iter_rows()
    except PasswordError:
        raise SiteUnreadable("文件已加密，请提供未加密的文件。") from None
    except (CalamineError, OSError, ValueError):
        raise SiteUnreadable("表格已损坏或者不是 xlsx 格式，请重新导出后再试。") from None


def _refuse_far_corners(package: Package) -> None:
    """Refuse a sheet with a cell far out: calamine keeps room for every cell up to it."""
    for name in sorted(package.names):
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        rows = columns = 0
        for found in _PLACE.finditer(package.read(name)):
            rows = max(rows, int(found[2]))
            columns = max(columns, _column(found[1]))
        if columns > _MOST_COLUMNS or rows * columns > _MOST_CELLS:
            raise SiteUnreadable("表格过大，或者在很远的单元格里有内容，请清理后再导入。")


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column


def _csv(text: str) -> Iterator[Row]:
    if text.count("\x00"):
        raise SiteUnreadable("这不是表格文件，请核对文件格式。")
    first = text[:4096].partition("\n")[0]
    mark = max(",\t;", key=first.count)
    try:
        yield from rows_of(text, _LONGEST_CELL, mark)
    except Undelimited:
        raise SiteUnreadable("表格的分隔或者引号有误，请重新导出为 csv 或 xlsx。") from None


def _documents(
    fields: list[str], names: list[str], rows: Iterator[Row], head: int
) -> Iterator[OldRow | Refused]:
    for number, row in enumerate(rows, head + 1):
        if not any(_said(cell) for cell in row):
            continue
        key = _key(number, row)
        try:
            yield _document(fields, names, row, number, key)
        except (Unreadable, ValueError) as error:
            yield Refused(f"第{number}行", str(error), key)


def _key(number: int, row: Row) -> str:
    content = "\x1f".join(_said(cell) for cell in row)
    return hashlib.sha256(f"{number}\x00{content}".encode("utf-8", "replace")).hexdigest()


def _document(fields: list[str], names: list[str], row: Row, number: int, key: str) -> OldRow:
    found = Found()
    given: dict[str, str] = {}
    for at, cell in enumerate(row[: len(fields)]):
        said = _said(cell)
        if not said:
            continue
        if len(said) > _LONGEST_CELL:
            raise ValueError(f"“{names[at]}”一格的内容过长。")
        if fields[at] in ("body", "address", "attachments"):
            given.setdefault(fields[at], said)
        elif fields[at]:
            found.fields.setdefault(fields[at], said)
        elif names[at]:
            found.others.setdefault(names[at], said)
    if not found.get("title"):
        raise ValueError("没有标题。")
    notes: list[str] = []
    made = clean(_as_html(given.get("body", "")))
    notes += [f"未保留{told}。" for told in made.dropped]
    steps = re.split(r"\s*(?:>+|＞|/|\\)\s*", found.get("column"))
    return OldRow(
        key=key,
        row=number,
        title=" ".join(found.get("title").split()),
        body_html=made.html,
        text=made.text,
        column=tuple(step for step in steps if step),
        old_address=given.get("address", ""),
        attachments=tuple(
            name.strip() for name in _NAMES.split(given.get("attachments", "")) if name.strip()
        ),
        **dated(found, notes),
        notes=tuple(notes),
    )


def _as_html(text: str) -> str:
    """Return a cell's article as HTML: it is, or its lines are the paragraphs."""
    if _MARKUP.search(text):
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"<p>{line}</p>" for line in escaped.splitlines())


def _said(cell: Any) -> str:
    """Return a cell as text: days in full, whole numbers without a point."""
    if isinstance(cell, datetime | date):
        return in_china(cell).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
