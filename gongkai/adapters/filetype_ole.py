"""What a compound file (OLE2: .doc, .xls, .wps, .et) holds: its streams' names and first bytes.

Only the directory is read, by hand: names found by searching the bytes would also be found in a
letter that speaks of macros. Every chain is followed within the file's own length.
"""

import struct
from collections.abc import Iterator

MARK = bytes.fromhex("d0cf11e0a1b11ae1")
_ENTRY = 128
_FREE = 0xFFFFFFFA  # this and above: no sector


class NotCompound(ValueError):
    """The file has the mark of a compound file, and no directory that can be read."""


def streams(data: bytes) -> dict[str, bytes]:
    """Return each stream's and storage's name with the first 512 bytes where they lie whole.

    Raises:
        NotCompound: the header or the directory is damaged.
    """
    try:
        size = 1 << struct.unpack_from("<H", data, 30)[0]
        if size not in (512, 4096):
            raise NotCompound
        table = _fat(data, size)
        found: dict[str, bytes] = {}
        for sector in _chain(struct.unpack_from("<I", data, 48)[0], table):
            start = (sector + 1) * size
            for at in range(start, min(start + size, len(data) - _ENTRY + 1), _ENTRY):
                name, first, length = _entry(data, at)
                if name:
                    # Short streams lie in another table; those that matter here are long.
                    head = (first + 1) * size if first < _FREE and length >= 4096 else len(data)
                    found[name] = data[head : head + 512]
    except (struct.error, IndexError, OverflowError):
        raise NotCompound from None
    if not found:
        raise NotCompound
    return found


def _entry(data: bytes, at: int) -> tuple[str, int, int]:
    length = struct.unpack_from("<H", data, at + 64)[0]
    if not 2 < length <= 64:
        return "", 0, 0
    name = data[at : at + length - 2].decode("utf-16-le", "replace")
    first, size = struct.unpack_from("<II", data, at + 116)
    return name, first, size


def _fat(data: bytes, size: int) -> list[int]:
    """Return the table that tells each sector's next one."""
    places = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while more < _FREE and more not in seen:
        seen.add(more)
        *part, more = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        places += part
    table: list[int] = []
    for place in places:
        if place < _FREE and (place + 2) * size <= len(data):
            table += struct.unpack_from(f"<{size // 4}I", data, (place + 1) * size)
    return table


def _chain(sector: int, table: list[int]) -> Iterator[int]:
    seen: set[int] = set()
    while sector < _FREE and sector not in seen:
        seen.add(sector)
        yield sector
        sector = table[sector]
