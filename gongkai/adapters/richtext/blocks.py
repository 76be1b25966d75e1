"""What clean text is made of: paragraphs, lists, tables, quotations, figures; no page, no style.

Reading a page makes these, the rules of layout look at nothing else, writing makes HTML of them
again: what is not named here cannot come through.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

NOTHING: frozenset[str] = frozenset()
STRONG = "strong"
DISPLAY = "display"  # 黑体, 楷体: what headings are set in (GB/T 9704); never written
TITLE = "title"  # 小标宋: what the title is set in; never written
HINTS = frozenset((DISPLAY, TITLE))


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one manner; marks are of strong, em, u, sub, sup and the two hints."""

    text: str
    marks: frozenset[str] = NOTHING
    href: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture at one of our own addresses; sizes are whole pixels or nothing."""

    address: str
    alt: str = ""
    width: str = ""
    height: str = ""
    href: str = ""


Inline: TypeAlias = Run | Break | Image
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a heading of a rank from 1; `place` is one of placing.PLACES."""

    inlines: Inlines
    rank: int = 0
    place: str = ""
    blanks: int = 0  # how far it was pushed in by hand, in half widths; never written

    @property
    def text(self) -> str:
        """Return the words alone."""
        return words(self.inlines)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, each item with its blocks."""

    ordered: bool
    items: tuple[tuple["Block", ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    blocks: tuple["Block", ...]
    head: bool = False
    down: int = 1
    across: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first `head_rows` rows are its head."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Inlines = ()
    head_rows: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms (dt) and what they mean (dd), in order."""

    items: tuple[tuple[str, tuple["Block", ...]], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of its own, with what is written under it."""

    image: Image
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


Block: TypeAlias = Paragraph | Listing | Table | Quote | Terms | Figure | Rule
Blocks: TypeAlias = tuple[Block, ...]


def words(inlines: Inlines) -> str:
    """Return the words of a line; a break is a new line."""
    said = []
    for item in inlines:
        if isinstance(item, Run):
            said.append(item.text)
        elif isinstance(item, Break):
            said.append("\n")
    return "".join(said)


def without(inlines: Inlines, marks: frozenset[str]) -> Inlines:
    """Return the line with these marks taken off."""
    return tuple(
        replace(item, marks=item.marks - marks)
        if isinstance(item, Run) and item.marks & marks
        else item
        for item in inlines
    )


def wholly(inlines: Inlines, marks: frozenset[str]) -> bool:
    """Say whether all the words of a line bear one of these marks."""
    told = False
    for item in inlines:
        if isinstance(item, Image):
            return False
        if isinstance(item, Run) and not item.text.isspace():
            if not item.marks & marks:
                return False
            told = True
    return told


def held(block: Listing | Quote | Terms) -> tuple[Blocks, ...]:
    """Return what stands inside a list, a quotation or terms, part by part."""
    if isinstance(block, Listing):
        return block.items
    if isinstance(block, Quote):
        return (block.blocks,)
    return tuple(blocks for _, blocks in block.items)
