"""The best of what is found without weighing all of it.

The engine weighs whatever it finds: of a common word hundreds of thousands of records. One with a
word in its title weighs more than others ever can, mostly. Then the titles are looked at alone, and
where as many of them as are wanted weigh more than any other record could, nothing is missing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur
from tantivy import Query as Asked

from gongkai.adapters.searchindex.documents import FINDING, RAISING
from gongkai.adapters.searchindex.tantivy_queries import (
    any_of,
    every,
    found_by,
    looked_up,
    raising,
    weighed,
)
from gongkai.text.phrases import Phrase
from gongkai.text.typed import Word

_K1 = 1.2  # of BM25, as tantivy has it: a term weighs less than (K1 + 1) times its rarity
_MARGIN = 1.001  # its sums are of single precision
_RARER = 5  # it pays where so many times more records have a word in their text than in their title


@dataclass(frozen=True, slots=True)
class Titled:
    """The query for what has a word in its title, and what no other record weighs more than."""

    asked: Asked
    others: float


def titled(searcher: tantivy.Searcher, words: Sequence[Word], records: int) -> Titled | None:
    """Return how to look at titles alone; None where it would not pay or nobody knows the others.

    `records` is how many the index holds, those taken out but not yet cleared away among them.
    """
    if any(word.number or word.since for word in words):
        return None
    phrases = [what for word in words for what in looked_up(word)]
    if not phrases or any(what.open for what in phrases):
        return None
    if _RARER * sum(_at_most(searcher, "title", each) for each in phrases) > min(
        sum(_at_most(searcher, "text", each) for each in looked_up(word)) for word in words
    ):
        return None
    fields = {**FINDING, **RAISING}
    del fields["title"]
    others = sum(
        weight * _rarity(searcher, field, each, records) * (_K1 + 1)
        for field, weight in fields.items()
        for each in phrases
    )
    in_title = any_of([weighed("title", each) for each in phrases])
    raised = [(Occur.Should, part) for part in raising(words, but="title")]
    asked = every([found_by(words, in_title=False), in_title])
    return Titled(Asked.boolean_query([(Occur.Must, asked), *raised]), others * _MARGIN)


def _terms(what: Phrase) -> Sequence[str]:
    return [what.word] if what.word else [term for _, term in what.telling]


def _at_most(searcher: tantivy.Searcher, field: str, what: Phrase) -> int:
    return min(searcher.doc_freq(field, term) for term in _terms(what))


def _rarity(searcher: tantivy.Searcher, field: str, what: Phrase, records: int) -> float:
    """Return the sum of the terms' inverse frequencies, as in BM25; 0 where one is in none."""
    numbers = [searcher.doc_freq(field, term) for term in _terms(what)]
    if not all(numbers):
        return 0.0
    return sum(math.log(1 + (records - each + 0.5) / (each + 0.5)) for each in numbers)
