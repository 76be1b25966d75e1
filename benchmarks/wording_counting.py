"""Write the words that the character model counts with, by hand, from JioNLP's list.

The package jionlp (Apache-2.0) holds how often 196,936 words stood in six thousand million words
of papers up to 2021. A maker's tool, no dependency of the product.
"""

import json
import math
import re
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import numpy

from gongkai.adapters.charmodel.words import COUNTED, FINE, LONGEST

_HAN = re.compile("[一-鿿]+")
_LEAST = 200  # how often a longer word must have stood: slips of the papers themselves are rarer


def _usual(word: str, number: int) -> bool:
    return number >= _LEAST and len(word) <= LONGEST


def counts() -> dict[str, int]:
    """Return the Chinese words and how often each stood."""
    found = find_spec("jionlp")  # not imported: the package reads its own models when it is
    if found is None or not found.submodule_search_locations:
        sys.exit("jionlp is missing")
    path = Path(found.submodule_search_locations[0], "dictionary", "word_distribution.zip")
    with zipfile.ZipFile(path) as packed:
        lines = packed.read("word_distribution.json").decode().splitlines()
    told: dict[str, int] = {}
    for line in lines:
        word, number = json.loads(line)
        if _HAN.fullmatch(word) and (len(word) == 1 or _usual(word, number)):
            told[word] = number
    return told


def main() -> None:
    """Write them, sorted, with log10 of the chance of each."""
    told = sorted(counts().items())
    whole = sum(number for _, number in told)
    fine = [round(-FINE * math.log10(number / whole)) for _, number in told]
    words = "\n".join(word for word, _ in told).encode()
    numpy.savez_compressed(
        COUNTED, words=numpy.frombuffer(words, "uint8"), chances=numpy.array(fine, "uint8")
    )
    print(f"{len(told)} words of {whole:,}")


if __name__ == "__main__":
    main()
