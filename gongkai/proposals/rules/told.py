"""What is told of a proposal, of its proposer, of a reply and of its openness, as plain values."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from gongkai.proposals.lifecycle import Openness, ToldWrongly
from gongkai.proposals.lifecycle.kinds import ProposalKind, Result
from gongkai.proposals.rules.texts import FIELDS, used

MOST_COSIGNERS = 3000
_NUMBER = re.compile(r"(?:第)?([0-9A-Za-z-]{1,18})(?:号)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is registered of a proposal; `year` is that of the session."""

    kind: ProposalKind
    year: int
    session: str
    number: str
    subject: str
    proposer: str
    received_on: date
    group: str = ""
    cosigners: int = 0
    content: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the proposer: sealed at rest, never public (law.md 8.4)."""

    phone: str = ""
    address: str = ""

    @property
    def empty(self) -> bool:
        """Say whether nothing is told."""
        return not (self.phone or self.address)


NO_CONTACT = Contact()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reply as it was sent; `promised_on` is the day by which class B is to be done."""

    number: str
    replied_on: date
    result: Result
    body: str
    signed_by: str = ""
    promised_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How public the reply is to be, why, abridged how, and whether the proposer was asked.

    A reason is needed for everything but publication in full.
    """

    openness: Openness
    why: str = ""
    abridged: str = ""
    consulted: bool = False


TOLD = tuple(each.name for each in fields(Told))
LABELS: Mapping[str, str] = {
    **{name: field.label for name, field in FIELDS.items()},
    "kind": "类型",
    "year": "年度",
    "received_on": "收到日期",
    "cosigners": "附议人数",
}


def checked(told: Told, today: date) -> Told:
    """Return what is told with its texts tidied.

    Raises:
        ToldWrongly: something is missing or cannot be.
    """
    texts = {name: used(getattr(told, name), name) for name in ("session", "subject", "proposer")}
    texts |= {
        name: used(getattr(told, name), name, required=False) for name in ("group", "content")
    }
    number = plain_number(told.number)
    if told.received_on > today:
        raise ToldWrongly("“收到日期”不能晚于今天，请核对", "received_on")
    if not 1990 <= told.year <= today.year + 1:
        raise ToldWrongly("“年度”应当是四位年份，如2026", "year")
    if abs(told.received_on.year - told.year) > 1:
        raise ToldWrongly("“收到日期”与“年度”相差一年以上，请核对", "received_on")
    if not 0 <= told.cosigners <= MOST_COSIGNERS:
        raise ToldWrongly(f"“附议人数”应当是0至{MOST_COSIGNERS}的整数", "cosigners")
    return replace(told, number=number, **texts)


def plain_number(text: str) -> str:
    """Return the number alone: "第012号" → "012"; raises ToldWrongly."""
    text = used(unicodedata.normalize("NFKC", text), "number")
    found = _NUMBER.fullmatch(text.replace(" ", ""))
    if found is None:
        raise ToldWrongly("“编号”只填数字和字母，如12", "number")
    return found.group(1)


def checked_contact(contact: Contact) -> Contact:
    """Return the contact with its texts tidied; raises ToldWrongly."""
    return Contact(
        used(contact.phone, "phone", required=False),
        used(contact.address, "address", required=False),
    )


def checked_answer(answer: Answer, assigned_on: date, today: date) -> Answer:
    """Return the reply with its texts tidied.

    Raises:
        ToldWrongly: something is missing, or its days cannot be.
    """
    if answer.replied_on > today:
        raise ToldWrongly("“答复日期”不能晚于今天，请核对", "replied_on")
    if answer.replied_on < assigned_on:
        raise ToldWrongly("“答复日期”早于交办日期，请核对", "replied_on")
    if answer.result is Result.B and answer.promised_on is None:
        raise ToldWrongly("B类答复应当填写“计划解决日期”", "promised_on")
    if answer.promised_on is not None and answer.promised_on < answer.replied_on:
        raise ToldWrongly("“计划解决日期”早于答复日期，请核对", "promised_on")
    return replace(
        answer,
        number=used(answer.number, "reply_number"),
        signed_by=used(answer.signed_by, "signed_by", required=False),
        body=used(answer.body, "body"),
        promised_on=answer.promised_on if answer.result is Result.B else None,
    )


def checked_decision(decision: Decision) -> Decision:
    """Return the decision with its texts tidied.

    Raises:
        ToldWrongly: the reason or the abridgement is missing.
    """
    full = decision.openness is Openness.FULL
    why = used(decision.why, "openness_why", required=not full)
    needs = decision.openness is Openness.ABRIDGED
    abridged = used(decision.abridged, "abridged", required=needs)
    return replace(decision, why=why, abridged=abridged if needs else "")
