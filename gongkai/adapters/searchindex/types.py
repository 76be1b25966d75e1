"""What an index takes in, what it is asked, what it answers: the same for every engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol


class IndexFailed(RuntimeError):
    """The index cannot be read or written; the message is for the operator, in Chinese."""


class IndexBusy(IndexFailed):
    """Another process writes to the index now; try again."""


class Sort(StrEnum):
    """How hits are ordered."""

    RELEVANCE = "relevance"
    DATE = "date"


class Facet(StrEnum):
    """What hits can be filtered and counted by."""

    ORGAN = "organ"  # name of the organ
    SUBJECT = "subject"  # code of 主题分类; a parent's code takes in those below it
    YEAR = "year"  # of the day of publication
    KIND = "kind"  # of document or content, as its label is keyed by the chapter
    VALIDITY = "validity"
    FIELD = "field"  # slug of a 基层政务公开 field
    SECTION = "section"  # path of a section; one above takes in those below it


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an attachment's text and where it stands, such as 附件1 第3页."""

    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that can be found. `key` names it for ever, such as `disclosure:12`.

    `scope` says whose it is: `county:3` for the public of a county; an index of the staff has
    `organ:7`, the organ whose officials may see it. `facets` maps each facet to its values.
    `names` are other words that find it (short names of its organ), searched like its title.
    """

    key: str
    scope: str
    title: str
    address: str
    published_on: date
    body: str = ""
    number: str = ""
    organ: str = ""
    names: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    facets: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What somebody asks. Values of one facet are alternatives, facets are all required.

    `words` is what was typed, as it was typed; empty words with filters list what they leave.
    `page` counts from 1. `exact`: what finds nothing is left at that, no spelling or looser
    question is tried, which costs ten times as much.
    """

    words: str
    scopes: tuple[str, ...]
    in_title: bool = False
    sort: Sort = Sort.RELEVANCE
    filters: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    page: int = 1
    size: int = 10
    facets: tuple[Facet, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text that is shown; `found` when it is what was asked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One hit, with its marked title and the stretch of text that shows why.

    `place` says where that stretch stands when it is of an attachment.
    """

    key: str
    address: str
    title: tuple[Mark, ...]
    extract: tuple[Mark, ...]
    place: str
    published_on: date
    number: str
    organ: str
    facets: Mapping[Facet, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer: how many, this page of them, the counts, another spelling if it finds more.

    `facets` maps each facet asked for to its values and their counts, the most frequent first;
    the counts of a facet leave out that facet's own filter. `loosened` is true when no record
    holds all the words and those that hold most of them are shown.
    """

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[Facet, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    spelling: str = ""
    loosened: bool = False


class Index(Protocol):
    """An index of records, read by every process and written by one at a time."""

    def search(self, query: Query) -> Found:
        """Return the page of hits.

        Raises:
            IndexFailed: the index cannot be read.
        """

    def suggest(self, typed: str, *, scopes: tuple[str, ...], limit: int = 8) -> tuple[str, ...]:
        """Return titles and names that go on from what was typed, in characters or pinyin."""

    def change(self, *, put: Iterable[Record] = (), take: Iterable[str] = ()) -> None:
        """Put these records in the place of those with their keys, take out these keys; at once.

        What is put is found, and what is taken is not found, by every process within a second.

        Raises:
            IndexBusy: another process writes now.
            IndexFailed: the disk is full, the index is broken or out of reach.
        """

    def rebuild(self, records: Iterable[Record]) -> int:
        """Make the index anew from all records while the old one serves; return how many.

        Memory stays flat whatever their number. What `change` did meanwhile is not lost: the
        caller hands records in as the database has them and repeats what was changed since.

        Raises:
            IndexBusy, IndexFailed: as for `change`; the old index goes on serving.
        """

    def keys(self) -> Iterable[str]:
        """Return the key of every record held, in no order, to compare with the database."""
