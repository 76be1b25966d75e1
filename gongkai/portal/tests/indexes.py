"""A small index in memory behind the interface of `adapters.searchindex`, for tests of the faces.

It finds plain substrings in order of their age and counts facets; how well words are found and
ranked is for the tests of the engine.
"""

from collections import Counter
from collections.abc import Iterable

from gongkai.adapters.searchindex.types import Facet, Found, Hit, Mark, Query, Record, Sort

_BELOW = {Facet.SUBJECT, Facet.SECTION}


class MemoryIndex:
    """Records by key."""

    def __init__(self):
        self.records: dict[str, Record] = {}
        self.asked: list[Query] = []
        self.changes = 0

    def search(self, query: Query) -> Found:
        self.asked.append(query)
        kept = [one for one in self.records.values() if one.scope in query.scopes]
        kept = [one for one in kept if _has(one, query)]
        found = [one for one in kept if _passes(one, query, None)]
        if query.sort is Sort.DATE:
            found.sort(key=lambda one: one.published_on, reverse=True)
        page = found[(query.page - 1) * query.size : query.page * query.size]
        facets = {
            facet: tuple(
                Counter(
                    value
                    for one in kept
                    if _passes(one, query, facet)
                    for value in one.facets.get(facet, ())
                ).most_common()
            )
            for facet in query.facets
        }
        return Found(
            total=len(found), hits=tuple(_hit(one, query.words) for one in page), facets=facets
        )

    def suggest(self, typed: str, *, scopes: tuple[str, ...], limit: int = 8) -> tuple[str, ...]:
        titles = (one.title for one in self.records.values() if one.scope in scopes)
        return tuple(title for title in titles if typed in title)[:limit]

    def change(self, *, put: Iterable[Record] = (), take: Iterable[str] = ()) -> None:
        self.changes += 1
        self.records |= {record.key: record for record in put}
        for key in take:
            self.records.pop(key, None)

    def rebuild(self, records: Iterable[Record]) -> int:
        self.records = {record.key: record for record in records}
        return len(self.records)

    def keys(self) -> Iterable[str]:
        return list(self.records)


def _texts(record: Record) -> list[tuple[str, str]]:
    return [("", record.body), *((each.place, each.text) for each in record.passages)]


def _has(record: Record, query: Query) -> bool:
    title = "\n".join((record.title, record.number, record.organ, *record.names))
    whole = title if query.in_title else "\n".join((title, *(text for _, text in _texts(record))))
    return all(word in whole for word in query.words.split())


def _passes(record: Record, query: Query, but: Facet | None) -> bool:
    if query.since and record.published_on < query.since:
        return False
    if query.until and record.published_on > query.until:
        return False
    return all(
        facet is but or _any(facet, record.facets.get(facet, ()), wanted)
        for facet, wanted in query.filters.items()
    )


def _any(facet: Facet, own: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(_is(facet, one, each) for one in own for each in wanted)


def _is(facet: Facet, own: str, wanted: str) -> bool:
    return own.startswith(wanted) if facet in _BELOW else own == wanted


def _hit(record: Record, words: str) -> Hit:
    word = (words.split() or [""])[0]
    place, text = next(
        ((place, text) for place, text in _texts(record) if word and word in text),
        ("", record.body),
    )
    at = text.find(word) if word else -1
    start = max(0, at - 30)
    extract = text[start : at + 60] if at >= 0 else text[:60]
    return Hit(
        key=record.key,
        address=record.address,
        title=_marks(record.title, word),
        extract=_marks(extract, word),
        place=place,
        published_on=record.published_on,
        number=record.number,
        organ=record.organ,
        facets=record.facets,
    )


def _marks(text: str, word: str) -> tuple[Mark, ...]:
    if not word or word not in text:
        return (Mark(text, False),)
    before, _, after = text.partition(word)
    pieces = (Mark(before, False), Mark(word, True), Mark(after, False))
    return tuple(mark for mark in pieces if mark.text)
