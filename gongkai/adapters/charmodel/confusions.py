"""Which characters are written for one another: same syllable, look alike, neighbours in a code."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy
from numpy.typing import NDArray

from gongkai.adapters.charmodel.grams import Codes
from gongkai.adapters.charmodel.shapes import ALIKE

CHARACTERS = Path(__file__).parent / "data" / "characters.tsv"
SOUND, SHAPE, CORNERS, WORDS = 1, 2, 4, 8  # the last: it makes a word of what stands around
_NOBODY = numpy.empty(0, dtype="uint64"), numpy.empty(0, dtype="int64")

Others = tuple[Codes, NDArray[numpy.int64]]


@dataclass(frozen=True, slots=True)
class Confusions:
    """For each character those taken for it, with how: SOUND, SHAPE, CORNERS added up."""

    table: dict[int, Others]

    def of(self, code: int) -> Others:
        """Return the characters that may have been meant, in order, and how each is like it."""
        return self.table.get(code, _NOBODY)


@lru_cache(maxsize=1)
def confusions() -> Confusions:
    """Read the table of characters (`data/README.md`) and work out who is like whom."""
    rows = [line.split("\t") for line in CHARACTERS.read_text("utf-8").splitlines()]
    alike: dict[str, dict[str, int]] = {row[0]: {} for row in rows}
    for keys, how in ((_syllables, SOUND), (_codes, SHAPE), (_corners, CORNERS)):
        groups: dict[str, list[str]] = {}
        for one, *told in rows:
            for key in keys(told):
                groups.setdefault(key, []).append(one)
        for members in groups.values():
            for one in members:
                for other in members:
                    alike[one][other] = alike[one].get(other, 0) | how
    for one, others in ALIKE.items():
        for other in others:
            if one in alike and other in alike:
                alike[one][other] = alike[one].get(other, 0) | SHAPE
    return Confusions({ord(one): _packed(one, others) for one, others in alike.items()})


def _packed(one: str, others: dict[str, int]) -> Others:
    told = sorted((ord(other), how) for other, how in others.items() if other != one)
    return (
        numpy.array([code for code, _ in told], dtype="uint64"),
        numpy.array([how for _, how in told], dtype="int64"),
    )


def _syllables(told: list[str]) -> list[str]:
    return told[0].split()


def _corners(told: list[str]) -> list[str]:
    """Return the four-corner number with each corner left open in turn: one may differ."""
    return [f"{told[1][:at]}*{told[1][at + 1 :]}" for at in range(4)]


def _codes(told: list[str]) -> list[str]:
    """Return the Wubi code with each key left open in turn: one stroke of the hand may differ."""
    code = told[2]
    return [f"{code[:at]}*{code[at + 1 :]}" for at in range(len(code))]
