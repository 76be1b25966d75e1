"""Reading a body of clean HTML: its words block by block, its links and its pictures.

Places are said as people find them: 第3段, 表格第2行. The body is clean already
(`adapters.richtext.clean`); whatever else stands here is read without harm.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figcaption"})
_BLOCKS |= {"caption", "pre", "div", "section", "dt", "dd"}
_CELL = "\x1f"
_UNREAD = frozenset({"script", "style"})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item or row of a table, with where it stands."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link and where it stands."""

    place: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and what stands for it in words."""

    place: str
    src: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows of cells; `blocks` has the same rows as lines."""

    place: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What stands in a body: `blocks` are all of its words, `paragraphs` those outside tables."""

    blocks: tuple[Block, ...] = ()
    paragraphs: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def text(self) -> str:
        """The words alone, a line each block."""
        return "\n".join(block.text for block in self.blocks)


@dataclass
class _Reader(HTMLParser):
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.outside: list[Block] = []
        self.rows: list[list[tuple[str, ...]]] = []  # of each table
        self.unread = self.depth = 0  # how deep in what is not read, in tables
        self.open_link: tuple[str, str, int] | None = None

    @property
    def place(self) -> str:
        if self.depth:
            return f"正文表格{len(self.rows)}第{len(self.rows[-1]) + 1}行"
        return f"正文第{len(self.outside) + 1}段"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in _UNREAD:
            self.unread += 1
        elif tag == "table":
            self.close_block()
            self.depth += 1
            self.rows.append([])
        elif tag == "tr" or (tag in _BLOCKS and not self.depth):
            self.close_block()
        elif tag in ("td", "th"):
            self.words.append(_CELL)
        elif tag == "br" or tag in _BLOCKS:
            self.words.append(" ")
        elif tag == "img":
            self.pictures.append(
                Picture(self.place, told.get("src", ""), told.get("alt", "").strip())
            )
        elif tag == "a" and "href" in told:
            self.open_link = (self.place, told["href"].strip(), len(self.words))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self.unread = max(self.unread - 1, 0)
        elif tag == "table":
            self.close_block()
            self.depth = max(self.depth - 1, 0)
        elif tag == "tr" or (tag in _BLOCKS and not self.depth):
            self.close_block()
        elif tag == "a":
            self.close_link()

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.words.append(data.replace(_CELL, " "))

    def close_link(self) -> None:
        if self.open_link is not None:
            place, href, since = self.open_link
            self.links.append(Link(place, href, " ".join("".join(self.words[since:]).split())))
            self.open_link = None

    def close_block(self) -> None:
        self.close_link()
        whole = "".join(self.words)
        text = " ".join(whole.replace(_CELL, " ").split())
        self.words = []
        if not text:
            return
        block = Block(self.place, text)
        self.blocks.append(block)
        if self.depth:
            cells = whole.split(_CELL)[1:] or [whole]
            self.rows[-1].append(tuple(" ".join(cell.split()) for cell in cells))
        else:
            self.outside.append(block)


def read_body(html: str) -> Body:
    """Return the words, links and pictures of a body."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.close_block()
    tables = (
        Table(f"正文表格{number}", tuple(rows))
        for number, rows in enumerate(reader.rows, start=1)
        if rows
    )
    return Body(
        blocks=tuple(reader.blocks),
        paragraphs=tuple(reader.outside),
        tables=tuple(tables),
        links=tuple(reader.links),
        pictures=tuple(reader.pictures),
    )
