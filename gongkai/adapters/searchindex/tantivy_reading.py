"""One state of a tantivy index, read: hits, counts, suggestions, other spellings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TypeVar

import tantivy
from tantivy import Occur

from gongkai.adapters.searchindex import extracts, spelling, suggesting
from gongkai.adapters.searchindex.documents import shown
from gongkai.adapters.searchindex.splitting import pieces
from gongkai.adapters.searchindex.tantivy_queries import (
    COUNT,
    TOGETHER,
    aggregations,
    any_of,
    counted,
    every,
    found_by,
    joined_aggregations,
    only_term,
    ranked,
    restrictions,
    text_query,
    total_of,
)
from gongkai.adapters.searchindex.tantivy_ranking import titled
from gongkai.adapters.searchindex.tantivy_store import Stamp
from gongkai.adapters.searchindex.types import Facet, Found, Hit, Query, Sort
from gongkai.text.phrases import phrase
from gongkai.text.typed import Word, read_words

KEPT = 500  # answers, and counts, that are kept while the state lasts
WEIGHED = 5_000  # found records that are weighed one by one at no great cost
TITLES_TO = 100  # hits to which titles alone may be enough
DEEPEST = 10_000  # hits that can be paged to; further on nobody looks and every engine is slow
_Kept = TypeVar("_Kept")
Counted = tuple[int, Mapping[Facet, tuple[tuple[str, int], ...]]]


@dataclass
class Reading:
    """What can be asked of one state; it never changes, so that answers can be kept.

    What many ask for is the same few words: a state answers each of them once. It lasts until the
    next publication, which makes a new one.
    """

    stamp: Stamp
    searcher: tantivy.Searcher
    _answers: dict[object, Found] = field(default_factory=dict)
    _known: dict[object, Counted] = field(default_factory=dict)
    _all: dict[Facet, Counter[str]] = field(default_factory=dict)

    @cached_property
    def _scopes(self) -> Mapping[str, int]:
        """How many records each scope holds, those taken out but not yet cleared away too."""
        return dict(self.searcher.terms_with_prefix("scope", ""))

    def search(self, query: Query) -> Found:
        """Return the page of hits."""
        key = (_asked(query), query.sort, query.page, query.size, query.exact)
        found = self._answers.get(key)
        if found is None:
            found = self._found(query)
            _keep(self._answers, key, found)
        return found

    def forget(self) -> None:
        """Drop the answers and counts that are kept: what is measured then is the engine."""
        self._answers.clear()
        self._known.clear()

    def _found(self, query: Query) -> Found:
        words = read_words(query.words)
        if (query.words.strip() and not words) or not query.scopes:
            return Found(total=0)
        found = self._page(query, words)
        if found.total or not words or query.exact:
            return found
        return replace(self._loosened(query, words), spelling=self._spelling(query))

    def _spelling(self, query: Query) -> str:
        """Return another spelling of a query that finds nothing, "" when none finds anything."""
        titles = _titles(self.searcher)
        letters = self.suggest(query.words, scopes=query.scopes, limit=suggesting.LOOKED_AT)
        spelled = spelling.spelled_out(query.words, letters)
        if spelled:
            return spelled
        narrow = self._narrowing(query)
        found: list[tuple[int, int, str]] = []
        for guess, weight in spelling.guesses(query.words, titles).items():
            words = read_words(guess)
            if len(found) < spelling.MOST_GUESSES and words and _in_titles(titles, words):
                asked = every([found_by(words, in_title=query.in_title), *narrow])
                found.append((weight, self.searcher.search(asked, 1).count, guess))
        return spelling.likeliest(found)

    def _loosened(self, query: Query, words: Sequence[Word]) -> Found:
        """Return what holds most of the words, long ones taken apart."""
        parts = pieces(words)
        if not parts:
            return Found(total=0)
        found = self._page(query, parts, least=len(parts) // 2 + 1)
        return replace(found, loosened=found.loosened and len(parts) > 1)

    def _page(self, query: Query, words: Sequence[Word], least: int | None = None) -> Found:
        """Return a page of what holds all words, or so many of them."""
        loosened = least is not None
        start = (max(query.page, 1) - 1) * query.size
        decided = found_by(words, in_title=query.in_title, least=least)
        beyond = start + query.size > DEEPEST
        facets: Mapping[Facet, tuple[tuple[str, int], ...]] = {}
        total = None
        if query.facets or beyond:
            total, facets = self._counted(query, words, decided, loosened)
        if total == 0 or beyond:
            return Found(total=total or 0, facets=facets, loosened=loosened and bool(total))
        by_date = query.sort is Sort.DATE or not words
        best = decided if by_date else ranked(words, in_title=query.in_title, least=least)
        result = None if by_date or loosened else self._by_titles(query, words, start, total)
        if result is None:
            result = self.searcher.search(
                every([best, *self._narrowing(query)]),
                limit=query.size,
                offset=start,
                count=total is None,
                order_by_field="published" if by_date else None,
            )
        total = result.count if total is None else total
        what = extracts.sought(words)
        hits = tuple(_hit(self.searcher.doc(at), what) for _, at in result.hits)
        return Found(total=total, hits=hits, facets=facets, loosened=loosened and total > 0)

    def _by_titles(
        self, query: Query, words: Sequence[Word], start: int, total: int | None
    ) -> tantivy.SearchResult | None:
        """Return the page of what is found by looking at titles alone; None where not sure."""
        if total is None or total < WEIGHED or query.in_title or start > TITLES_TO:
            return None
        shorter = titled(self.searcher, words, sum(self._scopes.values()))
        if shorter is None:
            return None
        narrowed = every([shorter.asked, *self._narrowing(query)])
        found = self.searcher.search(narrowed, limit=query.size, offset=start, count=False)
        sure = len(found.hits) == query.size and found.hits[-1][0] > shorter.others
        return found if sure else None

    def _counted(
        self, query: Query, words: Sequence[Word], decided: tantivy.Query, loosened: bool
    ) -> Counted:
        """Return the number of hits and the facets; kept for the other pages of the same query."""
        key = (_asked(query), loosened)
        known = self._known.get(key)
        if known is None:
            known = self._count(query, words, decided)
            _keep(self._known, key, known)
        return known

    def _count(self, query: Query, words: Sequence[Word], decided: tantivy.Query) -> Counted:
        own = [facet for facet in query.facets if query.filters.get(facet)]
        plain = [facet for facet in query.facets if facet not in own]
        narrowing = self._narrowing(query)
        narrowed = every([decided, *narrowing])
        if not narrowing and not query.in_title and self._frequent(words):
            total, found = self._left_over(narrowed, plain)
        else:
            most = 0 if narrowing else self._holding(words)
            total, tallies = self._tally(narrowed, plain, most)
            found = {facet: _ordered(tallies[facet]) for facet in plain}
        if not total:
            return 0, dict.fromkeys(query.facets, ())
        for facet in own:
            wider = every([decided, *self._narrowing(query, but=facet)])
            found[facet] = _ordered(self._tally(wider, [facet], 0)[1][facet])
        return total, {facet: found[facet] for facet in query.facets}

    def _frequent(self, words: Sequence[Word]) -> bool:
        """Say whether it is one word, of one term, that nearly all records hold."""
        return self._holding(words) * 10 > self.searcher.num_docs * 9

    def _holding(self, words: Sequence[Word]) -> int:
        """Return how many records hold a word of one term; 0 where it is not told at once."""
        term = only_term(words)
        return self.searcher.doc_freq("text", term) if term else 0

    def _left_over(
        self, asked: tantivy.Query, facets: Sequence[Facet]
    ) -> tuple[int, dict[Facet, tuple[tuple[str, int], ...]]]:
        """Count what is not found and take it from the whole: of most texts that is less work."""
        whole = self._whole(facets)
        others = tantivy.Query.boolean_query(
            [(Occur.Must, tantivy.Query.all_query()), (Occur.MustNot, asked)]
        )
        missing, tallies = self._tally(others, facets, self.searcher.num_docs // 2)
        found = {}
        for facet in facets:
            counts = whole[facet].copy()
            counts.subtract(tallies[facet])
            found[facet] = _ordered(counts)
        return self.searcher.num_docs - missing, found

    def _whole(self, facets: Sequence[Facet]) -> Mapping[Facet, Counter[str]]:
        """Return the counts of all records, made once while the state lasts."""
        if wanted := [facet for facet in facets if facet not in self._all]:
            self._all |= self._tally(tantivy.Query.all_query(), wanted, self.searcher.num_docs)[1]
        return self._all

    def _tally(
        self, asked: tantivy.Query, facets: Sequence[Facet], about: int
    ) -> tuple[int, dict[Facet, Counter[str]]]:
        """Return how many records a query finds, and how many have each value of each facet.

        `about` is how many that will be: it decides how they are counted, not what is counted.
        """
        counts = joined_aggregations(facets, about)
        if not any(name in TOGETHER for name in counts):
            counts = {**counts, **COUNT}
        answer = self.searcher.aggregate(asked, dict(counts))
        total = total_of(answer)
        found = counted(answer, facets)
        if found is None:
            answer = self.searcher.aggregate(asked, dict(aggregations(facets)))
            found = counted(answer, facets) or {}
        return total, found

    def _narrowing(self, query: Query, *, but: Facet | None = None) -> list[tantivy.Query]:
        """Return what only narrows; scopes do not where there are no others."""
        all_of_them = self._scopes.keys() <= set(query.scopes)
        return restrictions(query, but=but, scoped=not all_of_them)

    def suggest(self, typed: str, *, scopes: tuple[str, ...], limit: int = 8) -> tuple[str, ...]:
        """Return titles and names that go on from what was typed."""
        parts = [
            text_query(each.field, each.terms, each.opening) for each in suggesting.asked(typed)
        ]
        if not parts or not scopes:
            return ()
        narrowed = every([any_of(parts), *self._narrowing(Query(words="", scopes=scopes))])
        found = self.searcher.search(narrowed, limit=suggesting.LOOKED_AT, count=False)
        first = [shown(_text(self.searcher.doc(at), "shown")) for _, at in found.hits]
        return suggesting.chosen(typed, ((each.title, each.names) for each in first), limit)


def _asked(query: Query) -> tuple[object, ...]:
    """Return what decides which records a query finds."""
    filters = tuple((facet, tuple(values)) for facet, values in query.filters.items())
    narrowed = (query.scopes, filters, query.since, query.until)
    return (query.words, query.in_title, *narrowed, query.facets)


def _keep(kept: dict[object, _Kept], key: object, value: _Kept) -> None:
    if len(kept) >= KEPT:
        kept.clear()
    kept[key] = value


def _text(kept: tantivy.Document, field_: str) -> str:
    value = kept.get_first(field_)
    return bytes(value).decode() if value else ""


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


def _hit(kept: tantivy.Document, what: extracts.Sought) -> Hit:
    files = [bytes(each).decode() for each in kept.get_all("shown_files")]
    return extracts.hit_of(_text(kept, "shown"), _text(kept, "shown_body"), files, what)


def _ordered(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Return what counts anything, the most frequent first."""
    kept = ((value, number) for value, number in counts.items() if number > 0)
    return tuple(sorted(kept, key=lambda pair: (-pair[1], pair[0])))
