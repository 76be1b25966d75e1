"""Letters of the procedure on their way: which act each tells of, how it went, when it arrived.

A letter counts as given on the day it was signed for by hand, posted or sent (235号); what
the requester is given time for runs from the day it reached them ("自收到本告知书之日起",
收费办法 6), which for post is learned later. Letters that ask a third party or another organ
have their own act (SERVE_CONSULTATION), answers have theirs (REPLY).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.channels import ServiceWay
from gongkai.inforequests.lifecycle.states import Event

# The codes of the letters that tell the requester (L08: a third party) of an act, law.md 2.2.
CODES: Mapping[Event, tuple[str, ...]] = {
    Event.REGISTER: ("L01",),
    Event.ASK_SUPPLEMENT: ("L02",),
    Event.ASK_REASONS: ("L03",),
    Event.EXTEND: ("L04",),
    Event.SET_DELAY: ("L04b",),
    Event.CONSULT_THIRD_PARTY: ("L06",),
    Event.CONSULT_ORGAN: ("L06",),
    Event.TELL_THIRD_PARTY: ("L08",),
    Event.CHARGE_FEE: ("L09",),
    Event.LAPSE_SUPPLEMENT: ("L10",),
    Event.LAPSE_FEE: ("L10",),
    Event.WITHDRAW: ("A17",),
}
# What the requester does about a letter: it had gone out by then.
_ANSWERED = {
    Event.RECEIVE_SUPPLEMENT: "L02",
    Event.RECEIVE_REASONS: "L03",
    Event.RECORD_PAYMENT: "L09",
}
SERVICE = (Event.SERVE_LETTER, Event.RECORD_ARRIVAL)


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter that tells of act `number`: the day told, how it went out, when it arrived.

    `service` is the act by which it first went out, `latest` the last one, when post that
    came back went out anew; `answered_on` the day the requester did what it asked.
    """

    code: str
    number: int
    told_on: date
    service: CaseAct | None = None
    latest: CaseAct | None = None
    arrived_on: date | None = None
    answered_on: date | None = None

    @property
    def counts_on(self) -> date:
        """Return the day it counts as given; the day told of while its way is not recorded."""
        return self.service.on if self.service else self.told_on

    @property
    def reached_on(self) -> date | None:
        """Return the day it reached its recipient, None while it is under way.

        The day told of stands where its way was never recorded.
        """
        if self.latest is None:
            return self.told_on
        if self.arrived_on or self.latest.data["how"] == ServiceWay.POST:
            return self.arrived_on
        return self.latest.on

    @property
    def under_way(self) -> bool:
        """Say whether it was posted and nobody has recorded yet that it arrived."""
        return self.latest is not None and self.reached_on is None and self.answered_on is None

    def is_told_by(self, act: CaseAct) -> bool:
        """Say whether a serving act is about this letter."""
        return act.data["kind"] == self.code and act.data["act"] == self.number


def after(notices: tuple[Notice, ...], act: CaseAct) -> tuple[Notice, ...]:
    """Return the letters as they stand after one more act of the round."""
    if act.kind in CODES:
        return (*notices, *(Notice(code, act.sequence, act.on) for code in CODES[act.kind]))
    if act.kind in _ANSWERED:
        code = _ANSWERED[act.kind]
        return tuple(
            replace(each, answered_on=each.answered_on or act.on) if each.code == code else each
            for each in notices
        )
    if act.kind not in SERVICE:
        return notices
    return tuple(_moved(each, act) if each.is_told_by(act) else each for each in notices)


def _moved(notice: Notice, act: CaseAct) -> Notice:
    if act.kind is Event.RECORD_ARRIVAL:
        return replace(notice, arrived_on=act.on)
    arrived_on = act.day("reached_on")
    return replace(notice, service=notice.service or act, latest=act, arrived_on=arrived_on)


def notices_of(acts: Sequence[CaseAct]) -> tuple[Notice, ...]:
    """Return the letters of a round in the order of their acts."""
    notices: tuple[Notice, ...] = ()
    for act in acts:
        notices = after(notices, act)
    return notices


def notice_of(acts: Sequence[CaseAct], event: Event) -> Notice | None:
    """Return the newest letter that tells of an `event` of a round."""
    (code,) = CODES[event]
    found = (each for each in reversed(notices_of(acts)) if each.code == code)
    return next(found, None)


ALL_CODES = frozenset(chain.from_iterable(CODES.values()))
