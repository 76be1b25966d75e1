"""The road of a matter of public opinion: collected, consulted on, judged, answered, evaluated.

Serves 国办发〔2016〕61号 and 〔2016〕80号 (law.md 5.2): 收集、会商、研判、回应、评估. What is
urgent is answered first and consulted on meanwhile.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.engagement.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class Severity(StrEnum):
    """How grave a matter is; it decides which clocks run."""

    GRAVEST = "GRAVEST"
    GRAVE = "GRAVE"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        """Return the severity in Chinese."""
        return {
            "GRAVEST": "特别重大突发事件",
            "GRAVE": "重大突发事件",
            "OTHER": "其他政务舆情",
        }[self.value]


class ResponseKind(StrEnum):
    """By what the government answered."""

    INFORMATION = "INFORMATION"
    CONFERENCE = "CONFERENCE"
    FOLLOW_UP = "FOLLOW_UP"

    @property
    def label(self) -> str:
        """Return the kind in Chinese."""
        return {
            "INFORMATION": "发布权威信息",
            "CONFERENCE": "召开新闻发布会",
            "FOLLOW_UP": "后续回应",
        }[self.value]


class OpinionState(StrEnum):
    """Where a matter stands."""

    COLLECTED = "COLLECTED"
    CONSULTED = "CONSULTED"
    JUDGED = "JUDGED"
    RESPONDED = "RESPONDED"
    SET_ASIDE = "SET_ASIDE"
    EVALUATED = "EVALUATED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "COLLECTED": "已收集",
            "CONSULTED": "已会商",
            "JUDGED": "待回应",
            "RESPONDED": "已回应",
            "SET_ASIDE": "不需回应",
            "EVALUATED": "已评估",
        }[self.value]


UNANSWERED = (OpinionState.COLLECTED, OpinionState.CONSULTED, OpinionState.JUDGED)


class OpinionEvent(StrEnum):
    """What may happen to a matter; each is the kind of a step."""

    COLLECT = "COLLECT"
    CONSULT = "CONSULT"
    JUDGE = "JUDGE"
    RESPOND = "RESPOND"
    SET_ASIDE = "SET_ASIDE"
    EVALUATE = "EVALUATE"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {
            "COLLECT": "收集",
            "CONSULT": "登记会商",
            "JUDGE": "登记研判",
            "RESPOND": "登记回应",
            "SET_ASIDE": "不作回应",
            "EVALUATE": "登记评估",
        }[self.value]


_S, _E = OpinionState, OpinionEvent
_RESPONSES = "国办发〔2016〕61号"
_DETAILS = "国办发〔2016〕80号"
_ASIDE = "经研判不需要回应的，写明理由"

TRANSITIONS: Mapping[tuple[OpinionState, OpinionEvent], Arrow[OpinionState]] = {
    (_S.COLLECTED, _E.CONSULT): Arrow(_S.CONSULTED, _DETAILS, "写明会商意见，确定责任单位"),
    (_S.COLLECTED, _E.RESPOND): Arrow(_S.RESPONDED, _RESPONSES, "紧急的先回应"),
    (_S.CONSULTED, _E.JUDGE): Arrow(_S.JUDGED, _DETAILS, "写明等级和依据；时限按等级重算"),
    (_S.CONSULTED, _E.RESPOND): Arrow(_S.RESPONDED, _RESPONSES, "紧急的先回应"),
    (_S.CONSULTED, _E.CONSULT): Arrow(_S.CONSULTED, _DETAILS, "再次会商，可以另定责任单位"),
    (_S.CONSULTED, _E.SET_ASIDE): Arrow(_S.SET_ASIDE, _DETAILS, _ASIDE),
    (_S.JUDGED, _E.RESPOND): Arrow(_S.RESPONDED, _RESPONSES, "写明渠道、时间和发言人"),
    (_S.JUDGED, _E.JUDGE): Arrow(_S.JUDGED, _DETAILS, "等级有变动"),
    (_S.JUDGED, _E.SET_ASIDE): Arrow(_S.SET_ASIDE, _DETAILS, _ASIDE),
    (_S.RESPONDED, _E.RESPOND): Arrow(_S.RESPONDED, _RESPONSES, "按进展持续回应"),
    (_S.RESPONDED, _E.JUDGE): Arrow(_S.RESPONDED, _DETAILS, "等级有变动"),
    (_S.RESPONDED, _E.EVALUATE): Arrow(_S.EVALUATED, _DETAILS, "写明回应效果和改进措施"),
    (_S.SET_ASIDE, _E.JUDGE): Arrow(_S.JUDGED, _DETAILS, "情况变化，重新研判"),
    (_S.SET_ASIDE, _E.EVALUATE): Arrow(_S.EVALUATED, _DETAILS, "写明后来的情况"),
}
_STANDS_AGAINST = {
    _S.COLLECTED: "还没有会商",
    _S.CONSULTED: "还没有研判",
    _S.JUDGED: "还没有回应",
    _S.RESPONDED: "已经回应",
    _S.SET_ASIDE: "经研判不作回应",
    _S.EVALUATED: "已经评估，不再变动",
}


def next_state(state: OpinionState, event: OpinionEvent) -> OpinionState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：{_STANDS_AGAINST[state]}。") from None


def open_events(state: OpinionState) -> tuple[OpinionEvent, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(TRANSITIONS, state)
