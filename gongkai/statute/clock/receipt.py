"""The day of receipt by channel (Art. 31)."""

from dataclasses import dataclass
from datetime import date

from gongkai.statute.articles import Article
from gongkai.statute.clock.acts import IntakeChannel
from gongkai.statute.clock.errors import NoSuchRule, OutOfOrder
from gongkai.statute.days import written
from gongkai.statute.limits import REVISED_ON

_BY_ARRIVAL = (IntakeChannel.IN_PERSON, IntakeChannel.POST_SIGNED)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day of receipt, the item of Art. 31 behind it and the reason in Chinese."""

    received_on: date
    article: Article
    why: str


def receipt(
    channel: IntakeChannel, *, arrived_on: date, confirmed_on: date | None = None
) -> Receipt | None:
    """Return the day of receipt, or None while the confirmation with the requester is missing.

    `arrived_on` is the day of handing over, of signing for the letter, or on which the
    ordinary letter, online request or fax reached the OGI office; `confirmed_on` the day on
    which office and requester confirmed it. An unconfirmed request has no clock yet, so
    callers must raise an alarm the same day. Raises OutOfOrder, and NoSuchRule for a day
    before 2019-05-15, when no article fixed the day of receipt.
    """
    if arrived_on < REVISED_ON:
        raise NoSuchRule(
            f"到达日期{written(arrived_on)}早于2019年5月15日，旧条例没有规定收到申请之日"
            "如何确定，请直接填写收到日期"
        )
    if channel in _BY_ARRIVAL:
        return _receipt(channel, arrived_on)
    if confirmed_on is None:
        return None
    if confirmed_on < arrived_on:
        raise OutOfOrder(
            f"确认日期{written(confirmed_on)}早于到达日期{written(arrived_on)}，请核对"
        )
    return _receipt(channel, confirmed_on)


def _receipt(channel: IntakeChannel, day: date) -> Receipt:
    return Receipt(
        day, channel.article, f"{channel.label}提交，以{channel.receipt_day}为收到申请之日"
    )
