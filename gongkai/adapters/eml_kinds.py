"""Whether a mail is a person's, an automatic reply or a bounce (RFC 3834, RFC 3464).

A mail is only labelled: who reads the mailbox decides what becomes of it. Where a sign is weak
the mail is ORDINARY, for a request taken as an automatic reply would be a request lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from gongkai.adapters.eml_parts import Part, content
from gongkai.adapters.eml_words import LONGEST_HEADER, addresses, decode, words

_MOST_FAILED = 100
_REPORT = 64 * 1024
_RETURNED = re.compile(
    r"退信|无法投递|投递失败|未送达|undeliver|delivery (?:status|failure|has failed)"
    r"|mail delivery failed|returned (?:mail|to sender)|failure notice",
    re.IGNORECASE,
)
_AUTOMATIC = re.compile(
    r"\s*(?:自动(?:回复|答复|应答)|auto(?:matic)?[- ]?reply|out of (?:the )?office)", re.IGNORECASE
)
_FIELD = re.compile(r"^(final-recipient|original-recipient|action):(.{0,998})$", re.M | re.I)
_ORIGINAL_ID = re.compile(r"^message-id:\s{0,5}(<[^<>\s]{1,500}>)", re.M | re.I)

_SUBMITTED = ("auto-generated", "auto-replied", "auto-notified")


class MailKind(Enum):
    """What a mail is."""

    ORDINARY = "ordinary"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"


@dataclass(frozen=True, slots=True)
class Sorted:
    """A mail's kind; of a bounce, whom it did not reach and the Message-ID of what came back.

    `sign` is the header by which an automatic mail is known, never a word of its sender's.
    """

    kind: MailKind
    failed_recipients: tuple[str, ...] = ()
    original_id: str = ""
    sign: str = ""


def sort(mail: Part, from_address: str, subject: str) -> Sorted:
    """Return what kind of mail it is."""
    leaves = list(leaves_of(mail))
    report = next((leaf for leaf in leaves if leaf.kind == "message/delivery-status"), None)
    if report is not None:
        return _of_report(report, leaves)
    failed = tuple(
        address
        for said in mail.headers.get("x-failed-recipients", [])
        for _, address in addresses(said)
        if address
    )
    mailer = from_address.partition("@")[0] in ("mailer-daemon", "postmaster", "mail-daemon")
    if failed or (mailer and _RETURNED.search(subject)):
        return Sorted(MailKind.BOUNCE, failed[:_MOST_FAILED], _original_id(leaves))
    sign = _sign_of_automatic(mail, subject)
    return Sorted(MailKind.AUTO_REPLY if sign else MailKind.ORDINARY, sign=sign)


def leaves_of(part: Part) -> Iterator[Part]:
    """Yield the parts that hold no others, in the order of the mail."""
    if not part.children:
        yield part
    for child in part.children:
        yield from leaves_of(child)


def _of_report(report: Part, leaves: list[Part]) -> Sorted:
    """Return a bounce if the report says that delivery failed, not just that it takes longer."""
    text = decode(content(report)[0][:_REPORT])
    failed: list[str] = []
    actions: list[str] = []
    recipient = ""
    for block in re.split(r"\r?\n[ \t]*\r?\n", text):
        said = {name.lower(): value.strip() for name, value in _FIELD.findall(block)}
        recipient = said.get("original-recipient") or said.get("final-recipient", "")
        actions.append(said.get("action", "").lower())
        if recipient and actions[-1] in ("failed", ""):
            found = addresses(words(recipient.rpartition(";")[2]))
            failed += [address for _, address in found if address]
    if "failed" not in actions and set(actions) & {"delayed", "delivered", "relayed", "expanded"}:
        return Sorted(MailKind.AUTO_REPLY, (), _original_id(leaves), "message/delivery-status")
    once = tuple(dict.fromkeys(failed))[:_MOST_FAILED]
    return Sorted(MailKind.BOUNCE, once, _original_id(leaves))


def _original_id(leaves: list[Part]) -> str:
    """Return the Message-ID of the mail that came back, from its copy or the copy of its head."""
    for leaf in leaves:
        if leaf.kind in ("message/rfc822", "text/rfc822-headers", "message/global"):
            found = _ORIGINAL_ID.search(decode(content(leaf)[0][:_REPORT]).replace("\r", ""))
            if found:
                return found[1]
    return ""


def _sign_of_automatic(mail: Part, subject: str) -> str:
    """Return the header that says that no person wrote the mail, "" when none does (RFC 3834)."""
    submitted = mail.header("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        known = submitted if submitted in _SUBMITTED else "…"
        return f"Auto-Submitted: {known}"
    for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder"):
        if mail.header(name.lower()):
            return name
    if mail.header("precedence").strip().lower() in ("auto_reply", "auto-reply"):
        return "Precedence: auto_reply"
    answers = mail.header("in-reply-to") or mail.header("references")
    return "Subject" if answers and _AUTOMATIC.match(subject[:LONGEST_HEADER]) else ""
