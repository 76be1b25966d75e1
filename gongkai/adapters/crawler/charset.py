"""The encoding of a page: what a browser believes, what the bytes are, the text they give."""

import codecs
import re

from gongkai.text.frequent_data import FREQUENT
from gongkai.text.sitepages import Declared

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OF_THE_WEB = re.compile(
    r"utf-8|utf-16-[lb]e|gb18030|big5|iso-8859-(?:[1-9]|1[0134-6])|windows-125\d|shift_jis|"
    r"euc-(?:jp|kr)|koi8-[ru]|us-ascii"
)
_HEAD = 4096
_SAMPLE = 200_000
_COMMON = frozenset("".join(FREQUENT)) | frozenset("的是不了在人有和中大为上个国地到说时要会")
_SAME = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "utf8": "utf-8", "big5-hkscs": "big5", "utf-16": "utf-16-le",
}  # fmt: skip


def read(body: bytes, header: str) -> tuple[str, Declared]:
    """Return a page's text by what its bytes are, and what was said of them."""
    mark = next((name for sign, name in _MARKS if body.startswith(sign)), "")
    found = _META.search(_COMMENT.sub(b"", body[:_HEAD]))
    head = found[1].decode("ascii", "replace").lower() if found else ""
    believed = usual(mark or header or head)
    truth = _truth(body, believed)
    text = body.decode(truth, "replace").lstrip("\ufeff")
    return text, Declared(mark, usual(header), usual(head), truth, body.isascii())


def usual(name: str) -> str:
    """Return an encoding's name as Python and browsers both have it, "" for an unknown one."""
    name = _SAME.get(name.lower(), name.lower())
    return name if _OF_THE_WEB.fullmatch(name) else ""


def _truth(body: bytes, believed: str) -> str:
    if believed.startswith("utf-16"):
        return believed
    if body.isascii():
        return believed or "utf-8"
    if _fits(body, "utf-8"):
        return "utf-8"
    if believed and believed != "utf-8" and _fits(body, believed):
        return believed
    if believed == "utf-8" and _lost(body, "utf-8") * 100 < len(body):
        return "utf-8"  # a few spoilt characters do not make it another encoding
    sample = body[:_SAMPLE]
    return max(("gb18030", "big5"), key=lambda name: _familiar(sample, name))


def _fits(body: bytes, name: str) -> bool:
    try:
        body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _lost(body: bytes, name: str) -> int:
    return body.decode(name, "replace").count("\ufffd")


def _familiar(body: bytes, name: str) -> float:
    text = body.decode(name, "replace")
    wide = [char for char in text if char > "\u2e7f"]
    known = sum(char in _COMMON for char in wide)
    return (known - 5 * text.count("\ufffd")) / (len(wide) or 1)
