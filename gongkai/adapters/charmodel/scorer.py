"""The scorer that `text.wording` takes: suspects of a text, each with what was probably meant."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy
from ahocorasick_rs import AhoCorasick

from gongkai.adapters.charmodel.confusions import WORDS, confusions
from gongkai.adapters.charmodel.edits import (
    Edit,
    Places,
    Reading,
    doubled,
    exchanged,
    inserted,
    swapped,
)
from gongkai.adapters.charmodel.features import NAMES, Page, behind, figures, of_words
from gongkai.adapters.charmodel.judge import Judge
from gongkai.adapters.charmodel.mixture import Mixture
from gongkai.adapters.charmodel.openwords import proposed, ways
from gongkai.adapters.charmodel.prose import Prose
from gongkai.adapters.charmodel.words import Tag, counted, cut, ime, sentences, tags_of
from gongkai.text.levels import Level
from gongkai.text.wording import WordingFinding

# An edit is tried where the characters from its place on are less likely than this, and weighed
# where it makes them likelier by that (log10). Of the slips of the fitting set, these lose 2 %.
_TRIED = {"exchanged": -7.0, "swapped": -9.5, "missing": -3.0, "missing in words": -5.0}
_VERY = {"exchanged": -8.5, "missing": -4.5}
# Where words are counted, the model of statutes need not find a place as unlikely.
_TRIED_BY_WORDS = {"exchanged": -4.5, "missing": -1.5}
_LIKELIER_BY_WORDS = {"exchanged": 2.0, "missing": -0.5}
# What makes the counted words around less likely than that is dropped: of the slips 2 %.
_LIKELIER = {"exchanged": 1.6, "swapped": 0.0, "doubled": 1.0, "missing": -1.0}
_WEIGHED = {"exchanged": 1.2, "swapped": 0.6, "doubled": 2.0, "missing": -1.5}
_SURE_MISSING = 2.0
_BROKEN = NAMES.index("broken_to_word")
_HAN = re.compile("[一-鿿]")
_LEFT, _RIGHT = re.compile("[一-鿿]*$"), re.compile("[一-鿿]*")  # shown with a finding
# 件件有着落: said twice to mean each; 以查促改: put together anew by whoever writes.
_USAGES = (
    re.compile(r"([一-鿿])\1(?=[有都皆要见])"),
    re.compile("以[一-鿿][促带补代养助兴治][一-鿿]"),
)
_PORTION = 20_000  # characters read at once, so that a long text needs no more memory


@dataclass(frozen=True, slots=True)
class Weighed:
    """An edit at its place in the text, with its figures."""

    edit: Edit
    start: int
    end: int
    figures: list[float]


class TypoScorer:
    """Finds characters exchanged, swapped, doubled and left out by how unlikely they are."""

    def __init__(
        self, chances: Mixture, judge: Judge, names: Collection[str] = (), *, with_ime: bool = True
    ) -> None:
        """Take a model, the judge's weights and the county's names: in these nothing is told."""
        self._chances, self._judge = chances, judge
        self._names = AhoCorasick([name for name in names if len(name) > 1])
        self._ime = ime() if with_ime else None

    def suspects(self, text: str) -> Iterator[WordingFinding]:
        """Yield what the model takes for slips, each advisory, in order and apart."""
        least = self._judge.least(self._ime is not None, self._chances.learned)
        for at, part in _portions(text):
            weighed = self.weighed(part)
            scores = self._judge.scores([one.figures for one in weighed], self._ime is not None)
            likely = [
                (score, one) for score, one in zip(scores, weighed, strict=True)
                if score >= least
            ]  # fmt: skip
            for one in _apart(likely):
                yield _told(part, one, at)

    def weighed(self, text: str) -> list[Weighed]:
        """Return the edits worth weighing, with their figures; the judge is fitted to these."""
        prose = Prose.read(text)
        reading = Reading(prose, self._chances)
        shown = "".join(chr(int(code)) if code > 3 else "\n" for code in prose.codes)
        rarity = self._chances.singly[numpy.minimum(prose.codes, 0xFFFF).astype("int64")]
        page = Page(text, reading, shown.replace("\n", "。"), rarity, self._chances.singly)
        edits = [
            one
            for one in self._edits(reading, shown)
            if one.how & WORDS or one.gain >= _WEIGHED[one.kind]
        ]
        best: dict[int, float] = {}
        for one in edits:
            for at in range(one.start, max(one.end, one.start + 1)):
                best[at] = max(best.get(at, one.gain), one.gain)
        masked, tags = self._masked(text), _Tags(text)
        placed = [one for one in (_placed(prose, one, masked) for one in edits) if one is not None]
        counts = [of_words(page, one.edit, (one.start, one.end), counted) for one in placed]
        kept, figured = [], []
        for one, told in zip(placed, counts, strict=True):
            if told[0] >= _LIKELIER[one.edit.kind] and self._weigh(page, one, best, tags):
                kept.append(one)
                figured.append(told)
        _join(kept, figured)
        if self._ime is not None:
            read = self._ime
            _join(kept, [of_words(page, one.edit, (one.start, one.end), read) for one in kept])
        return kept

    def _edits(self, reading: Reading, shown: str) -> Iterator[Edit]:
        prose = reading.prose
        han = numpy.flatnonzero(prose.han)
        single, begins = _words(shown)
        cuts = ways(shown)
        loose = cuts.single
        beside = prose.han[han - 1]
        # At the end of a sentence there are fewer characters to be unlikely.
        left = numpy.minimum(prose.last[han] - han + 1, 3) / 3
        told = reading.told(han, 3) / left
        tried = single[han] & (told < _TRIED["exchanged"])
        tried |= loose[han] & (told < _TRIED_BY_WORDS["exchanged"])
        words = dict(proposed(prose.codes, cuts, han[tried], 1, _LIKELIER_BY_WORDS["exchanged"]))
        very = told[tried] < _VERY["exchanged"]
        yield from exchanged(reading, han[tried], confusions(), very, words)
        unlikely = reading.told(han, 4) < _TRIED["swapped"]
        yield from swapped(reading, han[unlikely & prose.han[han + 1]])
        # 公开开展: the end of one word and the beginning of the next, nothing said twice.
        two_words = begins[han] & ~single[han] & ~single[han - 1]
        yield from doubled(reading, han[beside & ~two_words])
        gaps = numpy.flatnonzero(prose.gaps)
        alone: Places = single[gaps] & prose.han[gaps] | single[gaps - 1] & prose.han[gaps - 1]
        told = reading.told(gaps, 2)
        tried = told < numpy.where(alone, _TRIED["missing"], _TRIED["missing in words"])
        beside = loose[gaps] & prose.han[gaps] | loose[gaps - 1] & prose.han[gaps - 1]
        tried |= beside & (told < _TRIED_BY_WORDS["missing"])
        words = dict(proposed(prose.codes, cuts, gaps[tried], 0, _LIKELIER_BY_WORDS["missing"]))
        yield from inserted(reading, gaps[tried], told[tried] < _VERY["missing"], words)

    def _weigh(self, page: Page, one: Weighed, best: dict[int, float], tags: "_Tags") -> bool:
        """Take the figures of an edit; say whether it is worth more."""
        edit, han = one.edit, page.reading.prose.han
        beside = edit.kind in {"missing", "doubled"} and bool(han[edit.start - 1])
        stop = max(one.end, one.start + int(han[edit.start]))
        told = figures(page, edit, best[edit.start], tags.at(range(one.start - beside, stop)))
        one.figures.extend(told)
        sure = edit.gain >= _SURE_MISSING or edit.how & WORDS or told[_BROKEN]
        return edit.kind != "missing" or bool(sure)

    def _masked(self, text: str) -> set[int]:
        found = self._names.find_matches_as_indexes(text, overlapping=True)
        spans = [(start, end) for _, start, end in found]
        spans += [match.span() for pattern in _USAGES for match in pattern.finditer(text)]
        return set(chain.from_iterable(range(start, end) for start, end in spans))


def _placed(prose: Prose, edit: Edit, masked: set[int]) -> Weighed | None:
    """Return an edit at its place in the text; None where nothing is told."""
    at, han = prose.at, prose.han
    start = int(at[edit.start]) if han[edit.start] else int(at[edit.start - 1]) + 1
    end = int(at[edit.end - 1]) + 1 if edit.end > edit.start else start
    missing = edit.kind == "missing"
    before = missing and bool(han[edit.start - 1])
    touched = range(start - before, max(end, start + int(han[edit.start])))
    hidden = masked.issuperset(touched) if missing else not masked.isdisjoint(touched)
    return None if hidden else Weighed(edit, start, end, [])


def _join(kept: list[Weighed], told: list[list[float]]) -> None:
    """Add to the figures of edits those of a model of words."""
    behind([(one.start, each) for one, each in zip(kept, told, strict=True)])
    for one, each in zip(kept, told, strict=True):
        one.figures.extend(each)


class _Tags:
    """The kinds of words of a text; a sentence is read when first asked for."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._sentences: list[str] = []
        for at, sentence in sentences(text):
            self._starts.append(at)
            self._sentences.append(sentence)
        self._read: dict[int, list[Tag]] = {}

    def at(self, places: range) -> list[Tag]:
        number = int(numpy.searchsorted(self._starts, places[-1], side="right")) - 1
        if number < 0:
            return []
        if number not in self._read:
            self._read[number] = tags_of(self._sentences[number])
        tags, first = self._read[number], self._starts[number]
        return [tags[at - first] for at in places if 0 <= at - first < len(tags)]


def _portions(text: str) -> Iterator[tuple[int, str]]:
    """Yield (place, portion), cut at the end of a line or sentence where there is one."""
    at = 0
    while at < len(text):
        end = min(at + _PORTION, len(text))
        if end < len(text):
            stop = max(text.rfind(mark, at, end) for mark in "\n。；")
            end = stop + 1 if stop > at else end
        yield at, text[at:end]
        at = end


def _words(shown: str) -> tuple[Places, Places]:
    """Return where a character is a word by itself, and where a word begins."""
    single, begins = numpy.zeros((2, len(shown)), dtype=bool)
    at = 0
    for word in cut(shown):
        single[at], begins[at] = len(word) == 1, True
        at += len(word)
    return single, begins


def _apart(likely: list[tuple[float, Weighed]]) -> list[Weighed]:
    """Return the likeliest of those that touch."""
    kept: list[Weighed] = []
    taken: set[int] = set()
    for _, one in sorted(likely, key=lambda each: -each[0]):
        places = range(one.start - 1, one.end + 2)
        if taken.isdisjoint(places):
            kept.append(one)
            taken.update(range(one.start, one.end + 1))
    return sorted(kept, key=lambda one: one.start)


def _between(whole: tuple[re.Match[str] | None, re.Match[str] | None], word: str) -> str:
    return word.join(match[0] if match else "" for match in whole)


def _told(text: str, one: Weighed, at: int) -> WordingFinding:
    start, end, put = one.start, one.end, one.edit.put
    if one.edit.kind == "missing":  # told by its neighbours, of which one may be no character
        left, right = _HAN.match(text, start - 1) if start else None, _HAN.match(text, end)
        start, end = start - bool(left), end + bool(right)
        put = text[start : one.start] + put + text[one.end : end]
    elif one.edit.kind == "doubled":
        start, put = start - 1, text[start - 1]
    found = text[start:end]
    whole = _LEFT.search(text, max(0, start - 2), start), _RIGHT.match(text, end, end + 2)
    message = _MESSAGES[one.edit.kind].format(
        found=found, put=put, was=_between(whole, found), now=_between(whole, put)
    )
    return WordingFinding(
        at + start, at + end, found, put, f"typo.model.{one.edit.kind}", Level.ADVISORY, message
    )


_MESSAGES = {
    "exchanged": "疑似错字：“{was}”疑为“{now}”",
    "swapped": "疑似颠倒：“{was}”疑为“{now}”",
    "doubled": "疑似多字：“{was}”疑为“{now}”",
    "missing": "疑似漏字：“{was}”疑为“{now}”",
}
