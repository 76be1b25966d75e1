"""What an address of the search page asks: words, filters, order, page; anything else is dropped.

Every question has one address that can be kept: `Asked.address(...)` writes it, `asked_of` reads
it. What cannot be meant (a year of letters, an unknown kind) is passed over, never refused.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

from gongkai.adapters.searchindex.types import Facet, Query, Sort
from gongkai.policy.queries.found import KINDS, VALIDITIES
from gongkai.statute.subjects import SUBJECTS

ADDRESS = "/sousuo/"
LONGEST = 100
SIZE = 10
LAST_PAGE = 100
_MOST_VALUES = 10
_HOLE = "\x00"  # no value has it: `tidy` takes it out
FACETS = {
    "jg": Facet.ORGAN,
    "lb": Facet.KIND,
    "nd": Facet.YEAR,
    "zt": Facet.SUBJECT,
    "yxx": Facet.VALIDITY,
    "ly": Facet.FIELD,
    "lm": Facet.SECTION,
}
NAME_OF = {facet: name for name, facet in FACETS.items()}
_COUNTED = (
    *(Facet.KIND, Facet.ORGAN, Facet.YEAR, Facet.SUBJECT, Facet.VALIDITY),
    Facet.FIELD,
)
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_PATH = re.compile(r"[a-z][a-z0-9_-]*(?:/[a-z0-9_-]+){0,9}")
_DAYS = (date(1949, 10, 1), date(2199, 12, 31))
_quoted = lru_cache(2048)(quote_plus)  # the values of facets are few and come again on every page
_CONTROL = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the search; `cut`: more words were typed than are looked at."""

    words: str = ""
    in_title: bool = False
    sort: Sort = Sort.RELEVANCE
    filters: dict[Facet, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    page: int = 1
    cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is asked."""
        return not (self.words or self.narrowed)

    @property
    def narrowed(self) -> bool:
        """Say whether there is any filter."""
        return bool(self.filters or self.since or self.until)

    def query(self, scope: str) -> Query:
        """Return what the index is asked."""
        return Query(
            words=self.words,
            scopes=(scope,),
            in_title=self.in_title,
            sort=self.sort,
            filters=self.filters,
            since=self.since,
            until=self.until,
            page=self.page,
            size=SIZE,
            facets=_COUNTED,
        )

    def address(self, **changes: object) -> str:
        """Return the address of this question with some changes; it begins at the first page."""
        asked = replace(self, **{"page": 1, **changes})
        told: list[tuple[str, str]] = [("ci", asked.words)] if asked.words else []
        if asked.in_title:
            told.append(("zai", "bt"))
        if asked.sort is Sort.DATE:
            told.append(("px", "sj"))
        for name, facet in FACETS.items():
            told += [(name, value) for value in asked.filters.get(facet, ())]
        told += [("qi", asked.since.isoformat())] if asked.since else []
        told += [("zhi", asked.until.isoformat())] if asked.until else []
        told += [("ye", str(asked.page))] if asked.page > 1 else []
        return f"{ADDRESS}?{urlencode(told)}" if told else ADDRESS

    def adding(self, facet: Facet) -> Callable[[str], str]:
        """Return what gives the address with one more value of a facet.

        A page has some eighty such links: what they share is written once.
        """
        values = (*self.filters.get(facet, ()), _HOLE)
        before, _, after = self.address(filters={**self.filters, facet: values}).partition("%00")
        return lambda value: f"{before}{_quoted(value)}{after}"

    def without(self, facet: Facet, value: str) -> str:
        """Return the address without a value of a facet."""
        left = tuple(each for each in self.filters.get(facet, ()) if each != value)
        rest = {name: values for name, values in self.filters.items() if name is not facet}
        return self.address(filters={**rest, **({facet: left} if left else {})})


def asked_of(told: QueryDict) -> Asked:
    """Return what an address asks."""
    typed = tidy(told.get("ci", ""))
    filters = {}
    for name, facet in FACETS.items():
        values = [each.strip() for each in told.getlist(name)[: 2 * _MOST_VALUES]]
        kept = tuple(dict.fromkeys(each for each in values if _may_be(facet, each)))
        if kept:
            filters[facet] = kept[:_MOST_VALUES]
    page = told.get("ye", "")
    return Asked(
        words=typed[:LONGEST].strip(),
        in_title=told.get("zai", "") == "bt",
        sort=Sort.DATE if told.get("px", "") == "sj" else Sort.RELEVANCE,
        filters=filters,
        since=_day(told.get("qi", "")),
        until=_day(told.get("zhi", "")),
        page=min(int(page), LAST_PAGE) if _is_number(page, 4) and int(page) else 1,
        cut=len(typed) > LONGEST,
    )


def tidy(typed: str) -> str:
    """Return typed words without blanks at the ends and signs that nobody can have meant."""
    return " ".join(_CONTROL.sub(" ", typed).split())


def _may_be(facet: Facet, value: str) -> bool:
    match facet:
        case Facet.KIND:
            return value in KINDS
        case Facet.VALIDITY:
            return value in VALIDITIES
        case Facet.SUBJECT:
            return value in SUBJECTS
        case Facet.YEAR:
            return _is_number(value, 4) and 1949 <= int(value) < 2200
        case Facet.FIELD:
            return _SLUG.fullmatch(value) is not None
        case Facet.SECTION:
            return _PATH.fullmatch(value) is not None and len(value) <= 200
    return bool(value) and len(value) <= 50 and not _CONTROL.search(value)


def _is_number(text: str, longest: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= longest


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if _DAYS[0] <= found <= _DAYS[1] else None
