"""A parsed page to blocks: what the page says, whatever it was made with.

Word's own remains (o:p, v:shape, mso-*), fonts and nested divisions fall away, because nothing
but the words, their marks and the tables is taken up. What is left out is told.
"""

from dataclasses import replace
from typing import Any

from gongkai.adapters.richtext.blocks import (
    STRONG,
    Block,
    Blocks,
    Break,
    Figure,
    Inline,
    Inlines,
    Paragraph,
    Run,
)
from gongkai.adapters.richtext.flow import Flow, Setting, Unreadable
from gongkai.adapters.richtext.manners import Manner, face_of, manner, place_of
from gongkai.adapters.richtext.placing import PLACES
from gongkai.adapters.richtext.spacing import settle

_DEEPEST = 150
_HEAD = ["head", "title", "base", "meta", "link", "style", "script", "noscript", "template", "xml"]
_CONTROLS = ["select", "option", "datalist", "textarea", "button", "canvas", "map", "area", "param"]
_LEFT_OUT = frozenset((*_HEAD, *_CONTROLS))
_FOREIGN = frozenset(
    ("iframe", "frame", "object", "embed", "applet", "video", "audio", "svg", "math")
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_LAYOUT = ["p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "center"]
_FORMS = ["address", "form", "fieldset", "legend", "pre", "details", "summary", "marquee", "body"]
_PARTS = ["html", "dd", "dt", "li", "figcaption", "tr", "td", "th", "tbody", "thead", "tfoot"]
_BLOCKS = frozenset((*_LAYOUT, *_FORMS, *_PARTS, "caption", *_HEADINGS))
_MARKS = {
    "b": STRONG,
    "strong": STRONG,
    "i": "em",
    "em": "em",
    "cite": "em",
    "u": "u",
    "sub": "sub",
    "sup": "sup",
}


def read(element: Any, flow: Flow, setting: Setting) -> None:
    """Read what stands inside an element into the flow."""
    flow.depth += 1
    if flow.depth > _DEEPEST:
        raise Unreadable("网页结构嵌套过深，不像一篇文章，请只复制正文后再粘贴。")
    flow.say(element.text, setting)
    for child in element:
        take(child, flow, setting)
        flow.say(child.tail, setting)
    flow.depth -= 1


def take(element: Any, flow: Flow, setting: Setting) -> None:
    """Read one element, whatever it is, into the flow."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _LEFT_OUT:
        return
    if tag in _FOREIGN:
        flow.told(f"内嵌内容（{tag}）")
        return
    style = manner(element.get("style"))
    if style.hidden or element.get("hidden") is not None:
        return
    if style.comment:
        flow.told("批注")
        return
    special = flow.special.get(tag)
    if special is not None:
        special(element, flow, setting)
    elif tag in _BLOCKS:
        _division(element, flow, setting, style)
    else:
        read(element, flow, inline(element, setting, style))


def inline(element: Any, setting: Setting, style: Manner) -> Setting:
    tag = element.tag
    on = style.on
    if tag in _MARKS:
        on = on | {_MARKS[tag]}
    elif tag == "font":
        on = on | face_of(element.get("face"))
    if not on and not style.off:
        return setting
    marks = (setting.marks | on) - style.off
    if "sup" in on:
        marks -= {"sub"}
    elif "sub" in on:
        marks -= {"sup"}
    return setting if marks == setting.marks else replace(setting, marks=marks)


def _division(element: Any, flow: Flow, setting: Setting, style: Manner) -> None:
    """Read an element that begins and ends paragraphs."""
    tag = element.tag
    flow.end(setting)
    place = style.place
    if place is None:
        place = "center" if tag == "center" else place_of(element.get("align"))
    if tag == "p" or tag[0] == "h":
        own = PLACES.intersection((element.get("class") or "").split())
        place = min(own) if own else place
    inner = inline(element, setting, style)
    if place is not None and place != setting.place:
        inner = replace(inner, place=place)
    if tag == "pre":
        inner = replace(inner, pre=True)
    elif tag in _HEADINGS:
        inner = replace(inner, rank=int(tag[1]))
    read(element, flow, inner)
    flow.end(inner)


def inside(element: Any, flow: Flow, setting: Setting) -> Blocks:
    """Return the blocks inside an element, read apart from the flow."""
    apart = flow.inner()
    inner = replace(setting, rank=0, place="") if setting.rank or setting.place else setting
    read(element, apart, inner)
    apart.end(inner)
    return tuple(apart.blocks)


def plain(blocks: Blocks) -> Blocks:
    """Return blocks as they stand in an item or a cell: no headings and no places."""
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Figure) and not block.caption:
            block = Paragraph((block.image,))
        if isinstance(block, Paragraph):
            block = Paragraph(block.inlines)
        done.append(block)
    return tuple(done)


def one_line(blocks: Blocks) -> Inlines:
    """Return the words of paragraphs on one line."""
    line: list[Inline] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            line += (Run(" ") if isinstance(item, Break) else item for item in block.inlines)
            line.append(Run(" "))
    return settle(line)
