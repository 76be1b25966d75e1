"""The index on this machine's disk, by tantivy: read in every process, written by one at a time."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import tantivy

from gongkai.adapters.searchindex import extracts, spelling, suggesting
from gongkai.adapters.searchindex.documents import Document, document
from gongkai.adapters.searchindex.splitting import pieces
from gongkai.adapters.searchindex.tantivy_queries import (
    SCHEMA,
    aggregations,
    any_of,
    every,
    facet_field,
    restrictions,
    text_query,
    words_query,
)
from gongkai.adapters.searchindex.tantivy_store import BROKEN, Stamp, Store, failures
from gongkai.adapters.searchindex.types import Facet, Found, Hit, IndexFailed, Query, Record, Sort
from gongkai.text.segmentation import phrase
from gongkai.text.typed import Word, read_words

CHANGE_BYTES = 32_000_000
REBUILD_BYTES = 256_000_000
DEEPEST = 10_000  # hits that can be paged to; further on nobody looks and every engine is slow


class TantivyIndex:
    """An index in a folder; opened when it is first read, and anew when it has changed."""

    def __init__(self, folder: Path, patience: float = 2.0) -> None:
        self._store = Store(Path(folder), SCHEMA, patience)
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._index: tantivy.Index | None = None
        self._searcher: tantivy.Searcher | None = None

    def search(self, query: Query) -> Found:
        """Return the page of hits; see `types.Index`."""
        words = read_words(query.words)
        if (query.words.strip() and not words) or not query.scopes:
            return Found(total=0)
        searcher = self._fresh()
        with failures():
            asked = words_query(words, in_title=query.in_title)
            found = self._page(searcher, query, words, asked)
            if found.total or not words:
                return found
            spelling_ = self._spelling(searcher, query)
            return replace(self._loosened(searcher, query, words), spelling=spelling_)

    def _spelling(self, searcher: tantivy.Searcher, query: Query) -> str:
        """Return another spelling of a query that finds nothing, "" when none finds anything."""
        titles = _titles(searcher)
        letters = self.suggest(query.words, scopes=query.scopes, limit=suggesting.LOOKED_AT)
        spelled = spelling.spelled_out(query.words, letters)
        if spelled:
            return spelled
        narrow = restrictions(query)
        found: list[tuple[int, int, str]] = []
        for guess, weight in spelling.guesses(query.words, titles).items():
            words = read_words(guess)
            if len(found) < spelling.MOST_GUESSES and words and _in_titles(titles, words):
                asked = every([words_query(words, in_title=query.in_title), *narrow])
                found.append((weight, searcher.search(asked, 1).count, guess))
        return spelling.likeliest(found)

    def _loosened(self, searcher: tantivy.Searcher, query: Query, words: Sequence[Word]) -> Found:
        """Return what holds most of the words, long ones taken apart."""
        parts = pieces(words)
        if len(parts) < 2:
            return Found(total=0)
        least = len(parts) // 2 + 1
        asked = words_query(parts, in_title=query.in_title, least=least)
        return self._page(searcher, query, parts, asked, loosened=True)

    def _page(
        self,
        searcher: tantivy.Searcher,
        query: Query,
        words: Sequence[Word],
        asked: tantivy.Query,
        *,
        loosened: bool = False,
    ) -> Found:
        narrowed = every([asked, *restrictions(query)])
        start = (max(query.page, 1) - 1) * query.size
        by_date = query.sort is Sort.DATE or not words
        beyond = start + query.size > DEEPEST
        result = searcher.search(
            narrowed,
            limit=1 if beyond else query.size,
            offset=0 if beyond else start,
            order_by_field="published" if by_date else None,
            weight_by_field=None if by_date else "recent",
        )
        total = result.count
        if not total:
            return Found(total=0)
        what = extracts.sought(words)
        hits = () if beyond else tuple(_hit(searcher.doc(at), what) for _, at in result.hits)
        facets = _facets(searcher, query, asked, narrowed)
        return Found(total=total, hits=hits, facets=facets, loosened=loosened)

    def suggest(self, typed: str, *, scopes: tuple[str, ...], limit: int = 8) -> tuple[str, ...]:
        """Return titles and names that go on from what was typed; see `types.Index`."""
        parts = [
            text_query(each.field, each.terms, each.opening) for each in suggesting.asked(typed)
        ]
        if not parts or not scopes:
            return ()
        searcher = self._fresh()
        with failures():
            narrowed = every([any_of(parts), *restrictions(Query(words="", scopes=scopes))])
            found = searcher.search(narrowed, limit=suggesting.LOOKED_AT, count=False)
            shown = [_shown(searcher.doc(at)) for _, at in found.hits]
        return suggesting.chosen(
            typed, ((each["title"], tuple(each["names"])) for each in shown), limit
        )

    def change(self, *, put: Iterable[Record] = (), take: Iterable[str] = ()) -> None:
        """Put and take records at once; see `types.Index`."""
        with self._store.writing() as index, failures():
            writer = index.writer(CHANGE_BYTES, 1)
            for key in take:
                writer.delete_documents_by_term("key", key)
            for record in put:
                writer.delete_documents_by_term("key", record.key)
                writer.add_document(_kept(document(record)))
            writer.commit()
            writer.wait_merging_threads()

    def rebuild(self, records: Iterable[Record]) -> int:
        """Make the index anew while the old one serves; see `types.Index`."""
        number = 0
        with self._store.rebuilding() as (name, index):
            with failures():
                writer = index.writer(REBUILD_BYTES, 1)
                for record in records:
                    writer.add_document(_kept(document(record)))
                    number += 1
                writer.commit()
                writer.wait_merging_threads()
            self._store.serve(name)
        return number

    def keys(self) -> Iterable[str]:
        """Return the key of every record; see `types.Index`."""
        searcher = self._fresh()
        with failures():
            return [
                key for key, _ in searcher.terms_with_prefix("key", "", tantivy.Query.all_query())
            ]

    def _fresh(self) -> tantivy.Searcher:
        """Return a searcher of the present state of the disk."""
        for attempt in range(3):
            stamp = self._store.stamp()
            searcher = self._searcher
            if searcher is not None and stamp == self._stamp:
                return searcher
            try:
                return self._read(stamp)
            except IndexFailed:
                if attempt == 2 or self._store.stamp() == stamp:
                    raise
        raise IndexFailed(BROKEN.format("current"))

    def _read(self, stamp: Stamp) -> tantivy.Searcher:
        with self._lock, failures():
            if (
                self._index is None
                or self._stamp is None
                or self._stamp.directory != stamp.directory
            ):
                self._index = self._store.open(stamp.directory)
            self._index.reload()
            self._searcher, self._stamp = self._index.searcher(), stamp
            return self._searcher


def _kept(made: Document) -> tantivy.Document:
    kept = tantivy.Document()
    kept.add_text("key", made.key)
    kept.add_text("scope", made.scope)
    kept.add_text("syllables", made.syllables)
    kept.add_text("initials", made.initials)
    if made.exact_number:
        kept.add_text("number_exact", made.exact_number)
    for name, text in made.searched.items():
        if text:
            kept.add_text(name, text)
    for facet, values in made.facets.items():
        for value in values:
            kept.add_text(facet_field(facet), value)
    kept.add_unsigned("published", made.published)
    kept.add_unsigned("recent", made.recent)
    kept.add_bytes("shown_key", made.key.encode())
    kept.add_bytes("shown", made.shown.encode())
    kept.add_bytes("shown_body", made.body.encode("utf-8", "replace"))
    for each in made.files:
        kept.add_bytes("shown_files", each.encode("utf-8", "replace"))
    return kept


def _text(value: object) -> str:
    return bytes(value).decode() if value else ""  # type: ignore[call-overload]


def _titles(searcher: tantivy.Searcher) -> spelling.Titles:
    @cache
    def following(char: str) -> tuple[str, ...]:
        terms = searcher.terms_with_prefix("title", char)
        return tuple(term[1] for term, _ in terms if len(term) == 2)

    @cache
    def together(one: str, other: str) -> bool:
        return searcher.doc_freq("title", one + other) > 0

    return spelling.Titles(following, together)


def _in_titles(titles: spelling.Titles, words: Sequence[Word]) -> bool:
    """Say whether every two characters of the words stand side by side in some title."""
    return all(
        titles.together(term[0], term[1])
        for word in words
        for term in phrase(word.forms[0]).terms
        if len(term) == 2
    )


def _shown(kept: tantivy.Document) -> Mapping[str, Any]:
    shown: Mapping[str, Any] = json.loads(_text(kept.get_first("shown")))
    return shown


def _hit(kept: tantivy.Document, what: extracts.Sought) -> Hit:
    shown = _shown(kept)
    files = [_text(each) for each in kept.get_all("shown_files")]
    stretch, place = extracts.extract(_text(kept.get_first("shown_body")), files, what)
    return Hit(
        key=_text(kept.get_first("shown_key")),
        address=shown["address"],
        title=extracts.marked(shown["title"], what),
        extract=stretch,
        place=place,
        published_on=date.fromisoformat(shown["published_on"]),
        number=shown["number"],
        organ=shown["organ"],
        facets={Facet(name): tuple(values) for name, values in shown["facets"].items()},
    )


def _facets(
    searcher: tantivy.Searcher, query: Query, asked: tantivy.Query, narrowed: tantivy.Query
) -> Mapping[Facet, tuple[tuple[str, int], ...]]:
    own = [facet for facet in query.facets if query.filters.get(facet)]
    plain = [facet for facet in query.facets if facet not in own]
    found: dict[str, Any] = {}
    if plain:
        found |= searcher.aggregate(narrowed, dict(aggregations(plain)))
    for facet in own:
        wider = every([asked, *restrictions(query, but=facet)])
        found |= searcher.aggregate(wider, dict(aggregations([facet])))
    return {facet: tuple(_counts(found[facet.value])) for facet in query.facets}


def _counts(answer: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for bucket in answer["buckets"]:
        yield bucket["key"], bucket["doc_count"]
