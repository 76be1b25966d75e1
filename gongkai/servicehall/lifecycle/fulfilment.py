"""The road of a policy for enterprises and of a case in which it is fulfilled (law.md 8.3).

A case is examined and approved by two people, stands on public notice for the working days that
`deadlines` names, and is paid when nobody's objection is open.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.servicehall.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class PolicyState(StrEnum):
    """Where a policy stands."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    ENDED = "ENDED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {"DRAFT": "待发布", "PUBLISHED": "实施中", "ENDED": "已结束"}[self.value]


class PolicyEvent(StrEnum):
    """What may happen to a policy."""

    WRITE = "WRITE"
    PUBLISH = "PUBLISH"
    END = "END"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {"WRITE": "编辑政策", "PUBLISH": "发布政策", "END": "结束政策"}[self.value]


class CaseState(StrEnum):
    """Where a case stands."""

    FILED = "FILED"
    EXAMINED = "EXAMINED"
    APPROVED = "APPROVED"
    ON_NOTICE = "ON_NOTICE"
    OBJECTED = "OBJECTED"
    CLEARED = "CLEARED"
    PAID = "PAID"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return _STATES[self]


class CaseEvent(StrEnum):
    """What may happen to a case; FILE begins it and is no arrow."""

    EXAMINE = "EXAMINE"
    APPROVE = "APPROVE"
    NOTICE = "NOTICE"
    OBJECT = "OBJECT"
    DISMISS = "DISMISS"
    CLEAR = "CLEAR"
    PAY = "PAY"
    REFUSE = "REFUSE"
    WITHDRAW = "WITHDRAW"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _EVENTS[self]


_P, _Q, _S, _E = PolicyState, PolicyEvent, CaseState, CaseEvent
_STATES = {
    _S.FILED: "待初审",
    _S.EXAMINED: "待核定",
    _S.APPROVED: "待公示",
    _S.ON_NOTICE: "公示中",
    _S.OBJECTED: "异议核查中",
    _S.CLEARED: "待拨付",
    _S.PAID: "已拨付",
    _S.REFUSED: "不予兑现",
    _S.WITHDRAWN: "已撤回",
}
_EVENTS = {
    _E.EXAMINE: "初审通过",
    _E.APPROVE: "核定金额",
    _E.NOTICE: "开始公示",
    _E.OBJECT: "登记异议",
    _E.DISMISS: "异议不成立",
    _E.CLEAR: "公示无异议",
    _E.PAY: "登记拨付",
    _E.REFUSE: "不予兑现",
    _E.WITHDRAW: "撤回申报",
}
# Cases that are not over; those whose money has gone out.
OPEN = (_S.FILED, _S.EXAMINED, _S.APPROVED, _S.ON_NOTICE, _S.OBJECTED, _S.CLEARED)

POLICY_TRANSITIONS: Mapping[tuple[PolicyState, PolicyEvent], Arrow[PolicyState]] = {
    (_P.DRAFT, _Q.WRITE): Arrow(_P.DRAFT),
    (_P.PUBLISHED, _Q.WRITE): Arrow(_P.PUBLISHED, guard="已有兑现案件的兑现点不删除"),
    (_P.DRAFT, _Q.PUBLISH): Arrow(_P.PUBLISHED, guard="至少有一个兑现点，每个写明条件和标准"),
    (_P.PUBLISHED, _Q.END): Arrow(_P.ENDED, guard="写明理由；已经申报的案件继续办理"),
}
CASE_TRANSITIONS: Mapping[tuple[CaseState, CaseEvent], Arrow[CaseState]] = {
    (_S.FILED, _E.EXAMINE): Arrow(_S.EXAMINED, guard="写明初审意见"),
    (_S.EXAMINED, _E.APPROVE): Arrow(
        _S.APPROVED, guard="由初审以外的人核定；不超过申请金额和兑现点的上限"
    ),
    (_S.APPROVED, _E.NOTICE): Arrow(_S.ON_NOTICE, guard="公示不少于5个工作日"),
    (_S.ON_NOTICE, _E.OBJECT): Arrow(_S.OBJECTED, guard="写明异议内容"),
    (_S.OBJECTED, _E.DISMISS): Arrow(_S.ON_NOTICE, guard="写明核查结果"),
    (_S.OBJECTED, _E.REFUSE): Arrow(_S.REFUSED, guard="异议成立，写明理由"),
    (_S.ON_NOTICE, _E.CLEAR): Arrow(_S.CLEARED, guard="公示期已满"),
    (_S.CLEARED, _E.PAY): Arrow(_S.PAID, guard="不超过核定金额，写明拨付日期"),
    (_S.FILED, _E.REFUSE): Arrow(_S.REFUSED, guard="写明理由"),
    (_S.EXAMINED, _E.REFUSE): Arrow(_S.REFUSED, guard="写明理由"),
    (_S.FILED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, guard="企业撤回，写明情况"),
    (_S.EXAMINED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, guard="企业撤回，写明情况"),
    (_S.APPROVED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, guard="企业撤回，写明情况"),
}


def next_policy_state(state: PolicyState, event: PolicyEvent) -> PolicyState:
    """Return where `event` leads a policy; raises Refused when there is no such arrow."""
    try:
        return follow(POLICY_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：政策现在是“{state.label}”，请刷新后再办") from None


def next_case_state(state: CaseState, event: CaseEvent) -> CaseState:
    """Return where `event` leads a case; raises Refused when there is no such arrow."""
    try:
        return follow(CASE_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：案件现在是“{state.label}”，请刷新后再办") from None


def case_events(state: CaseState) -> tuple[CaseEvent, ...]:
    """Return the events that the table allows a case."""
    return allowed_events(CASE_TRANSITIONS, state)
