"""The shipped model and a county's own as one: chances are added in proportion."""

from collections.abc import Sequence

import numpy

from gongkai.adapters.charmodel.grams import Codes, Grams, Logs

_HALF = numpy.uint32(16)
_LOW = numpy.uint32(0xFFFF)
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_BMP = 0x10000


class Mixture:
    """Models with their shares; one alone costs nothing more than itself."""

    def __init__(self, models: Sequence[tuple[float, Grams]]) -> None:
        """Take (share, model); the shares add up to one."""
        self._models = [(float(numpy.log10(share)), grams) for share, grams in models]
        self.learned = len(models) > 1
        pairs = models[0][1].pairs
        for _, grams in models[1:]:
            pairs = numpy.union1d(pairs, grams.pairs)
        self._behind = pairs
        self._before = numpy.sort((pairs << _HALF) | (pairs >> _HALF))
        self.singly = self._mixed(
            [grams.single(numpy.arange(_BMP, dtype="uint64")) for _, grams in self._models]
        )

    def log10(self, first: Codes, second: Codes, third: Codes) -> Logs:
        """Return log10 of the chance of each third character after the two before it."""
        return self._mixed([grams.log10(first, second, third) for _, grams in self._models])

    def between(self, left: int, right: int) -> Codes:
        """Return the Chinese characters seen behind one and before another, in order."""
        if left >= _BMP or right >= _BMP:
            return numpy.empty(0, dtype="uint64")
        both = numpy.intersect1d(
            _partners(self._behind, left), _partners(self._before, right), assume_unique=True
        )
        return both[(both >= _FIRST_HAN) & (both <= _LAST_HAN)].astype("uint64")

    def _mixed(self, told: list[Logs]) -> Logs:
        if len(told) == 1:
            return told[0]
        shares = [share for share, _ in self._models]
        parts = [10.0 ** (share + logs) for share, logs in zip(shares, told, strict=True)]
        return numpy.log10(sum(parts)).astype("float32")


def _partners(pairs: numpy.ndarray, code: int) -> numpy.ndarray:
    bounds = numpy.array([code << 16, min((code + 1) << 16, 0xFFFFFFFF)], dtype="uint32")
    first, last = numpy.searchsorted(pairs, bounds)
    return pairs[first:last] & _LOW
