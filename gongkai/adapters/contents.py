"""Everything a file says, part by part, for the checks before release (先审后发).

Not what a reader sees but what the file holds: hidden sheets, rows and text, comments, deletions
of tracked changes, headers, text boxes, properties, leftovers, text under boxes, text in pictures.
Strangers' files are taken apart in a process of its own with bounded memory and time (see
contentsworker); the older formats of Word, Excel and WPS go through LibreOffice first.
"""

import json
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from gongkai.adapters.readers.limits import (
    Damaged,
    Limits,
    Locked,
    NotSupported,
    ReadError,
    TooLarge,
)
from gongkai.adapters.readers.office import convert
from gongkai.adapters.readers.textfile import decode
from gongkai.adapters.textextract import extract
from gongkai.text.delimited import Undelimited, rows_of

Rows = tuple[tuple[str, ...], ...]

FILE_BYTES = 64 * 1024 * 1024
CHARACTERS = 5_000_000
_SECONDS = 240
_PICTURES = frozenset({"jpg", "png", "tif", "bmp", "gif", "webp"})
_TAKEN_APART = frozenset({"docx", "xlsx", "pdf", "html"}) | _PICTURES
_TEXTS = frozenset({"txt", "md"})
_BY_OFFICE = {"doc": "docx", "wps": "docx", "rtf": "docx", "xls": "xlsx", "et": "xlsx"}
_SUFFIXES = {
    ".htm": "html", ".html": "html", ".shtml": "html", ".xhtml": "html", ".jpeg": "jpg",
    ".tiff": "tif", ".text": "txt", ".markdown": "md",
}  # fmt: skip
KINDS = _TAKEN_APART | _TEXTS | frozenset(_BY_OFFICE) | {"csv", "ofd"}
_ADVICE = "可以检查 txt、md、html、csv、docx、xlsx、pdf、ofd、doc、wps、xls、et 和图片。"
_ERRORS: dict[str, ReadError] = {
    "locked": Locked("文件已加密，请提供未加密的文件。"),
    "damaged": Damaged("文件已损坏或不完整，请重新导出后再试。"),
    "bomb": TooLarge("文件解压后过大，疑似压缩炸弹，已停止读取。"),
    "large": TooLarge("文件页数过多或内容过大，请拆分后再试。"),
    "time": TooLarge("检查文件超出时间或内存限制，请拆分后再试。"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a file: where it stands, its text, its rows when it is a table.

    `rows` begin at the sheet's first row and column, so that cells keep their names; `text` has
    them too, by tabs and lines. `note` tells what else an official must know of the part: that
    rows are hidden, that a picture was not read.
    """

    where: str
    text: str
    rows: Rows | None = None
    note: str = ""


def kind_of(name: str) -> str:
    """Return the kind of file a name promises, "" for one that is not read here."""
    suffix = Path(name).suffix.lower()
    kind = _SUFFIXES.get(suffix, suffix.removeprefix("."))
    return kind if kind in KINDS else ""


def read_file(path: Path) -> list[Part]:
    """Return the parts of a file on this machine.

    Raises:
        ReadError: it is missing or of no known kind, and as `read_parts`.
    """
    kind = kind_of(path.name)
    if not kind:
        raise NotSupported(f"不检查“{path.suffix or '没有扩展名'}”的文件。{_ADVICE}")
    try:
        if not path.is_file():
            raise Damaged("文件不存在或不是普通文件，请核对路径。")
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1)
    except OSError:
        raise Damaged("文件打不开，请核对路径和权限。") from None
    return read_parts(data, kind)


def read_parts(data: bytes, kind: str) -> list[Part]:
    """Return all parts of a file whose kind `filetype.tell` has told, or `kind_of` its name.

    A part without text and with a note could not be read. An empty file has no part.

    Raises:
        ReadError: damaged, locked, too large, taking too long, or of a kind not read here.
    """
    if len(data) > FILE_BYTES:
        raise TooLarge(f"文件超过{FILE_BYTES // 1024 // 1024}MB，请拆分后再试。")
    if kind in _TEXTS or kind == "csv":
        return _text(data, kind)
    if kind == "ofd":
        return _ofd(data)
    if kind in _BY_OFFICE:
        data = convert(data, f".{kind}", _BY_OFFICE[kind], Limits(seconds=60.0))
        kind = _BY_OFFICE[kind]
    if kind not in _TAKEN_APART:
        raise NotSupported(f"不检查这种格式的文件。{_ADVICE}")
    return _taken_apart(data, kind)


def _text(data: bytes, kind: str) -> list[Part]:
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > CHARACTERS:
        raise _ERRORS["large"]
    if kind != "csv":
        return [Part("正文", text)] if text else []
    try:
        rows = tuple(tuple(row) for row in rows_of(text, CHARACTERS))
    except Undelimited:
        raise _ERRORS["damaged"] from None
    return [Part("表格", text, rows)] if text else []


def _ofd(data: bytes) -> list[Part]:
    told = extract(data, "ofd")
    if told.reason:
        raise NotSupported(told.reason)
    note = "文件过长，只检查了前面的部分" if told.cut else ""
    return [Part("正文", told.text, None, note)]


def _taken_apart(data: bytes, kind: str) -> list[Part]:
    head = json.dumps({"kind": kind, "picture": kind in _PICTURES}).encode()
    line = [sys.executable, "-m", "gongkai.adapters.contentsworker", str(_SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            line,
            input=struct.pack("!I", len(head)) + head + data,
            capture_output=True,
            timeout=_SECONDS * 2,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _ERRORS["time"] from None
    if done.returncode < 0:
        raise _ERRORS["time"]
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise _ERRORS["damaged"] from None
    if "error" in told:
        raise _ERRORS[told["error"]]
    return [
        Part(where, text, None if rows is None else tuple(tuple(row) for row in rows), note)
        for where, text, rows, note in told["parts"]
    ]
