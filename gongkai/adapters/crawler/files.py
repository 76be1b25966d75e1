"""Pictures and attachments that came: are they what their names say, and what do they hold."""

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath

from gongkai.adapters.contents import Part, kind_of, read_parts
from gongkai.adapters.readers.limits import Damaged, ReadError

_OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINS = {
    "pdf": (b"%PDF",), "rar": (b"Rar!",), "7z": (b"7z\xbc\xaf",), "ofd": (b"PK",), "zip": (b"PK",),
    "doc": (_OLE, b"{\\rtf", b"PK"), "xls": (_OLE, b"PK", b"<?xml"), "wps": (_OLE, b"PK"),
    "et": (_OLE, b"PK"), "ppt": (_OLE, b"PK"), "docx": (b"PK",), "xlsx": (b"PK",),
    "pptx": (b"PK",), "rtf": (b"{\\rtf",),
}  # fmt: skip
_LOCKABLE = frozenset(("docx", "xlsx", "pptx"))
_PICTURES = frozenset(("png", "jpg", "jpeg", "gif", "bmp", "webp"))
_PAGES = (b"<!doctype html", b"<html", b"<!doctype htm")
_UNPACKED = 100_000_000
_MEMBERS = 500
_NESTED = 3


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file was found to be: why it cannot be opened, its parts, what was not read."""

    broken: str = ""
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = field(default=())


def examine(data: bytes, ending: str, *, read: bool) -> Examined:
    """Return whether a file is what its name says, and its parts where `read` asks for them."""
    if broken := _unlike(data, ending):
        return Examined(broken)
    if ending == "zip":
        return _packet(data, read)
    if not read:
        return Examined()
    kind = kind_of(f"x.{ending}")
    if not kind:
        return Examined(notes=(f"不检查 {ending} 文件的内容",))
    try:
        return Examined(parts=tuple(read_parts(data, kind)))
    except Damaged as error:
        return Examined(str(error))
    except ReadError as error:
        return Examined(notes=(str(error),))


def broken_picture(data: bytes, *, whole: bool) -> str:
    """Return why bytes are no picture that can be shown, "" where they are one."""
    if not data:
        return ""
    head = data[:400].lstrip().lower()
    if head.startswith(_PAGES):
        return "图片地址返回的是网页"
    if data.startswith(b"\x89PNG"):
        return "" if not whole or _png_ends(data) else "图片数据不完整"
    if data.startswith(b"\xff\xd8"):
        return "" if not whole or b"\xff\xd9" in data else "图片数据不完整"
    if data.startswith((b"GIF8", b"BM", b"RIFF", b"\x00\x00\x01\x00", b"II*\x00", b"MM\x00*")):
        return ""
    if b"<svg" in head or head.startswith(b"<?xml") or data[4:8] == b"ftyp":
        return ""
    return "不是图片"


def _png_ends(data: bytes) -> bool:
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at += 12 + length
    return False


def _unlike(data: bytes, ending: str) -> str:
    head = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if ending and head.startswith(_PAGES):
        return f"文件名是 {ending}，内容却是网页"
    if ending in _PICTURES:
        return broken_picture(data, whole=True)
    begins = _BEGINS.get(ending)
    if begins is None or (ending in _LOCKABLE and data.startswith(_OLE)):
        return ""
    if not any(
        sign in data[:1024] if sign == b"%PDF" else data.startswith(sign) for sign in begins
    ):
        return f"文件内容不是 {ending} 格式"
    if data.startswith(b"PK"):
        return _bad_package(data, ending)
    return ""


def _bad_package(data: bytes, ending: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            if sum(each.file_size for each in package.infolist()) < _UNPACKED:
                locked = any(each.flag_bits & 1 for each in package.infolist())
                if not locked and package.testzip() is not None:
                    return "文件已损坏，不能打开"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return "文件已损坏，不能打开"
    wanted = _OFFICE.get(ending)
    if wanted and not any(name.startswith(wanted) for name in names):
        return f"文件内容不是 {ending} 格式"
    return ""


def _packet(data: bytes, read: bool) -> Examined:
    if not read:
        return Examined()
    parts: list[Part] = []
    notes: list[str] = []
    for name, told in _members(data, 1):
        if isinstance(told, str):
            notes.append(f"{name}：{told}")
            continue
        try:
            found = read_parts(told, kind_of(name))
        except ReadError as error:
            notes.append(f"{name}：{error}")
            continue
        parts += [Part(f"{name} {each.where}", each.text, each.rows, each.note) for each in found]
    return Examined(parts=tuple(parts), notes=tuple(notes))


def _members(data: bytes, depth: int) -> Iterator[tuple[str, bytes | str]]:
    """Yield the files of a packet that are read here, those of packets in it too, bounded."""
    left = _UNPACKED
    with zipfile.ZipFile(BytesIO(data)) as package:
        for each in package.infolist()[:_MEMBERS]:
            if each.is_dir():
                continue
            name = PurePosixPath(each.filename).name
            if each.flag_bits & 1:
                yield name, "已加密，没有检查"
            elif each.file_size > left:
                yield name, "解压后过大，没有检查"
            elif name.lower().endswith(".zip") and depth < _NESTED:
                left -= each.file_size
                yield from _members_within(package.read(each), name, depth)
            elif kind_of(name):
                left -= each.file_size
                yield name, package.read(each)


def _members_within(data: bytes, name: str, depth: int) -> Iterator[tuple[str, bytes | str]]:
    try:
        for inner, told in _members(data, depth + 1):
            yield f"{name}/{inner}", told
    except zipfile.BadZipFile:
        yield name, "已损坏，没有检查"
