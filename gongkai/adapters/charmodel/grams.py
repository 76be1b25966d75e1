"""A character 3-gram model in three sorted tables of hashes, looked up by numpy alone.

Arrays for n = 1, 2, 3: `k{n}` sorted uint64 hashes of n code points, `p{n}` uint8 = -28 log10 p,
`b{n}` uint8 = -60 log10 backoff. Code points 1, 2 and 3 stand for a sentence's start, its end and
an unknown character; a run of figures is one `0`, a run of Latin letters one `A`.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy
from numpy.typing import NDArray

Codes = NDArray[numpy.uint64]
Logs = NDArray[numpy.float32]

P_SCALE, B_SCALE = 28, 60
UNKNOWN = -6.0
START, END = 1, 2
_GOLD = numpy.uint64(0x9E3779B97F4A7C15)
_MIX = numpy.uint64(0xBF58476D1CE4E5B9)
_ORDERS = (1, 2, 3)


def extend(key: Codes, code: Codes) -> Codes:
    """Return the hashes of sequences with one more character."""
    mixed = key * _GOLD + code + numpy.uint64(7)
    mixed = (mixed ^ (mixed >> numpy.uint64(31))) * _MIX
    return mixed ^ (mixed >> numpy.uint64(29))


def hashed(code: Codes) -> Codes:
    """Return the hashes of single characters."""
    return extend(numpy.zeros_like(code), code)


@dataclass(frozen=True, slots=True)
class Grams:
    """The tables of one model; `pairs` are its 2-grams as `left << 16 | right`, sorted."""

    keys: tuple[Codes, ...]
    chances: tuple[Logs, ...]
    backoffs: tuple[Logs, ...]
    pairs: NDArray[numpy.uint32]

    @classmethod
    def load(cls, path: Path, pairs: Path | None = None) -> "Grams":
        """Read a model; its pairs stand in the same file or in one beside it.

        Raises:
            ValueError: the file is no model.
            OSError: it cannot be read.
        """
        try:
            with numpy.load(path, allow_pickle=False) as told:
                read = {name: told[name] for name in told.files}
            if pairs is not None:
                with numpy.load(pairs, allow_pickle=False) as told:
                    read["pairs"] = told["pairs"]
            return cls(
                tuple(read[f"k{n}"] for n in _ORDERS),
                tuple(read[f"p{n}"].astype("float32") / -P_SCALE for n in _ORDERS),
                tuple(read[f"b{n}"].astype("float32") / -B_SCALE for n in _ORDERS),
                read["pairs"],
            )
        except (KeyError, EOFError) as error:
            raise ValueError(f"no character model: {path}") from error

    def log10(self, first: Codes, second: Codes, third: Codes) -> Logs:
        """Return log10 of the chance of each third character after the two before it."""
        pair = extend(hashed(first), second)
        at, seen = _find(self.keys[2], extend(pair, third))
        told = numpy.empty(third.shape, dtype="float32")
        told[seen] = self.chances[2][at[seen]]
        rest = ~seen
        if rest.any():
            told[rest] = self._shorter(pair[rest], second[rest], third[rest])
        return told

    def _shorter(self, pair: Codes, second: Codes, third: Codes) -> Logs:
        return self.double(second, third) + self._backoff(1, pair)

    def double(self, second: Codes, third: Codes) -> Logs:
        """Return log10 of the chance of each third character after the one before it."""
        one = hashed(second)
        at, seen = _find(self.keys[1], extend(one, third))
        told = numpy.where(seen, self.chances[1][at], 0).astype("float32")
        rest = ~seen
        if rest.any():
            told[rest] = self.single(third[rest]) + self._backoff(0, one[rest])
        return told

    def single(self, code: Codes) -> Logs:
        """Return log10 of the chance of characters by themselves."""
        at, seen = _find(self.keys[0], hashed(code))
        return numpy.where(seen, self.chances[0][at], UNKNOWN).astype("float32")

    def _backoff(self, order: int, key: Codes) -> Logs:
        at, seen = _find(self.keys[order], key)
        return numpy.where(seen, self.backoffs[order][at], 0).astype("float32")


def _find(keys: Codes, wanted: Codes) -> tuple[NDArray[numpy.intp], NDArray[numpy.bool_]]:
    at = numpy.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    return at, keys[at] == wanted
