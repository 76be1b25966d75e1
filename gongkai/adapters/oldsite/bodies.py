"""Where on a page the article stands: by the site's selectors, by usual names, by its density."""

import re
from functools import cache
from typing import Any

from gongkai.adapters.oldsite.selectors import Selectors, first

# The most telling first: what the content systems of Chinese county sites call the article.
_USUAL = """
#zoom #ucap-content #fontzoom .trs_editor .trs_ueditor #vsb_content .v_news_content
#articlecontent #article-content .article-content .article_content #artibody #bodycontent
.j-fontcontent .pages_content .pages-content .ewb-article-content .ewb-info-content .xxgk-content
.wzcon .wznr .news_content .news-content .newscontent .view-content .zwxl-article .content-text
.bt_content .con_text #newscontent .detail-content #content .article .content #article .text
article .view .conbox
"""
_RANK = {name: at for at, name in enumerate(_USUAL.split())}
_HOLDERS = frozenset(("div", "td", "article", "section", "main", "body", "form", "font", "span"))
_SPLIT = frozenset(("div", "td", "article", "section", "main", "table", "ul", "ol", "p", "li"))
_UNREAD = frozenset(("script", "style", "noscript", "select", "option", "textarea", "head"))
_SHORTEST = 10
_LEAST_SCORE = 20
_LINKED = 0.5


def body(root: Any, selectors: Selectors) -> Any:
    """Return the element that holds the article, None where none does."""
    found = first(root, selectors.body)
    if found is not None:
        return found
    found = _by_name(root)
    return _by_density(root) if found is None else found


def text_of(element: Any) -> str:
    """Return the words of an element, scripts and styles left out."""
    said: list[str] = []
    stack = [(element, False)]
    while stack:
        node, tail_only = stack.pop()
        if tail_only:
            said.append(node.tail or "")
            continue
        if isinstance(node.tag, str) and node.tag not in _UNREAD:
            said.append(node.text or "")
            for child in reversed(node):
                stack += [(child, True), (child, False)]
    return "".join(said)


@cache
def _named() -> Any:
    from lxml import etree

    return etree.XPath("//*[@id or @class] | //article")


def _by_name(root: Any) -> Any:
    """Return the element of the most telling name that holds anything."""
    found: list[tuple[int, int, Any]] = []
    for at, element in enumerate(_named()(root)):
        names = [f"#{element.get('id', '').strip().lower()}", element.tag]
        names += [f".{name}" for name in (element.get("class") or "").lower().split()]
        rank = min((_RANK[name] for name in names if name in _RANK), default=None)
        if rank is not None:
            found.append((rank, at, element))
    for _, _, element in sorted(found, key=lambda each: each[:2]):
        if _holds_article(element):
            return element
    return None


def _holds_article(element: Any) -> bool:
    words = len(re.sub(r"\s+", "", text_of(element)))
    if words < _SHORTEST:
        return next(element.iter("img"), None) is not None
    return linked(element) <= _LINKED or next(element.iter("table", "p"), None) is not None


def linked(element: Any) -> float:
    """Return how much of an element's words are links, from 0 to 1."""
    words = len(re.sub(r"\s+", "", text_of(element)))
    links = sum(len(re.sub(r"\s+", "", "".join(a.itertext()))) for a in element.iter("a"))
    return min(1.0, links / words) if words else 0.0


def _by_density(root: Any) -> Any:
    """Return the element whose own paragraphs hold the most words that are no links."""
    scores: dict[Any, float] = {}
    for element in root.iter("p", "div", "td", "font", "span", "li"):
        if next(element.iterchildren(*_SPLIT), None) is not None:
            worth = len("".join((element.text or "", *(c.tail or "" for c in element))).strip())
            if worth:
                scores[element] = scores.get(element, 0.0) + worth
            continue
        if element.tag in ("font", "span") and next(element.iterchildren("br"), None) is None:
            continue
        worth = len(re.sub(r"\s+", "", text_of(element)))
        if worth < _SHORTEST or linked(element) > _LINKED:
            continue
        if element.tag in ("div", "td"):
            scores[element] = scores.get(element, 0.0) + worth * 0.9
        share = 1.0
        for holder in list(element.iterancestors())[:2]:
            if holder.tag in _HOLDERS:
                scores[holder] = scores.get(holder, 0.0) + worth * share
            share /= 2
    best = max(scores, key=lambda each: scores[each], default=None)
    return best if best is not None and scores[best] >= _LEAST_SCORE else None
