"""Files as the changes see them: a run of bytes, or a zip package whose members can be changed.

Packages are written by hand, not by zipfile: members twice, wrong sizes and sums, methods that
nobody knows and bombs packed beforehand are what a stranger sends and zipfile does not write.
"""

import json
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from tests.fuzz.changes import NUMBERS, WORDS, Change, Kind, changed

_BOMB_BYTES = 320 * 1024 * 1024
_IN_PACKAGES = frozenset({Kind.LOSE, Kind.TWIN, Kind.BOMB, Kind.LIE})


@dataclass(frozen=True, slots=True)
class Sample:
    """A sound file: the name it is uploaded under and its bytes."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """The name's ending with its dot."""
        return self.name[self.name.rfind(".") :]


@dataclass(slots=True)
class Member:
    """A member of a package: what it says of itself may be wrong."""

    name: bytes
    data: bytes
    method: int = zipfile.ZIP_STORED
    packed: bytes | None = None
    said_size: int | None = None
    said_sum: int | None = None
    flags: int = 0x800


def mutated(
    sample: Sample, changes: Sequence[Change], samples: Sequence[Sample], words: Sequence[bytes]
) -> bytes:
    """Return a sample's bytes with the changes made."""
    others = [each.data for each in samples]
    inner = [each for each in changes if not each.outer]
    outer = [each for each in changes if each.outer]
    data = sample.data
    if data.startswith(b"PK") and inner:
        members = [Member(name.encode(), held) for name, held in _members(data)]
        for change in inner:
            _change(members, change, words)
        data = packed(members, deflated=bool(inner[0].value & 4))
    elif data.startswith(b"{") and inner and inner[0].value & 1:
        data = _told(data, inner, words)
    else:
        outer = list(changes)
    for change in outer:
        data = changed(data, change, others, words)
    return data


def _told(data: bytes, changes: Sequence[Change], words: Sequence[bytes]) -> bytes:
    """Return a JSON object with values exchanged, so that it still is one, or nearly."""
    fields = [(key, json.dumps(value).encode()) for key, value in json.loads(data).items()]
    values = (
        *words,
        *NUMBERS,
        *(json.dumps(each.decode(errors="replace")).encode() for each in WORDS),
    )
    for change in changes:
        place = change.place % len(fields)
        key, value = fields[place]
        match change.kind % 4:
            case 0 if len(fields) > 1:
                del fields[place]
            case 1:
                fields.append((key, values[change.value % len(values)][: change.most]))
            case 2:
                fields[place] = (key, b"[" * min(change.length, 50) + value + b"]")
            case _:
                fields[place] = (key, values[change.value % len(values)][: change.most])
    return b"{" + b",".join(json.dumps(key).encode() + b":" + told for key, told in fields) + b"}"


@cache
def _members(data: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return tuple((info.filename, package.read(info)) for info in package.infolist())


def _change(members: list[Member], change: Change, words: Sequence[bytes]) -> None:
    if not members:
        return
    # The largest members hold the text: half of all changes are made there.
    ranked = sorted(range(len(members)), key=lambda n: -len(members[n].data))
    place = ranked[(change.place >> 1) % min(2, len(ranked))] if change.place & 1 else (
        (change.place >> 1) % len(members)
    )  # fmt: skip
    member = members[place]
    other = members[change.at % len(members)]
    if change.kind not in _IN_PACKAGES:
        others = [each.data for each in members]
        member.data, member.packed = changed(member.data, change, others, words), None
    elif change.kind is Kind.LOSE:
        del members[place]
    elif change.kind is Kind.TWIN:
        _twin(members, member, other, change)
    elif change.kind is Kind.BOMB and change.swells:
        member.data, member.packed, member.method = b"", _bomb(change.value % 3), 8
        member.said_size = None if change.value % 5 else 100
    else:
        _lie(member, change)


def _twin(members: list[Member], member: Member, other: Member, change: Change) -> None:
    match change.value % 4:
        case 0:
            members.append(Member(member.name, other.data))
        case 1:
            member.name = other.name
        case 2:
            member.data, other.data = other.data, member.data
        case _:
            count = 7000 if change.swells else change.value % 50
            members += [Member(b"%d/" % n + member.name, b"") for n in range(count)]


def _lie(member: Member, change: Change) -> None:
    match change.value % 6:
        case 0:
            member.method = (0, 8, 9, 12, 14, 93, 99)[change.length % 7]
        case 1:
            member.said_size = change.at
        case 2:
            member.said_sum = change.at
        case 3:
            member.flags ^= 1 << (change.length % 16)
        case 4:
            member.name = (b"../" * 9 + b"x", b"/etc/x", b"\xff\xfe", b"", b"a\x00b", b"con:")[
                change.length % 6
            ]
        case _:
            member.name = member.name.upper()


@cache
def _bomb(kind: int) -> bytes:
    """Return 320 MB, deflated: of zeros, of spaces, of one tag."""
    piece = (b"\0", b" ", b"<a>")[kind]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = piece * (1024 * 1024 // len(piece))
    made = [packer.compress(block) for _ in range(_BOMB_BYTES // len(block))]
    return b"".join((*made, packer.flush()))


def packed(members: Sequence[Member], *, deflated: bool = False) -> bytes:
    """Return a zip of members, as they say they are."""
    body, directory = bytearray(), bytearray()
    for member in members:
        data, method = member.data, member.method
        if member.packed is not None:
            size, data = member.said_size or _BOMB_BYTES, member.packed
        else:
            size = len(data) if member.said_size is None else member.said_size
            if deflated and method == zipfile.ZIP_STORED:
                packer = zlib.compressobj(1, zlib.DEFLATED, -15)
                data, method = packer.compress(data) + packer.flush(), 8
        known = zlib.crc32(member.data) if member.said_sum is None else member.said_sum
        head = struct.pack(
            *("<HHHHHIIIHH", 20, member.flags & 0xFFFF, method, 0, 33, known),
            *(len(data), size & 0xFFFFFFFF, len(member.name), 0),
        )
        entry = b"PK\x01\x02\x14\x00" + head + struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        directory += entry + member.name
        body += b"PK\x03\x04" + head + member.name + data
    count = len(members) & 0xFFFF
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\x05\x06" + end
