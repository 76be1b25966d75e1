"""What screens show, free of HTML: tables of cells, facts, links; templates draw them all alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

NUMBER, DAY, MOST, LONG, SHORT = (
    "desk-number",
    "desk-day",
    "desk-most",
    "desk-long",
    "desk-nowrap",
)


@dataclass(frozen=True, slots=True)
class Link:
    """A way to somewhere; `main` is the usual one, `post` asks for a button that sends."""

    label: str
    url: str
    main: bool = False
    post: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, where it leads, a quiet word after it, how bad it is."""

    text: Any
    url: str = ""
    more: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column and how its cells stand."""

    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title; `empty` is said when it has no rows, `links` stand above it."""

    title: str
    heads: tuple[Head, ...]
    rows: Sequence[Sequence[Cell]]
    empty: str = ""
    links: tuple[Link, ...] = ()
    note: str = ""

    @property
    def drawn(self) -> list[list[tuple[Head, Cell]]]:
        """Each row with the head of every cell, as templates walk through it."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values under a title; what has no value is left out."""

    title: str
    pairs: Sequence[tuple[str, Any]]

    @property
    def told(self) -> list[tuple[str, Any]]:
        """The pairs that say something."""
        return [(name, value) for name, value in self.pairs if value not in (None, "", ())]


def heads(*names: str | tuple[str, str]) -> tuple[Head, ...]:
    """Return heads of their names, or of names and kinds."""
    return tuple(Head(name) if isinstance(name, str) else Head(*name) for name in names)


def day(value: date | None) -> str:
    """Return a day as screens show it, a dash for none."""
    return value.isoformat() if value is not None else "—"


def points(value: Decimal | None) -> str:
    """Return points without trailing zeros, a dash for none."""
    if value is None:
        return "—"
    return format(value.normalize(), "f") if value else "0"
