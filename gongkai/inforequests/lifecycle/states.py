"""The one table of a request's states (Art. 29-45), and why other arrows are refused.

`TRANSITIONS` is drawn by `make docs` and followed by the reducer (`rules`) and by
the verbs (`actions`). What must hold beyond the state stands in words in `guard`
and is checked by `rules.guards`.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.inforequests.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class State(StrEnum):
    """Where a request stands."""

    SUBMITTED = "SUBMITTED"
    REGISTERED = "REGISTERED"
    PROCESSING = "PROCESSING"
    AWAITING_SUPPLEMENT = "AWAITING_SUPPLEMENT"
    CONSULTING = "CONSULTING"
    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    REPLIED = "REPLIED"
    LAPSED = "LAPSED"
    WITHDRAWN = "WITHDRAWN"
    SPLIT = "SPLIT"
    CLOSED = "CLOSED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return _STATE_LABELS[self]

    @property
    def is_concluded(self) -> bool:
        """Return whether the request has its result (answered, given up, withdrawn, split)."""
        return self in CONCLUDED


_STATE_LABELS = {
    State.SUBMITTED: "待确认收到",
    State.REGISTERED: "已登记",
    State.PROCESSING: "办理中",
    State.AWAITING_SUPPLEMENT: "待申请人补正",
    State.CONSULTING: "征求意见中",
    State.AWAITING_PAYMENT: "待申请人缴费",
    State.REPLIED: "已答复",
    State.LAPSED: "视为放弃",
    State.WITHDRAWN: "申请人撤回",
    State.SPLIT: "已拆分",
    State.CLOSED: "已办结",
}
CONCLUDED = frozenset({State.REPLIED, State.LAPSED, State.WITHDRAWN, State.SPLIT, State.CLOSED})
OPEN = tuple(state for state in State if state not in CONCLUDED)


class Event(StrEnum):
    """What may happen to a request; each is the kind of an act."""

    SUBMIT = "SUBMIT"
    REGISTER = "REGISTER"
    SPLIT = "SPLIT"
    ASSIGN = "ASSIGN"
    ASK_SUPPLEMENT = "ASK_SUPPLEMENT"
    RECEIVE_SUPPLEMENT = "RECEIVE_SUPPLEMENT"
    LAPSE_SUPPLEMENT = "LAPSE_SUPPLEMENT"
    CONSULT_THIRD_PARTY = "CONSULT_THIRD_PARTY"
    CONSULT_ORGAN = "CONSULT_ORGAN"
    SERVE_CONSULTATION = "SERVE_CONSULTATION"
    RECORD_OPINION = "RECORD_OPINION"
    RECORD_LAST_OPINION = "RECORD_LAST_OPINION"
    EXTEND = "EXTEND"
    ASK_REASONS = "ASK_REASONS"
    SET_DELAY = "SET_DELAY"
    CHARGE_FEE = "CHARGE_FEE"
    RECORD_PAYMENT = "RECORD_PAYMENT"
    LAPSE_FEE = "LAPSE_FEE"
    REPLY = "REPLY"
    WITHDRAW = "WITHDRAW"
    CLOSE = "CLOSE"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _EVENT_LABELS[self]


# The acts that give a request its result; a case has at most one of them.
CONCLUDING = (Event.REPLY, Event.LAPSE_SUPPLEMENT, Event.LAPSE_FEE, Event.WITHDRAW)

_EVENT_LABELS = {
    Event.SUBMIT: "提交申请",
    Event.REGISTER: "确定收到申请之日",
    Event.SPLIT: "拆分",
    Event.ASSIGN: "分办",
    Event.ASK_SUPPLEMENT: "告知补正",
    Event.RECEIVE_SUPPLEMENT: "收到补正",
    Event.LAPSE_SUPPLEMENT: "逾期不补正",
    Event.CONSULT_THIRD_PARTY: "征求第三方意见",
    Event.CONSULT_ORGAN: "征求其他机关意见",
    Event.SERVE_CONSULTATION: "征求意见书送达",
    Event.RECORD_OPINION: "收到意见",
    Event.RECORD_LAST_OPINION: "意见收齐",
    Event.EXTEND: "延长答复期限",
    Event.ASK_REASONS: "要求说明理由",
    Event.SET_DELAY: "确定延迟答复的合理期限",
    Event.CHARGE_FEE: "通知缴纳信息处理费",
    Event.RECORD_PAYMENT: "缴费",
    Event.LAPSE_FEE: "逾期未缴费",
    Event.REPLY: "答复",
    Event.WITHDRAW: "撤回申请",
    Event.CLOSE: "归档办结",
}

_S, _E = State, Event
_ONCE = "一次性告知；自收到申请之日起7个工作日内"
_PAUSE = "征求意见所需时间不计入答复期限"
_EXTEND = "只能一次；不超过20个工作日；原期限届满前告知申请人；政府信息公开工作机构负责人同意"
_REPLY = "每一项都有结果和依据"
_UNTIL_SERVED = "第三方答复，或者自收到征求意见书之日起15个工作日届满"
_FEE = "答复期限内通知；只能一次"
_LAPSE = "期限届满而申请人无正当理由未办"
_AT_REGISTRATION = "登记时拆分；至少两件；拆分后各件单独计数"

TRANSITIONS: Mapping[tuple[State, Event], Arrow[State]] = {
    (_S.SUBMITTED, _E.REGISTER): Arrow(_S.REGISTERED, "第三十一条", "收到之日按渠道确定"),
    (_S.SUBMITTED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.REGISTERED, _E.SPLIT): Arrow(_S.SPLIT, "第二十九条", _AT_REGISTRATION),
    (_S.REGISTERED, _E.ASSIGN): Arrow(_S.PROCESSING, "第四十五条"),
    (_S.REGISTERED, _E.ASK_SUPPLEMENT): Arrow(_S.AWAITING_SUPPLEMENT, "第三十条", _ONCE),
    (_S.REGISTERED, _E.REPLY): Arrow(_S.REPLIED, "第三十三条第一款", _REPLY),
    (_S.REGISTERED, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.PROCESSING, _E.ASSIGN): Arrow(_S.PROCESSING, "第四十五条"),
    (_S.PROCESSING, _E.ASK_SUPPLEMENT): Arrow(_S.AWAITING_SUPPLEMENT, "第三十条", _ONCE),
    (_S.PROCESSING, _E.CONSULT_THIRD_PARTY): Arrow(_S.CONSULTING, "第三十二条", _PAUSE),
    (_S.PROCESSING, _E.CONSULT_ORGAN): Arrow(_S.CONSULTING, "第三十四条", _PAUSE),
    (_S.PROCESSING, _E.EXTEND): Arrow(_S.PROCESSING, "第三十三条第二款", _EXTEND),
    (_S.PROCESSING, _E.ASK_REASONS): Arrow(_S.PROCESSING, "第三十五条"),
    (_S.PROCESSING, _E.SET_DELAY): Arrow(
        _S.PROCESSING, "第三十五条", "已要求说明理由且理由合理；晚于原期限；原期限届满前告知"
    ),
    (_S.PROCESSING, _E.CHARGE_FEE): Arrow(_S.AWAITING_PAYMENT, "第四十二条", _FEE),
    (_S.PROCESSING, _E.REPLY): Arrow(_S.REPLIED, "第三十六条", _REPLY),
    (_S.PROCESSING, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.AWAITING_SUPPLEMENT, _E.RECEIVE_SUPPLEMENT): Arrow(
        _S.PROCESSING, "第三十条", "答复期限自收到补正之日起重新计算"
    ),
    (_S.AWAITING_SUPPLEMENT, _E.LAPSE_SUPPLEMENT): Arrow(_S.LAPSED, "第三十条", _LAPSE),
    (_S.AWAITING_SUPPLEMENT, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.CONSULTING, _E.CONSULT_THIRD_PARTY): Arrow(_S.CONSULTING, "第三十二条", _PAUSE),
    (_S.CONSULTING, _E.CONSULT_ORGAN): Arrow(_S.CONSULTING, "第三十四条", _PAUSE),
    (_S.CONSULTING, _E.SERVE_CONSULTATION): Arrow(_S.CONSULTING, "第三十二条"),
    (_S.CONSULTING, _E.RECORD_OPINION): Arrow(
        _S.CONSULTING, "第三十二条", "还有征求意见未结束；" + _UNTIL_SERVED
    ),
    (_S.CONSULTING, _E.RECORD_LAST_OPINION): Arrow(
        _S.PROCESSING, "第三十二条", "征求意见全部结束；" + _UNTIL_SERVED
    ),
    (_S.CONSULTING, _E.EXTEND): Arrow(_S.CONSULTING, "第三十三条第二款", _EXTEND),
    (_S.CONSULTING, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.AWAITING_PAYMENT, _E.RECORD_PAYMENT): Arrow(
        _S.PROCESSING, "收费办法第六条", "答复期限自缴费次日起重新计算"
    ),
    (_S.AWAITING_PAYMENT, _E.LAPSE_FEE): Arrow(_S.LAPSED, "收费办法第六条", _LAPSE),
    (_S.AWAITING_PAYMENT, _E.WITHDRAW): Arrow(_S.WITHDRAWN, "第二十七条"),
    (_S.REPLIED, _E.CLOSE): Arrow(_S.CLOSED, "第四十五条"),
    (_S.LAPSED, _E.CLOSE): Arrow(_S.CLOSED, "第四十五条"),
    (_S.WITHDRAWN, _E.CLOSE): Arrow(_S.CLOSED, "第四十五条"),
}

# Why an event does not fit the state, by state; the event's own article comes first.
_STANDS_AGAINST = {
    State.SUBMITTED: "申请尚未确定收到之日（第三十一条），请先按提交渠道登记",
    State.REGISTERED: "申请已登记、尚未分办（第四十五条），请先分办或者当场答复",
    State.PROCESSING: "申请正在办理，没有等待补正、缴费或者意见",
    State.AWAITING_SUPPLEMENT: "正在等待申请人补正（第三十条），请先登记收到补正或者逾期不补正",
    State.CONSULTING: "正在征求意见（第三十二条、第三十四条），请先登记意见或者期限届满",
    State.AWAITING_PAYMENT: "正在等待申请人缴费（第四十二条），请先登记缴费或者逾期未缴费",
    State.REPLIED: "申请已经答复（第三十三条），只能归档办结",
    State.LAPSED: "申请已视为放弃（第三十条、第四十二条），只能归档办结",
    State.WITHDRAWN: "申请人已撤回申请，只能归档办结",
    State.SPLIT: "申请已拆分为多件分别办理，请到拆分后的各件办理",
    State.CLOSED: "申请已归档办结（第四十五条），不再变动",
}
_ARTICLES = {
    event: next(arrow.article for (_, each), arrow in TRANSITIONS.items() if each is event)
    for event in Event
    if event is not Event.SUBMIT
}


def next_state(state: State, event: Event) -> State:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow; the message names the event's article and
            what stands against it.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(refusal(state, event)) from None


def refusal(state: State, event: Event) -> str:
    """Return in Chinese why `event` is refused in `state`."""
    article = _ARTICLES.get(event, "第二十九条")
    return f"不能“{event.label}”（{article}）：{_STANDS_AGAINST[state]}。"


def open_events(state: State) -> tuple[Event, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(TRANSITIONS, state)
