"""What may have been meant: each edit of a text that the model finds likelier than what stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy
from numpy.typing import NDArray

from gongkai.adapters.charmodel.confusions import CORNERS, SHAPE, SOUND, WORDS, Confusions
from gongkai.adapters.charmodel.grams import Codes, Logs
from gongkai.adapters.charmodel.prose import Prose

Places = NDArray[numpy.int64]
Ways = NDArray[numpy.int64]
KINDS = ("exchanged", "swapped", "doubled", "missing")


class Chances(Protocol):
    """A model, or several mixed."""

    def log10(self, first: Codes, second: Codes, third: Codes) -> Logs:
        """Return log10 of the chance of each third character after the two before it."""
        ...

    def between(self, left: int, right: int) -> Codes:
        """Return the Chinese characters seen behind one and before another, in order."""
        ...

    def beside(self, left: int, right: int) -> Codes:
        """Return the Chinese characters seen behind one or before another, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: `start` to `end` are places of the prose, the others log10 of chances.

    `how` says in which ways the characters exchanged are alike; `rank` is 0 for the likeliest.
    """

    kind: str
    start: int
    end: int
    put: str
    before: float
    after: float
    how: int = 0
    rank: int = 0

    @property
    def gain(self) -> float:
        """Return how much likelier the text becomes."""
        return self.after - self.before


class Reading:
    """A text under the model: the chance of every character, and of what could stand instead."""

    def __init__(self, prose: Prose, chances: Chances) -> None:
        """Score a text once."""
        self.prose, self.chances = prose, chances
        codes = prose.codes
        self.logs = numpy.zeros(len(codes), dtype="float32")
        self.logs[2:] = chances.log10(codes[:-2], codes[1:-1], codes[2:])

    def told(self, places: Places, length: int) -> Logs:
        """Return the sum of the chances of `length` characters from each place on."""
        total = numpy.zeros(len(places), dtype="float32")
        for step in range(length):
            at = places + step
            total += numpy.where(
                at <= self.prose.last[places], self.logs[numpy.minimum(at, len(self.logs) - 1)], 0
            )
        return total

    def would(self, places: Places, written: list[Codes], after: Places) -> Logs:
        """Return the chance of `written` at each place, followed by two characters from `after`."""
        codes, last = self.prose.codes, self.prose.last[places]
        follow = [codes[numpy.minimum(after + step, len(codes) - 1)] for step in (0, 1)]
        line = [codes[places - 2], codes[places - 1], *written, *follow]
        steps = range(2, len(line))
        held = [
            numpy.full(len(places), True) if step < 0 else after + step <= last
            for step in (at - 2 - len(written) for at in steps)
        ]
        # All are looked up at once: a call for each step would cost more than the steps.
        first, second, third = (
            numpy.concatenate(
                [line[at - back][holds] for at, holds in zip(steps, held, strict=True)]
            )
            for back in (2, 1, 0)
        )
        logs = self.chances.log10(first, second, third)
        total = numpy.zeros(len(places), dtype="float32")
        begin = 0
        for holds in held:
            count = int(holds.sum())
            total[holds] += logs[begin : begin + count]
            begin += count
        return total


_OPTIONS = 3  # of each way of being alike, the likeliest
_INSERTED = 10


def exchanged(
    reading: Reading,
    at: Places,
    confusions: Confusions,
    very: NDArray[numpy.bool_],
    of_words: Mapping[int, Sequence[int]],
) -> Iterator[Edit]:
    """Yield for each place the likeliest instead: like it, or seen between its neighbours.

    At places that are `very` unlikely it is enough to be seen beside one of them. `of_words` are
    those that make words of what stands around, by the number of the place.
    """
    options, ways = _instead(reading, at, confusions, very, of_words)
    for number, after, before in _tried(reading, at, options, 1):
        way = ways[number]
        taken: dict[int, int] = {}
        for mask in (
            way & SOUND > 0,
            way & SHAPE > 0,
            way & CORNERS > 0,
            way == 0,
            way & WORDS > 0,
        ):
            among = numpy.flatnonzero(mask)
            for best in among[numpy.argsort(-after[among])[:_OPTIONS]].tolist():
                taken.setdefault(best, 0)
        order = sorted(taken, key=lambda one: -float(after[one]))
        for rank, best in enumerate(order):
            yield Edit(
                "exchanged", int(at[number]), int(at[number]) + 1,
                chr(int(options[number][best])), before, float(after[best]), int(way[best]), rank,
            )  # fmt: skip


def _instead(
    reading: Reading,
    at: Places,
    confusions: Confusions,
    very: NDArray[numpy.bool_],
    of_words: Mapping[int, Sequence[int]],
) -> tuple[list[Codes], list[Ways]]:
    """Return for each place what may stand instead, and in which ways it is alike."""
    codes = reading.prose.codes
    options: list[Codes] = []
    ways: list[Ways] = []
    for number, (one, wide) in enumerate(zip(at.tolist(), very.tolist(), strict=True)):
        like, how = confusions.of(int(codes[one]))
        seen = reading.chances.beside if wide else reading.chances.between
        free = seen(int(codes[one - 1]), int(codes[one + 1]))
        free = numpy.setdiff1d(free, like, assume_unique=True)
        free = free[free != codes[one]]
        tried, way = _with(
            numpy.concatenate([like, free]),
            numpy.concatenate([how, numpy.zeros(len(free), dtype="int64")]),
            of_words.get(number, ()),
        )
        options.append(tried)
        ways.append(way)
    return options, ways


def _with(options: Codes, ways: Ways, of_words: Sequence[int]) -> tuple[Codes, Ways]:
    """Return options and their ways with those that make words among them."""
    if not of_words:
        return options, ways
    told = numpy.array(of_words, dtype="uint64")
    ways = ways | numpy.where(numpy.isin(options, told), WORDS, 0)
    new = numpy.setdiff1d(told, options)
    return (
        numpy.concatenate([options, new]),
        numpy.concatenate([ways, numpy.full(len(new), WORDS, dtype="int64")]),
    )


def inserted(
    reading: Reading,
    at: Places,
    very: NDArray[numpy.bool_],
    of_words: Mapping[int, Sequence[int]],
) -> Iterator[Edit]:
    """Yield the likeliest characters to put in before each place, as for `exchanged`."""
    codes, chances = reading.prose.codes, reading.chances
    options: list[Codes] = []
    ways: list[Ways] = []
    for number, (one, wide) in enumerate(zip(at.tolist(), very.tolist(), strict=True)):
        seen = chances.beside if wide else chances.between
        free = seen(int(codes[one - 1]), int(codes[one]))
        tried, way = _with(free, numpy.zeros(len(free), "int64"), of_words.get(number, ()))
        options.append(tried)
        ways.append(way)
    for number, after, before in _tried(reading, at, options, 0):
        order = numpy.argsort(-after).tolist()
        of_a_word = ways[number] & WORDS > 0
        for rank, best in enumerate(order):
            if rank >= _INSERTED and not of_a_word[best]:
                continue
            place = int(at[number])
            yield Edit(
                "missing", place, place, chr(int(options[number][best])),
                before, float(after[best]), int(ways[number][best]), min(rank, _INSERTED),
            )  # fmt: skip


def _tried(
    reading: Reading, at: Places, options: list[Codes], length: int
) -> Iterator[tuple[int, Logs, float]]:
    """Try every option of every place, `length` characters being replaced."""
    sizes = numpy.array([len(each) for each in options], dtype="int64")
    if not sizes.sum():
        return
    places = numpy.repeat(at, sizes)
    after = reading.would(places, [numpy.concatenate(options)], places + length)
    before = reading.told(at, length + 2)
    begin = 0
    for number, size in enumerate(sizes.tolist()):
        if size:
            yield number, after[begin : begin + size], float(before[number])
        begin += size


def swapped(reading: Reading, at: Places) -> Iterator[Edit]:
    """Yield the exchange of each place with the next."""
    codes = reading.prose.codes
    at = at[codes[at] != codes[at + 1]]
    after = reading.would(at, [codes[at + 1], codes[at]], at + 2)
    before = reading.told(at, 4)
    for one, new, old in zip(at.tolist(), after.tolist(), before.tolist(), strict=True):
        put = chr(int(codes[one + 1])) + chr(int(codes[one]))
        yield Edit("swapped", one, one + 2, put, old, new)


def doubled(reading: Reading, at: Places) -> Iterator[Edit]:
    """Yield each place that says the one before again, to be left out."""
    codes = reading.prose.codes
    at = at[codes[at] == codes[at - 1]]
    after = reading.would(at, [], at + 1)
    before = reading.told(at, 3)
    for one, new, old in zip(at.tolist(), after.tolist(), before.tolist(), strict=True):
        yield Edit("doubled", one, one + 1, "", old, new)
