"""Changes to a file's bytes: plain records, drawn by a seeded Random or by hypothesis.

A change names what is done and four numbers; what they mean is found from the file itself, by
remainders, so that every record can be applied to every file and hypothesis can shrink it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from random import Random

LARGEST = 2 * 1024 * 1024  # of what a change may swell a file to; bombs are packed, and apart
_SWOLLEN, _USUAL = 600_000, 8_000  # bytes that one change adds: of one in fifty, of the others
_TOKEN = re.compile(rb"<[^<>]{1,400}>|\d+|[A-Za-z_/:-]{2,40}|\"[^\"]{0,200}\"")
_NUMBER = re.compile(rb"\d+")
_TAG = re.compile(rb"<([A-Za-z_][\w:.-]{0,60})[^<>]{0,400}>")
NUMBERS = (
    *(b"0", b"1", b"-1", b"255", b"65535", b"65536", b"2147483647", b"2147483648", b"4294967295"),
    *(b"9223372036854775807", b"9223372036854775808", b"1e308", b"NaN", b"1.5", b"-0", b"0x10"),
    *(b"9" * 40, b"9" * 5000, "²".encode(), "１２".encode(), "一百".encode(), b"1/0", b"1,000,000"),
)
_SIZES = tuple(
    value.to_bytes(width, order)
    for width in (1, 2, 4, 8)
    for value in (0, 1, 0x7F, (1 << 8 * width) - 1, (1 << 8 * width - 1) - 1, 1 << 8 * width - 1)
    for order in ("big", "little")
)
WORDS = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b$B"),
    *("\u202e".encode(), "\ufeff".encode(), "\u0301".encode() * 50, "🀄".encode()),
    *("璪".encode("gb18030"), b"&amp;amp;", b"&#0;", b"&#x110000;", b"&e;", b"<![CDATA["),
    *(b"]]>", b"<!--", b"-->", b"<?x", b"?>", b"=cmd|' /C calc'!A0", b"@SUM(1)"),
    *(b"javascript:alert(1)", b"file:///etc/passwd", b"../../../etc", b"\r\n\r\n", b"\t"),
    *(b"\n" * 3000, b" " * 3000, b"a" * 70_000, "长".encode() * 5000),
)


class Kind(IntEnum):
    """What is done to the bytes."""

    FLIP = 0
    CUT = 1
    DROP = 2
    REPEAT = 3
    NOISE = 4
    WORD = 5
    NUMBER = 6
    NEST = 7
    SWAP = 8
    SPLICE = 9
    SIZE = 10
    LOSE = 11  # a member of a package; elsewhere a token
    TWIN = 12  # a member under another's name, or twice
    BOMB = 13  # a member that unpacks without end
    LIE = 14  # what the package says of a member is not so
    DOCTYPE = 15  # entities that expand without end


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `outer`: to the packed bytes, not to a member's."""

    kind: Kind
    place: int = 0
    at: int = 0
    length: int = 1
    value: int = 0
    outer: bool = False

    @property
    def swells(self) -> bool:
        """Say whether the file may grow much: seldom, for such inputs cost most of the time."""
        return self.place % 50 == 0

    @property
    def most(self) -> int:
        """How many bytes the change may add."""
        return _SWOLLEN if self.swells else _USUAL


def drawn(draw: Random) -> list[Change]:
    """Return one to six changes; most inputs have few, so that most of the file stays sound."""
    count = min(6, 1 + int(draw.expovariate(0.8)))
    return [
        Change(
            Kind(draw.randrange(len(Kind))),
            draw.getrandbits(16),
            draw.getrandbits(32),
            1 + int(draw.expovariate(0.03)),
            draw.getrandbits(32),
            draw.random() < 0.2,
        )
        for _ in range(count)
    ]


def changed(data: bytes, change: Change, others: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """Return bytes with one change made; `others` to splice from, `words` of the format."""
    if not data:
        return words[change.value % len(words)] if words else b""
    at = change.at % len(data)
    if change.value & 3 == 0:  # heads matter more than their share of the bytes
        at %= 256
    end = min(len(data), at + change.length)
    made = _DONE[change.kind](data, at, end, change, others, words)
    return made[:LARGEST]


def _flip(data: bytes, at: int, end: int, change: Change, *_: Sequence[bytes]) -> bytes:
    made, draw = bytearray(data), change.value | 1
    for step in range(1 + change.length % 8):
        place = (at + step * draw) % len(made)
        made[place] ^= 1 << ((draw >> step) & 7)
    return bytes(made)


def _cut(data: bytes, at: int, *_: object) -> bytes:
    return data[:at]


def _drop(data: bytes, at: int, end: int, *_: object) -> bytes:
    return data[:at] + data[end:]


def _repeat(data: bytes, at: int, end: int, change: Change, *_: object) -> bytes:
    times = (1, 2, 3, 30, 300, 3000, 30_000)[change.value % 7]
    piece = data[at:end]
    return data[:at] + piece * min(times, max(1, change.most // len(piece))) + data[at:]


def _noise(data: bytes, at: int, end: int, change: Change, *_: object) -> bytes:
    return data[:at] + Random(change.value).randbytes(end - at) + data[end:]


def _word(
    data: bytes, at: int, end: int, change: Change, _: object, words: Sequence[bytes]
) -> bytes:
    known = (*words, *WORDS)
    word = known[change.value % len(known)][: change.most]
    found = _TOKEN.search(data, at, at + 2000) if change.length & 1 else None
    if found:
        return data[: found.start()] + word + data[found.end() :]
    return data[:at] + word + data[at:]


def _number(data: bytes, at: int, end: int, change: Change, *_: object) -> bytes:
    found = _NUMBER.search(data, at, at + 4000)
    if found is None:
        return _size(data, at, end, change)
    return data[: found.start()] + NUMBERS[change.value % len(NUMBERS)] + data[found.end() :]


def _nest(data: bytes, at: int, end: int, change: Change, *_: object) -> bytes:
    depth = (2, 10, 60, 255, 257, 1000, 5000, 50_000)[change.value % 8]
    found = _TAG.search(data, at, at + 4000)
    if found is None:
        piece = (b"[", b"<<", b"(", b"{", b'{"a":', b"q\n", b"--b\r\n\r\n")[change.length % 7]
        return data[:at] + piece * min(depth, change.most // len(piece)) + data[at:]
    opening, closing = found[0], b"</" + found[1] + b">"
    depth = min(depth, 1 + change.most // len(opening))
    ends = closing * (depth if change.length & 1 else 0)
    return data[: found.start()] + opening * depth + ends + data[found.end() :]


def _swap(data: bytes, at: int, end: int, change: Change, *_: object) -> bytes:
    first = _TOKEN.search(data, at, at + 4000)
    second = _TOKEN.search(data, change.value % len(data))
    if first is None or second is None or second.start() < first.end():
        return data[at:] + data[:at] if change.length & 1 else data
    between = data[first.end() : second.start()]
    return data[: first.start()] + second[0] + between + first[0] + data[second.end() :]


def _splice(
    data: bytes, at: int, end: int, change: Change, others: Sequence[bytes], _: object
) -> bytes:
    other = others[change.place % len(others)] if others else data
    start = change.value % max(1, len(other))
    return data[:at] + other[start : start + 20 * change.length] + data[end:]


def _size(data: bytes, at: int, end: int, change: Change, *_: object) -> bytes:
    said = _SIZES[change.value % len(_SIZES)]
    return data[:at] + said + data[at + len(said) :]


def _lose(data: bytes, at: int, *_: object) -> bytes:
    found = _TOKEN.search(data, at, at + 4000)
    return data[: found.start()] + data[found.end() :] if found else data[:at]


def _doctype(data: bytes, at: int, end: int, change: Change, *_: object) -> bytes:
    deep = 2 + change.value % 9
    entities = b'<!ENTITY e0 "haha">' + b"".join(
        b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, deep)
    )
    outside = b'<!ENTITY e%d SYSTEM "file:///etc/passwd">' % deep
    head = b"<!DOCTYPE d [" + entities + outside + b"]>"
    start = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    used = b"&e%d;" % (deep - (change.length & 1))
    found = re.compile(rb">[^<>]").search(data, max(start, at))
    place = found.start() + 1 if found else len(data)
    return data[:start] + head + data[start:place] + used + data[place:]


_DONE = {
    Kind.FLIP: _flip,
    Kind.CUT: _cut,
    Kind.DROP: _drop,
    Kind.REPEAT: _repeat,
    Kind.NOISE: _noise,
    Kind.WORD: _word,
    Kind.NUMBER: _number,
    Kind.NEST: _nest,
    Kind.SWAP: _swap,
    Kind.SPLICE: _splice,
    Kind.SIZE: _size,
    Kind.LOSE: _lose,
    Kind.TWIN: _repeat,
    Kind.BOMB: _repeat,
    Kind.LIE: _size,
    Kind.DOCTYPE: _doctype,
}
