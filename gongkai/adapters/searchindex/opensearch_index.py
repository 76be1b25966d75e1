"""The index on an OpenSearch cluster, for who has one: the same terms, the same answers.

Written by the published API of OpenSearch 2 and 3. No cluster was at hand when it was written:
the tests run against a small stand-in that refuses whatever the documents do not allow. An index
has an alias that is read and written; a rebuild fills a new index and moves the alias at once.
"""

import copy
import json
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from gongkai.adapters.searchindex import extracts, spelling, suggesting
from gongkai.adapters.searchindex import opensearch_queries as ask
from gongkai.adapters.searchindex.documents import Document, document, shown
from gongkai.adapters.searchindex.opensearch_http import NotThere, Server, failure
from gongkai.adapters.searchindex.splitting import pieces
from gongkai.adapters.searchindex.types import Found, Hit, Query, Record
from gongkai.text.typed import Word, read_words

VERSION = 3
BATCH = 200
DEEPEST = 10_000  # the template's max_result_window
MOST_GUESSES = 200
STALE_SECONDS = 24 * 3600
_TEMPLATE = Path(__file__).with_name("opensearch_template.json")


class OpenSearchIndex:
    """An index behind the alias `prefix`-`name`."""

    def __init__(self, server: Server, prefix: str, name: str) -> None:
        self._server = server
        self._prefix = prefix
        self._alias = f"{prefix}-{name}"

    def search(self, query: Query) -> Found:
        """Return the page of hits; see `types.Index`."""
        words = read_words(query.words)
        if (query.words.strip() and not words) or not query.scopes:
            return Found(total=0)
        found = self._page(query, words, ask.found_by(words, in_title=query.in_title))
        if found.total or not words or query.exact:
            return found
        return replace(self._loosened(query, words), spelling=self._spelling(query))

    def _loosened(self, query: Query, words: Sequence[Word]) -> Found:
        parts = pieces(words)
        if not parts:
            return Found(total=0)
        least = len(parts) // 2 + 1
        decided = ask.found_by(parts, in_title=query.in_title, least=least)
        found = self._page(query, parts, decided)
        return replace(found, loosened=found.total > 0 and len(parts) > 1)

    def _page(self, query: Query, words: Sequence[Word], decided: ask.Clause) -> Found:
        answer = self._searched(ask.page(query, words, decided, DEEPEST))
        total = answer["hits"]["total"]["value"]
        what = extracts.sought(words)
        return Found(
            total=total,
            hits=tuple(_hit(each["_source"]["kept"], what) for each in answer["hits"]["hits"]),
            facets={
                facet: tuple(_counts(answer["aggregations"][facet.value])) if total else ()
                for facet in query.facets
            },
        )

    def _spelling(self, query: Query) -> str:
        first = self.suggest(query.words, scopes=query.scopes, limit=suggesting.LOOKED_AT)
        spelled = spelling.spelled_out(query.words, first)
        if spelled:
            return spelled
        weighed = dict(islice(spelling.guesses(query.words, None).items(), MOST_GUESSES))
        if not weighed:
            return ""
        queries = (ask.found_by(read_words(each), in_title=query.in_title) for each in weighed)
        answer = self._searched(ask.counting(queries, ask.narrowing(query)))
        buckets = answer["aggregations"]["guesses"]["buckets"]
        return spelling.likeliest(
            (weight, buckets[str(place)]["doc_count"], guess)
            for place, (guess, weight) in enumerate(weighed.items())
        )

    def suggest(self, typed: str, *, scopes: tuple[str, ...], limit: int = 8) -> tuple[str, ...]:
        """Return titles and names that go on from what was typed; see `types.Index`."""
        parts = [
            ask.text_query(each.field, each.terms, each.opening) for each in suggesting.asked(typed)
        ]
        if not parts or not scopes:
            return ()
        narrow = ask.narrowing(Query(words="", scopes=scopes))
        body = {
            "size": suggesting.LOOKED_AT,
            "_source": ["kept.shown"],
            "query": {"bool": {"must": [ask.any_of(parts)], "filter": narrow}},
        }
        hits = self._searched(body)["hits"]["hits"]
        told = [shown(each["_source"]["kept"]["shown"]) for each in hits]
        return suggesting.chosen(typed, ((each.title, each.names) for each in told), limit)

    def change(self, *, put: Iterable[Record] = (), take: Iterable[str] = ()) -> None:
        """Put and take records at once; see `types.Index`."""
        lines = (*_taken(take), *(line for record in put for line in _put(document(record))))
        if not lines:
            return
        try:
            self._write(self._alias, lines, "require_alias=true&refresh=true")
        except NotThere:
            self._serve(self._make())
            self._write(self._alias, lines, "require_alias=true&refresh=true")

    def rebuild(self, records: Iterable[Record]) -> int:
        """Make the index anew while the old one serves; see `types.Index`.

        Two rebuilds at once are both whole; the one that ends last serves.
        """
        name = self._make()
        number = 0
        coming = iter(records)
        try:
            while batch := list(islice(coming, BATCH)):
                self._write(name, [line for each in batch for line in _put(document(each))], "")
                number += len(batch)
            self._server.ask("POST", f"/{name}/_refresh")
        except BaseException:
            self._server.ask("DELETE", f"/{name}")
            raise
        self._serve(name)
        return number

    def keys(self) -> Iterable[str]:
        """Return the key of every record; see `types.Index`."""
        body: dict[str, Any] = {
            "size": 1000,
            "_source": False,
            "query": {"match_all": {}},
            "sort": [{"key": {"order": "asc"}}],
        }
        while hits := self._searched(body)["hits"]["hits"]:
            yield from (each["_id"] for each in hits)
            body["search_after"] = hits[-1]["sort"]

    def _searched(self, body: object) -> dict[str, Any]:
        return self._server.ask("POST", f"/{self._alias}/_search", body)

    def _write(self, name: str, lines: Sequence[object], options: str) -> None:
        """Send changes; raises what the first refused one says."""
        answer = self._server.bulk(f"/{name}/_bulk" + (f"?{options}" if options else ""), lines)
        if not answer["errors"]:
            return
        for item in answer["items"]:
            done = next(iter(item.values()))
            absent = "delete" in item and done.get("result") == "not_found"
            if done["status"] >= 300 and not absent:
                raise failure(done["status"], done.get("error", ""))

    def _make(self) -> str:
        """Make a new empty index after the shipped template and return its name."""
        template = copy.deepcopy(json.loads(_TEMPLATE.read_text()))
        template["index_patterns"] = [f"{self._prefix}-*-v*"]
        self._server.ask("PUT", f"/_index_template/{self._prefix}", template)
        name = f"{self._alias}-v{VERSION}-{int(time.time()):011}-{secrets.token_hex(4)}"
        self._server.ask("PUT", f"/{name}")
        return name

    def _serve(self, name: str) -> None:
        """Move the alias to an index at once; what served and what was left half made goes."""
        serving = self._serving()
        actions: list[object] = [{"add": {"index": name, "alias": self._alias}}]
        actions += [{"remove_index": {"index": each}} for each in serving]
        self._server.ask("POST", "/_aliases", {"actions": actions})
        for each in self._server.ask("GET", f"/{self._alias}-v*/_alias"):
            if each != name and _made_at(each) < time.time() - STALE_SECONDS:
                self._server.ask("DELETE", f"/{each}")

    def _serving(self) -> list[str]:
        try:
            return list(self._server.ask("GET", f"/_alias/{self._alias}"))
        except NotThere:
            return []


def _made_at(name: str) -> int:
    made = name.split("-")[-2]
    return int(made) if made.isdecimal() else 0


def _taken(keys: Iterable[str]) -> Iterator[object]:
    for key in keys:
        yield {"delete": {"_id": key}}


def _put(made: Document) -> Iterator[object]:
    yield {"index": {"_id": made.key}}
    yield {
        "key": made.key,
        "scope": made.scope,
        **({"number_exact": made.exact_number} if made.exact_number else {}),
        **made.searched,
        "syllables": made.syllables,
        "initials": made.initials,
        **{ask.facet_field(facet): list(values) for facet, values in made.facets.items()},
        "published": made.published,
        "kept": {"shown": made.shown, "body": made.body, "files": list(made.files)},
    }


def _hit(kept: Mapping[str, Any], what: extracts.Sought) -> Hit:
    return extracts.hit_of(kept["shown"], kept["body"], kept["files"], what)


def _counts(answer: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for bucket in answer["values"]["buckets"]:
        yield bucket["key"], bucket["doc_count"]
