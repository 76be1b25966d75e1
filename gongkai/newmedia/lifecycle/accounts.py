"""The road of an account: applied for, approved, open, changed, closed with its archive.

国办发〔2018〕123号: opening, changing and closing need the approval of the office in charge, are
filed in the national system, and only then done on the platform (law.md 5.1).
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.newmedia.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class AccountState(StrEnum):
    """Where an account stands in the registry."""

    APPLIED = "APPLIED"
    REFUSED = "REFUSED"
    APPROVED = "APPROVED"
    OPEN = "OPEN"
    CHANGING = "CHANGING"
    SUSPENDED = "SUSPENDED"
    CLOSING = "CLOSING"
    LEAVING = "LEAVING"
    CLOSED = "CLOSED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return _STATE_LABELS[self]


_S = AccountState
_STATE_LABELS = {
    _S.APPLIED: "申请开设",
    _S.REFUSED: "不予开设",
    _S.APPROVED: "同意开设",
    _S.OPEN: "正常",
    _S.CHANGING: "申请变更",
    _S.SUSPENDED: "整改中",
    _S.CLOSING: "申请注销",
    _S.LEAVING: "同意注销",
    _S.CLOSED: "已注销",
}
# Those that stand on a platform; those of them that owe content, or may publish; those
# that are over.
RUNNING = (_S.OPEN, _S.CHANGING, _S.SUSPENDED, _S.CLOSING, _S.LEAVING)
OWING = (_S.OPEN, _S.CHANGING)
PUBLISHING = (_S.OPEN, _S.CHANGING, _S.SUSPENDED)
OVER = (_S.REFUSED, _S.CLOSED)
NEVER_OPEN = (_S.APPLIED, _S.REFUSED, _S.APPROVED)


class AccountEvent(StrEnum):
    """What may happen to an account; APPLY and REGISTER begin it and are no arrows."""

    APPLY = "APPLY"
    REGISTER = "REGISTER"
    APPROVE = "APPROVE"
    REFUSE = "REFUSE"
    REAPPLY = "REAPPLY"
    OPEN = "OPEN"
    GIVE_UP = "GIVE_UP"
    ASK_CHANGE = "ASK_CHANGE"
    CHANGE = "CHANGE"
    REFUSE_CHANGE = "REFUSE_CHANGE"
    SUSPEND = "SUSPEND"
    RESUME = "RESUME"
    ASK_CLOSING = "ASK_CLOSING"
    LET_CLOSE = "LET_CLOSE"
    REFUSE_CLOSING = "REFUSE_CLOSING"
    CLOSE = "CLOSE"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _EVENT_LABELS[self]


_E = AccountEvent
_EVENT_LABELS = {
    _E.APPLY: "申请开设",
    _E.REGISTER: "登记现有账号",
    _E.APPROVE: "同意开设",
    _E.REFUSE: "不予开设",
    _E.REAPPLY: "重新申请",
    _E.OPEN: "登记开通",
    _E.GIVE_UP: "放弃开设",
    _E.ASK_CHANGE: "申请变更",
    _E.CHANGE: "同意变更",
    _E.REFUSE_CHANGE: "不同意变更",
    _E.SUSPEND: "责令整改",
    _E.RESUME: "恢复正常",
    _E.ASK_CLOSING: "申请注销",
    _E.LET_CLOSE: "同意注销",
    _E.REFUSE_CLOSING: "不同意注销",
    _E.CLOSE: "登记注销",
}
_RULE = "国办发〔2018〕123号"
_ORDER = "互联网政务应用安全管理规定"

TRANSITIONS: Mapping[tuple[AccountState, AccountEvent], Arrow[AccountState]] = {
    (_S.APPLIED, _E.APPROVE): Arrow(_S.APPROVED, _RULE, "主管单位批准，写明审批文号"),
    (_S.APPLIED, _E.REFUSE): Arrow(_S.REFUSED, _RULE, "主管单位写明理由"),
    (_S.APPLIED, _E.GIVE_UP): Arrow(_S.REFUSED, guard="申请单位写明理由"),
    (_S.REFUSED, _E.REAPPLY): Arrow(_S.APPLIED, _RULE, "申请单位写明怎样改正"),
    (_S.APPROVED, _E.OPEN): Arrow(
        _S.OPEN, f"{_RULE}、{_ORDER}", "写明平台账号、认证主体、链接、开设日期和备案编号"
    ),
    (_S.APPROVED, _E.GIVE_UP): Arrow(_S.REFUSED, guard="申请单位写明理由"),
    (_S.OPEN, _E.ASK_CHANGE): Arrow(_S.CHANGING, _RULE, "写明变更事项和理由"),
    (_S.CHANGING, _E.CHANGE): Arrow(_S.OPEN, _RULE, "主管单位批准，写明审批文号；按申请变更"),
    (_S.CHANGING, _E.REFUSE_CHANGE): Arrow(_S.OPEN, _RULE, "主管单位写明理由；不变更"),
    (_S.OPEN, _E.SUSPEND): Arrow(_S.SUSPENDED, _RULE, "主管单位写明问题和要求"),
    (_S.SUSPENDED, _E.RESUME): Arrow(_S.OPEN, _RULE, "主管单位核实，写明结果"),
    (_S.OPEN, _E.ASK_CLOSING): Arrow(_S.CLOSING, _RULE, "写明理由和注销后的替代渠道"),
    (_S.SUSPENDED, _E.ASK_CLOSING): Arrow(_S.CLOSING, _RULE, "写明理由和注销后的替代渠道"),
    (_S.CLOSING, _E.LET_CLOSE): Arrow(_S.LEAVING, _RULE, "主管单位批准，写明审批文号"),
    (_S.CLOSING, _E.REFUSE_CLOSING): Arrow(
        _S.OPEN, _RULE, "主管单位写明理由；还要整改的，另行责令整改"
    ),
    (_S.LEAVING, _E.CLOSE): Arrow(
        _S.CLOSED, _RULE, "已发布注销公告，内容已导出归档，写明公告链接和注销日期"
    ),
}


def next_state(state: AccountState, event: AccountEvent) -> AccountState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(
            f"不能{event.label}：账号现在是“{state.label}”，请刷新页面，看现在可以办理什么。"
        ) from None


def open_events(state: AccountState) -> tuple[AccountEvent, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(TRANSITIONS, state)
