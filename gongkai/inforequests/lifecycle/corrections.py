"""Correction of records about oneself (Art. 41): a short procedure with a table of its own.

Whoever has evidence that a record about themself is wrong may ask to have it put right. The
organ with the power checks and corrects, or tells why not; without the power it passes the
matter on, or tells where to go. Not counted in table three: nobody asks to be given a record.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.inforequests.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class CorrectionState(StrEnum):
    """Where a request for correction stands."""

    SUBMITTED = "SUBMITTED"
    REGISTERED = "REGISTERED"
    CHECKING = "CHECKING"
    CORRECTED = "CORRECTED"
    REFUSED = "REFUSED"
    PASSED_ON = "PASSED_ON"
    TOLD_WHERE = "TOLD_WHERE"
    SERVED = "SERVED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return _STATES[self]

    @property
    def is_decided(self) -> bool:
        """Say whether the organ has decided; what is left is to tell and to close."""
        return self in DECIDED

    @property
    def is_over(self) -> bool:
        """Say whether the requester has been told, or asks no more."""
        return self in OVER


_STATES = {
    CorrectionState.SUBMITTED: "待登记",
    CorrectionState.REGISTERED: "已登记",
    CorrectionState.CHECKING: "核查中",
    CorrectionState.CORRECTED: "已更正，待送达",
    CorrectionState.REFUSED: "不予更正，待送达",
    CorrectionState.PASSED_ON: "已转送，待送达",
    CorrectionState.TOLD_WHERE: "告知有权机关，待送达",
    CorrectionState.SERVED: "已送达",
    CorrectionState.WITHDRAWN: "已撤回",
    CorrectionState.CLOSED: "已办结",
}
DECIDED = frozenset(
    {
        CorrectionState.CORRECTED,
        CorrectionState.REFUSED,
        CorrectionState.PASSED_ON,
        CorrectionState.TOLD_WHERE,
    }
)
OVER = frozenset({CorrectionState.SERVED, CorrectionState.WITHDRAWN, CorrectionState.CLOSED})


class CorrectionEvent(StrEnum):
    """What may happen to a request for correction."""

    SUBMIT = "SUBMIT"
    REGISTER = "REGISTER"
    CHECK = "CHECK"
    CORRECT = "CORRECT"
    REFUSE = "REFUSE"
    PASS_ON = "PASS_ON"  # noqa: S105  an act, not a password
    TELL_WHERE = "TELL_WHERE"
    SERVE = "SERVE"
    WITHDRAW = "WITHDRAW"
    CLOSE = "CLOSE"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _EVENTS[self]


_EVENTS = {
    CorrectionEvent.SUBMIT: "提交更正申请",
    CorrectionEvent.REGISTER: "登记",
    CorrectionEvent.CHECK: "开始核查",
    CorrectionEvent.CORRECT: "予以更正",
    CorrectionEvent.REFUSE: "不予更正",
    CorrectionEvent.PASS_ON: "转送有权更正的机关",
    CorrectionEvent.TELL_WHERE: "告知向有权更正的机关提出",
    CorrectionEvent.SERVE: "登记送达",
    CorrectionEvent.WITHDRAW: "登记撤回",
    CorrectionEvent.CLOSE: "办结归档",
}


class RecordOwner(StrEnum):
    """Whose record it is; a record about somebody else is no matter of Art. 41."""

    SELF = "SELF"
    WARD = "WARD"
    ENTRUSTED = "ENTRUSTED"

    @property
    def label(self) -> str:
        """Return in Chinese how the record belongs to the requester."""
        return {
            "SELF": "本人（本单位）的记录",
            "WARD": "被监护人的记录（附监护证明）",
            "ENTRUSTED": "委托人的记录（附授权委托书）",
        }[self.value]


_S, _E = CorrectionState, CorrectionEvent
_ART_41 = "第四十一条"

CORRECTION_TRANSITIONS: Mapping[tuple[CorrectionState, CorrectionEvent], Arrow[CorrectionState]] = {
    (_S.SUBMITTED, _E.REGISTER): Arrow(_S.REGISTERED, _ART_41, "与申请人自身相关；有证据"),
    (_S.SUBMITTED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, _ART_41),
    (_S.REGISTERED, _E.CHECK): Arrow(_S.CHECKING, _ART_41, "写明核查人"),
    (_S.REGISTERED, _E.PASS_ON): Arrow(_S.PASSED_ON, _ART_41, "本机关无权更正"),
    (_S.REGISTERED, _E.TELL_WHERE): Arrow(_S.TOLD_WHERE, _ART_41, "本机关无权更正"),
    (_S.REGISTERED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, _ART_41),
    (_S.CHECKING, _E.CORRECT): Arrow(_S.CORRECTED, _ART_41, "经审核属实"),
    (_S.CHECKING, _E.REFUSE): Arrow(_S.REFUSED, _ART_41, "写明核查情况和理由"),
    (_S.CHECKING, _E.PASS_ON): Arrow(_S.PASSED_ON, _ART_41, "本机关无权更正"),
    (_S.CHECKING, _E.TELL_WHERE): Arrow(_S.TOLD_WHERE, _ART_41, "本机关无权更正"),
    (_S.CHECKING, _E.WITHDRAW): Arrow(_S.WITHDRAWN, _ART_41),
    **{(state, _E.SERVE): Arrow(_S.SERVED, _ART_41) for state in sorted(DECIDED)},
    (_S.SERVED, _E.CLOSE): Arrow(_S.CLOSED, "第四十五条", "写明保管期限"),
    (_S.WITHDRAWN, _E.CLOSE): Arrow(_S.CLOSED, "第四十五条", "写明保管期限"),
}
_STANDS_AGAINST = {
    _S.SUBMITTED: "更正申请尚未登记，请先登记",
    _S.REGISTERED: "更正申请尚未核查，请先开始核查；无权更正的，转送或者告知有权机关",
    _S.CHECKING: "正在核查，请先作出更正、不予更正或者转送的决定",
    **dict.fromkeys(DECIDED, "已经作出决定，请登记送达"),
    _S.SERVED: "已经送达，只能办结归档",
    _S.WITHDRAWN: "申请人已撤回，只能办结归档",
    _S.CLOSED: "已经办结归档，不再变动",
}


def next_correction_state(state: CorrectionState, event: CorrectionEvent) -> CorrectionState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow; the message says what stands against it.
    """
    try:
        return follow(CORRECTION_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(correction_refusal(state, event)) from None


def correction_refusal(state: CorrectionState, event: CorrectionEvent) -> str:
    """Return in Chinese why `event` is refused in `state`."""
    return f"不能“{event.label}”（{_ART_41}）：{_STANDS_AGAINST[state]}。"


def open_correction_events(state: CorrectionState) -> tuple[CorrectionEvent, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(CORRECTION_TRANSITIONS, state)
