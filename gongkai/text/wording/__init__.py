"""Wrong words and marks in official prose: a rule pack, and checks of marks, days and figures.

政府网站与政务新媒体检查指标 (国办秘函〔2019〕19号) counts wrong words against a site; GB/T 15834
and GB/T 15835 say how marks and figures are written, 党政机关公文格式 how document numbers are.
Words are rules as data, held for the day of the text (see `packs`); the rest is computed.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Protocol

from ahocorasick_rs import AhoCorasick

from gongkai.text.levels import Level
from gongkai.text.wording.days import wrong_days
from gongkai.text.wording.documents import wrong_document_numbers
from gongkai.text.wording.figures import wrong_rates, wrong_sums, wrong_units
from gongkai.text.wording.formulas import wrong_formulas
from gongkai.text.wording.marks import repeated, wrong_marks
from gongkai.text.wording.orders import wrong_orders
from gongkai.text.wording.packs import FIRST_PACK
from gongkai.text.wording.pairing import unpaired
from gongkai.text.wording.rules import Check, Phrase, WordingFinding

__all__ = ["FIRST_PACK", "Level", "Phrase", "Scorer", "Wording", "WordingFinding"]

_CHECKS: tuple[Check, ...] = (
    unpaired,
    wrong_marks,
    repeated,
    wrong_document_numbers,
    wrong_days,
    wrong_rates,
    wrong_sums,
    wrong_units,
    wrong_orders,
    wrong_formulas,
)


class Scorer(Protocol):
    """A model that suspects characters by how unlikely they are where they stand."""

    def suspects(self, text: str) -> Iterable[WordingFinding]:
        """Return what the model takes for slips, each advisory."""
        ...


class Wording:
    """A checker: build it once, it holds no text."""

    def __init__(
        self,
        rules: Iterable[Phrase] = FIRST_PACK,
        *,
        allow: Collection[str] = (),
        scorer: Scorer | None = None,
    ) -> None:
        """Take rules, the words an office allows, and a model where there is one.

        A finding inside an allowed word is not told: place names, firms, terms of a trade.

        Raises:
            ValueError: two rules have the same id.
        """
        self._rules: dict[str, list[Phrase]] = {}
        for rule in rules:
            self._rules.setdefault(rule.wrong, []).append(rule)
        ids = [rule.rule for each in self._rules.values() for rule in each]
        if len(set(ids)) != len(ids):
            raise ValueError("two wording rules have the same id")
        self._words = list(self._rules)
        self._matcher = AhoCorasick(self._words)
        self._allow = AhoCorasick([word for word in allow if word])
        self._scorer = scorer

    def check(self, text: str, on: date) -> list[WordingFinding]:
        """Return what is wrong in a text of the day `on`, in order, without overlaps."""
        found = [*self._words_in(text, on)]
        for check in _CHECKS:
            found += check(text)
        if self._scorer is not None:
            found += self._scorer.suspects(text)
        allowed = self._allow.find_matches_as_indexes(text, overlapping=True)
        if allowed:
            found = [one for one in found if not _inside(one, allowed)]
        return _apart(found)

    def _words_in(self, text: str, on: date) -> Iterator[WordingFinding]:
        for number, start, end in self._matcher.find_matches_as_indexes(text, overlapping=True):
            for rule in self._rules[self._words[number]]:
                if rule.holds_on(on) and rule.fits(text, start, end):
                    yield rule.at(text, start, end)
                    break


def _inside(one: WordingFinding, allowed: Iterable[tuple[int, int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for _, start, end in allowed)


def _apart(found: list[WordingFinding]) -> list[WordingFinding]:
    """Return findings that do not overlap: the graver first, then the longer."""
    found.sort(key=lambda one: (one.level is not Level.BLOCKING, one.start - one.end, one.start))
    kept: list[WordingFinding] = []
    taken: set[int] = set()
    for one in found:
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
