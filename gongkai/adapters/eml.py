"""One raw mail (RFC 5322) from a stranger to a plain IncomingMail; no bytes make it raise.

Mail is one of the ways a request comes in (Regulations Art. 29), and a request that the
machine could not read is still received: whatever cannot be read is told in `problems`, in
Chinese, beside what could be read, and the raw mail stays with the caller. Sizes, numbers
and depths are capped (`LIMITS`); beyond a cap there is a note, never an error.
"""

import hashlib
import mimetypes
import re
from dataclasses import dataclass, field
from datetime import datetime

from gongkai.adapters.eml_kinds import MailKind, leaves_of, sort
from gongkai.adapters.eml_parts import Part, Splitter, content
from gongkai.adapters.eml_words import addresses, clean, decode, moment, one_line, words
from gongkai.adapters.readers.htmlfile import read_html
from gongkai.adapters.readers.limits import ReadError
from gongkai.tables.grid import Document, Grid

__all__ = ["LIMITS", "Attachment", "IncomingMail", "MailKind", "MailLimits", "parse"]

_LONGEST_SUBJECT = 500
_LONGEST_NAME = 120
_FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]')
_MARKUP = re.compile(r"<!--|-->|<[^<>]{0,2000}>")
_HTML_LIMIT = 2_000_000  # characters of a page given to the HTML reader
_HTML_DEPTH = 200  # beyond 256 the parser leaves out what is deeper, without a word
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_ENDLESS = frozenset(
    ["p", "li", "br", "hr", "img", "meta", "link", "input", "col", "wbr", "option"]
)
_ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")


@dataclass(frozen=True, slots=True)
class MailLimits:
    """Caps for one mail."""

    mail_bytes: int = 30 * 1024 * 1024
    attachments: int = 50
    text_characters: int = 200_000


LIMITS = MailLimits()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came or goes with a mail; the name has no path, the type is only a claim."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """What one mail says.

    `key` tells the same mail again, whichever way it came: it is made of the Message-ID, the
    sender, the date and all content. The Message-ID alone would let one mail hide another,
    for some programs give every mail the same one.
    `sent_at` is the sender's claim, `received_at` what the last server wrote; both aware.
    """

    key: str
    message_id: str
    kind: MailKind
    from_name: str
    from_address: str
    to: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    received_at: datetime | None
    text: str = field(repr=False)
    attachments: tuple[Attachment, ...] = field(repr=False)
    problems: tuple[str, ...]
    in_reply_to: str = ""
    failed_recipients: tuple[str, ...] = ()
    original_id: str = ""
    sign: str = ""  # of an automatic mail: the header by which it is known


def parse(data: bytes, limits: MailLimits = LIMITS) -> IncomingMail:
    """Return the mail in `data`; never raises, `problems` names what could not be read."""
    splitter = Splitter(data[: limits.mail_bytes])
    if len(data) > limits.mail_bytes:
        most = limits.mail_bytes // (1024 * 1024)
        splitter.note(f"邮件超过 {most} MB，只读取了前面的部分，请查看原件。")
    if not data.strip(b"\x00 \r\n\t"):
        splitter.note("邮件是空的。")
    mail = splitter.split()
    text = _cut(clean(_text_of(mail, splitter)).strip(), splitter, limits)
    files = _attachments(mail, splitter, limits)
    sender, address = _sender(mail, splitter)
    subject = words(mail.header("subject"))[:_LONGEST_SUBJECT]
    kind = sort(mail, address, subject)
    identity = _identity(mail.header("message-id"))
    sent_at = moment(mail.header("date"))
    if sent_at is None and mail.header("date"):
        splitter.note("邮件写明的发送时间无法识别。")
    dated = mail.header("date").strip()
    return IncomingMail(
        key=_key((identity, address, subject, dated, text), files),
        message_id=identity,
        kind=kind.kind,
        from_name=sender,
        from_address=address,
        to=tuple(to for _, to in addresses(", ".join(mail.headers.get("to", []))) if to),
        subject=subject,
        sent_at=sent_at,
        received_at=moment(mail.header("received").rpartition(";")[2]),
        text=text,
        attachments=files,
        problems=tuple(splitter.problems),
        in_reply_to=_identity(mail.header("in-reply-to")),
        failed_recipients=kind.failed_recipients,
        original_id=kind.original_id,
        sign=kind.sign,
    )


def _identity(header: str) -> str:
    """Return a Message-ID with its angle brackets, empty where there is none."""
    found = re.search(r"<[^<>\s]{1,500}>", header)
    return found[0] if found else one_line(header)[:500]


def _sender(mail: Part, splitter: Splitter) -> tuple[str, str]:
    said = [one for header in mail.headers.get("from", []) for one in addresses(header)]
    if not said or not said[0][1]:
        splitter.note("邮件没有写明可以识别的发件人地址。")
    elif len(said) > 1:
        splitter.note("邮件写有多个发件人，取第一个，请核对原件。")
    name, address = said[0] if said else ("", "")
    return name[:_LONGEST_NAME], address


def _key(said: tuple[str, ...], files: tuple[Attachment, ...]) -> str:
    """Return the SHA-256, in hexadecimal, of a mail's words and files."""
    digest = hashlib.sha256()
    parts = [part.encode("utf-8", "replace") for part in said]
    parts += [part for file in files for part in (file.name.encode("utf-8"), file.content)]
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _cut(text: str, splitter: Splitter, limits: MailLimits) -> str:
    if len(text) > limits.text_characters:
        splitter.note(f"正文超过{limits.text_characters}字，只取了前面的部分，请查看原件。")
    return text[: limits.text_characters]


def _is_file(part: Part) -> bool:
    """Say whether a leaf is a file that came with the mail, and not its text."""
    value, given = part.disposition
    named = "filename" in given or "name" in part.parameters
    return value == "attachment" or named or part.kind not in ("text/plain", "text/html")


def _text_of(part: Part, splitter: Splitter) -> str:
    """Return the words of a part and of those in it; of alternatives the plain one."""
    if not part.children:
        return "" if _is_file(part) else _leaf_text(part, splitter)
    if part.kind != "multipart/alternative":
        texts = [_text_of(child, splitter) for child in part.children]
        return "\n\n".join(text for text in texts if text.strip())
    plain = rich = ""
    for child in part.children:
        text = _text_of(child, splitter)
        if child.kind == "text/plain":
            plain = plain or text.strip()
        else:
            rich = text.strip() or rich  # the last alternative is the richest (RFC 2046)
    # A plain part that only says "use another mail program" must not hide the letter.
    return rich if len(plain) * 4 < len(rich) else plain


def _leaf_text(part: Part, splitter: Splitter) -> str:
    data, problem = content(part)
    if problem:
        splitter.note(problem)
    text = clean(decode(data, part.parameters.get("charset", "") or _page_charset(part, data)))
    if "\ufffd" in text:
        splitter.note("正文有无法识别的字，以“\ufffd”代替，请查看原件。")
    return _from_html(text, splitter) if part.kind == "text/html" else text


def _page_charset(part: Part, data: bytes) -> str:
    """Return the charset that an HTML part names within itself."""
    if part.kind != "text/html":
        return ""
    found = re.search(rb"charset\s{0,5}=\s{0,5}[\"']?([\w-]{1,40})", data[:4096], re.IGNORECASE)
    return found[1].decode("ascii", "replace") if found else ""


def _from_html(page: str, splitter: Splitter) -> str:
    """Return the words of a page: nothing fetched, no script, a table as lines of tabs."""
    if not page.strip():
        return ""
    try:
        if len(page) <= _HTML_LIMIT and _depth(page) <= _HTML_DEPTH:
            return _lines(read_html(page.encode("utf-8", "replace")))
    except ReadError:
        pass
    splitter.note("正文的网页格式过大或不规范，只取出了文字，请查看原件。")
    return _MARKUP.sub(" ", page)


def _depth(page: str) -> int:
    """Return how deep a page's tags are nested at most; those that need no end do not count."""
    depth = deepest = 0
    for closing, name in _TAG.findall(page):
        if name.lower() not in _ENDLESS:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _lines(document: Document) -> str:
    said = []
    for part in document.parts:
        rows = part.rows if isinstance(part, Grid) else ()
        said += ["\t".join(cell.text for cell in row) for row in rows]
        said += [part] if isinstance(part, str) else []
    return "\n".join(said)


def _attachments(mail: Part, splitter: Splitter, limits: MailLimits) -> tuple[Attachment, ...]:
    files: list[Attachment] = []
    for leaf in leaves_of(mail):
        if not _is_file(leaf):
            continue
        if len(files) == limits.attachments:
            splitter.note(f"附件超过{limits.attachments}个，其余没有取出，请查看原件。")
            break
        data, problem = content(leaf)
        if problem:
            splitter.note(problem)
        if leaf.kind in _ENCRYPTED:
            splitter.note("邮件经过加密，内容无法读取，请与发件人联系。")
        if leaf.kind in ("application/ms-tnef", "application/vnd.ms-tnef"):
            splitter.note("附件是 Outlook 专用格式（winmail.dat），需要用 Outlook 打开。")
        files.append(Attachment(_file_name(leaf, len(files) + 1), leaf.kind, data))
    return tuple(files)


def _file_name(part: Part, number: int) -> str:
    """Return a safe name of a file: as given, without path, at most 120 characters."""
    given = part.disposition[1].get("filename") or part.parameters.get("name", "")
    name = re.split(r"[/\\]", one_line(given))[-1]
    name = _FORBIDDEN_IN_NAMES.sub("_", name).strip(" .")
    if not name:
        ending = ".eml" if part.kind == "message/rfc822" else mimetypes.guess_extension(part.kind)
        return f"附件{number}{ending or '.bin'}"
    stem, dot, ending = name.rpartition(".")
    if len(name) > _LONGEST_NAME and dot and len(ending) <= 10:
        return stem[: _LONGEST_NAME - len(ending) - 1] + dot + ending
    return name[:_LONGEST_NAME]
