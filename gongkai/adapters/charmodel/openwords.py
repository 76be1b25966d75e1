"""Words that would stand at a place if one character there were another, or one more.

The model of statutes proposes what it has seen between two neighbours: 小程序 it has not. Counted
words of two to four characters are kept with each character left open in turn, so that what stands
around a place finds those that fit it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy
from numpy.typing import NDArray

from gongkai.adapters.charmodel.grams import Codes
from gongkai.adapters.charmodel.words import LONGEST, alone, counted_words, cutting

_LONGEST = 4  # characters of sixteen bits in a key
_MOST = {2: 60, 3: 30, 4: 30}  # of each pattern, the likeliest; two characters fit many
_KEPT = {1: 3, 0: 6}  # of each place, by how many characters are replaced
Places = NDArray[numpy.int64]
Chances = NDArray[numpy.float64]


@dataclass(frozen=True, slots=True)
class Ways:
    """The likeliest way of cutting a text into counted words: log10 of its chance.

    `before` is that of all before each place, `behind` of all from it on; `single` says which
    characters are words by themselves in it.
    """

    before: Chances
    behind: Chances
    single: NDArray[numpy.bool_]


def ways(shown: str) -> Ways:
    """Return the ways of cutting a text; what is not Chinese costs nothing and parts words."""
    before, lengths = cutting(shown)
    single = numpy.zeros(len(shown), dtype=bool)
    end = len(shown)
    while end:
        single[end - 1] = lengths[end] == 1 and alone(shown[end - 1]) < 0
        end -= lengths[end]
    return Ways(numpy.array(before), numpy.array(_backward(shown)), single)


def _backward(shown: str) -> list[float]:
    known, size = counted_words(), len(shown)
    best = [0.0] * (size + 1)
    for start in range(size - 1, -1, -1):
        likeliest = best[start + 1] + alone(shown[start])
        for length in range(2, min(LONGEST, size - start) + 1):
            chance = known.get(shown[start : start + length])
            if chance is not None and best[start + length] + chance > likeliest:
                likeliest = best[start + length] + chance
        best[start] = likeliest
    return best


@lru_cache(maxsize=1)
def _patterns() -> tuple[Codes, Codes, Chances]:
    """Return the patterns in order, what each leaves open, the likeliest first, and its chance."""
    keys: list[Codes] = []
    opened: list[Codes] = []
    chances: list[Chances] = []
    for length in range(2, _LONGEST + 1):
        told = [each for each in counted_words().items() if len(each[0]) == length]
        joined = "".join(word for word, _ in told).encode("utf-32-le")
        codes = numpy.frombuffer(joined, "<u4").reshape(-1, length).astype("uint64")
        for place in range(length):
            left_open = codes.copy()
            left_open[:, place] = 0
            keys.append(_packed(left_open.T))
            opened.append(codes[:, place])
            chances.append(numpy.array([chance for _, chance in told]))
    whole, chance = numpy.concatenate(keys), numpy.concatenate(chances)
    order = numpy.lexsort((-chance, whole))
    return whole[order], numpy.concatenate(opened)[order], chance[order]


def _packed(columns: NDArray[numpy.uint64]) -> Codes:
    key = numpy.zeros(columns.shape[1], dtype="uint64")
    for column in columns:
        key = (key << numpy.uint64(16)) | column
    return key


def proposed(
    codes: Codes, found: Ways, at: Places, width: int, least: float
) -> Iterator[tuple[int, list[int]]]:
    """Yield (number of the place, characters) that make the text likelier by `least` and more.

    `width` characters at each place are replaced: one, or none where one is put in.
    """
    told = [*_fitting(codes, found, at, width)]
    number, option, gain = (numpy.concatenate(column) for column in zip(*told, strict=True))
    kept = gain >= least
    number, option, gain = number[kept], option[kept], gain[kept]
    order = numpy.lexsort((-gain, number))
    best: dict[int, list[int]] = {}
    for one, put in zip(number[order].tolist(), option[order].tolist(), strict=True):
        options = best.setdefault(one, [])
        if len(options) < _KEPT[width] and put not in options:
            options.append(put)
    yield from best.items()


def _fitting(
    codes: Codes, found: Ways, at: Places, width: int
) -> Iterator[tuple[Places, Codes, Chances]]:
    """Yield for each kind of pattern the numbers of places, the characters and their gains."""
    keys, opened, chances = _patterns()
    plain, size = numpy.minimum(codes, 0xFFFF), len(codes)
    whole = found.before[-1]
    for length in range(2, _LONGEST + 1):
        for place in range(length):
            first, behind = at - place, at + width + length - 1 - place
            inside = numpy.flatnonzero((first >= 0) & (behind <= size))
            columns = numpy.zeros((length, len(inside)), dtype="uint64")
            for column in range(length):
                if column != place:
                    step = column - place + (width - 1 if column > place else 0)
                    columns[column] = plain[at[inside] + step]
            wanted = _packed(columns)
            start = numpy.searchsorted(keys, wanted, "left")
            stop = numpy.searchsorted(keys, wanted, "right")
            counts = numpy.minimum(stop - start, _MOST[length])
            where = numpy.repeat(numpy.arange(len(inside)), counts)
            offset = numpy.arange(len(where)) - numpy.repeat(numpy.cumsum(counts) - counts, counts)
            entry = start[where] + offset
            number = inside[where]
            around = found.before[first[number]] + found.behind[behind[number]] - whole
            yield number, opened[entry], around + chances[entry]
