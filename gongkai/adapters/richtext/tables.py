"""Tables: spans kept, the head told from the body, frames that only arrange the page undone."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from gongkai.adapters.richtext.blocks import (
    DISPLAY,
    STRONG,
    Block,
    Blocks,
    Break,
    Cell,
    Figure,
    Inlines,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
    Terms,
    held,
    wholly,
    without,
)
from gongkai.adapters.richtext.flow import Flow, Setting, Unreadable
from gongkai.adapters.richtext.reading import inside, one_line
from gongkai.adapters.richtext.spacing import settle

_WIDEST = 100
_TALLEST = 1_000
_MOST_CELLS = 60_000
_LONGEST_CAPTION = 100
_BOLD = frozenset((STRONG, DISPLAY))
_SECTIONS = frozenset(("thead", "tbody", "tfoot"))
Rows = list[list[Cell]]


def table(element: Any, flow: Flow, setting: Setting) -> Blocks:
    """Return a table as one block, or what a frame holds as its blocks."""
    heads, rows = 0, []
    caption: Inlines = ()
    loose: list[Block] = []
    for child in element:
        if child.tag == "caption":
            caption = one_line(inside(child, flow, setting)) or caption
        elif child.tag == "tr":
            rows.append(_row(child, flow, setting))
        elif child.tag in _SECTIONS:
            found = [_row(row, flow, setting) for row in child if row.tag == "tr"]
            if child.tag == "thead" and len(rows) == heads:
                heads += len(found)
            rows += found
    rows = [row for row in rows if row]
    if sum(len(row) for row in rows) > _MOST_CELLS:
        raise Unreadable("表格过大，请把表格作为附件（xlsx）上传，正文中只写说明。")
    if _is_frame(element, rows, caption):
        for row in rows:
            for cell in row:
                loose += cell.blocks
        return (*((Paragraph(caption),) if caption else ()), *loose)
    return (_finished(rows, caption, min(heads, len(rows))),)


def _row(element: Any, flow: Flow, setting: Setting) -> list[Cell]:
    cells = []
    for child in element:
        if child.tag in ("td", "th"):
            down = _span(child.get("rowspan"), _TALLEST)
            across = _span(child.get("colspan"), _WIDEST)
            blocks = inside(child, flow, setting)
            cells.append(Cell(blocks, child.tag == "th", down, across))

    return cells


def _span(value: str | None, most: int) -> int:
    value = (value or "").strip()
    return max(1, min(int(value[:9]), most)) if value.isascii() and value.isdigit() else 1


def _is_frame(element: Any, rows: Rows, caption: Inlines) -> bool:
    """Say whether a table only arranges: one column, tables inside, nothing inside."""
    if not any(cell.blocks for row in rows for cell in row):
        return True
    if element.get("role") == "presentation" or all(len(row) <= 1 for row in rows):
        return True
    return any(_holds_table(cell.blocks) for row in rows for cell in row)


def _holds_table(blocks: Iterable[Block]) -> bool:
    for block in blocks:
        if isinstance(block, Table):
            return True
        if isinstance(block, Listing | Quote | Terms) and any(map(_holds_table, held(block))):
            return True
    return False


def _finished(rows: Rows, caption: Inlines, heads: int) -> Table:
    rows = _fitted(rows)
    if not caption and not heads and _is_title(rows):
        caption, rows = one_line(rows[0][0].blocks), rows[1:]
    heads = max(heads, _heads(rows))
    heads = _closed(rows, heads)
    if heads >= len(rows):
        heads = 0
    done = tuple(
        tuple(_bare(cell, number < heads, at == 0) for at, cell in enumerate(row))
        for number, row in enumerate(rows)
    )
    return Table(done, settle(without(caption, _BOLD)), heads)


def _bare(cell: Cell, in_head: bool, first: bool) -> Cell:
    """Return a cell as head or not; a head needs no bold of its own."""
    head = in_head or (cell.head and first)
    if not head:
        return replace(cell, head=False) if cell.head else cell
    blocks = tuple(
        replace(block, inlines=settle(without(block.inlines, _BOLD)))
        if isinstance(block, Paragraph)
        else block
        for block in cell.blocks
    )
    return replace(cell, head=True, blocks=blocks)


def _in_cell(blocks: Blocks) -> Blocks:
    """Return what stands in a cell: one run of lines between lists."""
    if not blocks or (len(blocks) == 1 and isinstance(blocks[0], Paragraph)):
        return blocks
    done: list[Block] = []
    lines: list[Any] = []
    for block in _flat(blocks):
        if isinstance(block, Paragraph):
            lines += [Break(), *block.inlines] if lines else block.inlines
            continue
        if lines:
            done.append(Paragraph(tuple(lines)))
            lines = []
        done.append(block)
    return (*done, Paragraph(tuple(lines))) if lines else tuple(done)


def _flat(blocks: Iterable[Block]) -> Iterable[Block]:
    """Yield paragraphs and lists; other blocks by what they hold."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Paragraph(block.inlines)
        elif isinstance(block, Figure):
            yield Paragraph((block.image,))
            if block.caption:
                yield Paragraph(block.caption)
        elif isinstance(block, Quote | Terms):
            for inner in held(block):
                yield from _flat(inner)
        elif not isinstance(block, Rule):
            yield block


def _fitted(rows: Rows) -> Rows:
    """Return rows whose cells reach no further down than the table, each cell's lines in one."""
    return [
        [
            Cell(_in_cell(cell.blocks), cell.head, min(cell.down, len(rows) - number), cell.across)
            for cell in row
        ]
        for number, row in enumerate(rows)
    ]


def _is_title(rows: Rows) -> bool:
    """Say whether the first row is the table's title: one cell across all of it."""
    if len(rows) < 3 or len(rows[0]) != 1 or len(rows[1]) < 2:
        return False
    cell = rows[0][0]
    if not all(isinstance(block, Paragraph) for block in cell.blocks) or not cell.blocks:
        return False
    said = one_line(cell.blocks)
    wide = sum(each.across for each in rows[1])
    return cell.down == 1 and cell.across >= wide and len(_said(said)) <= _LONGEST_CAPTION


def _said(inlines: Inlines) -> str:
    return Paragraph(inlines).text


def _heads(rows: Rows) -> int:
    """Return how many rows are evidently the head: th, bold, grouped columns, or 序号."""
    heads = 0
    while heads < len(rows) and all(cell.head for cell in rows[heads]):
        heads += 1
    if heads or len(rows) < 2 or len(rows[0]) < 2:
        return heads
    grouped = any(cell.across > 1 for cell in rows[0])
    texts = [_words(cell) for cell in rows[0]]
    if any(text.isdigit() for text in texts):
        return 0
    numbered = "序号" in [text.replace(" ", "") for text in texts]
    if _is_bold(rows[0]) or (all(texts) and (grouped or numbered)):
        heads = 1
    if heads and grouped and max(cell.down for cell in rows[0]) == 1 and _is_below(rows):
        heads = 2
    return heads


def _is_below(rows: Rows) -> bool:
    """Say whether the second row names the columns under the groups of the first."""
    if len(rows) < 3:
        return False
    texts = [_words(cell) for cell in rows[1]]
    return all(texts) and not any(char.isdigit() for text in texts for char in text)


def _words(cell: Cell) -> str:
    return "".join(block.text for block in cell.blocks if isinstance(block, Paragraph)).strip()


def _is_bold(row: list[Cell]) -> bool:
    return any(cell.blocks for cell in row) and all(
        isinstance(block, Paragraph) and wholly(block.inlines, _BOLD)
        for cell in row
        for block in cell.blocks
    )


def _closed(rows: Rows, heads: int) -> int:
    """Return the head's rows, those too that its cells reach down into."""
    at = 0
    while at < heads and heads < len(rows):
        heads = max([heads, *(at + cell.down for cell in rows[at])])
        at += 1
    return heads
