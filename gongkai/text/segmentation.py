"""Text made into terms that find every substring: folding, units, bigrams.

A *unit* is a character of Chinese, Japanese or Korean, or a whole run of letters, or a whole
number (1,432 and 12.5 are one). Every unit begins exactly one *term*: a character joins the
character after it, a run or a number joins the character after it, and stands alone where a
mark, a number or the end follows. So 赣府〔2020〕49号 is 赣府 府 2020 49号 号: the phrase of any
substring that cuts no number and no run finds it, and 49号 does not find 149号. Marks are never
terms; what follows from where a unit stands alone is that all brackets and all stops are one.

Folding is NFKC, small letters, no accents, traditional and variant characters as the usual
ones (`variants_data`), 零 and ○ as 〇. It is done character by character, so that every place
in the folded text has its place in the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from operator import add

from ahocorasick_rs import AhoCorasick

from gongkai.text.frequent_data import FREQUENT
from gongkai.text.variants_data import PAIRS

CJK = (
    "\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)*|\d+(?:\.\d+)*"
_WORD = rf"[^\W\d_{CJK}]+"
_PIECE = re.compile(rf"(?P<cjk>[{CJK}]+)|(?P<other>{_NUMBER}|{_WORD})")
_OTHER = re.compile(f"{_NUMBER}|{_WORD}")
# Private characters, which folding lets none of through; those of the first plane keep text small.
_STAND_INS = (*range(0xE000, 0xF900), *range(0xF0000, 0xFFFFE))
_NOT_CJK = re.compile(f"[^{CJK}]+")
COMMAS = re.compile("[,，]")
_MOST_BLANKED = 10_000
_BEHIND_BLANK = re.compile(" .")
_STOOD_IN = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd]")
_BLANK_BEFORE_CJK = re.compile(rf"\s+(?=[{CJK}])")
_LETTER_NOUGHT = re.compile("(?<=[〇一二三四五六七八九])[o0]+(?=[〇一二三四五六七八九年])")
_DROPPED = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_ENCLOSED = range(0x2460, 0x249C)  # ①, ⑴, ⒈ number paragraphs: marks, not part of a number
CJK_CHARACTER = re.compile(f"[{CJK}]")


class _Folding(dict[str, str]):
    """What each character folds to, found once."""

    def __missing__(self, char: str) -> str:
        folded = self[char] = _folded(char)
        return folded


_VARIANTS = {pair[0]: pair[1] for pair in PAIRS.split()}


def _ranges(codes: Iterable[int]) -> str:
    """Return ascending codes as the inside of a character class."""
    found: list[list[int]] = []
    for code in codes:
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


# What folds to itself is passed over by the million: small letters, digits, marks, common Chinese.
# One class without alternatives is three times as fast as two.
_ITSELF = r"\t\n\r -@\[-~、。〈-】〔〕“”‘’—…·，：；！？（）"
_COMMON = _ranges(code for code in range(0x4E00, 0xA000) if chr(code) not in _VARIANTS)
_FOLDS = re.compile(f"[^{_ITSELF}{_COMMON}]")


def _folded(char: str) -> str:
    if _DROPPED.match(char) or unicodedata.category(char) in ("Mn", "Me", "Cs"):
        return ""
    if ord(char) in _ENCLOSED or unicodedata.category(char) == "Co":
        return "·"
    if unicodedata.category(char) == "Cc":
        return " "
    apart = unicodedata.normalize("NFKD", char)
    plain = "".join(part for part in apart if unicodedata.category(part) != "Mn")
    together = unicodedata.normalize("NFKC", plain or apart).lower()
    return "".join(_VARIANTS.get(part, part) for part in together)


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its characters, the place of its origin in the text.

    `origins` is None when nothing moved: every place is then its own.
    """

    text: str
    length: int
    origins: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the places in the text of a stretch of the folded text, `start` < `end`."""
        if self.origins is None:
            return start, end
        after = self.origins[end] if end < len(self.origins) else self.length
        last = self.origins[end - 1]
        return self.origins[start], max(after, last + 1)


def fold(text: str) -> str:
    """Return the text as it is compared; its places may differ, see `fold_with_places`."""
    folded = _FOLDS.sub(_fold_one, text)
    if "o" in folded or "0" in folded:
        folded = _LETTER_NOUGHT.sub(_noughts, folded)
    return folded


def _fold_one(found: re.Match[str]) -> str:
    return _FOLDING[found[0]]


def _noughts(found: re.Match[str]) -> str:
    return "〇" * len(found[0])


def fold_with_places(text: str) -> Folded:
    """Return the folded text together with the places of its characters in `text`."""
    folded = fold(text)
    if folded == text:
        return Folded(folded, len(text))
    changed = set(_FOLDS.findall(text))
    if all(len(_FOLDING[char]) == 1 for char in changed):
        return Folded(folded, len(text))
    widths = {char: len(_FOLDING[char]) for char in changed}
    origins = [place for place, char in enumerate(text) for _ in range(widths.get(char, 1))]
    return Folded(folded, len(text), tuple(origins))


def terms(text: str) -> str:
    """Return the terms of a text in their order, with blanks between, for a whitespace analyser.

    The terms of a `phrases.Phrase` find it.
    """
    return _terms(*_prepared(fold(text)))


def indexed(text: str) -> str:
    """Return the terms of a text and behind them the words of `frequent_data` that stand in it.

    Such a word has three characters of Chinese and more, which no other term has.
    """
    prepared, words = _prepared(fold(text))
    there = _frequent().find_matches_as_indexes(prepared, overlapping=True)
    return " ".join([_terms(prepared, words), *(FREQUENT[place] for place, _, _ in there)])


@cache
def _frequent() -> AhoCorasick:
    return AhoCorasick(FREQUENT)


def _prepared(folded: str) -> tuple[str, dict[str, str]]:
    """Return a folded text with a private character for each number and each run of letters.

    What is no unit is one blank. With it comes which word each private character stands for.
    """
    words: dict[str, str] = {}

    def put_between(found: re.Match[str]) -> str:
        stretch = found[0]
        known = _BLANKED.get(stretch)
        return _set_apart(stretch, words) if known is None else known

    return _NOT_CJK.sub(put_between, folded), {char: word for word, char in words.items()}


def _terms(prepared: str, words: Mapping[str, str]) -> str:
    """Return the terms: each character joined to the one behind it, nothing behind a blank.

    A loop over characters would be most of the cost of an index, hence the private characters.
    """
    behind = _BEHIND_BLANK.sub("  ", prepared)[1:] + " "
    pairs = " ".join(map(add, prepared, behind))
    return _STOOD_IN.sub(lambda found: words[found[0]], pairs) if words else pairs


_BLANKED: dict[str, str] = {}  # marks as they often stand together, and what they become


def _set_apart(stretch: str, words: dict[str, str]) -> str:
    """Return what stands for a stretch without Chinese; its words are put into `words`."""
    end = 0
    parts: list[str] = []
    for found in _OTHER.finditer(stretch):
        word = COMMAS.sub("", found[0])
        parts.append(words.setdefault(word, chr(_STAND_INS[len(words)])))
        end = found.end()
    if not parts:
        blanked = "" if stretch.isspace() else " "
        if len(_BLANKED) < _MOST_BLANKED and len(stretch) < 4:
            _BLANKED[stretch] = blanked
        return blanked
    return " " + " ".join(parts) + (" " if stretch[end:].strip() else "")


def joined(folded: str) -> str:
    """Return the folded text without the blanks before Chinese: lines and layout break no word."""
    return _BLANK_BEFORE_CJK.sub("", folded)


def units(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each unit of the folded text begins and ends, in folded places."""
    for piece in _PIECE.finditer(text):
        if piece.lastgroup == "cjk":
            yield from ((place, place + 1) for place in range(piece.start(), piece.end()))
        else:
            yield piece.span()
