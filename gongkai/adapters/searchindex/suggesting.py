"""What goes on from what somebody types: titles and names, by characters or by pinyin.

The engine looks by `asked`; which titles and names to show is chosen here from the first hits.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.text.phrases import finder, phrase
from gongkai.text.readings import GROUP, otherwise, says, split_syllables
from gongkai.text.segmentation import fold

LOOKED_AT = 60
LONGEST = 30
_LETTERS = re.compile(r"[a-z][a-z' ]*")


@dataclass(frozen=True, slots=True)
class Sounded:
    """Terms one after the other in a field; `opening` is the pattern of the last one, or ""."""

    field: str
    terms: tuple[str, ...]
    opening: str = ""


def letters_of(typed: str) -> str:
    """Return typed pinyin without blanks and apostrophes, "" when it is anything else."""
    plain = fold(typed.strip())[:LONGEST]
    return re.sub("[' ]", "", plain) if _LETTERS.fullmatch(plain) else ""


def asked(typed: str) -> tuple[Sounded, ...]:
    """Return what to look for, any of it; () when too little was typed."""
    letters = letters_of(typed)
    if letters:
        return (*_syllables(letters), *_initials(letters), *_characters(typed))
    return tuple(_characters(typed))


def _characters(typed: str) -> Iterator[Sounded]:
    what = phrase(typed[:LONGEST])
    if what:
        for field in ("title", "names"):
            yield Sounded(field, what.terms, what.opening if what.open else "")


def _syllables(letters: str) -> Iterator[Sounded]:
    split = split_syllables(letters)
    if not split or split == (letters[0],):
        return
    spoken = [split]
    for place, syllable in enumerate(split):
        spoken += [(*split[:place], other, *split[place + 1 :]) for other in otherwise(syllable)]
    for each in spoken:
        yield Sounded("syllables", each, f"{each[-1]}[a-z]*")


def _initials(letters: str) -> Iterator[Sounded]:
    if len(letters) == GROUP - 1:
        yield Sounded("initials", (letters,), f"{letters}.?")
    elif GROUP <= len(letters) <= LONGEST // 2:
        groups = (letters[place : place + GROUP] for place in range(len(letters) - GROUP + 1))
        yield Sounded("initials", tuple(groups))


def chosen(typed: str, found: Iterable[tuple[str, tuple[str, ...]]], limit: int) -> tuple[str, ...]:
    """Return what to show of titles with their names: names first, what begins so before others."""
    ranked: dict[str, tuple[bool, bool, int]] = {}
    for title, names in found:
        for text, is_title in ((title, True), *((name, False) for name in names)):
            at = _where(text, typed)
            if at is not None:
                ranked.setdefault(text, (at > 0, is_title, len(text)))
    return tuple(sorted(ranked, key=lambda text: ranked[text])[:limit])


def _where(text: str, typed: str) -> int | None:
    letters = letters_of(typed)
    if letters:
        spelled = says(text, letters)
        if spelled:
            return spelled[0]
    pattern = finder(typed)
    at = pattern.search(fold(text)) if pattern else None
    return at.start() if at else None
