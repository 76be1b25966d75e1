"""A paper of figures as plain values: headings, paragraphs, tables, bars; files are made of it."""

from dataclasses import dataclass

from gongkai.tables.charts import Bar, bars


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the first level."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, its heads, its rows of texts; `widths` are shares of the line."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures compared as bars, with the unit that they count."""

    caption: str
    unit: str
    figures: tuple[tuple[str, int], ...]

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Return the figures with their lengths; nothing when all are 0."""
        return bars(self.figures)


Block = Heading | Paragraph | Grid | Chart


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its title, whose it is, its date as it is printed, its parts in order."""

    title: str
    organ: str
    dated: str
    blocks: tuple[Block, ...]
