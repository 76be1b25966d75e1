"""Elements that are more than words in a manner: links, pictures, lists, quotations, tables."""

import re
from dataclasses import replace
from typing import Any

from gongkai.adapters.richtext.addresses import shown
from gongkai.adapters.richtext.blocks import (
    Blocks,
    Break,
    Figure,
    Image,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Terms,
)
from gongkai.adapters.richtext.flow import Flow, Reader, Setting
from gongkai.adapters.richtext.manners import manner
from gongkai.adapters.richtext.reading import inline, inside, one_line, plain, read, take
from gongkai.adapters.richtext.spacing import seen
from gongkai.adapters.richtext.tables import table

_SIZE = re.compile(r"\s*(\d{1,4})(?:\.\d+)?\s*(?:px)?\s*")
_FILE_NAME = re.compile(
    r"[\w\-. %()（）]*\.(?:png|jpe?g|gif|bmp|webp)|clip_image\d*|(?:img|image)[_\-]?\d*", re.I
)


def _break(element: Any, flow: Flow, setting: Setting) -> None:
    flow.waiting.append(Break())
    read(element, flow, setting)


def _rule(element: Any, flow: Flow, setting: Setting) -> None:
    flow.end(setting)
    flow.blocks.append(Rule())


def _link(element: Any, flow: Flow, setting: Setting) -> None:
    inner = inline(element, setting, manner(element.get("style")))
    address = element.get("href")
    if address and address.strip().startswith("#"):
        if "".join(element.itertext()).strip() == "↑":  # back from a footnote
            return
    elif address and address.strip():
        kept = flow.link(address)
        if kept is None:
            flow.told(f"链接：{shown(address)}")
        else:
            inner = replace(inner, href=kept)
    read(element, flow, inner)


def _image(element: Any, flow: Flow, setting: Setting) -> None:
    source = element.get("src") or element.get("{urn:schemas-microsoft-com:vml}src")
    if not source:
        return
    kept = flow.image(source)
    alt = " ".join(seen(element.get("alt") or "").split())[:300]
    if kept is None:
        told = "粘贴的图片" if source.strip().lower().startswith("data:") else shown(source)
        flow.told(f"图片：{told}")
        return
    alt = "" if _FILE_NAME.fullmatch(alt) else alt
    width, height = (size(element.get(name)) for name in ("width", "height"))
    flow.waiting.append(Image(kept, alt, width, height, setting.href))


def _input(element: Any, flow: Flow, setting: Setting) -> None:
    if (element.get("type") or "").lower() in ("checkbox", "radio"):
        flow.say("☑" if element.get("checked") is not None else "□", setting)


def _deleted(element: Any, flow: Flow, setting: Setting) -> None:
    if text := " ".join("".join(element.itertext()).split()):
        flow.told(f"修订中删除的文字：{text[:40]}")


def _struck(element: Any, flow: Flow, setting: Setting) -> None:
    if text := " ".join("".join(element.itertext()).split()):
        flow.told(f"删除线（文字已保留）：{text[:40]}")
    read(element, flow, setting)


def size(value: str | None) -> str:
    found = _SIZE.fullmatch(value or "")
    return str(int(found[1])) if found and int(found[1]) else ""


def _list(element: Any, flow: Flow, setting: Setting) -> None:
    flow.end(setting)
    items: list[Blocks] = []
    loose = flow.inner()
    inner = replace(setting, rank=0, place="")
    loose.say(element.text, inner)
    for child in element:
        if child.tag == "li":
            _gather(loose, items, inner)
            items.append(inside(child, flow, inner))
        else:
            take(child, loose, inner)
        loose.say(child.tail, inner)
    _gather(loose, items, inner)
    kept = tuple(plain(item) for item in items if item)
    if kept:
        start = size(element.get("start")) if element.tag == "ol" else ""
        flow.blocks.append(Listing(element.tag == "ol", kept, int(start or 1)))


def _gather(loose: Flow, items: list[Blocks], setting: Setting) -> None:
    """Give what stands between two items to the one before."""
    loose.end(setting)
    if loose.blocks:
        last = items.pop() if items else ()
        items.append((*last, *loose.blocks))
        loose.blocks = []


def _quote(element: Any, flow: Flow, setting: Setting) -> None:
    flow.end(setting)
    if blocks := inside(element, flow, setting):
        flow.blocks.append(Quote(plain(blocks)))


def _terms(element: Any, flow: Flow, setting: Setting) -> None:
    flow.end(setting)
    items = []
    for child in element.iter("dt", "dd"):
        if next(child.iterancestors("dl"), None) is element:
            blocks = inside(child, flow, setting)
            if blocks:
                items.append((child.tag, plain(blocks)))
    if items and items[0][0] == "dt":
        flow.blocks.append(Terms(tuple(items)))
    else:
        flow.blocks += [block for _, blocks in items for block in blocks]


def _figure(element: Any, flow: Flow, setting: Setting) -> None:
    flow.end(setting)
    caption = element.find("figcaption")
    below: Blocks = ()
    if caption is not None:
        below = inside(caption, flow, setting)
        tail = caption.tail
        element.remove(caption)
        flow.say(tail, setting)
    blocks = inside(element, flow, setting)
    alone = len(blocks) == 1 and isinstance(blocks[0], Figure)
    if alone and all(isinstance(block, Paragraph) for block in below):
        flow.blocks.append(replace(blocks[0], caption=one_line(below)))
    else:
        flow.blocks += (*blocks, *below)


def _table(element: Any, flow: Flow, setting: Setting) -> None:
    flow.end(setting)
    flow.blocks += table(element, flow, replace(setting, href="", rank=0, place=""))


SPECIAL: dict[str, Reader] = {
    "a": _link,
    "br": _break,
    "hr": _rule,
    "img": _image,
    "v:imagedata": _image,
    "input": _input,
    "del": _deleted,
    "s": _struck,
    "strike": _struck,
    "ul": _list,
    "ol": _list,
    "menu": _list,
    "dir": _list,
    "dl": _terms,
    "blockquote": _quote,
    "figure": _figure,
    "table": _table,
}
