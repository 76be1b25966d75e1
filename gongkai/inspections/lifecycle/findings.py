"""The road of a finding: found, sent, objected to, rectified, re-checked, closed (law.md 4.4).

A finding is closed only by a re-check. What the organ says of it opens the re-check; what a scan
does not see any more is noted, and counts as a re-check once the organ has answered.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.inspections.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class FindingState(StrEnum):
    """Where a finding stands."""

    FOUND = "FOUND"
    FALSE_ALARM = "FALSE_ALARM"
    SENT = "SENT"
    OBJECTED = "OBJECTED"
    UPHELD = "UPHELD"
    DISMISSED = "DISMISSED"
    RECTIFYING = "RECTIFYING"
    ANSWERED = "ANSWERED"
    RECHECKED = "RECHECKED"
    CLOSED = "CLOSED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return _STATE_LABELS[self]


_S = FindingState
_STATE_LABELS = {
    _S.FOUND: "待交办",
    _S.FALSE_ALARM: "误报",
    _S.SENT: "已告知",
    _S.OBJECTED: "异议待裁定",
    _S.UPHELD: "异议成立",
    _S.DISMISSED: "异议不成立",
    _S.RECTIFYING: "整改中",
    _S.ANSWERED: "待复核",
    _S.RECHECKED: "复核通过",
    _S.CLOSED: "已销号",
}
# Nothing more is to be done: a fault that shows again is a new finding, marked as repeated.
OVER = (_S.FALSE_ALARM, _S.UPHELD, _S.CLOSED)
STANDING = tuple(state for state in FindingState if state not in OVER)
# What the bulletin counts: a false alarm is nobody's fault.
NO_FAULT = (_S.FALSE_ALARM, _S.UPHELD)
# The organ sees a finding once the office has told it.
UNTOLD = (_S.FOUND, _S.FALSE_ALARM)


class FindingEvent(StrEnum):
    """What may happen to a finding."""

    MARK_FALSE = "MARK_FALSE"
    TAKE_BACK = "TAKE_BACK"
    PASS_ON = "PASS_ON"  # noqa: S105  no password
    SEND = "SEND"
    OBJECT = "OBJECT"
    UPHOLD = "UPHOLD"
    DISMISS = "DISMISS"
    ORDER = "ORDER"
    ANSWER = "ANSWER"
    PASS = "PASS"  # noqa: S105  no password
    FAIL = "FAIL"
    CLOSE = "CLOSE"
    LAPSE = "LAPSE"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _EVENT_LABELS[self]


_E = FindingEvent
_EVENT_LABELS = {
    _E.MARK_FALSE: "认定为误报",
    _E.TAKE_BACK: "撤销误报认定",
    _E.PASS_ON: "改派",
    _E.SEND: "告知",
    _E.OBJECT: "提出异议",
    _E.UPHOLD: "裁定异议成立",
    _E.DISMISS: "裁定异议不成立",
    _E.ORDER: "交办整改",
    _E.ANSWER: "反馈整改结果",
    _E.PASS: "复核通过",
    _E.FAIL: "复核不通过",
    _E.CLOSE: "销号",
    _E.LAPSE: "自行消除",
}


class Source(StrEnum):
    """Who found a fault (发现来源)."""

    SCAN = "SCAN"
    INSIDE = "INSIDE"
    THIRD_PARTY = "THIRD_PARTY"
    MUTUAL = "MUTUAL"
    PUBLIC = "PUBLIC"
    SUPERIOR = "SUPERIOR"
    MANUAL = "MANUAL"

    @property
    def label(self) -> str:
        """Return the source in Chinese."""
        return {
            "SCAN": "自动巡查",
            "INSIDE": "系统自查",
            "THIRD_PARTY": "第三方评估",
            "MUTUAL": "单位互查",
            "PUBLIC": "群众反映",
            "SUPERIOR": "上级通报",
            "MANUAL": "人工检查",
        }[self.value]


BY_PEOPLE = (Source.THIRD_PARTY, Source.MUTUAL, Source.PUBLIC, Source.SUPERIOR, Source.MANUAL)

_RULE = "国办秘函〔2019〕19号"
_WHO = "县政务公开办"

TRANSITIONS: Mapping[tuple[FindingState, FindingEvent], Arrow[FindingState]] = {
    (_S.FOUND, _E.MARK_FALSE): Arrow(_S.FALSE_ALARM, guard=f"{_WHO}写明理由；以后巡查不再报"),
    (_S.FOUND, _E.PASS_ON): Arrow(_S.FOUND, guard="本县其他机关，写明理由"),
    (_S.FOUND, _E.SEND): Arrow(_S.SENT, guard=f"{_WHO}告知责任单位"),
    (_S.FOUND, _E.ORDER): Arrow(_S.RECTIFYING, _RULE, "写明整改要求，期限按工作日计算"),
    (_S.FOUND, _E.LAPSE): Arrow(_S.CLOSED, guard="系统自查的临期提示，再次自查已经办结的"),
    (_S.FALSE_ALARM, _E.TAKE_BACK): Arrow(_S.FOUND, guard=f"{_WHO}写明理由；以后巡查照常报"),
    (_S.SENT, _E.MARK_FALSE): Arrow(_S.FALSE_ALARM, guard=f"{_WHO}写明理由；以后巡查不再报"),
    (_S.SENT, _E.PASS_ON): Arrow(_S.SENT, guard="本县其他机关，写明理由"),
    (_S.SENT, _E.OBJECT): Arrow(_S.OBJECTED, guard="责任单位写明理由"),
    (_S.SENT, _E.ORDER): Arrow(_S.RECTIFYING, _RULE, "写明整改要求，期限按工作日计算"),
    (_S.SENT, _E.ANSWER): Arrow(_S.ANSWERED, guard="责任单位写明整改结果"),
    (_S.OBJECTED, _E.PASS_ON): Arrow(_S.SENT, guard="本县其他机关，写明理由；异议随之了结"),
    (_S.OBJECTED, _E.UPHOLD): Arrow(_S.UPHELD, guard=f"{_WHO}写明理由；以后巡查不再报"),
    (_S.OBJECTED, _E.DISMISS): Arrow(_S.DISMISSED, guard=f"{_WHO}写明理由"),
    (_S.DISMISSED, _E.ORDER): Arrow(_S.RECTIFYING, _RULE, "写明整改要求，期限按工作日计算"),
    (_S.DISMISSED, _E.ANSWER): Arrow(_S.ANSWERED, guard="责任单位写明整改结果"),
    (_S.RECTIFYING, _E.OBJECT): Arrow(_S.OBJECTED, guard="责任单位写明理由；期限照常计算"),
    (_S.RECTIFYING, _E.ORDER): Arrow(_S.RECTIFYING, _RULE, "改定期限，写明要求"),
    (_S.RECTIFYING, _E.ANSWER): Arrow(_S.ANSWERED, guard="责任单位写明整改结果"),
    (_S.ANSWERED, _E.PASS): Arrow(_S.RECHECKED, _RULE, "再次巡查未发现，或者人工复核"),
    (_S.ANSWERED, _E.FAIL): Arrow(_S.RECTIFYING, _RULE, "再次巡查仍有，或者人工复核；原期限不变"),
    (_S.RECHECKED, _E.FAIL): Arrow(_S.RECTIFYING, _RULE, "销号前又发现"),
    (_S.RECHECKED, _E.CLOSE): Arrow(_S.CLOSED, guard=f"{_WHO}销号；再次出现的另立，标明重复出现"),
}
_STANDS_AGAINST = {
    _S.FOUND: "这个问题还没有告知责任单位",
    _S.FALSE_ALARM: "这个问题已认定为误报",
    _S.SENT: "这个问题已告知责任单位，还没有整改结果",
    _S.OBJECTED: "责任单位的异议还没有裁定",
    _S.UPHELD: "异议已裁定成立，不再变动",
    _S.DISMISSED: "异议已裁定不成立，等待整改",
    _S.RECTIFYING: "这个问题正在整改，责任单位还没有反馈整改结果",
    _S.ANSWERED: "整改结果正等待复核",
    _S.RECHECKED: "这个问题已复核通过",
    _S.CLOSED: "这个问题已销号，不再变动",
}


def next_state(state: FindingState, event: FindingEvent) -> FindingState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：{_STANDS_AGAINST[state]}。") from None


def open_events(state: FindingState) -> tuple[FindingEvent, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(TRANSITIONS, state)
