"""The shipped model and a county's own as one: chances are added in proportion."""

from collections.abc import Sequence
from functools import cached_property

import numpy

from gongkai.adapters.charmodel.grams import Codes, Grams, Logs

_HALF = numpy.uint32(16)
_LOW = numpy.uint32(0xFFFF)
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_BMP = 0x10000
_BETWEEN = 40  # characters that are tried between two
_BESIDE = 24  # characters on either side that are tried at a very unlikely place


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
        """Return the Chinese characters seen behind one and before another, the likeliest."""
        if left >= _BMP or right >= _BMP:
            return numpy.empty(0, dtype="uint64")
        behind, before = self._chances_of_pairs
        (ours, told), (theirs, tells) = (
            _partners(self._behind, behind, left), _partners(self._before, before, right)
        )  # fmt: skip
        both, at, there = numpy.intersect1d(ours, theirs, assume_unique=True, return_indices=True)
        return numpy.sort(_likeliest(both, told[at] + tells[there], _BETWEEN)).astype("uint64")

    def beside(self, left: int, right: int) -> Codes:
        """Return the Chinese characters seen most behind one or before another, in order."""
        if left >= _BMP or right >= _BMP:
            return numpy.empty(0, dtype="uint64")
        behind, before = self._chances_of_pairs
        ours = _likeliest(*_partners(self._behind, behind, left), _BESIDE)
        theirs = _likeliest(*_partners(self._before, before, right), _BESIDE)
        return numpy.union1d(ours, theirs).astype("uint64")

    @cached_property
    def _chances_of_pairs(self) -> tuple[Logs, Logs]:
        """Return log10 of the chance of each pair's second character, in both orders."""
        left, right = (
            each.astype("uint64") for each in (self._behind >> _HALF, self._behind & _LOW)
        )
        logs = self._mixed([grams.double(left, right) for _, grams in self._models])
        return logs, logs[numpy.argsort((self._behind << _HALF) | (self._behind >> _HALF))]

    def _mixed(self, told: list[Logs]) -> Logs:
        if len(told) == 1:
            return told[0]
        shares = [share for share, _ in self._models]
        parts = [10.0 ** (share + logs) for share, logs in zip(shares, told, strict=True)]
        return numpy.log10(sum(parts)).astype("float32")


def _partners(pairs: numpy.ndarray, logs: Logs, code: int) -> tuple[numpy.ndarray, Logs]:
    """Return the Chinese characters paired with one, in order, and log10 of their chances."""
    bounds = numpy.array([code << 16, min((code + 1) << 16, 0xFFFFFFFF)], dtype="uint32")
    first, last = numpy.searchsorted(pairs, bounds).tolist()
    partners = pairs[first:last] & _LOW
    han = slice(*numpy.searchsorted(partners, [_FIRST_HAN, _LAST_HAN + 1]).tolist())
    return partners[han], logs[first:last][han]


def _likeliest(partners: numpy.ndarray, logs: Logs, most: int) -> numpy.ndarray:
    if len(partners) <= most:
        return partners
    return partners[numpy.argpartition(-logs, most)[:most]]
