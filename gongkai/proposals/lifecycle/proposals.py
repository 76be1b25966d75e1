"""The road of a proposal: received, assigned, handled, replied, settled (代表法; law.md 8.4).

A reply with which the deputy or member is dissatisfied is worked on again: the same road, one
round more. What is promised in a reply of class B is followed up after the end.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.proposals.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class ProposalState(StrEnum):
    """Where a proposal stands."""

    RECEIVED = "RECEIVED"
    ASSIGNED = "ASSIGNED"
    HANDLING = "HANDLING"
    REPLIED = "REPLIED"
    SETTLED = "SETTLED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "RECEIVED": "待交办",
            "ASSIGNED": "待签收",
            "HANDLING": "办理中",
            "REPLIED": "已答复",
            "SETTLED": "已办结",
            "WITHDRAWN": "已撤回",
        }[self.value]


OWING = (ProposalState.RECEIVED, ProposalState.ASSIGNED, ProposalState.HANDLING)
ANSWERED = (ProposalState.REPLIED, ProposalState.SETTLED)


class ProposalEvent(StrEnum):
    """What may happen to a proposal; each is the kind of a step."""

    REGISTER = "REGISTER"
    AMEND = "AMEND"
    ASSIGN = "ASSIGN"
    ACCEPT = "ACCEPT"
    SEND_BACK = "SEND_BACK"
    OPINE = "OPINE"
    CONTACT = "CONTACT"
    EXTEND = "EXTEND"
    REPLY = "REPLY"
    RATE = "RATE"
    REDO = "REDO"
    CLOSE = "CLOSE"
    FOLLOW_UP = "FOLLOW_UP"
    WITHDRAW = "WITHDRAW"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _EVENTS[self.value]


_EVENTS = {
    "REGISTER": "登记",
    "AMEND": "修改登记信息",
    "ASSIGN": "交办",
    "ACCEPT": "签收",
    "SEND_BACK": "退回交办",
    "OPINE": "提出会办意见",
    "CONTACT": "登记沟通情况",
    "EXTEND": "延长办理期限",
    "REPLY": "登记答复",
    "RATE": "登记反馈意见",
    "REDO": "重新办理",
    "CLOSE": "直接办结",
    "FOLLOW_UP": "登记落实情况",
    "WITHDRAW": "登记撤回",
}
_S, _E = ProposalState, ProposalEvent
_LAW = "代表法"
_RULES = "国办函〔2014〕46号"
_AGAIN = "改交其他单位，写明理由；期限自第一次交办之日起算"
_GONE = "提出者书面要求撤回，写明理由"

PROPOSAL_TRANSITIONS: Mapping[tuple[ProposalState, ProposalEvent], Arrow[ProposalState]] = {
    (_S.RECEIVED, _E.AMEND): Arrow(_S.RECEIVED),
    (_S.RECEIVED, _E.ASSIGN): Arrow(_S.ASSIGNED, _LAW, "写明主办单位、会办单位和交办日期"),
    (_S.RECEIVED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, _LAW, _GONE),
    (_S.ASSIGNED, _E.ACCEPT): Arrow(_S.HANDLING),
    (_S.ASSIGNED, _E.SEND_BACK): Arrow(_S.RECEIVED, "", "不属本单位职责，写明理由和建议"),
    (_S.ASSIGNED, _E.AMEND): Arrow(_S.ASSIGNED),
    (_S.ASSIGNED, _E.ASSIGN): Arrow(_S.ASSIGNED, "", _AGAIN),
    (_S.ASSIGNED, _E.OPINE): Arrow(_S.ASSIGNED, "", "会办单位"),
    (_S.ASSIGNED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, _LAW, _GONE),
    (_S.HANDLING, _E.REPLY): Arrow(
        _S.REPLIED, f"{_LAW}；{_RULES}", "写明复文编号、结果类别和公开属性"
    ),
    (_S.HANDLING, _E.CONTACT): Arrow(_S.HANDLING),
    (_S.HANDLING, _E.OPINE): Arrow(_S.HANDLING, "", "会办单位"),
    (_S.HANDLING, _E.EXTEND): Arrow(
        _S.HANDLING, _LAW, "最迟自交办之日起六个月；写明理由和同意的机构"
    ),
    (_S.HANDLING, _E.AMEND): Arrow(_S.HANDLING),
    (_S.HANDLING, _E.ASSIGN): Arrow(_S.ASSIGNED, "", _AGAIN),
    (_S.HANDLING, _E.WITHDRAW): Arrow(_S.WITHDRAWN, _LAW, _GONE),
    (_S.REPLIED, _E.RATE): Arrow(_S.SETTLED, _LAW, "满意或者基本满意"),
    (_S.REPLIED, _E.REDO): Arrow(_S.HANDLING, _LAW, "不满意；写明重新答复的期限"),
    (_S.REPLIED, _E.CONTACT): Arrow(_S.REPLIED),
    (_S.REPLIED, _E.CLOSE): Arrow(_S.SETTLED, "", "没有反馈意见，或者重新办理后仍不满意；写明理由"),
    (_S.SETTLED, _E.FOLLOW_UP): Arrow(_S.SETTLED, _RULES, "B类事项的落实情况"),
}
_STANDS_AGAINST = {
    _S.RECEIVED: "尚未交办，请先交办主办单位",
    _S.ASSIGNED: "主办单位尚未签收，请先签收",
    _S.HANDLING: "正在办理，请先登记答复",
    _S.REPLIED: "已经答复，请登记反馈意见；不满意的重新办理",
    _S.SETTLED: "已经办结，只登记落实情况",
    _S.WITHDRAWN: "已经撤回，不再变动",
}


def next_state(state: ProposalState, event: ProposalEvent) -> ProposalState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow; the message names the way on.
    """
    try:
        return follow(PROPOSAL_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：{_STANDS_AGAINST[state]}。") from None


def open_events(state: ProposalState) -> tuple[ProposalEvent, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(PROPOSAL_TRANSITIONS, state)
