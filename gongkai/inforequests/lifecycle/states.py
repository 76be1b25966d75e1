"""Where a request may stand and what may happen to it (Art. 29-45); arrows: `transitions`."""

from enum import StrEnum


class State(StrEnum):
    """Where a request stands."""

    SUBMITTED = "SUBMITTED"
    REGISTERED = "REGISTERED"
    PROCESSING = "PROCESSING"
    AWAITING_SUPPLEMENT = "AWAITING_SUPPLEMENT"
    CONSULTING = "CONSULTING"
    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    UNDER_REVIEW = "UNDER_REVIEW"
    REVIEWED = "REVIEWED"
    SIGNED = "SIGNED"
    ISSUED = "ISSUED"
    REPLIED = "REPLIED"
    LAPSED = "LAPSED"
    WITHDRAWN = "WITHDRAWN"
    SPLIT = "SPLIT"
    MERGED = "MERGED"
    TRANSFERRED = "TRANSFERRED"
    CLOSED = "CLOSED"
    ARCHIVED = "ARCHIVED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return _STATE_LABELS[self]

    @property
    def is_concluded(self) -> bool:
        """Return whether nothing is owed any more (answered, given up, withdrawn, passed on)."""
        return self in CONCLUDED


_STATE_LABELS = {
    State.SUBMITTED: "待确认收到",
    State.REGISTERED: "已登记",
    State.PROCESSING: "办理中",
    State.AWAITING_SUPPLEMENT: "待申请人补正",
    State.CONSULTING: "征求意见中",
    State.AWAITING_PAYMENT: "待申请人缴费",
    State.UNDER_REVIEW: "答复待审核",
    State.REVIEWED: "答复待签发",
    State.SIGNED: "答复待制发",
    State.ISSUED: "答复待送达",
    State.REPLIED: "已答复",
    State.LAPSED: "视为放弃",
    State.WITHDRAWN: "申请人撤回",
    State.SPLIT: "已拆分",
    State.MERGED: "已合并",
    State.TRANSFERRED: "已移送",
    State.CLOSED: "已办结",
    State.ARCHIVED: "已归档",
}
CONCLUDED = frozenset(
    {
        State.REPLIED,
        State.LAPSED,
        State.WITHDRAWN,
        State.SPLIT,
        State.MERGED,
        State.TRANSFERRED,
        State.CLOSED,
        State.ARCHIVED,
    }
)
OPEN = tuple(state for state in State if state not in CONCLUDED)
# The organ waits for somebody else; it owes no step of its own meanwhile.
WAITING_FOR_OTHERS = (State.AWAITING_SUPPLEMENT, State.CONSULTING, State.AWAITING_PAYMENT)


class Event(StrEnum):
    """What may happen to a request; each is the kind of an act."""

    SUBMIT = "SUBMIT"
    TRY_CONTACT = "TRY_CONTACT"
    REGISTER = "REGISTER"
    TRANSFER = "TRANSFER"
    SPLIT = "SPLIT"
    MERGE = "MERGE"
    ASSIGN = "ASSIGN"
    SEARCH = "SEARCH"
    ASK_SUPPLEMENT = "ASK_SUPPLEMENT"
    RECEIVE_SUPPLEMENT = "RECEIVE_SUPPLEMENT"
    LAPSE_SUPPLEMENT = "LAPSE_SUPPLEMENT"
    CONSULT_THIRD_PARTY = "CONSULT_THIRD_PARTY"
    CONSULT_ORGAN = "CONSULT_ORGAN"
    SERVE_CONSULTATION = "SERVE_CONSULTATION"
    RECORD_OPINION = "RECORD_OPINION"
    RECORD_LAST_OPINION = "RECORD_LAST_OPINION"
    TELL_THIRD_PARTY = "TELL_THIRD_PARTY"
    PROPOSE_EXTENSION = "PROPOSE_EXTENSION"
    EXTEND = "EXTEND"
    ASK_REASONS = "ASK_REASONS"
    RECEIVE_REASONS = "RECEIVE_REASONS"
    SET_DELAY = "SET_DELAY"
    CHARGE_FEE = "CHARGE_FEE"
    RECORD_PAYMENT = "RECORD_PAYMENT"
    LAPSE_FEE = "LAPSE_FEE"
    SERVE_LETTER = "SERVE_LETTER"
    RECORD_ARRIVAL = "RECORD_ARRIVAL"
    DRAFT_REPLY = "DRAFT_REPLY"
    PASS_DRAFT = "PASS_DRAFT"  # noqa: S105  an act, not a password
    RETURN_DRAFT = "RETURN_DRAFT"
    SIGN = "SIGN"
    ISSUE = "ISSUE"
    CANCEL_ISSUE = "CANCEL_ISSUE"
    REPLY = "REPLY"
    REPLY_ANEW = "REPLY_ANEW"
    RETURN_MAIL = "RETURN_MAIL"
    SERVE_AGAIN = "SERVE_AGAIN"
    REFER = "REFER"
    WITHDRAW = "WITHDRAW"
    CLOSE = "CLOSE"
    REOPEN = "REOPEN"
    ARCHIVE = "ARCHIVE"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _EVENT_LABELS[self]


# The acts that give a request its result in table three; a case has at most one of them.
# REPLY_ANEW is not among them: a reply ordered by a reconsideration is not counted twice.
CONCLUDING = (Event.REPLY, Event.LAPSE_SUPPLEMENT, Event.LAPSE_FEE, Event.WITHDRAW)

_EVENT_LABELS = {
    Event.SUBMIT: "提交申请",
    Event.TRY_CONTACT: "联系申请人",
    Event.REGISTER: "确定收到申请之日",
    Event.TRANSFER: "移送其他机关",
    Event.SPLIT: "拆分",
    Event.MERGE: "合并",
    Event.ASSIGN: "分办",
    Event.SEARCH: "登记检索情况",
    Event.ASK_SUPPLEMENT: "告知补正",
    Event.RECEIVE_SUPPLEMENT: "收到补正",
    Event.LAPSE_SUPPLEMENT: "逾期不补正",
    Event.CONSULT_THIRD_PARTY: "征求第三方意见",
    Event.CONSULT_ORGAN: "征求其他机关意见",
    Event.SERVE_CONSULTATION: "征求意见书送达",
    Event.RECORD_OPINION: "收到意见",
    Event.RECORD_LAST_OPINION: "意见收齐",
    Event.TELL_THIRD_PARTY: "告知第三方决定公开",
    Event.PROPOSE_EXTENSION: "提请延期",
    Event.EXTEND: "延长答复期限",
    Event.ASK_REASONS: "要求说明理由",
    Event.RECEIVE_REASONS: "收到理由说明",
    Event.SET_DELAY: "确定延迟答复的合理期限",
    Event.CHARGE_FEE: "通知缴纳信息处理费",
    Event.RECORD_PAYMENT: "缴费",
    Event.LAPSE_FEE: "逾期未缴费",
    Event.SERVE_LETTER: "登记文书送达",
    Event.RECORD_ARRIVAL: "登记文书签收",
    Event.DRAFT_REPLY: "拟写答复",
    Event.PASS_DRAFT: "审核通过",
    Event.RETURN_DRAFT: "退回修改",
    Event.SIGN: "签发",
    Event.ISSUE: "制发答复书",
    Event.CANCEL_ISSUE: "作废答复书",
    Event.REPLY: "答复",
    Event.REPLY_ANEW: "重新答复",
    Event.RETURN_MAIL: "登记邮件退回",
    Event.SERVE_AGAIN: "重新送达",
    Event.REFER: "告知或者转送其他渠道",
    Event.WITHDRAW: "撤回申请",
    Event.CLOSE: "办结",
    Event.REOPEN: "重新办理",
    Event.ARCHIVE: "归档",
}
