"""Plain text to a Document: encodings, and rows of tabs or bars taken as tables."""

import codecs
import re
from collections.abc import Iterable

from gongkai.adapters.readers.limits import LIMITS, Damaged, Limits, TooLarge
from gongkai.tables.grid import Document, Grid, GridCell

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BAR_RULE = re.compile(r"^[\s|:+\-=]+$")


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of bytes in UTF-8, UTF-16 or GB18030.

    Raises:
        Damaged: the bytes are text in none of these.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    half = len(data) // 2
    if half and data[:4000].count(0) > min(half, 2000) // 8:
        even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
        return _try(data, "utf-16-le" if odd >= even else "utf-16-be")
    for encoding in dict.fromkeys(("utf-8", *([declared] if declared else []), "gb18030")):
        try:
            return _checked(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    if declared is None:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = data.decode(encoding, errors="ignore")
            if "政府信息公开" in text:
                return text
    raise Damaged("文字编码无法识别，请另存为 UTF-8 或 GB18030 编码后再试。")


def _try(data: bytes, encoding: str) -> str:
    try:
        return _checked(data.decode(encoding))
    except UnicodeDecodeError:
        raise Damaged("文件内容不完整或编码有误，请重新导出后再试。") from None


def _checked(text: str) -> str:
    if text.count("\x00") > 10:
        raise Damaged("这不是文本文件，请核对文件格式。")
    return text


def read_text(data: bytes, limits: Limits = LIMITS) -> Document:
    """Return a text file's paragraphs and tabbed tables.

    Raises:
        Damaged, TooLarge: as their names say.
    """
    text = decode(data)
    if len(text) > limits.characters:
        raise TooLarge("文字过多，不像一份年度报告，请核对文件。")
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return assemble(plain.split("\n"), limits)


def assemble(
    parts: Iterable[str | Grid], limits: Limits = LIMITS, head: Iterable[str] = ()
) -> Document:
    """Return a Document; neighbouring lines of tabs or bars become one table.

    Raises:
        TooLarge: there are more cells or paragraphs than any report has.
    """
    done: list[str | Grid] = []
    count = 0
    rows: list[tuple[GridCell, ...]] = []
    for part in (*parts, ""):
        cells = _cells(part) if isinstance(part, str) else None
        count += len(cells or ())
        count += sum(len(row) for row in part.rows) if isinstance(part, Grid) else 0
        if count > limits.cells:
            raise TooLarge("文件中的表格过大，不像一份年度报告，请核对文件。")
        if cells is not None:
            if cells:
                rows.append(tuple(GridCell(cell.strip()) for cell in cells))
            continue
        if rows:
            done.append(Grid(tuple(rows)))
            rows = []
        if isinstance(part, Grid):
            done.append(part)
        elif part.strip():
            done.append(part.strip())
        if len(done) > limits.paragraphs:
            raise TooLarge("文件段落过多，不像一份年度报告，请核对文件。")
    return Document(tuple(done), tuple(said for said in head if said))


def _cells(line: str) -> list[str] | None:
    """Return the cells of a table row, none of them for a rule of bars, None for a paragraph."""
    if "\t" in line.rstrip("\r\n").lstrip("\ufeff") and not _indented_prose(line):
        return line.split("\t")
    stripped = line.strip()
    if stripped.count("|") >= 2 or stripped.count("│") >= 2:
        if _BAR_RULE.match(stripped):
            return []
        return re.split(r"[|│]", stripped.strip("|│"))
    return None


def _indented_prose(line: str) -> bool:
    """Say whether the tabs only indent a sentence."""
    filled = [cell for cell in line.split("\t") if cell.strip()]
    return len(filled) == 1 and len(filled[0]) > 60 and "。" in filled[0]
