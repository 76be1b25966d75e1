"""What is looked at in an edit before it is told: figures of the model, of words and of names."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy

from gongkai.adapters.charmodel.confusions import CORNERS, SHAPE, SOUND, WORDS
from gongkai.adapters.charmodel.edits import KINDS, Edit, Reading
from gongkai.adapters.charmodel.words import Run, Tag, cut

WINDOW = 7
_TAGS = (
    *("PER", "LOC", "ORG", "TIME", "nz", "nw", "n", "v", "vn", "a", "d", "m", "q", "t", "r"),
    *("u", "p", "c", "xc"),
)
_NUMERALS = frozenset("一二三四五六七八九十百千万亿两〇零")
_EACH = frozenset("有都是皆要见把")  # 件件有着落: said twice to mean each
_HAN = re.compile("[一-鿿]")
_USUAL = -2.0  # log10 of an ordinary character, where there is none to ask
_MOST = 4

_OF_WORDS: tuple[str, ...] = (  # of a model of words
    *("gain", "was", "is", "better", "gain_gain"),
    *(f"gain_{kind}" for kind in KINDS),
    *(f"better_{kind}" for kind in KINDS),
    *("words_fewer", "longest_was", "longest_is", "shortest_was", "shortest_is"),
    *("rarest_was", "rarest_is", "usual_was", "usual_is"),
    "behind_best",
)
NAMES: tuple[str, ...] = (
    *KINDS,
    *("sound", "shape", "corners", "free", "makes_word"),
    *("rank", "gain", "before", "after", "behind_best", "around"),
    *("longest_was", "longest_is", "words_fewer", "shortest_was", "shortest_is"),
    *("word_was", "word_is", "long_word_is", "broken_to_word", "broken_to_long_word"),
    *("rarity_was", "rarity_is", "rarity_left", "rarity_right"),
    *("numeral_was", "numeral_is", "mark_left", "mark_right"),
    *("chance_0", "chance_1", "chance_2"),
    *("gain_word_is", "gain_broken", "gain_around", "gain_sound", "gain_shape"),
    *(f"whole_{kind}" for kind in KINDS),
    "doubled_each",
    *(f"tag_{tag}" for tag in _TAGS),
    *("tag_longest", "tag_shortest", "tag_some_single", "tag_all_single"),
    *(f"counted_{name}" for name in _OF_WORDS),
)
IME_NAMES: tuple[str, ...] = tuple(f"ime_{name}" for name in _OF_WORDS)


@dataclass(frozen=True, slots=True)
class Page:
    """A text with all that is known of it before an edit is looked at; `shown` has no breaks."""

    text: str
    reading: Reading
    shown: str
    rarity: numpy.ndarray
    singly: numpy.ndarray


def figures(page: Page, edit: Edit, best: float, tags: list[Tag]) -> list[float]:
    """Return the figures of an edit in the order of NAMES, but for those of counted words.

    `best` is the best gain at its place.
    """
    kinds = [float(edit.kind == kind) for kind in KINDS]
    how = [float(edit.how & each > 0) for each in (SOUND, SHAPE, CORNERS)]
    how.append(float(edit.kind == "exchanged" and edit.how & ~WORDS == 0))
    how.append(float(edit.how & WORDS > 0))
    around = _around(page, edit)
    words = _words(page, edit)
    was, now = words[3], words[1]
    broken, word = float(was == 1), float(now >= 2)
    end = min(edit.end, len(page.shown) - 1)
    return [
        *kinds, *how,
        edit.rank, edit.gain, edit.before, edit.after, best - edit.gain, around,
        *words,
        float(words[0] >= 2), word, float(now >= 3), broken * word, broken * float(now >= 3),
        *_rarities(page, edit),
        *_marks(page, edit),
        *(float(page.reading.logs[min(edit.start + n, len(page.shown) - 1)]) for n in range(3)),
        edit.gain * word, edit.gain * broken, edit.gain * around,
        edit.gain * how[0], edit.gain * how[1],
        *(kind * float(was >= 2) for kind in kinds),
        kinds[2] * float(page.shown[end] in _EACH),
        *_tagged(tags),
    ]  # fmt: skip


def of_words(
    page: Page, edit: Edit, place: tuple[int, int], read: Callable[[str], Run]
) -> list[float]:
    """Return the figures of a model of words, but for the last.

    That one, how far an edit is behind the best at its place, is known when all are: `behind`.
    """
    text, (start, end) = page.text, place
    left, right = start, end
    while left > max(0, start - WINDOW) and _HAN.match(text[left - 1]):
        left -= 1
    while right < min(len(text), end + WINDOW) and _HAN.match(text[right]):
        right += 1
    now = text[left:start] + edit.put + text[end:right]
    old, new = read(text[left:right]), read(now)
    gain = new.chance - old.chance
    was, is_ = old.chance / max(right - left, 1), new.chance / max(len(now), 1)
    kinds = [float(edit.kind == kind) for kind in KINDS]
    at, gap = start - left, edit.kind == "missing"  # a gap has a word on either side
    longest, shortest, rarest, usual = _touching(old, at - gap, at + end - start + gap)
    longer, shorter, rarer, likelier = _touching(new, at, at + len(edit.put))
    return [
        gain, was, is_, is_ - was, gain * edit.gain,
        *(kind * gain for kind in kinds),
        *(kind * (is_ - was) for kind in kinds),
        float(len(old.words) - len(new.words)), longest, longer, shortest, shorter,
        rarest, rarer, usual, likelier,
    ]  # fmt: skip


def behind(told: list[tuple[int, list[float]]]) -> None:
    """Complete the figures of a model of words: how far each is behind the best at its place."""
    best: dict[int, float] = {}
    for start, each in told:
        best[start] = max(best.get(start, each[0]), each[0])
    for start, each in told:
        each.append(best[start] - each[0])


def _touching(read: Run, start: int, end: int) -> tuple[float, float, float, float]:
    """Return of the words that touch a place: longest, shortest, least likely, likeliest."""
    at, met, chances = 0, [], []
    for length, chance in zip(read.words, read.chances, strict=True):
        if at < max(end, start + 1) and at + length > start:
            met.append(length)
            chances.append(chance)
        at += length
    return (
        float(max(met, default=0)),
        float(min(met, default=0)),
        min(chances, default=0.0),
        max(chances, default=0.0),
    )


def _around(page: Page, edit: Edit) -> float:
    logs = page.reading.logs
    near = [*logs[max(2, edit.start - 6) : edit.start], *logs[edit.end + 2 : edit.end + 8]]
    return float(sum(near) / len(near)) if near else _USUAL


def _words(page: Page, edit: Edit) -> list[float]:
    """Return longest word before and after, words fewer, shortest word before and after."""
    left = page.shown[max(2, edit.start - WINDOW) : edit.start]
    right = page.shown[edit.end : min(len(page.shown) - 1, edit.end + WINDOW)]
    old, at = page.shown[edit.start : edit.end], len(left)
    beside = edit.kind in {"missing", "doubled"}
    was = _lengths(cut(left + old + right), at - beside, at + len(old) + (edit.kind == "missing"))
    now = _lengths(cut(left + edit.put + right), at - (edit.kind == "doubled"), at + len(edit.put))
    return [was[1], now[1], was[0] - now[0], was[2], now[2]]


def _lengths(words: list[str], start: int, end: int) -> tuple[float, float, float]:
    at, met = 0, []
    for word in words:
        if at < max(end, start + 1) and at + len(word) > start:
            met.append(len(word))
        at += len(word)
    longest, shortest = max(met, default=0), min(met, default=_MOST)
    return float(len(words)), float(min(longest, _MOST)), float(min(shortest, _MOST))


def _rarities(page: Page, edit: Edit) -> list[float]:
    rarity = page.rarity
    old = min(rarity[edit.start : edit.end].tolist(), default=0.0)
    new = min((float(page.singly[ord(one)]) for one in edit.put), default=0.0)
    end = min(edit.end, len(rarity) - 1)
    return [old, new, float(rarity[edit.start - 1]), float(rarity[end])]


def _marks(page: Page, edit: Edit) -> list[float]:
    old, han = page.shown[edit.start : edit.end], page.reading.prose.han
    return [
        float(any(one in _NUMERALS for one in old)),
        float(any(one in _NUMERALS for one in edit.put)),
        float(not han[edit.start - 1]),
        float(not han[min(edit.end, len(han) - 1)]),
    ]


def _tagged(tags: list[Tag]) -> list[float]:
    kinds = {kind for kind, _ in tags}
    lengths = [length for _, length in tags] or [0]
    return [
        *(float(tag in kinds) for tag in _TAGS),
        float(min(max(lengths), 5)),
        float(min(lengths)),
        float(min(lengths) == 1),
        float(max(lengths) == 1),
    ]
