"""Words of mail headers from strangers: charsets, encoded words, parameters, addresses, dates.

Nothing here raises on any input. Every step works in a time linear in its input, and every
header is cut (`LONGEST_HEADER`) before it comes here. Python's own `email` package is not used
for reading: it recurses as deep as the sender likes and gives up on much that Chinese mail
programs write. RFC 2047 (encoded words), RFC 2231 (parameters), RFC 5322 (addresses, dates).
"""

import binascii
import codecs
import email.utils
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import unquote_to_bytes

LONGEST_HEADER = 20_000
_MOST_ADDRESSES = 100
_MOST_ENDS = 10_000  # ends of base64 within one body
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_MOST_CONTINUATIONS = 60
_CHINA = timezone(timedelta(hours=8))
_YEARS = range(1980, 2101)

# Codecs that decode a charset; Python also has some that unescape or compute (punycode, idna).
_CHARSET = re.compile(
    r"(?:utf|u8|us_?ascii|ascii|iso|latin|l\d|windows|cp|koi8|big5|hz|euc|shift|sjis|ks_c|johab"
    r"|mac|tis|viscii|ibm)[a-z0-9_]{0,30}"
)
_GUOBIAO = ("gb", "x_gb", "chinese", "cp936", "windows_936", "ms936", "euc_cn", "euccn")
_SAMPLE = 4_000  # characters looked at to judge a charset
_ENOUGH = 0.5
_LONG_ENOUGH = 16  # bytes from which on Big5 is thought of unasked
_WESTERN = ("iso8859-1", "iso8859-15", "cp1252", "ascii")

_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)(?:\?=|$)")
_PARAMETER = re.compile(r""";\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)""", re.DOTALL)
_SECTION = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,128}@[A-Za-z0-9.-]{1,255}")
# C0 and C1 controls, halves of surrogate pairs, and marks that turn the reading direction.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def clean(text: str) -> str:
    """Return text with newlines as \\n and without NUL, other controls and direction marks."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return text on one line, clean, runs of blanks as one space."""
    return clean(" ".join(text.split())).strip()


def decode(data: bytes, declared: str = "") -> str:
    """Return the text of bytes, by the declared charset where the bytes agree with it.

    GB2312 and GBK are read as GB18030, which holds both and 璪, 镕 too. A declaration that
    the bytes contradict (UTF-8 called GB2312, GBK called Latin-1) gives way to what they are.
    """
    charset = _codec(declared)
    if data.isascii() and not charset.startswith(("utf-16", "utf-32", "utf-7", "hz", "iso2022")):
        return data.decode("ascii")
    if charset == "gb18030" and _is_chinese_utf8(data):
        charset = "utf-8"
    if not charset or charset in _WESTERN:
        return _guess(data, sure=bool(charset)) or data.decode(charset or "gb18030", "replace")
    return _strictly(data, charset) or _guess(data, sure=True) or data.decode(charset, "replace")


def _codec(declared: str) -> str:
    """Return Python's name of a declared charset, empty where there is none that it knows."""
    name = re.sub(r"[^a-z0-9]", "_", declared.strip().strip("\"'").lower()[:60])
    if name.startswith(_GUOBIAO):
        return "gb18030"
    if name.startswith(("big5", "x_big5", "cp950")):
        return "big5hkscs"
    if not _CHARSET.fullmatch(name):
        return ""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _strictly(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except ValueError:  # UnicodeError and what the multi-byte codecs say
        return None


def _is_chinese_utf8(data: bytes) -> bool:
    """Say whether bytes are UTF-8 whose characters beyond ASCII are nearly all Chinese ones.

    Short GBK words can be UTF-8 by accident (联通), but then come out as no Chinese.
    """
    beyond = [char for char in (_strictly(data, "utf-8") or "")[:_SAMPLE] if char > "\x7f"]
    chinese = sum(1 for char in beyond if char >= "\u2010")
    return len(beyond) > 1 and chinese >= 0.9 * len(beyond)


def _guess(data: bytes, *, sure: bool) -> str | None:
    """Return the text in the likeliest of UTF-8, GB18030 and Big5.

    None where none fits or, when it has to be `sure`, where the words would be odd ones.
    """
    text = data.decode("utf-8", "replace")
    beyond = sum(1 for char in text if char > "\x7f")
    if text.count("\ufffd") * 10 <= beyond:  # a cut or a damaged character does not make it GBK
        return text
    simplified = _strictly(data, "gb18030")
    if simplified is not None and _share(simplified, "gb2312", 0xF7) >= _ENOUGH:
        return simplified
    # A short run may be a name of rare characters: here it is GB18030 all the same.
    traditional = _strictly(data, "big5hkscs") if len(data) >= _LONG_ENOUGH else None
    if traditional is not None and _share(traditional, "big5", 0xC6) >= _ENOUGH:
        return traditional
    return None if sure else simplified


def _share(text: str, charset: str, last: int) -> float:
    """Return which part of the characters beyond ASCII `charset` has, up to that lead byte."""
    beyond = [char for char in text[:_SAMPLE] if char > "\x7f"]
    codes = [char.encode(charset, "ignore") for char in beyond]
    known = sum(1 for code in codes if code and code[0] <= last)
    return known / len(beyond) if beyond else 1.0


def words(text: str) -> str:
    """Return a header's text with its encoded words read (RFC 2047), on one line."""
    done: list[str] = []
    group: list[tuple[str, str, str]] = []
    end = 0
    for found in _ENCODED.finditer(text):
        between = text[end : found.start()]
        word = (found[1].partition("*")[0].lower(), found[2].lower(), found[3])
        if between.strip() or not group or group[-1][:2] != word[:2]:
            done.append(_read(group))
            done.append(between if between.strip() or not group else "")
            group = []
        group.append(word)
        end = found.end()
    return one_line("".join((*done, _read(group), text[end:])))


def _read(group: list[tuple[str, str, str]]) -> str:
    """Return neighbouring words of one charset as text: some programs cut inside a character."""
    if not group:
        return ""
    charset, encoding, _ = group[0]
    texts = [text for *_, text in group]
    if encoding == "q":
        raw = [text.encode("utf-8", "replace") for text in texts]
        return decode(b"".join(binascii.a2b_qp(part, header=True) for part in raw), charset)
    if any(len(text.strip()) % 4 for text in texts[:-1]):  # cut inside a group of four
        texts = ["".join(texts)]
    return decode(b"".join(base64(text.encode("utf-8", "replace"))[0] for text in texts), charset)


def base64(data: bytes) -> tuple[bytes, bool]:
    """Return what base64 says, and whether all of it was sound; what is no base64 is skipped."""
    done: list[bytes] = []
    sound = True
    known = data.translate(None, _NOT_BASE64)
    if known.count(b"=") > _MOST_ENDS:
        known = known.replace(b"=", b"")
        sound = False
    for run in re.split(rb"=+", known):
        if len(run) % 4 == 1:
            sound = False
            run = run[:-1]
        done.append(binascii.a2b_base64(run + b"=" * (-len(run) % 4)))
    return b"".join(done), sound


def parameters(header: str) -> tuple[str, dict[str, str]]:
    """Return a header's value in lower case and its parameters (RFC 2231 and what programs do)."""
    value, semicolon, rest = header.partition(";")
    plain: dict[str, str] = {}
    parts: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, said in _PARAMETER.findall(semicolon + rest):
        section = _SECTION.fullmatch(name.lower())
        text = _unquoted(said)
        if section is None or (section[2] is None and section[3] is None):
            plain.setdefault(name.lower(), text)
        else:
            number = int(section[2] or 0)
            if number < _MOST_CONTINUATIONS:
                parts.setdefault(section[1], {}).setdefault(number, (text, bool(section[3])))
    for name, sections in parts.items():
        plain[name] = _joined([sections[number] for number in sorted(sections)])
    read = {name: text if name == "boundary" else words(text) for name, text in plain.items()}
    return value.strip().lower(), read


def _unquoted(said: str) -> str:
    said = said.strip()
    if len(said) > 1 and said[0] == said[-1] == '"':
        return re.sub(r'\\(["\\])', r"\1", said[1:-1])
    return said.strip('"')


def _joined(sections: list[tuple[str, bool]]) -> str:
    """Return a parameter that was cut into sections, `charset'language'` before the first."""
    charset = ""
    first, marked = sections[0]
    if marked and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
    data = b""
    for text, is_marked in [(first, marked), *sections[1:]]:
        raw = text.encode("utf-8", "replace")
        data += unquote_to_bytes(raw) if is_marked else raw
    return decode(data, charset)


def addresses(header: str) -> list[tuple[str, str]]:
    """Return the (name, address) pairs of a header; the address is empty where none is readable."""
    found = []
    for entry in _entries(header):
        opened = entry.rfind("<")
        inside = entry[opened + 1 :].partition(">")[0] if opened >= 0 else entry
        match = _ADDRESS.search(words(inside)) or _ADDRESS.search(entry)
        name = entry[:opened] if opened >= 0 else "" if match else entry
        found.append((words(_unquoted(name)), match[0].lower() if match else ""))
    return found


def _entries(header: str) -> Iterator[str]:
    """Yield the entries between commas and semicolons that stand outside quotes and brackets."""
    start = count = 0
    quoted = bracket = False
    for place, char in enumerate(header):
        if char == '"':
            quoted = not quoted
        elif not quoted and char in "<>":
            bracket = char == "<"
        elif char in ",;" and not quoted and not bracket:
            if header[start:place].strip():
                yield header[start:place].strip()
                count += 1
            start = place + 1
            if count >= _MOST_ADDRESSES:
                return
    if header[start:].strip():
        yield header[start:].strip().rstrip(";")


def moment(text: str) -> datetime | None:
    """Return the moment a date header names, aware; None where it names none that can be.

    A date without a zone is taken as China's time.
    """
    said = " ".join(text.split())[:100]
    try:
        found = email.utils.parsedate_to_datetime(said)
        aware = found if found.tzinfo else found.replace(tzinfo=UTC if "-0000" in said else _CHINA)
        # A zone such as +9999 makes a datetime that cannot be compared.
        return aware if aware.astimezone(UTC).year in _YEARS else None
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
