"""A query in tantivy's own terms: the schema, words, filters, facets."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import tantivy
from tantivy import FieldType, Occur
from tantivy import Query as Asked

from gongkai.adapters.searchindex.documents import (
    BY_DAY,
    EXACT_NUMBER,
    FINDING,
    RAISING,
)
from gongkai.adapters.searchindex.types import Facet, Query
from gongkai.text.phrases import Phrase, phrase
from gongkai.text.typed import Word

MOST_VALUES = 1000
# Facets that are nearly always counted at once stand together in one column as well: the engine
# goes through what it has found once for each column. It pays from so many found records on: a
# record has several subjects, which is slow by itself; years with kinds have many values.
FROM: Mapping[str, int] = {"subject_and_field": 30_000, "year_and_kind": 100_000}
TOGETHER: Mapping[str, tuple[Facet, ...]] = {
    "subject_and_field": (Facet.SUBJECT, Facet.FIELD),
    "year_and_kind": (Facet.YEAR, Facet.KIND, Facet.VALIDITY),
}
MOST_TOGETHER = 5000
_BETWEEN, _WITHIN = "\x1e", "\x1f"
COUNT = {"count": {"value_count": {"field": "published"}}}


def _schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    for name in ("key", "number_exact"):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("scope", *(facet_field(facet) for facet in Facet), *TOGETHER):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in (*FINDING, *RAISING, "syllables", "initials"):
        made.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    made.add_unsigned_field("published", indexed=True, fast=True)
    for name in ("shown", "shown_body", "shown_files"):
        # Stored only: a text field must have an index, that of nothing costs nothing.
        made.add_bytes_field(name, stored=True)
    return made.build()


def facet_field(facet: Facet) -> str:
    """Return the field that holds a facet's values."""
    return f"facet_{facet.value}"


SCHEMA = _schema()


def every(parts: Iterable[Asked]) -> Asked:
    """Return the query that asks for all parts."""
    asked = [(Occur.Must, part) for part in parts]
    if len(asked) == 1:
        return asked[0][1]
    return Asked.boolean_query(asked) if asked else Asked.all_query()


def any_of(parts: Sequence[Asked], least: int = 1) -> Asked:
    """Return the query that asks for so many of the parts."""
    if len(parts) == 1:
        return parts[0]
    return Asked.boolean_query([(Occur.Should, part) for part in parts], least)


def text_query(field: str, terms: Sequence[str | tuple[int, str]], opening: str = "") -> Asked:
    """Return the query for terms one after the other; `opening` is the pattern of the last.

    Without it terms may be given with their places.
    """
    if opening:
        if len(terms) == 1:
            return Asked.regex_query(SCHEMA, field, opening)
        known = [_literal(str(term)) for term in terms[:-1]]
        return Asked.regex_phrase_query(SCHEMA, field, [*known, opening])
    if len(terms) == 1:
        term = terms[0]
        return Asked.term_query(SCHEMA, field, term if isinstance(term, str) else term[1])
    return Asked.phrase_query(SCHEMA, field, list(terms))


def _literal(term: str) -> str:
    return "".join(f"\\{char}" if char in ".+*?()|[]{}^$\\#&-~" else char for char in term)


def _finding(word: Word, *, in_title: bool) -> list[Asked]:
    """Return the queries any of which decides that a record holds a word."""
    fields = ("title",) if in_title else FINDING
    parts = [weighed(field, what) for what in looked_up(word) for field in fields]
    if word.number and not in_title:
        exact = Asked.term_query(SCHEMA, "number_exact", word.number, "basic")
        parts.append(Asked.const_score_query(exact, EXACT_NUMBER))
    if word.since and word.until and not in_title:
        parts.append(Asked.const_score_query(_published(word.since, word.until), BY_DAY))
    return parts


def raising(words: Sequence[Word], *, but: str = "") -> list[Asked]:
    """Return the queries that raise what holds a word in its title, its number, its names."""
    fields = [field for field in RAISING if field != but]
    return [weighed(field, what) for word in words for what in looked_up(word) for field in fields]


def ranked(words: Sequence[Word], *, in_title: bool, least: int | None = None) -> Asked:
    """Return what finds the same records as `found_by`, the best first.

    What raises a record stands in its text as well: for one word all parts can be alternatives,
    which the engine may break off early.
    """
    raised = [] if in_title else raising(words)
    if len(words) == 1:
        return any_of([*_finding(words[0], in_title=in_title), *raised])
    decided = found_by(words, in_title=in_title, least=least)
    return Asked.boolean_query([(Occur.Must, decided), *((Occur.Should, each) for each in raised)])


def only_term(words: Sequence[Word]) -> str:
    """Return the one term in the text that decides a query, "" when there are more."""
    phrases = looked_up(words[0]) if len(words) == 1 else ()
    if len(phrases) != 1 or phrases[0].open:
        return ""
    only = phrases[0].terms[0] if len(phrases[0].terms) == 1 else ""
    return phrases[0].word or only


@lru_cache(maxsize=512)
def looked_up(word: Word) -> tuple[Phrase, ...]:
    """Return the phrases any of which is a word."""
    return tuple(found for found in map(phrase, word.forms) if found)


def weighed(field: str, what: Phrase) -> Asked:
    """Return the query for a phrase in a field, with what a find there weighs."""
    if what.word:
        asked = text_query(field, [what.word])
    elif what.open:
        asked = text_query(field, what.terms, what.opening)
    else:
        asked = text_query(field, what.telling)
    weight = RAISING.get(field) or FINDING[field]
    return asked if weight == 1 else Asked.boost_query(asked, weight)


def found_by(words: Sequence[Word], *, in_title: bool, least: int | None = None) -> Asked:
    """Return the query for records that hold all words, or so many of them."""
    parts = [any_of(_finding(word, in_title=in_title)) for word in words]
    if not parts:
        return Asked.all_query()
    if least is None:
        return parts[0] if len(parts) == 1 else every(parts)
    return any_of(parts, least)


def _published(since: object, until: object) -> Asked:
    lower = since.toordinal() if since else None  # type: ignore[attr-defined]
    upper = until.toordinal() if until else None  # type: ignore[attr-defined]
    return Asked.range_query(SCHEMA, "published", FieldType.Unsigned, lower, upper)


def _one_of(field: str, values: Sequence[str]) -> Asked:
    if len(values) == 1:
        found = Asked.term_query(SCHEMA, field, values[0], "basic")
    else:
        found = Asked.term_set_query(SCHEMA, field, list(values))
    return Asked.const_score_query(found, 0.0)


def restrictions(query: Query, *, but: Facet | None, scoped: bool) -> list[Asked]:
    """Return the queries that only narrow: scopes if need be, days, facets but one."""
    parts = [_one_of("scope", query.scopes)] if scoped else []
    for facet, values in query.filters.items():
        if values and facet is not but:
            parts.append(_one_of(facet_field(facet), values))
    if query.since or query.until:
        parts.append(Asked.const_score_query(_published(query.since, query.until), 0.0))
    return parts


def aggregations(facets: Iterable[Facet]) -> Mapping[str, object]:
    """Return the counts to ask for, each facet by its own column."""
    return {
        facet.value: {"terms": {"field": facet_field(facet), "size": MOST_VALUES}}
        for facet in facets
    }


def together(facets: Mapping[Facet, Sequence[str]]) -> Mapping[str, str]:
    """Return what a record has in each column of several facets."""
    return {
        name: _BETWEEN.join(_WITHIN.join(map(_plain, facets.get(facet, ()))) for facet in several)
        for name, several in TOGETHER.items()
    }


def _plain(value: str) -> str:
    return value.replace(_BETWEEN, " ").replace(_WITHIN, " ")


def joined_aggregations(facets: Collection[Facet], about: int) -> Mapping[str, object]:
    """Return the counts to ask for, by a column of several facets where more than one is wanted.

    `about` is how many records will be found.
    """
    asked: dict[str, object] = {}
    apart = list(facets)
    for name, several in TOGETHER.items():
        wanted = [facet for facet in apart if facet in several]
        if len(wanted) > 1 and about >= FROM[name]:
            asked[name] = {"terms": {"field": name, "size": MOST_TOGETHER}}
            apart = [facet for facet in apart if facet not in wanted]
    return {**asked, **aggregations(apart)}


def total_of(answer: Mapping[str, Any]) -> int:
    """Return how many records an answer tells of: each stands in each column of several facets."""
    for name in TOGETHER:
        if told := answer.get(name):
            return int(
                told["sum_other_doc_count"] + sum(one["doc_count"] for one in told["buckets"])
            )
    return int(answer["count"]["value"])


def counted(
    answer: Mapping[str, Any], facets: Collection[Facet]
) -> dict[Facet, Counter[str]] | None:
    """Return the counts of each facet; None when a column had more values than are told."""
    found: dict[Facet, Counter[str]] = {facet: Counter() for facet in facets}
    for name, told in answer.items():
        if several := TOGETHER.get(name):
            if told["sum_other_doc_count"]:
                return None
            for bucket in told["buckets"]:
                number = bucket["doc_count"]
                for facet, values in zip(several, bucket["key"].split(_BETWEEN), strict=True):
                    if values and facet in found:
                        for value in values.split(_WITHIN):
                            found[facet][value] += number
        elif name in found:
            found[Facet(name)].update({one["key"]: one["doc_count"] for one in told["buckets"]})
    return found
