"""A letter and how it is written as a mail: one address, no slipped-in headers, any Chinese.

Form by RFC 5322, 2045, 2047 and 2231. Also the words by which sending fails, in Chinese.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime, make_msgid

from gongkai.adapters.eml import Attachment

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([^\s@<>,;\"]{1,253})")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*")
_IDENTITY = re.compile(r"<[!-;=?-~]{1,200}@[!-;=?-~]{1,200}>")
_OWN_HEADERS = frozenset(
    ("from", "to", "cc", "bcc", "sender", "subject", "date", "message-id", "mime-version")
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


class MailError(Exception):
    """Something was not sent; the message is in Chinese."""


class Refused(MailError):
    """It will never be taken as it is: a wrong address, a forbidden header, too large."""


class TryLater(MailError):
    """It was not taken now; nothing is wrong with it, or our own settings are."""


class SettingsError(ValueError):
    """The settings name no adapter, or one with fields missing or unknown."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one address.

    `message_id` (with its angle brackets) may be given, so that a letter sent again after a
    failure is the same letter; `at` is its Date, the moment of sending where it is None.
    `headers` are further ones, such as In-Reply-To.
    """

    to: str
    subject: str
    text: str = field(repr=False)
    html: str = field(default="", repr=False)
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    message_id: str = ""
    at: datetime | None = None


def written(letter: Letter, sender: str, sender_name: str = "") -> EmailMessage:
    """Return the letter as a message; Auto-Submitted is set, so that no machine answers it.

    Raises:
        Refused: an address, a header or the subject is none that a mail may have.
    """
    to = checked_address(letter.to)
    local, _, host = checked_address(sender).rpartition("@")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_line(sender_name, "发件人名称"), local, host)
    message["To"] = to
    message["Subject"] = _line(letter.subject, "邮件主题")
    message["Date"] = format_datetime(letter.at or localtime())
    message["Message-ID"] = _identity(letter.message_id, host)
    headers = {"Auto-Submitted": "auto-generated", **letter.headers}
    for name, value in headers.items():
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,60}", name) or _is_own(name):
            raise Refused(f"邮件头“{name[:60]!r}”不能另行设置。")
        message[name] = _line(value, name)
    message.set_content(_storable(letter.text), cte="base64")
    if letter.html:
        message.add_alternative(_storable(letter.html), subtype="html", cte="base64")
    for file in letter.attachments:
        _attach(message, file)
    return message


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def _is_own(name: str) -> bool:
    return name.lower() in _OWN_HEADERS or name.lower().startswith("content-")


def _line(text: str, what: str) -> str:
    """Return text fit for a header.

    Raises:
        Refused: it holds a line end or another control, by which headers could be slipped in.
    """
    if _CONTROLS.search(text):
        raise Refused(f"{what}中不能有换行或控制字符，请修改后再发。")
    return _storable(text)


def _identity(given: str, host: str) -> str:
    if not given:
        return make_msgid(domain=host)
    if not _IDENTITY.fullmatch(given):
        raise Refused("邮件编号（Message-ID）应当写成 <…@…> 的样子。")
    return given


def _attach(message: EmailMessage, file: Attachment) -> None:
    main, slash, sub = file.content_type.partition("/")
    if not slash or not re.fullmatch(r"[\w.+-]+/[\w.+-]+", file.content_type, re.ASCII):
        main, sub = "application", "octet-stream"
    if main in ("message", "multipart", "text"):  # sent as the bytes they are, never re-encoded
        main, sub = "application", "octet-stream"
    name = _line(file.name, "附件名称")
    message.add_attachment(file.content, maintype=main, subtype=sub, filename=name)


def checked_address(address: str) -> str:
    """Return an address as it may be sent to, a Chinese domain in its ASCII form.

    Raises:
        Refused: it is no single address.
    """
    found = _ADDRESS.fullmatch(address.strip())
    try:
        host = found[1].encode("idna").decode("ascii") if found else ""
    except UnicodeError:
        host = ""
    if found is None or not _HOST.fullmatch(host):
        raise Refused(f"“{_CONTROLS.sub('?', address)[:100]}”不是有效的电子邮箱地址，请核对。")
    return address.strip().rpartition("@")[0] + "@" + host
