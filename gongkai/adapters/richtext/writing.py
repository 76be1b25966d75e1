"""Blocks to HTML and to plain text: one way of writing each thing, nothing that was not read."""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby

from gongkai.adapters.richtext.blocks import (
    Block,
    Blocks,
    Break,
    Cell,
    Figure,
    Image,
    Inline,
    Inlines,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
    Terms,
    held,
    words,
)

_ORDER = ("strong", "em", "u", "sub", "sup")


def html(blocks: Iterable[Block]) -> str:
    """Return blocks as HTML, each on a line."""
    return "\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    return _WRITERS[type(block)](block)


def _paragraph(block: Paragraph) -> str:
    tag = f"h{block.rank}" if block.rank else "p"
    place = f' class="{block.place}"' if block.place else ""
    return f"<{tag}{place}>{line(block.inlines)}</{tag}>"


def _listing(block: Listing) -> str:
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    items = "".join(f"<li>{_inner(item)}</li>" for item in block.items)
    return f"<{tag}{start}>{items}</{tag}>"


def _inner(blocks: Blocks) -> str:
    """Return what stands in an item: a single paragraph without its tag."""
    if sum(isinstance(block, Paragraph) for block in blocks) == 1:
        return "".join(
            line(block.inlines) if isinstance(block, Paragraph) else _block(block)
            for block in blocks
        )
    return "".join(_block(block) for block in blocks)


def _table(block: Table) -> str:
    caption = f"<caption>{line(block.caption)}</caption>" if block.caption else ""
    head, body = block.rows[: block.head_rows], block.rows[block.head_rows :]
    written = [f"<table>{caption}"]
    if head:
        written += ["<thead>", *(_row(row, "col") for row in head), "</thead>"]
    written += ["<tbody>", *(_row(row, "row") for row in body), "</tbody>", "</table>"]
    return "\n".join(written)


def _row(row: tuple[Cell, ...], scope: str) -> str:
    return "<tr>" + "".join(_cell(cell, scope) for cell in row) + "</tr>"


def _cell(cell: Cell, scope: str) -> str:
    tag, more = "td", ""
    if cell.head:
        spans = cell.across if scope == "col" else cell.down
        tag, more = "th", f' scope="{scope}{"group" if spans > 1 else ""}"'
    if cell.down > 1:
        more += f' rowspan="{cell.down}"'
    if cell.across > 1:
        more += f' colspan="{cell.across}"'
    inner = "".join(
        line(block.inlines) if isinstance(block, Paragraph) else _block(block)
        for block in cell.blocks
    )
    return f"<{tag}{more}>{inner}</{tag}>"


def _quote(block: Quote) -> str:
    return f"<blockquote>{''.join(_block(each) for each in block.blocks)}</blockquote>"


def _terms(block: Terms) -> str:
    return "<dl>" + "".join(f"<{tag}>{_inner(each)}</{tag}>" for tag, each in block.items) + "</dl>"


def _figure(block: Figure) -> str:
    caption = f"<figcaption>{line(block.caption)}</figcaption>" if block.caption else ""
    return f"<figure>{line((block.image,))}{caption}</figure>"


def _rule(_: Rule) -> str:
    return "<hr>"


_WRITERS: dict[type, Callable[..., str]] = {
    Paragraph: _paragraph,
    Listing: _listing,
    Table: _table,
    Quote: _quote,
    Terms: _terms,
    Figure: _figure,
    Rule: _rule,
}


def line(inlines: Inlines) -> str:
    """Return a line's HTML; what shares a link shares the one element."""
    if len(inlines) == 1 and isinstance(inlines[0], Run) and not inlines[0].marks:
        alone = escape(inlines[0].text, quote=False)
        return f'<a href="{escape(inlines[0].href)}">{alone}</a>' if inlines[0].href else alone
    written = []
    for href, items in groupby(inlines, lambda item: getattr(item, "href", "")):
        inner = _marked(list(items), _ORDER)
        written.append(f'<a href="{escape(href)}">{inner}</a>' if href else inner)
    return "".join(written)


def _marked(items: list[Inline], order: tuple[str, ...]) -> str:
    if not order or not any(getattr(item, "marks", ()) for item in items):
        return "".join(_item(item) for item in items)
    mark, rest = order[0], order[1:]
    written = []
    for on, group in groupby(items, lambda item: mark in getattr(item, "marks", ())):
        alike = list(group)
        inner = _marked([_off(item, mark) for item in alike] if on else alike, rest)
        written.append(f"<{mark}>{inner}</{mark}>" if on else inner)
    return "".join(written)


def _off(item: Inline, mark: str) -> Inline:
    return Run(item.text, item.marks - {mark}, item.href) if isinstance(item, Run) else item


def _item(item: Inline) -> str:
    if isinstance(item, Run):
        return escape(item.text, quote=False)
    if isinstance(item, Break):
        return "<br>"
    return _image(item)


def _image(image: Image) -> str:
    sizes = "".join(
        f' {name}="{size}"' for name in ("width", "height") if (size := getattr(image, name))
    )
    return f'<img src="{escape(image.address)}" alt="{escape(image.alt)}"{sizes}>'


def text(blocks: Iterable[Block]) -> str:
    """Return the words alone: a paragraph a line, a row's cells parted by tabs."""
    return "\n".join(said for said in _texts(blocks) if said)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Listing | Quote | Terms):
            for inner in held(block):
                yield from _texts(inner)
        elif isinstance(block, Figure):
            yield block.image.alt
            yield words(block.caption)
        elif isinstance(block, Table):
            yield words(block.caption)
            for row in block.rows:
                yield "\t".join(" ".join(_texts(cell.blocks)).replace("\n", " ") for cell in row)
