"""What a mail asks for (Art. 29), apart from who asks: numbers that tell a person go to them.

Mobile and identity numbers are taken out of what is asked, because it stands in lists and
logs, while who asks is kept sealed; the mail itself stays whole under seal.
"""

import re
from dataclasses import dataclass

LONGEST = 9_000
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)", re.ASCII)
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])([1-8]\d{16}[0-9Xx])(?![0-9A-Za-z])", re.ASCII)
_REPLY_MARKS = re.compile(
    r"^(?:\s*(?:re|fw|fwd|回复|答复|转发)\s*(?:\[\d+\])?\s*[:：])+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a mail asks for, and what it tells of who asks; `cut` when the text was too long."""

    description: str
    phone: str = ""
    identity_number: str = ""
    cut: bool = False


def asked_in(subject: str, text: str, files: int) -> Asked | None:
    """Return what is asked by a mail with so many files; None when it says nothing at all.

    A number is taken for the requester's when it is the only one of its kind.
    """
    text, subject = text.strip(), _REPLY_MARKS.sub("", subject).strip()
    if not text and not files:
        return None
    body = text or "（正文为空，内容见来信附件）"
    whole = f"{subject}\n{body}" if subject else body
    identities, phones = set(_IDENTITY.findall(whole)), set(_MOBILE.findall(whole))
    whole = _IDENTITY.sub("（证件号码见来信原件）", whole)
    whole = _MOBILE.sub("（电话号码见来信原件）", whole)
    cut = len(whole) > LONGEST
    if cut:
        whole = whole[:LONGEST] + "……（正文过长，全文见来信原件）"
    return Asked(whole, _only(phones), _only(identities), cut)


def _only(found: set[str]) -> str:
    return next(iter(found)) if len(found) == 1 else ""


def mobile(text: str) -> str:
    """Return the eleven digits of a mobile number, "" where there is none (a desk telephone)."""
    found = _MOBILE.fullmatch(text.strip())
    return re.sub(r"\D", "", found[1]) if found else ""


_SIGNS = {"Subject": "标题写明自动回复", "message/delivery-status": "投递情况通知"}


def why_automatic(sign: str) -> str:
    """Return in Chinese why a mail that no person wrote is not registered; `sign` is its header."""
    return f"自动发出的邮件，不登记（{_SIGNS.get(sign, f'邮件头 {sign}')}），原件在邮箱中"
