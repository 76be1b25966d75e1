"""A text as the model reads it: code points in sentences, each with its place in the text."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from gongkai.adapters.charmodel.grams import END, START, Codes

_ENDS = numpy.array([ord(one) for one in "。！？；!?;\n"], dtype="uint64")
_SPACES = numpy.array([ord(one) for one in " \t\r\u3000\u00a0\u200b"], dtype="uint64")
_FIGURE, _LATIN = ord("0"), ord("A")
_RUNS = numpy.array([_FIGURE, _LATIN], dtype="uint64")
_EDGE = numpy.array([0, START], dtype="uint64")
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF


@dataclass(frozen=True, slots=True)
class Prose:
    """Code points with START and END around each sentence; `at` is -1 at these.

    A mark that ends a sentence is no character to the model: END stands for it. Before the first
    code point and behind the last stands a 0 of no sentence.
    """

    codes: Codes
    at: NDArray[numpy.int64]
    last: NDArray[numpy.int64]  # for each code point, where its sentence's END stands
    han: NDArray[numpy.bool_]

    @classmethod
    def read(cls, text: str) -> "Prose":
        """Return a text's code points: figures and Latin words as one, spaces left out."""
        raw = numpy.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4").astype("uint64")
        at = numpy.flatnonzero(~numpy.isin(raw, _SPACES))
        codes = _folded(raw[at])
        again = numpy.zeros(len(codes), dtype=bool)
        again[1:] = (codes[1:] == codes[:-1]) & numpy.isin(codes[1:], _RUNS)
        codes, at = codes[~again], at[~again]
        ends = numpy.isin(codes, _ENDS)
        codes = numpy.concatenate([_EDGE, numpy.where(ends, END, codes), [END]])
        at = numpy.concatenate([[-1, -1], numpy.where(ends, -1, at), [-1]])
        stops = numpy.flatnonzero(codes == END)
        codes, at = numpy.insert(codes, stops + 1, START), numpy.insert(at, stops + 1, -1)
        codes = numpy.concatenate([codes, [0]]).astype("uint64")
        at = numpy.concatenate([at, [-1]]).astype("int64")
        stops = numpy.flatnonzero(codes == END)
        places = numpy.minimum(numpy.arange(len(codes)), stops[-1])
        last = stops[numpy.searchsorted(stops, places)]
        return cls(codes, at, last, (codes >= _FIRST_HAN) & (codes <= _LAST_HAN))

    @property
    def gaps(self) -> NDArray[numpy.bool_]:
        """Return before which code points a Chinese character may have been left out.

        That is between two of them, and between one and a mark, or a sentence's start or end.
        """
        run = numpy.isin(self.codes, _RUNS)
        told = self.han.copy()
        told[1:] = (self.han[1:] & ~run[:-1]) | (self.han[:-1] & ~run[1:])
        return told


def _folded(codes: Codes) -> Codes:
    wide = (codes >= 0xFF10) & (codes <= 0xFF5A) & ((codes <= 0xFF19) | (codes >= 0xFF21))
    plain = numpy.where(wide, codes - numpy.uint64(0xFEE0), codes)
    figure = (plain >= 0x30) & (plain <= 0x39)
    latin = ((plain >= 0x41) & (plain <= 0x5A)) | ((plain >= 0x61) & (plain <= 0x7A))
    return numpy.where(figure, _FIGURE, numpy.where(latin, _LATIN, codes)).astype("uint64")
