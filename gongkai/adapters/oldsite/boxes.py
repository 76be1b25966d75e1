"""What a page says of its document outside the article: tags, box, breadcrumb, title."""

import re
from collections.abc import Iterator
from typing import Any

from gongkai.adapters.oldsite.bodies import text_of
from gongkai.adapters.oldsite.labels import FIELD_OF, is_worth_telling, labelled
from gongkai.adapters.oldsite.selectors import Selectors, every, first

_UNREAD = frozenset(("script", "style", "noscript", "select", "option", "textarea"))
_TABLES = ["td", "th", "tr", "table", "tbody", "li", "ul", "ol", "dl", "dt", "dd", "br", "form"]
_LAYOUT = ["div", "p", "section", "article", "header", "footer", "body"]
_BLOCKS = frozenset((*_TABLES, *_LAYOUT, *(f"h{level}" for level in range(1, 7))))
_TAGS = {
    "articletitle": "title",
    "pubdate": "published_at",
    "contentsource": "source",
    "keywords": "keywords",
    "description": "summary",
    "columnname": "column",
    "author": "作者",
    "publishdate": "published_at",
    "indexnumber": "index_number",
}
_PLACE = re.compile(r"\s*(?:您|你)?(?:现在|目前|当前)?的?(?:所在)?(?:的)?位置(?:是|为)?\s*[:：]?")
_PLACE_NAMES = re.compile(
    r"crumb|position|location|dqwz|weizhi|wz_?nav|curmb|sitepath|curpos|nowplace", re.IGNORECASE
)
_STEPS = re.compile(r"\s*(?:>+|＞|›|»|→|/|\\|-{2,}|·|\|)\s*")
_NO_COLUMN = frozenset(("首页", "网站首页", "正文", "内容", "详细内容", "返回", "信息详情", "详情"))
_SITE = re.compile(r"\s*[-_|—–]{1,2}\s*")
_WRAPPED = re.compile(r"(?<=[\u4e00-\u9fff，。：；、》）]) (?=[\u4e00-\u9fff《（])")
_LONGEST_PLACE = 300
_LONGEST_STEP = 40
_PIECES_OF_BODY = 14
_LONGEST_PIECE = 200


class Found:
    """What was found, the first of each field; what has no field stands in `others`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.fields: dict[str, str] = {}
        self.others: dict[str, str] = {}

    def take(self, label: str, value: str) -> None:
        """Take up what stands beside a label or tag."""
        field = FIELD_OF.get(label)
        if field is not None:
            self.fields.setdefault(field, value)
        elif is_worth_telling(label):
            self.others.setdefault(label, value)

    def get(self, field: str) -> str:
        """Return what a field was found to be, "" for nothing."""
        return self.fields.get(field, "")


def facts(root: Any, body: Any, selectors: Selectors) -> Found:
    """Return what the page says of its document: its tags before the box before the article."""
    found = Found()
    for meta in root.iter("meta"):
        field = _TAGS.get((meta.get("name") or meta.get("property") or "").strip().lower())
        content = " ".join((meta.get("content") or "").split())
        if field and content:
            if field in _TAGS.values() and field.isascii():
                found.fields.setdefault(field, content)
            else:
                found.others.setdefault(field, content)
    for box in every(root, selectors.box):
        for label, value in labelled(pieces(box, None)):
            found.take(label, value)
    for label, value in labelled(pieces(root, body)):
        found.take(label, value)
    if body is not None:
        inside = [
            piece for piece, _ in zip(pieces(body, None), range(_PIECES_OF_BODY), strict=False)
        ]
        short = (piece for piece in inside if len(piece) <= _LONGEST_PIECE)
        for label, value in labelled(short, strict=True):
            found.take(label, value)
    return found


def pieces(root: Any, left_out: Any) -> Iterator[str]:
    """Yield the texts of cells, items and lines in their order, without one element's."""
    said: list[str] = []
    stack: list[tuple[Any, int]] = [(root, 0)]
    while stack:
        node, step = stack.pop()
        blocky = node.tag in _BLOCKS
        if step == 0:
            if node is left_out or not isinstance(node.tag, str) or node.tag in _UNREAD:
                stack.append((node, 2))
                continue
            if blocky and (piece := _piece(said)):
                yield piece
            said.append(node.text or "")
            stack.append((node, 1))
            stack += [(child, 0) for child in reversed(node)]
        else:
            if (blocky or node is left_out) and (piece := _piece(said)):
                yield piece
            if node is not root:
                said.append(node.tail or "")
    if piece := _piece(said):
        yield piece


def _piece(said: list[str]) -> str:
    piece = "".join(said).strip()
    said.clear()
    return piece


def title(root: Any, found: Found, selectors: Selectors) -> str:
    """Return the document's title: of its tag, where the site keeps it, heading, box, page."""
    if found.get("title"):
        return found.get("title")
    element = first(root, selectors.title)
    if element is not None and (said := _line(text_of(element))):
        return said
    for heading in root.iter("h1", "h2"):
        if len(said := _line(text_of(heading))) >= 4:
            return said
    for page in root.iter("title"):
        said = _line(page.text or "")
        parts = [part for part in _SITE.split(said) if len(part) >= 4]
        if parts:
            return parts[0]
    return ""


def _line(text: str) -> str:
    return re.sub(
        r"(?<=[\u4e00-\u9fff，。：；、》）]) (?=[\u4e00-\u9fff《（])", "", " ".join(text.split())
    )


def column(root: Any, found: Found, title: str, selectors: Selectors) -> tuple[str, ...]:
    """Return the columns from the outermost inwards, of the breadcrumb or else of the tag."""
    element = first(root, selectors.breadcrumb)
    if element is None:
        element = _breadcrumb(root)
    steps: list[str] = []
    if element is not None:
        said = _PLACE.sub("", " ".join(text_of(element).split())[:_LONGEST_PLACE])
        for step in _STEPS.split(said):
            if step and step not in _NO_COLUMN and step != title and len(step) <= _LONGEST_STEP:
                steps.append(step)
    named = found.get("column")
    if named and named not in steps:
        steps.append(named)
    return tuple(steps)


def _breadcrumb(root: Any) -> Any:
    for element in root.iter("div", "p", "span", "td", "ul", "ol", "nav"):
        names = f"{element.get('id') or ''} {element.get('class') or ''}"
        if len(names) > 1 and _PLACE_NAMES.search(names):
            return element
        text = (element.text or "").strip()
        if text and _PLACE.match(text):
            alone = not _PLACE.sub("", "".join(text_of(element).split())).strip(">＞")
            return element.getparent() if alone else element
    return None


def urls(root: Any) -> Iterator[str]:
    """Yield the addresses the page gives itself: its Url tag and its canonical link."""
    for meta in root.iter("meta"):
        if (meta.get("name") or meta.get("property") or "").lower() in ("url", "og:url"):
            yield (meta.get("content") or "").strip()
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower():
            yield (link.get("href") or "").strip()


def domain(root: Any) -> str:
    """Return the site's domain as its tag gives it."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "sitedomain":
            return re.sub(r"^https?://|/.*$", "", (meta.get("content") or "").strip().lower())
    return ""
