"""The walk through a page: where each thing stands, whether it is seen, what it says."""

import re
from datetime import date
from typing import Any, NamedTuple

from gongkai.adapters.crawler import naming, styles
from gongkai.adapters.crawler.addresses import resolve
from gongkai.adapters.crawler.entries import row_of
from gongkai.text.sitepages import Block, Entry, Field, Form, Link, Picture, Place

_UNREAD = frozenset(("script", "style", "template", "noscript", "title", "head"))
_BLOCKS = frozenset([
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "li", "ul",
    "ol", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption",
    "h1", "h2", "h3", "h4", "h5", "h6", "form", "fieldset", "legend", "figure", "figcaption",
    "blockquote", "pre", "address", "body", "center", "details", "summary", "hr", "br",
])  # fmt: skip
_SEALED = frozenset(("textarea", "select", "svg", "iframe"))
_EVEN_EMPTY = frozenset(("td", "th", "dt", "dd"))
_BY_NAME = (
    (re.compile(r"foot|bottom|copyright|btm|dibu", re.I), Place.FOOT),
    (
        re.compile(r"^(?:site|page|top)?[_-]?(?:header|head|top|topbar|banner|logo)$", re.I),
        Place.HEAD,
    ),
    (re.compile(r"^(?:main|top|site)?[_-]?(?:nav|navbar|menu|daohang)$", re.I), Place.NAV),
)
_BY_TAG = {
    "header": Place.HEAD, "nav": Place.NAV, "footer": Place.FOOT,
    "main": Place.MAIN, "article": Place.MAIN,
}  # fmt: skip
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "lazy-src", "original")
_SHORTEST_TITLE = 4


class State(NamedTuple):
    """What holds for all that stands inside an element."""

    place: Place | None = None
    hidden: str = ""
    opened: bool = False
    ground: str = "#ffffff"
    unseen: bool = False  # not displayed at all, which axe passes over


class Walk:
    """One page's walk; `run`, then read what was found."""

    def __init__(self, root: Any, base: str, today: date) -> None:
        """Take the parsed page, what its links are relative to, and today."""
        self._root, self._base, self._today = root, base, today
        self._rules = {}
        for each in root.iter("style"):
            self._rules |= styles.sheet(each.text or "")
        self._labels = {each.get("for"): each for each in root.iter("label") if each.get("for")}
        self._controlled = {
            named
            for each in root.iter("a", "button", "div", "span", "li", "summary", "h2", "h3")
            for named in (each.get("aria-controls") or "").split()
        }
        self._text: list[str] = []
        self._told: list[str] = []
        self._tag, self._place = "body", Place.MAIN
        self.title: str | None = None
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.pictures: list[Picture] = []
        self.forms: list[Form] = []
        self.entries: list[Entry] = []
        self.tables: list[tuple[tuple[str, ...], ...]] = []
        self.comments: list[str] = []
        self.nameless: list[tuple[str, str]] = []

    def run(self) -> None:
        """Walk through the page."""
        title = self._root.find(".//title")
        self.title = "".join(title.itertext()).strip() if title is not None else None
        self._element(self._root, State())
        self._close("body")

    def _element(self, node: Any, state: State) -> None:
        tag = node.tag
        if not isinstance(tag, str):
            self._comment(node)
            return
        if tag in _UNREAD:
            for child in node if tag == "head" else ():
                self._comment(child)
            return
        state = self._within(node, state)
        if tag in _BLOCKS:
            self._close(tag)
            self._place = state.place or Place.MAIN
        self._found(node, tag, state)
        if tag not in _SEALED:
            self._inside(node, tag, state)
        if tag in _BLOCKS:
            self._close(tag, ends=True)

    def _inside(self, node: Any, tag: str, state: State) -> None:
        self._say(node.text, state)
        for child in node:
            self._element(child, state)
            if child.tag in _BLOCKS:  # what follows a block is the parent's again
                self._tag, self._place = tag, state.place or Place.MAIN
            self._say(child.tail, state)

    def _within(self, node: Any, state: State) -> State:
        place = state.place
        if place is not Place.MAIN:
            place = _BY_TAG.get(node.tag) or _by_name(node, place) or place
        style = styles.style_of(node, self._rules)
        why = state.hidden or styles.hidden(node, style, state.ground)
        unseen = state.unseen or why in ("样式设置为不显示", "设置了 hidden 属性")
        opened = state.opened or (bool(why) and not state.hidden and self._is_opened(node))
        opened = opened or node.tag == "details" or node.get("role") == "tabpanel"
        return State(place, why, opened, styles.background(style) or state.ground, unseen)

    def _is_opened(self, node: Any) -> bool:
        if node.get("id") in self._controlled or node.get("role") in ("tabpanel", "menu", "dialog"):
            return True
        before = node.getprevious()
        return before is not None and before.get("aria-expanded") is not None

    def _say(self, text: str | None, state: State) -> None:
        if text and not state.unseen:
            self._text.append(text)
            self._told.append(text)

    def _close(self, tag: str, *, ends: bool = False) -> None:
        """End the block that is open; what follows is of the element `tag`."""
        text = " ".join("".join(self._text).split())
        told = " ".join("".join(self._told).split())
        if told or (ends and tag in _EVEN_EMPTY and self._tag == tag):
            self.blocks.append(Block(self._place, self._tag, text, told))
        self._text, self._told = [], []
        self._tag = "" if ends else tag

    def _comment(self, node: Any) -> None:
        if not isinstance(node.tag, str) and isinstance(node.text, str) and node.text.strip():
            self.comments.append(node.text)

    def _found(self, node: Any, tag: str, state: State) -> None:
        place = state.place or Place.MAIN
        if tag in ("a", "area"):
            self._link(node, place, state)
        elif tag in ("iframe", "frame"):
            self._frame(node, place, state)
        elif tag == "img":
            self._picture(node, place, state)
        elif tag == "form":
            self._form(node)
        elif tag == "table":
            self._table(node)
        if not state.unseen and (rule := naming.nameless(node, tag, self._labels)):
            self.nameless.append((rule, naming.shown(node)))

    def _link(self, node: Any, place: Place, state: State) -> None:
        written = node.get("href")
        if written is None or (address := resolve(self._base, written)) is None:
            return
        words = naming.words(node)
        title = " ".join(filter(None, (node.get("title"), node.get("aria-label"))))
        self.links.append(Link(address, words, title, place, state.hidden, state.opened))
        if place in (Place.MAIN, Place.HEAD) and not state.unseen:
            named, on = row_of(node, self._today)
            named = named or words
            if len(named) >= _SHORTEST_TITLE or on:
                self.entries.append(Entry(named, address, on, place))

    def _frame(self, node: Any, place: Place, state: State) -> None:
        address = resolve(self._base, node.get("src") or "")
        if address is None:
            return
        why = state.hidden
        if not why and any(node.get(side) in ("0", "0px", "1") for side in ("width", "height")):
            why = "宽或者高为零"
        self.links.append(Link(address, "", node.get("title") or "", place, why, False, True))

    def _picture(self, node: Any, place: Place, state: State) -> None:
        alt = node.get("alt")
        if alt and not state.unseen:
            self._told.append(alt)
        written = [node.get(name) for name in _LAZY] + [node.get("src")]
        for each in (node.get("srcset") or "").split(","):
            written.append(each.strip().split(" ")[0])
        for each in written:
            if each and (address := resolve(self._base, each)):
                self.pictures.append(Picture(address, alt, place))

    def _form(self, node: Any) -> None:
        fields = tuple(
            Field(
                each.get("name") or "",
                "textarea" if each.tag == "textarea" else (each.get("type") or "text").lower(),
                each.get("value") or "",
                " ".join(
                    filter(None, (each.get("placeholder"), each.get("title"), each.get("id")))
                ),
            )
            for each in node.iter("input", "textarea")
        )
        self.forms.append(
            Form(
                resolve(self._base, node.get("action") or "") or self._base,
                (node.get("method") or "get").lower(),
                (node.get("accept-charset") or "").lower(),
                " ".join(filter(None, (node.get("role"), node.get("id"), node.get("class")))),
                " ".join("".join(node.itertext()).split())[:200],
                fields,
            )
        )

    def _table(self, node: Any) -> None:
        if node.find(".//table") is not None:  # only the innermost are read, each text once
            return
        rows = tuple(
            tuple(" ".join("".join(cell.itertext()).split()) for cell in row.iter("td", "th"))
            for row in node.iter("tr")
        )
        if rows:
            self.tables.append(rows)


def _by_name(node: Any, place: Place | None) -> Place | None:
    if node.tag not in ("div", "table", "td", "ul", "section"):
        return None
    for name in (*(node.get("class") or "").split(), node.get("id") or ""):
        for form, found in _BY_NAME:
            if name and form.search(name) and (place is None or found is not place):
                return found
    return None
