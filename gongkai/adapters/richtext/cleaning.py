"""Pasted HTML to clean HTML: parsed, read into blocks, laid out by rule, written, sanitised.

The allow-list of nh3 stands last, so that even a fault in the reading lets nothing through.
Cleaning what is clean changes nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Any

import nh3

from gongkai.adapters.richtext import writing
from gongkai.adapters.richtext.addresses import SCHEMES, Resolve, from_mapping, kept_link
from gongkai.adapters.richtext.blocks import Block, Blocks, Figure, Paragraph
from gongkai.adapters.richtext.elements import SPECIAL
from gongkai.adapters.richtext.flow import Flow, Setting, Unreadable
from gongkai.adapters.richtext.headings import titled
from gongkai.adapters.richtext.placing import PLACES, placed
from gongkai.adapters.richtext.reading import read

_MOST_CHARACTERS = 3_000_000
_MOST_TAGS = 150_000
_MOST_ATTRIBUTES = 500
_LONGEST_TAG = 4_000
_DATA = re.compile(r"data:[a-zA-Z0-9/+.\-]+;base64,[A-Za-z0-9+/=\s%]*")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*>")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_TAG = re.compile(r"<[a-zA-Z][^<>]*")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CAPTION = re.compile(
    r"图\s?[0-9０-９一二三四五六七八九十]{1,3}\D|图\s?[0-9一二三四五六七八九十]{1,3}$|（?图[:：]"
)
_LONGEST_CAPTION = 60

_BLOCKS = ["p", "h2", "h3", "h4", "h5", "blockquote", "hr", "figure", "figcaption"]
_LISTS = ["ul", "ol", "li", "dl", "dt", "dd"]
_TABLES = ["table", "caption", "thead", "tbody", "tr", "th", "td"]
_INLINES = ["strong", "em", "sub", "sup", "u", "br", "a", "img"]
_SPANS = {"rowspan", "colspan"}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": _SPANS,
    "th": _SPANS | {"scope"},
    "ol": {"start"},
}
_CLEANER = nh3.Cleaner(
    tags={*_BLOCKS, *_LISTS, *_TABLES, *_INLINES},
    attributes=_ATTRIBUTES,
    allowed_classes={tag: set(PLACES) for tag in ("p", "h2", "h3", "h4", "h5")},
    url_schemes=set(SCHEMES),
    link_rel=None,
)


@dataclass(frozen=True, slots=True)
class Clean:
    """Clean HTML, what had to be left out (in Chinese, for the editor), and the words alone."""

    html: str
    dropped: tuple[str, ...] = ()
    text: str = ""


def clean(html: str, images: Mapping[str, str] | None = None) -> Clean:
    """Return pasted HTML clean; `images` gives our address for each picture's name.

    Raises:
        Unreadable: it is too large or too deep to be an article.
    """
    return cleaned(parsed(html), from_mapping(images or {}))


def cleaned(element: Any, image: Resolve, link: Resolve = kept_link) -> Clean:
    """Return the clean HTML of a parsed element, or of nothing."""
    blocks, dropped = laid_out(element, image, link)
    return written(blocks, dropped)


def laid_out(element: Any, image: Resolve, link: Resolve = kept_link) -> tuple[Blocks, list[str]]:
    """Return the blocks of a parsed element as they were read, and what was left out."""
    flow = Flow(link, image, SPECIAL)
    if element is not None:
        setting = Setting()
        read(element, flow, setting)
        flow.end(setting)
    return tuple(flow.blocks), flow.dropped


def written(blocks: Blocks, dropped: list[str]) -> Clean:
    """Return blocks laid out by rule and written."""
    blocks = titled(placed(_captioned(blocks)))
    return Clean(sanitised(writing.html(blocks)), tuple(dropped), writing.text(blocks))


def _captioned(blocks: Blocks) -> Blocks:
    """Return blocks with the line under a picture (图1 …) as its caption."""
    done: list[Block] = []
    for block in blocks:
        last = done[-1] if done else None
        if (
            isinstance(block, Paragraph)
            and isinstance(last, Figure)
            and not last.caption
            and len(block.text) <= _LONGEST_CAPTION
            and _CAPTION.match(block.text)
        ):
            done[-1] = replace(last, caption=block.inlines)
        else:
            done.append(block)
    return tuple(done)


def sanitised(html: str) -> str:
    """Return HTML through the allow-list."""
    return _CLEANER.clean(html)


def parsed(html: str, *, whole: bool = False) -> Any:
    """Return the root of an HTML text as lxml reads it, None for nothing; `whole`: a page.

    Raises:
        Unreadable: it is too large to be an article.
    """
    from lxml import etree

    text = _DATA.sub("data:,", html) if "base64," in html else html
    text = _CONTROLS.sub("", _DECLARED.sub("", text))
    if len(text) > _MOST_CHARACTERS or text.count("<") > _MOST_TAGS:
        raise Unreadable("内容过大，请分成几篇，或者把长表格、长名单作为附件上传。")
    refuse_crowded_tags(text)
    if not text.strip():
        return None
    parser = etree.HTMLParser(
        no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        page = text if whole else f"<html><body>{text}</body></html>"
        return etree.fromstring(page, parser)
    except etree.LxmlError:
        raise Unreadable("内容无法识别，请重新复制正文后再粘贴。") from None


def refuse_crowded_tags(text: str) -> None:
    """Refuse a tag with hundreds of attributes: the parser compares each with all before it.

    Raises:
        Unreadable: there is one.
    """
    if len(text) < _LONGEST_TAG:
        return
    for tag in _TAG.finditer(_QUOTED.sub("=", text)):
        if tag.end() - tag.start() > _MOST_ATTRIBUTES and (
            len(tag[0].split()) > _MOST_ATTRIBUTES or tag[0].count("=") > _MOST_ATTRIBUTES
        ):
            raise Unreadable("网页代码异常（一个标签带有过多属性），请只复制正文后再粘贴。")


def relink(html: str, addresses: Mapping[str, str]) -> str:
    """Return clean HTML with the addresses of links and pictures exchanged where one is given."""

    def exchanged(found: re.Match[str]) -> str:
        address = addresses.get(unescape(found[2]))
        return found[0] if address is None else f'{found[1]}="{escape(address)}"'

    return _WRITTEN_ADDRESS.sub(exchanged, html)


_WRITTEN_ADDRESS = re.compile(r'(?<=\s)(href|src)="([^"]*)"')
