"""By which way a request came and how its answer shall go (Art. 29, 31, 40).

The channel decides the day of receipt; table one's prose and the yearly statistics
count requests by channel.
"""

from enum import StrEnum

from gongkai.statute.clock import IntakeChannel as LawChannel


class IntakeChannel(StrEnum):
    """How the request reached the organ."""

    IN_PERSON = "IN_PERSON"
    ORAL = "ORAL"
    POST_SIGNED = "POST_SIGNED"
    POST_ORDINARY = "POST_ORDINARY"
    ONLINE = "ONLINE"
    EMAIL = "EMAIL"
    FAX = "FAX"

    @property
    def label(self) -> str:
        """Return the channel in Chinese."""
        return _CHANNEL_LABELS[self]

    @property
    def in_law(self) -> LawChannel:
        """Return the case of Art. 31 that this way falls under; it fixes the day of receipt.

        E-mail is a way over the internet; an oral request is made at the organ's desk.
        """
        return _IN_LAW.get(self) or LawChannel(self.value)

    @property
    def told_as(self) -> str:
        """Return the word under which reports and statistics count it: 当面、信函、网络、传真."""
        return _TOLD_AS[self]

    @property
    def needs_confirmation(self) -> bool:
        """Return whether receipt is the day both sides confirm it, not the day it arrived."""
        return self in _CONFIRMED


_CHANNEL_LABELS = {
    IntakeChannel.IN_PERSON: "当面提交",
    IntakeChannel.ORAL: "口头申请（代为填写）",
    IntakeChannel.POST_SIGNED: "邮寄（签收）",
    IntakeChannel.POST_ORDINARY: "平常信函",
    IntakeChannel.ONLINE: "网络",
    IntakeChannel.EMAIL: "电子邮件",
    IntakeChannel.FAX: "传真",
}
_TOLD_AS = {
    IntakeChannel.IN_PERSON: "当面",
    IntakeChannel.ORAL: "当面",
    IntakeChannel.POST_SIGNED: "信函",
    IntakeChannel.POST_ORDINARY: "信函",
    IntakeChannel.ONLINE: "网络",
    IntakeChannel.EMAIL: "网络",
    IntakeChannel.FAX: "传真",
}
_IN_LAW = {
    IntakeChannel.ORAL: LawChannel.IN_PERSON,
    IntakeChannel.EMAIL: LawChannel.ONLINE,
}
_CONFIRMED = frozenset(
    {
        IntakeChannel.POST_ORDINARY,
        IntakeChannel.ONLINE,
        IntakeChannel.EMAIL,
        IntakeChannel.FAX,
    }
)


class Carrier(StrEnum):
    """The form in which the requester wants the information (Art. 29(2)3, 40)."""

    PAPER = "PAPER"
    ELECTRONIC = "ELECTRONIC"
    READING = "READING"
    TRANSCRIPT = "TRANSCRIPT"

    @property
    def label(self) -> str:
        """Return the carrier in Chinese."""
        return {
            "PAPER": "纸质",
            "ELECTRONIC": "电子数据",
            "READING": "查阅",
            "TRANSCRIPT": "抄录",
        }[self.value]


class Delivery(StrEnum):
    """The way by which the requester wants to get the answer (Art. 29(2)3, 40)."""

    IN_PERSON = "IN_PERSON"
    POST = "POST"
    EMAIL = "EMAIL"
    FAX = "FAX"
    ONLINE = "ONLINE"
    ON_SITE = "ON_SITE"

    @property
    def label(self) -> str:
        """Return the way in Chinese."""
        return {
            "IN_PERSON": "当面领取",
            "POST": "邮寄",
            "EMAIL": "电子邮件",
            "FAX": "传真",
            "ONLINE": "网上查询",
            "ON_SITE": "现场查阅、抄录",
        }[self.value]


class ServiceWay(StrEnum):
    """How an answer reached the requester; it decides the day on which it counts (235号)."""

    IN_HAND = "IN_HAND"
    POST = "POST"
    EMAIL = "EMAIL"
    FAX = "FAX"
    ONLINE = "ONLINE"
    ON_SITE = "ON_SITE"

    @property
    def label(self) -> str:
        """Return the way in Chinese."""
        return {
            "IN_HAND": "直接送达（当面签收）",
            "POST": "邮寄",
            "EMAIL": "电子邮件",
            "FAX": "传真",
            "ONLINE": "网上送达",
            "ON_SITE": "现场查阅、抄录",
        }[self.value]

    @property
    def day_meant(self) -> str:
        """Return in Chinese which day counts as the day of the answer."""
        return {
            "IN_HAND": "签收之日",
            "POST": "交邮之日",
            "EMAIL": "发出之日",
            "FAX": "发出之日",
            "ONLINE": "发出之日",
            "ON_SITE": "查阅、抄录之日",
        }[self.value]


class ReferralTarget(StrEnum):
    """To which other channel a matter was passed on or pointed (Art. 39(1))."""

    PETITION_OFFICE = "PETITION_OFFICE"
    HOTLINE = "HOTLINE"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        """Return the channel in Chinese."""
        return {
            "PETITION_OFFICE": "信访机构",
            "HOTLINE": "12345政务服务便民热线",
            "OTHER": "其他渠道",
        }[self.value]
