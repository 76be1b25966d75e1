"""The acts of a request that set its clock, as plain values with dates.

Serves Art. 30 to 35 of the Regulations and the fee notice (收费办法). A case is one
`Acts`; an act not done yet is left out, an act waiting for someone has None for the day
that has not come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.statute import articles as art
from gongkai.statute.articles import Article
from gongkai.statute.limits import Rule


class IntakeChannel(StrEnum):
    """How a request came in; it decides the day of receipt (Art. 31)."""

    IN_PERSON = "IN_PERSON"
    POST_SIGNED = "POST_SIGNED"
    POST_ORDINARY = "POST_ORDINARY"
    ONLINE = "ONLINE"
    FAX = "FAX"

    @property
    def label(self) -> str:
        """Return the Chinese name of the channel."""
        return _CHANNELS[self][0]

    @property
    def article(self) -> Article:
        """Return the item of Art. 31 that fixes the day of receipt."""
        return _CHANNELS[self][1]

    @property
    def receipt_day(self) -> str:
        """Return in Chinese which day is the day of receipt."""
        return _CHANNELS[self][2]


_CHANNELS: Mapping[IntakeChannel, tuple[str, Article, str]] = {
    IntakeChannel.IN_PERSON: ("当面", art.ART_31_1, "提交之日"),
    IntakeChannel.POST_SIGNED: ("挂号信函", art.ART_31_2, "签收之日"),
    IntakeChannel.POST_ORDINARY: ("平常信函", art.ART_31_2, "与申请人确认之日"),
    IntakeChannel.ONLINE: ("网络", art.ART_31_3, "双方确认之日"),
    IntakeChannel.FAX: ("传真", art.ART_31_3, "双方确认之日"),
}


class Silence(StrEnum):
    """What it means when a consulted party does not answer in time."""

    ORGAN_DECIDES = "ORGAN_DECIDES"
    DEEMED_CONSENT = "DEEMED_CONSENT"

    @property
    def label(self) -> str:
        """Return the rule in Chinese."""
        return _SILENCE[self]


_SILENCE = {
    Silence.ORGAN_DECIDES: "逾期未提出意见的，由本机关依法决定是否公开",
    Silence.DEEMED_CONSENT: "逾期未提出意见的，视为同意公开",
}


class ConsultationKind(StrEnum):
    """Who is consulted. Silence of a third party and of a joint maker mean opposite things."""

    THIRD_PARTY = "THIRD_PARTY"
    JOINT_ORGAN = "JOINT_ORGAN"
    OTHER_ORGAN = "OTHER_ORGAN"

    @property
    def label(self) -> str:
        """Return the Chinese name of the act."""
        return _KINDS[self][0]

    @property
    def article(self) -> Article:
        """Return the article that orders or allows the consultation."""
        return _KINDS[self][1]

    @property
    def rule(self) -> Rule:
        """Return the limit for the opinion."""
        return _KINDS[self][2]

    @property
    def silence(self) -> Silence:
        """Return what no answer means: Art. 32 against Art. 34."""
        return _KINDS[self][3]


_KINDS: Mapping[ConsultationKind, tuple[str, Article, Rule, Silence]] = {
    ConsultationKind.THIRD_PARTY: (
        "征求第三方意见",
        art.ART_32,
        Rule.THIRD_PARTY_OPINION,
        Silence.ORGAN_DECIDES,
    ),
    ConsultationKind.JOINT_ORGAN: (
        "征求共同制作机关意见",
        art.ART_34,
        Rule.JOINT_ORGAN_OPINION,
        Silence.DEEMED_CONSENT,
    ),
    ConsultationKind.OTHER_ORGAN: (
        "征求其他机关意见",
        art.ART_33_3,
        Rule.OTHER_ORGAN_OPINION,
        Silence.ORGAN_DECIDES,
    ),
}


@dataclass(frozen=True, slots=True)
class Supplement:
    """The one notice to supplement (Art. 30) and the day the supplement came in.

    `due_on` is the reasonable term that the notice sets for the requester.
    """

    asked_on: date
    received_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Consultation:
    """A written consultation: sent, served on the one consulted, answered."""

    sent_on: date
    served_on: date | None = None
    answered_on: date | None = None
    kind: ConsultationKind = ConsultationKind.THIRD_PARTY


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension by `workdays`, told to the requester on `told_on` (Art. 33).

    `told_on` None leaves unchecked whether the requester was told in time.
    """

    workdays: int
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class FeeNotice:
    """A fee notice: the day it reached the requester, and the day payment was complete."""

    notified_on: date
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """A reasonable later date for a request of unreasonable volume (Art. 35)."""

    until_on: date
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class Acts:
    """All acts of a request that bear on its clock; `received_on` decides which law governs."""

    received_on: date
    channel: IntakeChannel | None = None
    supplement: Supplement | None = None
    consultations: tuple[Consultation, ...] = ()
    extension: Extension | None = None
    fee: FeeNotice | None = None
    delay: Delay | None = None
