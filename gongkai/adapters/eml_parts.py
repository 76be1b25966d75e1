"""A raw mail as a tree of parts: headers read, bodies cut at their boundaries, nothing copied.

A part is a span of the one byte string. Depth, parts and headers are capped; what lies
beyond a cap stays whole in its part and is told in `problems`. RFC 2045, RFC 2046.
"""

import binascii
import re
from dataclasses import dataclass, field
from itertools import islice

from gongkai.adapters.eml_words import LONGEST_HEADER, base64, decode, parameters

DEEPEST = 10
MOST_PARTS = 500
_MOST_HEADERS = 1_000
_LONGEST_HEAD = 1024 * 1024  # bytes of one part's headers
_BLANK = re.compile(rb"\r\n\r\n|\n\n|\r\r(?!\n)|\n\r\n")
_LINE = re.compile(rb"\r\n|\n|\r")
_NAME = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
_FENCE = re.compile(rb"(?:\A|[\r\n])--([!-~]{1,100})[ \t]{0,20}(?=\r|\n)")
_FENCE_WITHIN = 64 * 1024  # bytes of a body searched for a boundary that nobody declared
_PLAIN_ENCODINGS = ("", "7bit", "8bit", "binary")


@dataclass(slots=True)
class Part:
    """One part of a mail: its headers, the span of its body, the parts in it."""

    data: bytes = field(repr=False)
    start: int
    end: int
    headers: dict[str, list[str]]
    kind: str
    parameters: dict[str, str]
    children: list["Part"] = field(default_factory=list)

    def header(self, name: str) -> str:
        """Return the first header of that name (lower case), empty where there is none."""
        return self.headers.get(name, [""])[0]

    @property
    def raw(self) -> bytes:
        """The body as it was sent, still encoded for transfer."""
        return self.data[self.start : self.end]

    @property
    def disposition(self) -> tuple[str, dict[str, str]]:
        """Content-Disposition: its value in lower case and its parameters."""
        return parameters(self.header("content-disposition"))


@dataclass(slots=True)
class Splitter:
    """Cuts one mail into parts and keeps count."""

    data: bytes
    problems: list[str] = field(default_factory=list)
    count: int = 0

    def split(self) -> Part:
        """Return the mail's tree of parts."""
        return self._part(0, len(self.data), 0, "text/plain")

    def note(self, problem: str) -> None:
        """Write a problem down once."""
        if problem not in self.problems:
            self.problems.append(problem)

    def _part(self, start: int, end: int, depth: int, default: str) -> Part:
        self.count += 1
        headers, body = self._headers(start, end, whole=depth == 0)
        kind, values = parameters(headers.get("content-type", [""])[0])
        named = re.match(r"[\w.+-]{1,60}/[\w.+-]{1,100}", kind, re.ASCII)
        kind = named[0] if named else default
        part = Part(self.data, body, end, headers, kind, values)
        if kind.startswith("multipart/"):
            self._fill(part, depth)
        return part

    def _fill(self, part: Part, depth: int) -> None:
        """Cut a multipart body into its parts."""
        if depth >= DEEPEST:
            self.note(f"邮件嵌套超过{DEEPEST}层，更深的内容没有拆开，作为一个附件保留。")
            return
        fences = self._fences(part)
        if not fences or fences[0][2]:
            self.note("邮件缺少各部分的分界线，内容按一个整体读取。")
            part.kind = "text/plain"
            return
        default = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
        for number, (_, after, closes) in enumerate(fences):
            if closes:
                return
            last = number + 1 == len(fences)
            stop = part.end if last else fences[number + 1][0]
            if self.count >= MOST_PARTS:
                self.note(f"邮件的组成部分超过{MOST_PARTS}个，其余没有读取，请查看原件。")
                return
            part.children.append(self._part(after, max(after, stop), depth + 1, default))
        self.note("邮件没有结束标记，可能没有收全，请查看原件。")

    def _fences(self, part: Part) -> list[tuple[int, int, bool]]:
        """Return (where the body before ends, where the next begins, whether it closes) a fence."""
        said = part.parameters.get("boundary", "").rstrip()
        known = said.encode("utf-8", "replace") if said else b""
        fences = self._find(part, known) if known else []
        if not fences and (first := self._first_fence(part)):
            fences = self._find(part, first[1].removesuffix(b"--"))
            self.note("邮件没有写明各部分的分界线，按内容推断，请核对原件。")
        return fences

    def _first_fence(self, part: Part) -> re.Match[bytes] | None:
        before = max(0, part.start - 1)  # the line end before the body
        return _FENCE.search(self.data, before, min(part.end, part.start + _FENCE_WITHIN))

    def _find(self, part: Part, boundary: bytes) -> list[tuple[int, int, bool]]:
        mark = re.escape(b"--" + boundary)
        # The mark first: a literal prefix is found fast, the look-behind then wants a line start.
        fence = re.compile(
            mark + rb"(?:(?<=[\r\n]" + mark + rb")|(?<=\A" + mark + rb"))"
            rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)"
        )
        found = islice(fence.finditer(self.data, part.start, part.end), MOST_PARTS + 2)
        return [(self._before(one.start()), one.end(), bool(one[1])) for one in found]

    def _before(self, fence: int) -> int:
        """Return where the body before a fence ends: the line end before it belongs to it."""
        if self.data[max(0, fence - 2) : fence] == b"\r\n":
            return fence - 2
        return max(0, fence - 1)

    def _headers(self, start: int, end: int, *, whole: bool) -> tuple[dict[str, list[str]], int]:
        """Return the headers that begin at `start` and where the body begins."""
        while whole and (blank := _LINE.match(self.data, start, end)):
            start = blank.end()
        if first := _LINE.match(
            self.data, start, end
        ):  # a part without headers begins with the blank line itself
            return {}, first.end()
        if self.data.startswith((b"From ", b">From "), start):  # an mbox's envelope line
            line = _LINE.search(self.data, start, end)
            start = line.end() if line else end
        if not _NAME.match(self.data, start, end):
            if whole:
                self.note("邮件没有邮件头，全部内容作为正文读取。")
            return {}, start
        blank = _BLANK.search(self.data, start, end)
        stop, body = (blank.start(), blank.end()) if blank else (end, end)
        if stop - start > _LONGEST_HEAD:
            self.note("邮件头过长，只读取了前面的部分。")
        return self._fields(self.data[start : min(stop, start + _LONGEST_HEAD)]), body

    def _fields(self, head: bytes) -> dict[str, list[str]]:
        """Return the header fields by lower-case name, folded lines joined."""
        fields: dict[str, list[str]] = {}
        unfolded = re.sub(rb"(?:\r\n|\n|\r)(?=[ \t])", b"", head)
        lines = _LINE.split(unfolded)
        if len(lines) > _MOST_HEADERS:
            self.note("邮件头的项目过多，只读取了前面的部分。")
        for line in lines[:_MOST_HEADERS]:
            name, colon, value = line.partition(b":")
            if not colon or not _NAME.match(line):
                continue
            if len(value) > LONGEST_HEADER:
                self.note("邮件头中有过长的项目，只读取了前面的部分。")
                value = value[:LONGEST_HEADER]
            said = decode(value.strip().replace(b"\x00", b""))
            fields.setdefault(name.decode("ascii").strip().lower(), []).append(said)
        return fields


def content(part: Part) -> tuple[bytes, str]:
    """Return a part's body decoded from its transfer encoding, and a problem or nothing."""
    encoding = part.header("content-transfer-encoding").partition(";")[0].strip().lower()
    if encoding == "base64":
        data, sound = base64(part.raw)
        return data, "" if sound else "有内容的编码不完整，可能没有收全，请查看原件。"
    if encoding == "quoted-printable":
        return binascii.a2b_qp(part.raw), ""
    if encoding in _PLAIN_ENCODINGS:
        return part.raw, ""
    return part.raw, "有内容使用了不认识的传输编码，按原样保留。"
