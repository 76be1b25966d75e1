"""Learning a county's own texts: an interpolated Kneser-Ney model of their characters."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy
from numpy.typing import NDArray

from gongkai.adapters.charmodel.grams import (
    B_SCALE,
    END,
    P_SCALE,
    START,
    Codes,
    Logs,
    extend,
    hashed,
)
from gongkai.adapters.charmodel.prose import Prose

_BITS = numpy.uint64(21)
_MASK = numpy.uint64((1 << 21) - 1)
_CHARACTERS = 20_000  # that might be met: the share of one never seen
_BYTE = 255
_LEAST_SENTENCE = 4

Counts = NDArray[numpy.float64]


def learn(texts: Iterable[str], path: Path) -> int:
    """Write the model of texts to a file, whole or not at all; return how many characters it read.

    Raises:
        ValueError: there was nothing to learn.
    """
    codes = numpy.concatenate([numpy.zeros(0, dtype="uint64"), *map(_read, texts)])
    size = int(((codes != START) & (codes != END) & (codes != 0)).sum())
    if not size:
        raise ValueError("no characters")
    arrays = _tables(codes)
    arrays["size"] = numpy.array(size)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    try:
        with os.fdopen(handle, "wb") as file:
            numpy.savez_compressed(file, **arrays)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    return size


def _read(text: str) -> Codes:
    """Return the sentences of a text, without scraps."""
    codes = Prose.read(text).codes
    ends = numpy.flatnonzero(codes == END)
    starts = numpy.flatnonzero(codes == START)[: len(ends)]
    kept = [
        codes[first : last + 1]
        for first, last in zip(starts.tolist(), ends.tolist(), strict=True)
        if last - first > _LEAST_SENTENCE
    ]
    return numpy.concatenate([*kept, numpy.zeros(1, dtype="uint64")])


def _tables(codes: Codes) -> dict[str, NDArray[numpy.generic]]:
    three, counts3 = _counted(codes, 3)
    first, second, third = _unpacked(three, 3)
    pairs, counts2 = _continued(codes, second, third)
    left, right = _unpacked(pairs, 2)
    ones, counts1 = numpy.unique(right, return_counts=True)
    counts1 = counts1.astype("float64")

    off1 = _discount(counts1)
    spare = off1 * len(ones) / counts1.sum() / _CHARACTERS
    chance1 = numpy.maximum(counts1 - off1, 0) / counts1.sum() + spare
    off2 = _discount(counts2)
    context2, share2, left_over2 = _contexts(left, counts2, off2)
    chance2 = share2 + left_over2[context2] * chance1[numpy.searchsorted(ones, right)]
    off3 = _discount(counts3)
    before = (first << _BITS) | second
    context3, share3, left_over3 = _contexts(before, counts3, off3)
    chance3 = (
        share3
        + left_over3[context3] * chance2[numpy.searchsorted(pairs, (second << _BITS) | third)]
    )
    return {
        **_stored(1, hashed(ones), chance1, _backoffs(ones, left, left_over2)),
        **_stored(2, extend(hashed(left), right), chance2, _backoffs(pairs, before, left_over3)),
        **_stored(3, extend(extend(hashed(first), second), third), chance3, None),
        "pairs": _plain_pairs(left, right),
    }


def _counted(codes: Codes, length: int) -> tuple[Codes, Counts]:
    """Return the runs of a length inside sentences, packed and sorted, with how often each is."""
    rows = [codes[at : len(codes) - length + 1 + at] for at in range(length)]
    inside = numpy.ones(len(rows[0]), dtype=bool)
    for at, row in enumerate(rows):
        inside &= row != 0
        if at:
            inside &= row != START
        if at < length - 1:
            inside &= row != END
    packed = numpy.zeros(int(inside.sum()), dtype="uint64")
    for row in rows:
        packed = (packed << _BITS) | row[inside]
    keys, counts = numpy.unique(packed, return_counts=True)
    return keys, counts.astype("float64")


def _continued(codes: Codes, second: Codes, third: Codes) -> tuple[Codes, Counts]:
    """Return pairs with the number of different characters before them; after START, how often."""
    keys, counts = numpy.unique((second << _BITS) | third, return_counts=True)
    all_pairs, often = _counted(codes, 2)
    at_start = (all_pairs >> _BITS) == START
    keys = numpy.concatenate([keys, all_pairs[at_start]])
    counts = numpy.concatenate([counts.astype("float64"), often[at_start]])
    order = numpy.argsort(keys, kind="stable")
    return keys[order], counts[order]


def _unpacked(packed: Codes, length: int) -> tuple[Codes, ...]:
    return tuple(
        (packed >> (_BITS * numpy.uint64(length - 1 - at))) & _MASK for at in range(length)
    )


def _discount(counts: Counts) -> float:
    once, twice = float((counts == 1).sum()), float((counts == 2).sum())
    return once / (once + 2 * twice) if once and twice else 0.5


def _contexts(
    before: Codes, counts: Counts, off: float
) -> tuple[NDArray[numpy.intp], Counts, Counts]:
    """Return for each run its context's number and its own share, and what each context spares."""
    _, context = numpy.unique(before, return_inverse=True)
    total = numpy.bincount(context, weights=counts)
    kinds = numpy.bincount(context)
    return context, numpy.maximum(counts - off, 0) / total[context], off * kinds / total


def _backoffs(keys: Codes, contexts: Codes, left_over: Counts) -> Counts:
    """Return for each run what it spares as a context; 1 where it never was one."""
    known = numpy.unique(contexts)
    at = numpy.minimum(numpy.searchsorted(known, keys), len(known) - 1)
    return numpy.where(known[at] == keys, left_over[at], 1.0)


def _stored(
    length: int, keys: Codes, chances: Counts, backoffs: Counts | None
) -> dict[str, NDArray[numpy.generic]]:
    order = numpy.argsort(keys)
    spare = numpy.ones(len(keys)) if backoffs is None else backoffs
    return {
        f"k{length}": keys[order],
        f"p{length}": _byte(chances[order], P_SCALE),
        f"b{length}": _byte(spare[order], B_SCALE),
    }


def _byte(chances: Counts, scale: int) -> NDArray[numpy.uint8]:
    logs: Logs = -scale * numpy.log10(numpy.maximum(chances, 1e-12))
    return numpy.clip(numpy.rint(logs), 0, _BYTE).astype("uint8")


def _plain_pairs(left: Codes, right: Codes) -> NDArray[numpy.uint32]:
    plain = (left < 0x10000) & (right < 0x10000)
    return numpy.sort(((left[plain] << numpy.uint64(16)) | right[plain]).astype("uint32"))
