"""The one table of a work order's states, its closed lists, and what the chapter refuses.

Serves 国办发〔2020〕53号: one order is received, assigned, answered and closed; what
belongs to another statutory procedure is turned over to it and not answered here.

    HotlineError
    ├── Refused       the state of the order or a rule stands against it
    └── BadOrder      the order is told wrongly; `field` names the form field
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class HotlineError(Exception):
    """The root of everything that this chapter refuses."""


class Refused(HotlineError):
    """A step that the state of the order or a rule does not allow."""


class BadOrder(HotlineError):
    """An order whose own data cannot be used; `field` names the form field at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class SourceChannel(StrEnum):
    """By which way a matter reached the hotline."""

    PHONE = "PHONE"
    WEBSITE = "WEBSITE"
    WECHAT = "WECHAT"
    APP = "APP"
    EMAIL = "EMAIL"
    SMS = "SMS"
    LETTER = "LETTER"
    IN_PERSON = "IN_PERSON"
    SUPERIOR = "SUPERIOR"
    MESSAGE_BOARD = "MESSAGE_BOARD"
    TURNED_OVER = "TURNED_OVER"

    @property
    def label(self) -> str:
        """Return the channel in Chinese."""
        return _CHANNEL_LABELS[self]


_CHANNEL_LABELS = {
    SourceChannel.PHONE: "电话",
    SourceChannel.WEBSITE: "网站",
    SourceChannel.WECHAT: "微信",
    SourceChannel.APP: "手机应用",
    SourceChannel.EMAIL: "电子邮件",
    SourceChannel.SMS: "短信",
    SourceChannel.LETTER: "来信",
    SourceChannel.IN_PERSON: "来访",
    SourceChannel.SUPERIOR: "上级转办",
    SourceChannel.MESSAGE_BOARD: "人民网留言",
    SourceChannel.TURNED_OVER: "依申请公开转来",
}


class OrderKind(StrEnum):
    """What the caller wants."""

    ENQUIRY = "ENQUIRY"
    HELP = "HELP"
    COMPLAINT = "COMPLAINT"
    REPORT = "REPORT"
    SUGGESTION = "SUGGESTION"
    PRAISE = "PRAISE"

    @property
    def label(self) -> str:
        """Return the kind in Chinese."""
        return {
            "ENQUIRY": "咨询",
            "HELP": "求助",
            "COMPLAINT": "投诉",
            "REPORT": "举报",
            "SUGGESTION": "建议",
            "PRAISE": "表扬",
        }[self.value]


class State(StrEnum):
    """Where an order stands."""

    RECEIVED = "RECEIVED"
    ASSIGNED = "ASSIGNED"
    ANSWERED = "ANSWERED"
    TURNED_OVER = "TURNED_OVER"
    CLOSED = "CLOSED"
    RETURNED = "RETURNED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "RECEIVED": "待派单",
            "ASSIGNED": "办理中",
            "ANSWERED": "已答复",
            "TURNED_OVER": "已转出",
            "CLOSED": "已办结",
            "RETURNED": "已退单",
        }[self.value]


OPEN = (State.RECEIVED, State.ASSIGNED, State.ANSWERED)
UNANSWERED = (State.RECEIVED, State.ASSIGNED)  # the term for answering still runs


class Event(StrEnum):
    """What may happen to an order; each is the kind of a step."""

    RECEIVE = "RECEIVE"
    ASSIGN = "ASSIGN"
    ANSWER = "ANSWER"
    CLOSE = "CLOSE"
    TURN_OVER = "TURN_OVER"
    SEND_BACK = "SEND_BACK"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {
            "RECEIVE": "登记工单",
            "ASSIGN": "派单",
            "ANSWER": "登记答复",
            "TURN_OVER": "转其他法定途径",
            "SEND_BACK": "退单",
            "CLOSE": "办结工单",
        }[self.value]


_S, _E = State, Event
_RULES = "国办发〔2020〕53号"
_OTHER_WAY = (
    "须通过诉讼、仲裁、纪检监察、行政复议、政府信息公开等途径解决的事项和信访事项；写明理由"
)
_SEND_BACK = "上级热线派来、不属本机关职责的工单；写明理由"

TRANSITIONS: Mapping[tuple[State, Event], Arrow[State]] = {
    (_S.RECEIVED, _E.ASSIGN): Arrow(_S.ASSIGNED, _RULES, "写明承办单位"),
    (_S.RECEIVED, _E.ANSWER): Arrow(_S.ANSWERED, _RULES, "能直接解答的当即答复"),
    (_S.RECEIVED, _E.TURN_OVER): Arrow(_S.TURNED_OVER, _RULES, _OTHER_WAY),
    (_S.RECEIVED, _E.SEND_BACK): Arrow(_S.RETURNED, _RULES, _SEND_BACK),
    (_S.ASSIGNED, _E.ANSWER): Arrow(_S.ANSWERED, _RULES, "写明答复内容"),
    (_S.ASSIGNED, _E.ASSIGN): Arrow(_S.ASSIGNED, _RULES, "改派"),
    (_S.ASSIGNED, _E.TURN_OVER): Arrow(_S.TURNED_OVER, _RULES, _OTHER_WAY),
    (_S.ASSIGNED, _E.SEND_BACK): Arrow(_S.RETURNED, _RULES, _SEND_BACK),
    (_S.ANSWERED, _E.CLOSE): Arrow(_S.CLOSED, _RULES),
}
_STANDS_AGAINST = {
    State.RECEIVED: "工单尚未派单，请先派单或者直接登记答复",
    State.ASSIGNED: "工单正在办理，请先登记答复",
    State.ANSWERED: "工单已经答复，只能办结",
    State.TURNED_OVER: "工单已转其他法定途径，由受理机关依法办理",
    State.CLOSED: "工单已经办结，不再变动",
    State.RETURNED: "工单已退回上级热线，不再变动",
}


def next_state(state: State, event: Event) -> State:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow; the message names the rule.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能“{event.label}”（{_RULES}）：{_STANDS_AGAINST[state]}。") from None


def open_events(state: State) -> tuple[Event, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(TRANSITIONS, state)
