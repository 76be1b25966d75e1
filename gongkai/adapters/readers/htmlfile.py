"""A web page to a Document: paragraphs and tables with spans; scripts and hidden parts left out."""

import re
from collections.abc import Iterator
from typing import Any

from gongkai.adapters.readers.limits import LIMITS, Damaged, Limits, TooLarge
from gongkai.adapters.readers.textfile import assemble, decode
from gongkai.tables.grid import Document, Grid, GridCell

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_LEFT_OUT = frozenset(
    ("script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select")
)
_LAYOUT = ["p", "div", "section", "article", "header", "footer", "main", "center", "form", "hr"]
_LISTS = ["ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "fieldset", "body", "html"]
_TABLES = ["table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"]
_BLOCKS = frozenset((*_LAYOUT, *_LISTS, *_TABLES, "h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_TAG = re.compile(r"<[a-zA-Z][^>]*")
_MOST_ATTRIBUTES = 2_000
_TAGS = {"articletitle": "", "contentsource": "来源："}
_LONGEST_TITLE = 200
_DEEPEST = 60
_WIDEST_SPAN = 60


def read_html(data: bytes, limits: Limits = LIMITS) -> Document:
    """Return the paragraphs and tables of a web page; nothing it names is fetched.

    Raises:
        Damaged, TooLarge: as their names say.
    """
    from lxml import etree, html

    declared = _CHARSET.search(data[:4096])
    text = decode(data, _encoding(declared[1].decode("ascii")) if declared else None)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    if len(text) > limits.characters:
        raise TooLarge("网页过大，不像一份年度报告，请核对文件。")
    _refuse_crowded_tags(text)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Damaged("网页内容为空或已损坏，请重新保存网页后再试。") from None
    body = root.find("body")
    parts = _parts(body if body is not None else root, limits, 0)
    return assemble(parts, limits, _head(root))


def _head(root: Any) -> Iterator[str]:
    """Yield what the page's head says: its title, and the title and source in its tags (47号)."""
    for title in root.xpath("head/title")[:1]:
        yield " ".join((title.text or "").split())[:_LONGEST_TITLE]
    for meta in root.xpath("head/meta[@name and @content]"):
        before = _TAGS.get(meta.get("name").lower())
        if before is not None:
            yield (before + " ".join(meta.get("content").split()))[:_LONGEST_TITLE]


def _refuse_crowded_tags(text: str) -> None:
    """Refuse a tag with thousands of attributes: the parser compares each with all before."""
    bare = _QUOTED.sub("=", text)
    for tag in _TAG.finditer(bare):
        if tag.end() - tag.start() > _MOST_ATTRIBUTES and (
            len(tag[0].split()) > _MOST_ATTRIBUTES or tag[0].count("=") > _MOST_ATTRIBUTES
        ):
            raise TooLarge("网页代码异常（一个标签带有过多属性），请重新保存网页后再试。")


def _encoding(declared: str) -> str:
    return "gb18030" if declared.lower() in ("gb2312", "gbk", "gb18030") else declared


def _hidden(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return True
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _parts(element: Any, limits: Limits, depth: int) -> Iterator[str | Grid]:
    """Yield the paragraphs and tables below an element in reading order."""
    said: list[str] = [element.text or ""]
    for child in element:
        if not _hidden(child):
            if child.tag == "br":
                yield from _paragraphs(said)
                said = []
            elif child.tag == "table" and not _is_layout(child):
                yield from _paragraphs(said)
                said = []
                yield _grid(child, limits)
            elif depth < _DEEPEST and (child.tag in _BLOCKS or _holds_blocks(child)):
                yield from _paragraphs(said)
                said = []
                yield from _parts(child, limits, depth + 1)
            else:
                said.append(_text(child))
        said.append(child.tail or "")
    yield from _paragraphs(said)


def _holds_blocks(element: Any) -> bool:
    return any(below.tag in _BLOCKS for below in element.iter() if below is not element)


def _paragraphs(said: list[str]) -> Iterator[str]:
    text = re.sub(r"[ \u00a0\r\n\t]+", " ", "".join(said)).strip()
    if text:
        yield text


def _is_layout(table: Any) -> bool:
    """Say whether a table only arranges the page: it holds tables, or hardly any cells."""
    if any(True for _ in table.iterdescendants("table")):
        return True
    return sum(1 for _ in table.iterdescendants("td", "th")) <= 2


def _grid(table: Any, limits: Limits) -> Grid:
    rows: list[tuple[GridCell, ...]] = []
    count = 0
    for row in table.iterdescendants("tr"):
        cells = []
        for cell in row.iterchildren("td", "th"):
            if _hidden(cell):
                continue
            cells.append(
                GridCell(
                    _text(cell).strip(),
                    _span(cell.get("rowspan")),
                    _span(cell.get("colspan")),
                    cell.tag == "th",
                )
            )
        count += len(cells)
        if count > limits.cells:
            raise TooLarge("网页中的表格过大，不像一份年度报告，请核对文件。")
        rows.append(tuple(cells))
    return Grid(tuple(rows))


def _span(value: str | None) -> int:
    digits = re.match(r"\s*(\d{1,4})", value or "")
    return max(1, min(int(digits[1]), _WIDEST_SPAN)) if digits else 1


def _text(element: Any) -> str:
    """Return an element's text; breaks and paragraphs inside it as new lines."""
    said: list[str] = []
    for event, node in _walk(element):
        if event == "text":
            said.append(re.sub(r"[\r\n\t \u00a0]+", " ", node))
        elif said and not said[-1].endswith("\n"):
            said.append("\n")
    return re.sub(r" *\n *", "\n", "".join(said)).strip()


def _walk(element: Any) -> Iterator[tuple[str, str]]:
    """Yield the texts below an element and a break at each block or <br>."""
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, done = stack.pop()
        if done:
            if node is not element:
                if node.tag in _BLOCKS:
                    yield "break", ""
                yield "text", node.tail or ""
            continue
        stack.append((node, True))
        if _hidden(node):
            continue
        if node.tag == "br" or (node.tag in _BLOCKS and node is not element):
            yield "break", ""
        yield "text", _raised(node) if node.tag in ("sup", "sub") else node.text or ""
        stack += [(child, False) for child in reversed(node)]


def _raised(node: Any) -> str:
    """Return a raised figure in brackets: the 2 of 3<sup>2</sup> is a note, no digit of 32."""
    said = node.text or ""
    return f"[{said.strip()}]" if any(char.isdigit() for char in said) else said
