"""The bytes of an old page to text: what it declares is a hint, what it holds decides."""

import re

from gongkai.adapters.readers.limits import Damaged
from gongkai.adapters.readers.textfile import decode

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_MOST_LOST = 200  # one character in so many


def page_text(data: bytes) -> tuple[str, int]:
    """Return a page's text and how many of its characters could not be read.

    Raises:
        Damaged: it is text in no encoding that old sites use.
    """
    found = _DECLARED.search(data[:4096])
    declared = found[1].decode("ascii").lower() if found else ""
    declared = "gb18030" if declared in ("gb2312", "gbk", "gb18030") else declared
    try:
        return decode(data, declared or None), 0
    except Damaged:
        best = min(("utf-8", "gb18030"), key=lambda name: _lost(data, name))
        lost = _lost(data, best)
        if lost * _MOST_LOST > len(data) or b"\x00" in data:
            raise
        return data.decode(best, "replace"), lost


def _lost(data: bytes, encoding: str) -> int:
    return data.decode(encoding, "replace").count("\ufffd")
