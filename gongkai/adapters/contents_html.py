"""A web page: what it shows, its tables, and what it holds without showing it; worker only."""

import re
from collections.abc import Iterator
from typing import Any

from gongkai.adapters.contents_found import Found
from gongkai.adapters.readers.htmlfile import read_html
from gongkai.adapters.readers.limits import Limits
from gongkai.adapters.readers.textfile import decode
from gongkai.tables.grid import Grid

_LIMITS = Limits(cells=500_000, paragraphs=500_000, characters=5_000_000)
_SPOKEN = ("alt", "title", "placeholder", "aria-label")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def parts_of_page(data: bytes) -> Iterator[Found]:
    """Yield the parts of a web page."""
    document = read_html(data, _LIMITS)
    yield "正文", "\n".join(p for p in document.parts if isinstance(p, str)), None, ""
    grids = [part for part in document.parts if isinstance(part, Grid)]
    for number, grid in enumerate(grids, 1):
        rows = [list(row) for row in grid.matrix]
        yield f"表格{number}", "\n".join(map("\t".join, rows)), rows, ""
    yield "标题和来源", "\n".join(document.head), None, ""
    unseen = list(_unseen(data))
    note = "网页里有不显示的内容，查看源代码的人能看到" if unseen else ""
    yield "不显示的内容", "\n".join(unseen), None, note
    yield "图片说明和提示", "\n".join(_spoken(data)), None, ""


def _root(data: bytes, *, comments: bool) -> Any:
    from lxml import html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data)).replace("\x00", "")
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=not comments)
    return html.document_fromstring(text, parser=parser)


def _unseen(data: bytes) -> Iterator[str]:
    """Yield comments, hidden elements and the values of hidden fields."""
    root = _root(data, comments=True)
    for comment in root.xpath("//comment()"):
        if (comment.text or "").strip():
            yield comment.text.strip()
    for each in root.xpath("//*[@style or @hidden or @type='hidden']"):
        if each.get("type") == "hidden":
            if (each.get("value") or "").strip():
                yield each.get("value").strip()
        elif each.get("hidden") is not None or _HIDDEN.search(each.get("style") or ""):
            said = " ".join("".join(each.itertext()).split())
            if said:
                yield said


def _spoken(data: bytes) -> Iterator[str]:
    root = _root(data, comments=False)
    for name in _SPOKEN:
        for value in root.xpath(f"//@{name}"):
            if str(value).strip():
                yield str(value).strip()
    for value in root.xpath("//meta[@name]/@content"):
        yield str(value).strip()
