"""The folder of an old site: its files by address, never one outside of it.

Addresses are percent-encoded in UTF-8 or GBK or not at all, differ in case from the disk, or
name the whole site; files may bear names in GBK. Links of the file system are not followed.
"""

import os
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

PAGES = frozenset(
    (".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".asp", ".aspx", ".jsp", ".php", ".shtm")
)
_WRITTEN = [".doc", ".docx", ".wps", ".pdf", ".ofd", ".ceb", ".rtf", ".txt", ".ppt", ".pptx"]
_SHEETS = [".xls", ".xlsx", ".et", ".csv"]
DOCUMENTS = frozenset((*_WRITTEN, *_SHEETS, ".zip", ".rar", ".7z"))
PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"))
_DEEPEST = 64
_HOST = re.compile(r"(?:https?:)?//([^/?#]*)", re.IGNORECASE)


@dataclass(slots=True)
class Folder:
    """A folder with its real path; `used` are the files that some page links to."""

    root: str
    hosts: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    _names: dict[str, dict[str, str]] = field(default_factory=dict)

    def files(self) -> Iterator[str]:
        """Yield the files' paths below the root in a steady order; file-system links in `links`."""
        waiting = [""]
        while waiting:
            place = waiting.pop()
            inner = []
            with os.scandir(os.path.join(self.root, place)) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
            for entry in found:
                below = posixpath.join(place, entry.name)
                if entry.is_symlink():
                    self.links.append(below)
                elif entry.is_dir(follow_symlinks=False):
                    if below.count("/") < _DEEPEST:
                        inner.append(below)
                elif entry.is_file(follow_symlinks=False):
                    yield below
            waiting += reversed(inner)

    def path(self, below: str) -> Path:
        """Return where a file stands on the disk."""
        return Path(os.path.join(self.root, below))

    def find(self, address: str, page: str) -> str | None:
        """Return the file that an address on a page names, None where there is none inside."""
        for candidate in self._candidates(address, page):
            found = self._real(candidate)
            if found is not None:
                return found
        return None

    def wanted(self, address: str, page: str) -> str | None:
        """Return the path below the root that an address asks for, None if it is elsewhere."""
        return next(iter(self._candidates(address, page)), None)

    def _candidates(self, address: str, page: str) -> Iterator[str]:
        host = _HOST.match(address)
        if host and host[1].lower() not in self.hosts:
            return
        try:
            path = urlsplit(address).path
        except ValueError:
            return
        base = "" if host or path.startswith("/") else posixpath.dirname(page)
        raw = unquote_to_bytes(path.lstrip("/").replace("\\", "/"))
        bases = [base]
        if host:
            bases.append(host[1].lower())
        elif path.startswith("/") and page.partition("/")[0] in self.hosts:
            bases.insert(0, page.partition("/")[0])
        for name in _spellings(raw, path.lstrip("/")):
            for each in bases:
                below = posixpath.normpath(posixpath.join(each, name))
                if below != "." and not below.startswith(("../", "/")) and below != "..":
                    yield below

    def _real(self, below: str) -> str | None:
        """Return the path as the disk spells it, None if there is no such file inside."""
        place = ""
        for part in below.split("/"):
            spelt = self._listing(place).get(part) or self._listing(place).get(part.lower())
            if spelt is None:
                return None
            place = posixpath.join(place, spelt)
        whole = os.path.join(self.root, place)
        if os.path.islink(whole) or not os.path.isfile(whole):
            return None
        inside = os.path.realpath(whole) == whole
        return place if inside else None

    def _listing(self, place: str) -> dict[str, str]:
        if place not in self._names:
            if len(self._names) > 5_000:
                self._names.clear()
            whole = os.path.join(self.root, place)
            names = sorted(os.listdir(whole)) if self._is_folder(whole) else []
            self._names[place] = {name.lower(): name for name in names} | {n: n for n in names}
        return self._names[place]

    def _is_folder(self, whole: str) -> bool:
        return os.path.isdir(whole) and not os.path.islink(whole)


def address_of(below: str) -> str:
    """Return the address of a file below the root: percent-encoded, from the root."""
    return "/" + quote_from_bytes(os.fsencode(below), safe="/~!$&'()*+,;=:@")


def suffix_of(address: str) -> str:
    """Return the suffix of a file's name in an address, small."""
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    return posixpath.splitext(path)[1].lower()


def name_of(below: str) -> str:
    """Return a file's name as people read it, whatever encoding the disk bears it in."""
    raw = os.fsencode(posixpath.basename(below))
    raw = unquote_to_bytes(raw) if b"%" in raw else raw
    return _text(raw)


def _text(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _spellings(raw: bytes, written: str) -> Iterator[str]:
    """Yield how the disk may spell a name: as given, in UTF-8, in GBK, still encoded."""
    if b"\x00" in raw:
        return
    text = _text(raw)
    seen = set()
    for name in (os.fsdecode(raw), text, _in_gbk(text), written):
        if name and name not in seen:
            seen.add(name)
            yield name


def _in_gbk(text: str) -> str:
    try:
        return os.fsdecode(text.encode("gb18030"))
    except UnicodeEncodeError:
        return ""
