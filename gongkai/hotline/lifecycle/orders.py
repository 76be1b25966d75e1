"""The one table of a work order's states, and whose step each is.

Serves 国办发〔2020〕53号: 受理 → 派单 → 办理 → 答复 → 督办 → 办结 → 回访 → 评价; what belongs to
another statutory procedure is turned over to it and not answered here.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.hotline.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class State(StrEnum):
    """Where an order stands."""

    RECEIVED = "RECEIVED"
    ASSIGNED = "ASSIGNED"
    HANDLING = "HANDLING"
    RETURN_ASKED = "RETURN_ASKED"
    EXTENSION_ASKED = "EXTENSION_ASKED"
    SUSPENDED = "SUSPENDED"
    ANSWERED = "ANSWERED"
    CHECKED = "CHECKED"
    CLOSED = "CLOSED"
    TURNED_OVER = "TURNED_OVER"
    RETURNED = "RETURNED"
    MERGED = "MERGED"
    VOID = "VOID"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return _STATES[self.value]


_STATES = {
    "RECEIVED": "待派单",
    "ASSIGNED": "待签收",
    "HANDLING": "办理中",
    "RETURN_ASKED": "退单待审",
    "EXTENSION_ASKED": "延期待审",
    "SUSPENDED": "已挂起",
    "ANSWERED": "已答复待审",
    "CHECKED": "待回访",
    "CLOSED": "已办结",
    "TURNED_OVER": "已转出",
    "RETURNED": "已退单",
    "MERGED": "已合并",
    "VOID": "已作废",
}
UNANSWERED = (
    *(State.RECEIVED, State.ASSIGNED, State.HANDLING),
    *(State.RETURN_ASKED, State.EXTENSION_ASKED, State.SUSPENDED),
)  # the term for answering still runs, or stands still
OPEN = (*UNANSWERED, State.ANSWERED, State.CHECKED)
# Not answered here: they count in no rate.
OUTSIDE = (State.TURNED_OVER, State.RETURNED, State.MERGED, State.VOID)


class Event(StrEnum):
    """What may happen to an order; each is the kind of a step."""

    RECEIVE = "RECEIVE"
    ASSIGN = "ASSIGN"
    SIGN_FOR = "SIGN_FOR"
    ASK_RETURN = "ASK_RETURN"
    LET_RETURN = "LET_RETURN"
    REFUSE_RETURN = "REFUSE_RETURN"
    ASK_EXTENSION = "ASK_EXTENSION"
    LET_EXTEND = "LET_EXTEND"
    REFUSE_EXTENSION = "REFUSE_EXTENSION"
    ANSWER = "ANSWER"
    PASS_ANSWER = "PASS_ANSWER"  # noqa: S105 -- a step
    REJECT_ANSWER = "REJECT_ANSWER"
    CALL_BACK = "CALL_BACK"
    CLOSE = "CLOSE"
    REDO = "REDO"
    URGE = "URGE"
    SUPERVISE = "SUPERVISE"
    SUSPEND = "SUSPEND"
    RESUME = "RESUME"
    TURN_OVER = "TURN_OVER"
    SEND_BACK = "SEND_BACK"
    MERGE = "MERGE"
    VOID = "VOID"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _EVENTS[self.value]


_EVENTS = {
    "RECEIVE": "登记工单",
    "ASSIGN": "派单",
    "SIGN_FOR": "签收",
    "ASK_RETURN": "申请退单",
    "LET_RETURN": "同意退单",
    "REFUSE_RETURN": "不同意退单",
    "ASK_EXTENSION": "申请延期",
    "LET_EXTEND": "同意延期",
    "REFUSE_EXTENSION": "不同意延期",
    "ANSWER": "登记答复",
    "PASS_ANSWER": "审核通过",
    "REJECT_ANSWER": "退回重新答复",
    "CALL_BACK": "登记回访",
    "CLOSE": "办结工单",
    "REDO": "重办",
    "URGE": "催办",
    "SUPERVISE": "督办",
    "SUSPEND": "挂起",
    "RESUME": "恢复办理",
    "TURN_OVER": "转其他法定途径",
    "SEND_BACK": "退单",
    "MERGE": "并入其他工单",
    "VOID": "作废",
}
# Steps of the organ that handles an order; all others are those of the organ that took it in,
# which may do these as well where it handles the order itself.
HANDLERS_OWN = (Event.SIGN_FOR, Event.ASK_RETURN, Event.ASK_EXTENSION, Event.ANSWER)

_S, _E = State, Event
_RULES = "国办发〔2020〕53号"
_OTHER_WAY = (
    "须通过诉讼、仲裁、纪检监察、行政复议、政府信息公开等途径解决的事项和信访事项；写明理由"
)
_SEND_BACK = "上级热线派来、不属本机关职责的工单；写明理由"
_ASK_RETURN = "不属本单位职责；派单后一个工作日内，每次派单一次；写明理由"
_LONGER = "期限届满前提出；写明理由和工作日数；批准的最多两次"
_NEW_TERM = "写明理由；期限自重办之日起重新计算"

TRANSITIONS: Mapping[tuple[State, Event], Arrow[State]] = {
    (_S.RECEIVED, _E.ASSIGN): Arrow(_S.ASSIGNED, _RULES, "写明承办单位"),
    (_S.RECEIVED, _E.ANSWER): Arrow(_S.ANSWERED, _RULES, "能直接解答的当即答复"),
    (_S.RECEIVED, _E.TURN_OVER): Arrow(_S.TURNED_OVER, _RULES, _OTHER_WAY),
    (_S.RECEIVED, _E.SEND_BACK): Arrow(_S.RETURNED, _RULES, _SEND_BACK),
    (_S.RECEIVED, _E.MERGE): Arrow(_S.MERGED, _RULES, "同一诉求人就同一事项重复提出的"),
    (_S.RECEIVED, _E.VOID): Arrow(_S.VOID, _RULES, "误录、无实际内容的；写明理由"),
    (_S.ASSIGNED, _E.SIGN_FOR): Arrow(_S.HANDLING, _RULES),
    (_S.ASSIGNED, _E.ANSWER): Arrow(_S.ANSWERED, _RULES, "答复即视为签收"),
    (_S.ASSIGNED, _E.ASSIGN): Arrow(_S.ASSIGNED, _RULES, "改派"),
    (_S.ASSIGNED, _E.ASK_RETURN): Arrow(_S.RETURN_ASKED, _RULES, _ASK_RETURN),
    (_S.ASSIGNED, _E.URGE): Arrow(_S.ASSIGNED, _RULES),
    (_S.ASSIGNED, _E.SUPERVISE): Arrow(_S.ASSIGNED, _RULES, "写明督办要求"),
    (_S.ASSIGNED, _E.TURN_OVER): Arrow(_S.TURNED_OVER, _RULES, _OTHER_WAY),
    (_S.ASSIGNED, _E.SEND_BACK): Arrow(_S.RETURNED, _RULES, _SEND_BACK),
    (_S.ASSIGNED, _E.MERGE): Arrow(_S.MERGED, _RULES, "同一诉求人就同一事项重复提出的"),
    (_S.HANDLING, _E.ANSWER): Arrow(_S.ANSWERED, _RULES, "写明答复内容、是否联系诉求人"),
    (_S.HANDLING, _E.ASK_RETURN): Arrow(_S.RETURN_ASKED, _RULES, _ASK_RETURN),
    (_S.HANDLING, _E.ASK_EXTENSION): Arrow(_S.EXTENSION_ASKED, _RULES, _LONGER),
    (_S.HANDLING, _E.ASSIGN): Arrow(_S.ASSIGNED, _RULES, "改派"),
    (_S.HANDLING, _E.URGE): Arrow(_S.HANDLING, _RULES),
    (_S.HANDLING, _E.SUPERVISE): Arrow(_S.HANDLING, _RULES, "写明督办要求"),
    (_S.HANDLING, _E.SUSPEND): Arrow(_S.SUSPENDED, _RULES, "客观上一时不能办理的；写明理由"),
    (_S.HANDLING, _E.TURN_OVER): Arrow(_S.TURNED_OVER, _RULES, _OTHER_WAY),
    (_S.HANDLING, _E.SEND_BACK): Arrow(_S.RETURNED, _RULES, _SEND_BACK),
    (_S.HANDLING, _E.MERGE): Arrow(_S.MERGED, _RULES, "同一诉求人就同一事项重复提出的"),
    (_S.RETURN_ASKED, _E.LET_RETURN): Arrow(_S.RECEIVED, _RULES, "重新派单"),
    (_S.RETURN_ASKED, _E.REFUSE_RETURN): Arrow(_S.HANDLING, _RULES, "写明理由"),
    (_S.EXTENSION_ASKED, _E.LET_EXTEND): Arrow(_S.HANDLING, _RULES),
    (_S.EXTENSION_ASKED, _E.REFUSE_EXTENSION): Arrow(_S.HANDLING, _RULES, "写明理由"),
    (_S.EXTENSION_ASKED, _E.ANSWER): Arrow(_S.ANSWERED, _RULES),
    (_S.SUSPENDED, _E.RESUME): Arrow(_S.HANDLING, _RULES, "期限顺延挂起的工作日"),
    (_S.ANSWERED, _E.PASS_ANSWER): Arrow(_S.CHECKED, _RULES),
    (_S.ANSWERED, _E.REJECT_ANSWER): Arrow(_S.HANDLING, _RULES, "写明理由；原期限继续计算"),
    (_S.ANSWERED, _E.CLOSE): Arrow(_S.CLOSED, _RULES, "当即答复的、没有留电话的，不必回访"),
    (_S.CHECKED, _E.CALL_BACK): Arrow(_S.CHECKED, _RULES, "写明是否接通、满意度、解决情况"),
    (_S.CHECKED, _E.CLOSE): Arrow(_S.CLOSED, _RULES, "已经回访；三次没有接通的视为未评价"),
    (_S.CHECKED, _E.REDO): Arrow(_S.HANDLING, _RULES, _NEW_TERM),
    (_S.CLOSED, _E.REDO): Arrow(_S.HANDLING, _RULES, _NEW_TERM),
}
_STANDS_AGAINST = {
    State.RECEIVED: "工单尚未派单，请先派单或者直接登记答复",
    State.ASSIGNED: "工单已经派出，等待签收或者答复，请先签收或者登记答复",
    State.HANDLING: "工单正在办理，请先登记答复",
    State.RETURN_ASKED: "承办单位申请退单，请先审核退单",
    State.EXTENSION_ASKED: "承办单位申请延期，请先审核延期或者登记答复",
    State.SUSPENDED: "工单已经挂起，请先恢复办理",
    State.ANSWERED: "工单已经答复，只能办结或者审核答复",
    State.CHECKED: "答复已经审核，请登记回访、办结或者重办",
    State.TURNED_OVER: "工单已转其他法定途径，由受理机关依法办理",
    State.CLOSED: "工单已经办结，只能重办",
    State.RETURNED: "工单已退回上级热线，不再变动",
    State.MERGED: "工单已并入其他工单，请在那件工单上办理",
    State.VOID: "工单已经作废，不再变动",
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
