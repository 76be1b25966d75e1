"""What may have been meant by a query that finds nothing: one character off, or pinyin.

Guesses come from words that are easily confused, characters that sound alike, two characters
in each other's place, one too many, and what stands between their neighbours in titles. The
engine counts what each guess finds; the likeliest that finds anything is offered.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from gongkai.adapters.searchindex.suggesting import letters_of
from gongkai.text.readings import homophones, says
from gongkai.text.segmentation import CJK_CHARACTER, fold
from gongkai.text.wording.packs.confusable import CONFUSABLE
from gongkai.text.wording.packs.typos import TYPOS

LONGEST = 16
MOST_GUESSES = 400
_SURE, _SOUND, _ORDER, _OTHER = 8, 4, 3, 1


@cache
def _confused() -> tuple[tuple[str, str], ...]:
    pairs = ((each.wrong, each.right) for each in (*TYPOS, *CONFUSABLE))
    return tuple((wrong, right) for wrong, right in pairs if wrong and right)


@dataclass(frozen=True, slots=True)
class Titles:
    """What titles hold: which characters follow one, whether one follows another."""

    following: Callable[[str], Iterable[str]]
    together: Callable[[str, str], bool]


def guesses(typed: str, titles: Titles | None) -> dict[str, int]:
    """Return other spellings of a query and how likely each is, more than 0.

    Without `titles` no guess is made from what stands between two characters there.
    """
    text = fold(typed.strip())
    if not 2 <= len(text) <= LONGEST or not CJK_CHARACTER.search(text):
        return {}
    found: dict[str, int] = {}
    for weight, texts in (
        (_SURE, _exchanged(text)),
        (_SOUND, _sounding(text)),
        (_ORDER, _swapped(text)),
        (_OTHER, _shortened(text)),
        (_OTHER, _between(text, titles) if titles else ()),
    ):
        for each in texts:
            if each != text:
                found.setdefault(each, weight)
    return found


def likeliest(found: Iterable[tuple[int, int, str]]) -> str:
    """Return the best of guesses given as (weight, records found, guess), "" when none finds."""
    telling = [each for each in found if each[1] > 0]
    return max(telling)[2] if telling else ""


def spelled_out(typed: str, titles: Iterable[str]) -> str:
    """Return the characters of a title that typed pinyin spells, "" when it is no pinyin."""
    letters = letters_of(typed)
    for title in titles if len(letters) > 1 else ():
        at = says(title, letters)
        if at:
            return title[at[0] : at[1]]
    return ""


def _exchanged(text: str) -> Iterator[str]:
    for wrong, right in _confused():
        if wrong in text:
            yield text.replace(wrong, right)


def _chinese(text: str) -> Iterator[int]:
    return (place for place, char in enumerate(text) if CJK_CHARACTER.match(char))


def _sounding(text: str) -> Iterator[str]:
    for place in _chinese(text):
        for other in homophones(text[place]):
            yield text[:place] + other + text[place + 1 :]


def _swapped(text: str) -> Iterator[str]:
    for place in range(len(text) - 1):
        yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _shortened(text: str) -> Iterator[str]:
    if len(text) > 2:
        for place in _chinese(text):
            yield text[:place] + text[place + 1 :]


def _between(text: str, titles: Titles) -> Iterator[str]:
    """Yield the text with another, or with one more, character behind each of its characters."""
    for place in _chinese(text):
        head, tail = text[: place + 1], text[place + 1 :]
        for char in titles.following(text[place]) if tail else ():
            if len(tail) > 1 and titles.together(char, tail[1]):
                yield head + char + tail[1:]
            if titles.together(char, tail[0]):
                yield head + char + tail
