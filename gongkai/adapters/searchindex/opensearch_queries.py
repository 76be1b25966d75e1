"""A query in OpenSearch's own terms (its query DSL, versions 2 and 3)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongkai.adapters.searchindex.documents import (
    BY_DAY,
    EXACT_NUMBER,
    FINDING,
    RAISING,
)
from gongkai.adapters.searchindex.types import Facet, Query, Sort
from gongkai.text.phrases import phrase
from gongkai.text.typed import Word

Clause = dict[str, Any]
MOST_VALUES = 1000


def text_query(field: str, terms: Sequence[str], opening: str = "", boost: float = 1.0) -> Clause:
    """Return the query for terms one after the other; `opening` is the pattern of the last."""
    if opening and len(terms) == 1:
        return {"regexp": {field: {"value": opening, "boost": boost}}}
    if opening:
        known: list[Clause] = [{"span_term": {field: term}} for term in terms[:-1]]
        last = {"span_multi": {"match": {"regexp": {field: {"value": opening}}}}}
        near = {"clauses": [*known, last], "slop": 0, "in_order": True, "boost": boost}
        return {"span_near": near}
    if len(terms) == 1:
        return {"term": {field: {"value": terms[0], "boost": boost}}}
    return {"match_phrase": {field: {"query": " ".join(terms), "boost": boost}}}


def any_of(parts: Sequence[Clause], least: int = 1) -> Clause:
    """Return the query that asks for so many of the parts."""
    if len(parts) == 1:
        return parts[0]
    return {"bool": {"should": list(parts), "minimum_should_match": least}}


def _in_fields(word: Word, fields: Mapping[str, float]) -> list[Clause]:
    return [
        text_query(field, [what.word], boost=weight)
        if what.word
        else text_query(field, what.terms, what.opening if what.open else "", weight)
        for what in map(phrase, word.forms)
        if what
        for field, weight in fields.items()
    ]


def finding(word: Word, *, in_title: bool) -> Clause:
    """Return the query that decides whether a record holds a word, in any of its forms."""
    parts = _in_fields(word, {"title": 1.0} if in_title else FINDING)
    if word.number and not in_title:
        exact = {"term": {"number_exact": {"value": word.number}}}
        parts.append({"constant_score": {"filter": exact, "boost": EXACT_NUMBER}})
    if word.since and word.until and not in_title:
        days = {"gte": word.since.toordinal(), "lte": word.until.toordinal()}
        day = {"range": {"published": days}}
        parts.append({"constant_score": {"filter": day, "boost": BY_DAY}})
    return any_of(parts)


def found_by(words: Sequence[Word], *, in_title: bool, least: int | None = None) -> Clause:
    """Return the query for records that hold all words, or so many of them."""
    parts = [finding(word, in_title=in_title) for word in words]
    if not parts:
        return {"match_all": {}}
    return {"bool": {"must": parts}} if least is None else any_of(parts, least)


def facet_field(facet: Facet) -> str:
    """Return the field that holds a facet's values."""
    return f"facet_{facet.value}"


def narrowing(query: Query) -> list[Clause]:
    """Return what narrows whatever facet is counted: scopes and days."""
    parts: list[Clause] = [{"terms": {"scope": list(query.scopes)}}]
    days = {}
    if query.since:
        days["gte"] = query.since.toordinal()
    if query.until:
        days["lte"] = query.until.toordinal()
    return [*parts, {"range": {"published": days}}] if days else parts


def _chosen(query: Query, *, but: Facet | None = None) -> list[Clause]:
    return [
        {"terms": {facet_field(facet): list(values)}}
        for facet, values in query.filters.items()
        if values and facet is not but
    ]


def page(query: Query, words: Sequence[Word], decided: Clause, deepest: int) -> Clause:
    """Return the body of a search: hits, total and the counts of the facets."""
    by_date = query.sort is Sort.DATE or not words
    raised = (
        []
        if by_date or query.in_title
        else [each for word in words for each in _in_fields(word, RAISING)]
    )
    start = (max(query.page, 1) - 1) * query.size
    beyond = start + query.size > deepest
    latest: list[Clause] = [{"published": {"order": "desc"}}, {"key": {"order": "asc"}}]
    return {
        "from": 0 if beyond else start,
        "size": 0 if beyond else query.size,
        "track_total_hits": True,
        "_source": ["kept"],
        "query": {"bool": {"must": [decided], "should": raised, "filter": narrowing(query)}},
        "post_filter": {"bool": {"filter": _chosen(query)}},
        "aggs": {
            facet.value: {
                "filter": {"bool": {"filter": _chosen(query, but=facet)}},
                "aggs": {"values": {"terms": {"field": facet_field(facet), "size": MOST_VALUES}}},
            }
            for facet in query.facets
        },
        "sort": latest if by_date else [{"_score": {"order": "desc"}}, *latest],
    }


def counting(guesses: Iterable[Clause], narrow: Sequence[Clause]) -> Clause:
    """Return the body of a search that counts what each of many queries would find."""
    named = {str(place): guess for place, guess in enumerate(guesses)}
    return {
        "size": 0,
        "query": {"bool": {"filter": list(narrow)}},
        "aggs": {"guesses": {"filters": {"filters": named}}},
    }
