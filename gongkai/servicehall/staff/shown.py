"""What screens show, free of HTML: tables of cells, facts, links; templates draw them all alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.servicehall.rules.amounts import in_wan

NUMBER, DAY, MOST, LONG = "desk-number", "desk-day", "desk-most", "desk-long"


@dataclass(frozen=True, slots=True)
class Link:
    """A way to somewhere; `main` is the usual one."""

    label: str
    url: str
    main: bool = False


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
    count: int | None = None

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


def span(start: date | None, end: date | None, none: str = "长期") -> str:
    """Return a span of days as screens show it."""
    return f"{day(start)}至{day(end) if end is not None else none}"


def yuan(value: Decimal | None) -> str:
    """Return an amount of 元 with separators, a dash for none."""
    return f"{value:,.2f}" if value is not None else "—"


def yuan_and_wan(value: Decimal | None) -> str:
    """Return an amount in 元, and in 万元 beside it when it is that large."""
    if value is None:
        return "—"
    wan = f"（{in_wan(value):,}万元）" if value >= 10_000 else ""
    return f"{value:,.2f}元{wan}"


def number_of(text: str) -> int | None:
    """Return the number that an address names, None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
