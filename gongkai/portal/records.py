"""What the chapter of a record adds to its public page: stamp, dates, twin links; one query each.

Shapes come from the chapters' queries, so that pages, feeds and the open data interface agree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.disclosure.queries import DocumentPage


@dataclass(frozen=True, slots=True)
class Related:
    """A link to another page, what it is to this one and, where it has one, its day."""

    relation: str
    title: str
    address: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What stands beside a document: its stamp in words and colour, facts, links to its kin.

    `note` is said above the text; `action` is what a reader may do now, shown as a button.
    """

    stamp: str = ""
    in_force: bool = True
    facts: tuple[tuple[str, str], ...] = ()
    related: tuple[Related, ...] = ()
    stamp_label: str = "有效性"
    note: str = ""
    action: Related | None = None


Maker = Callable[[DocumentPage, date], Card]
_CARDS: dict[str, Maker] = {}


def answers_for(prefix: str) -> Callable[[Maker], Maker]:
    """Register the decorated function as what makes the cards of records of `prefix`."""

    def register(make: Maker) -> Maker:
        _CARDS[prefix] = make
        return make

    return register


def card_of(page: DocumentPage) -> Card:
    """Return what the record's chapter adds; plain information has nothing to add."""
    make = _CARDS.get(page.record.partition(":")[0])
    return make(page, timezone.localdate()) if make is not None else Card()
