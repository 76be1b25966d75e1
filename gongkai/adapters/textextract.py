"""The plain text of an uploaded file, for search and for the official who looks for a word.

The readers of published reports do the reading; a PDF's text is taken by pdfium, which is faster
where tables do not matter; OFD, a zip of XML, is read here. Text and time are bounded, for the
work may stand inside a transaction, and what cannot be read says why.
"""

import re
from dataclasses import dataclass

from gongkai.adapters.readers import read_document
from gongkai.adapters.readers.limits import Damaged, Limits, NoText, NotSupported, ReadError
from gongkai.adapters.readers.packages import Package
from gongkai.adapters.readers.pdffile import plain
from gongkai.adapters.redaction import pdf_text
from gongkai.tables.grid import Grid

_LIMITS = Limits(
    file_bytes=64 * 1024 * 1024,
    unpacked_bytes=200 * 1024 * 1024,
    cells=200_000,
    characters=2_000_000,
    seconds=9.0,
)
_MOST = 500_000
_OFD_PAGE = re.compile(r"(?:^|/)Page[^/]*/Content\.xml$")
_UNREAD = {"eml": "邮件原件不提取文字，正文和附件另行登记。"}


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text, or in Chinese why there is none; `cut`: only its beginning.

    Where the format has pages (PDF, OFD) a form feed stands between two of them.
    """

    text: str = ""
    reason: str = ""
    cut: bool = False


def extract(data: bytes, kind: str) -> Extracted:
    """Return the text of a file whose kind `filetype.tell` has told."""
    try:
        text = _read(data, kind)
    except ReadError as unread:
        return Extracted(reason=str(unread))
    if not text.strip():
        return Extracted(reason=str(NoText("文件里没有文字，可能是扫描件或者图片。")))
    return Extracted(text=text[:_MOST], cut=len(text) > _MOST)


def _read(data: bytes, kind: str) -> str:
    if kind in _UNREAD:
        raise NotSupported(_UNREAD[kind])
    if kind == "ofd":
        return _ofd(data)
    if kind == "pdf":
        return plain(pdf_text(data, _MOST + 1))
    lines: list[str] = []
    for part in read_document(data, f".{kind}", _LIMITS).parts:
        if isinstance(part, Grid):
            lines += ["\t".join(cell.replace("\n", " ") for cell in row) for row in part.matrix]
        else:
            lines.append(part)
    return "\n".join(lines)


def _ofd(data: bytes) -> str:
    """Return an OFD's text, a line a text object, pages parted by a form feed (GB/T 33190)."""
    package = Package(data, _LIMITS)
    pages = sorted((name for name in package.names if _OFD_PAGE.search(name)), key=_in_order)
    if not pages:
        raise Damaged("文件缺少必要的内容，请重新导出后再试。")
    said: list[str] = []
    for page in pages:
        pieces = package.xml(page).iter("{*}TextObject")
        lines = ("".join(code.text or "" for code in piece.iter("{*}TextCode")) for piece in pieces)
        said.append("\n".join(lines))
    return "\f".join(said)


def _in_order(name: str) -> list[tuple[int, str]]:
    """Sort Page_10 after Page_9."""
    parts = re.split(r"(\d+)", name)
    return [(int(part[:18]) if at % 2 else 0, part) for at, part in enumerate(parts)]
