"""Days beside titles: the rows of a list, in every usual way of dating them."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from gongkai.adapters.oldsite.days import day

_FULL = re.compile(r"(?<![\d-])(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?![\d])")
_DAY_FIRST = re.compile(r"(?<![\d/.-])(\d{1,2})\s+(\d{4})\s*[-/.年]\s*(\d{1,2})(?![\d/.-])")
_DAY_LAST = re.compile(r"(?<![\d/.-])(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?\s+(\d{1,2})(?![\d/.:-])")
_NO_YEAR = re.compile(r"(?<![\d/.年-])(\d{1,2})\s*[-/月]\s*(\d{1,2})(?![\d/.:-])")
_SPELT = re.compile(r"[一二][〇○零一二三四五六七八九]{3}\s*年")
_AT_END = re.compile(r"[\[(（【]?\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\])）】]?$")
_CLIMB = 4
_LONGEST = 300
_HOLDERS = frozenset(("li", "tr", "dd", "dl", "p", "div", "td"))
_STOPS = frozenset(
    ("ul", "ol", "table", "tbody", "body", "main", "article", "nav", "header", "footer", "form")
)


def day_beside(text: str, today: date) -> date | None:
    """Return the day written in what stands beside a title; one without a year is the last such."""
    plain = unicodedata.normalize("NFKC", text)[:_LONGEST]
    for form, order in ((_FULL, (0, 1, 2)), (_DAY_FIRST, (1, 2, 0)), (_DAY_LAST, (0, 1, 2))):
        for found in form.finditer(plain):
            parts = found.groups()
            if made := _made(*(int(parts[at]) for at in order)):
                return made
    for found in _NO_YEAR.finditer(plain):
        month, number = int(found[1]), int(found[2])
        made = _made(today.year, month, number)
        if made and made > today:
            made = _made(today.year - 1, month, number)
        if made:
            return made
    return day(plain) if _SPELT.search(plain) else None


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if 1949 <= year <= 2100 else None
    except ValueError:
        return None


def row_of(link: Any, today: date) -> tuple[str, date | None]:
    """Return the title of a link in a list and the day beside it.

    Looks up from the link to the row that holds it, and no further than what holds other titles.
    """
    pieces = [piece for piece in _pieces(link) if piece]
    if not pieces:
        return "", None
    title = max(pieces, key=len)
    beside = " ".join(piece for piece in pieces if piece is not title)
    if not any(char.isdigit() for char in beside) and (at := _AT_END.search(title)):
        beside, title = at[0], title[: at.start()].strip()
    if (on := day_beside(beside, today)) is not None:
        return title, on
    return title, _in_row(link, today)


def _in_row(link: Any, today: date) -> date | None:
    node = link
    for _ in range(_CLIMB):
        parent = node.getparent()
        if parent is None or parent.tag in _STOPS:
            return None
        node = parent
        if node.tag not in _HOLDERS:
            continue
        if _other_titles(node, link):
            return None
        around = " ".join(_pieces(node, skip=link))
        if len(around) <= _LONGEST and (on := day_beside(around, today)) is not None:
            return on
    return None


def _other_titles(node: Any, link: Any) -> bool:
    href = link.get("href")
    return any(other.get("href") not in (href, None) for other in node.iter("a"))


def _pieces(node: Any, skip: Any = None) -> Iterator[str]:
    """Yield the texts in a node, one for each run, those of `skip` left out."""
    if node is skip:
        return
    if isinstance(node.tag, str) and node.tag not in ("script", "style"):
        if node.text and (text := node.text.strip()):
            yield text
        for child in node:
            yield from _pieces(child, skip)
            if child.tail and (text := child.tail.strip()):
                yield text
