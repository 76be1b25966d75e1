"""How Chinese is read in pinyin, for suggesting while somebody types letters.

Terms as in `segmentation`: `syllables` of a title are found by the phrase of typed syllables,
`initials` are groups of three first letters, so that a phrase of groups finds any row of them.
"""

import re
from collections.abc import Iterator
from functools import cache

from gongkai.text.readings_data import SYLLABLES
from gongkai.text.segmentation import fold

GROUP = 3
_SYLLABLE = re.compile(r"([a-z]+)([^a-z+\s]*)\+?([^a-z\s]*)")
_LONGEST = 6


@cache
def _by_character() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for syllable, usual, _ in _SYLLABLE.findall(SYLLABLES):
        found |= dict.fromkeys(usual, (syllable,))
    for syllable, _, second in _SYLLABLE.findall(SYLLABLES):
        for char in second:
            found[char] = (*found.get(char, ()), syllable)
    return found


@cache
def _by_syllable() -> dict[str, str]:
    return {syllable: usual + second for syllable, usual, second in _SYLLABLE.findall(SYLLABLES)}


def readings(char: str) -> tuple[str, ...]:
    """Return the syllables a character is read as, the usual first; () when it is not known."""
    return _by_character().get(char, ())


def otherwise(syllable: str) -> tuple[str, ...]:
    """Return the usual readings of characters that may be read as this syllable too.

    Terms hold the usual reading alone: who types hang for 行 is looked for under xing as well.
    """
    usual = (readings(char)[0] for char in _by_syllable().get(syllable, ""))
    return tuple(dict.fromkeys(each for each in usual if each != syllable))


def homophones(char: str) -> str:
    """Return the characters that may be read as this one is, itself left out."""
    return "".join(_by_syllable()[each] for each in readings(char)).replace(char, "")


def spoken(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the readings of each character; letters and digits stand for themselves.

    Anything else ends a run and yields ().
    """
    for char in fold(text):
        if char.isascii() and char.isalnum():
            yield (char,)
        elif not char.isspace():
            yield readings(char)


def _runs(text: str) -> Iterator[list[str]]:
    run: list[str] = []
    for each in spoken(text):
        if each:
            run.append(each[0])
        elif run:
            yield run
            run = []
    if run:
        yield run


def syllable_terms(text: str) -> str:
    """Return the syllables of a text joined by blanks; "." stands between runs."""
    return " . ".join(" ".join(run) for run in _runs(text))


def initial_terms(text: str) -> str:
    """Return groups of first letters, one beginning at each character, "." between runs."""
    groups = []
    for run in _runs(text):
        letters = "".join(each[0] for each in run)
        groups.append(" ".join(letters[place : place + GROUP] for place in range(len(letters))))
    return " . ".join(groups)


def split_syllables(typed: str) -> tuple[str, ...]:
    """Return typed letters as syllables, the last one possibly not finished; () if they are none.

    The longest syllable wins unless the rest then makes no sense: xian is one, fangan is fang an.
    """
    letters = typed.lower().replace("ü", "v")
    return _split(letters) if letters.isascii() and letters.isalpha() else ()


def _split(letters: str) -> tuple[str, ...]:
    """Return the split of letters, found from the end so that no path is tried twice."""
    known = _by_syllable()
    starts = {syllable[:length] for syllable in known for length in range(1, len(syllable) + 1)}
    best: dict[int, tuple[str, ...]] = {len(letters): ()}
    for place in range(len(letters) - 1, -1, -1):
        for length in range(min(_LONGEST, len(letters) - place), 0, -1):
            piece, end = letters[place : place + length], place + length
            last = end == len(letters)
            if end not in best or not (piece in known or (last and piece in starts)):
                continue
            if place not in best or len(best[end]) + 1 < len(best[place]):
                best[place] = (piece, *best[end])
    return best.get(0, ())


def says(text: str, letters: str) -> tuple[int, int] | None:
    """Return where the characters stand that typed letters spell, None when nowhere.

    Letters may be whole syllables, first letters or both (jaxian); the last syllable may be
    unfinished.
    """
    spelled = [readings(char) or (char,) for char in fold(text)]
    if len(spelled) != len(text):
        return None
    for start in range(len(spelled)):
        end = _spelt(spelled, start, letters)
        if end is not None:
            return start, end
    return None


def _spelt(spelled: list[tuple[str, ...]], start: int, letters: str) -> int | None:
    """Return behind which character all letters are used up."""
    open_ends = {start: {letters}}
    for place in range(start, len(spelled)):
        rests: set[str] = set()
        for rest in open_ends.pop(place, set()):
            for reading in spelled[place]:
                if reading.startswith(rest):
                    return place + 1
                if rest.startswith(reading):
                    rests.add(rest[len(reading) :])
                if rest[0] == reading[0]:
                    rests.add(rest[1:])
        if not rests:
            return None
        open_ends[place + 1] = rests
    return None
