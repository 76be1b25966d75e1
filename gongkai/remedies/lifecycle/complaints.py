"""The one table of states of complaints and reports (Art. 47, 51), and their closed lists.

The office that oversees disclosure checks what is complained of, has it put right or
criticises it in a circular, answers who complained, and passes on whose liability is
another's to judge (Art. 53).
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.remedies.lifecycle.cases import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class ComplaintKind(StrEnum):
    """A complaint is of one's own matter, a report of anything."""

    COMPLAINT = "COMPLAINT"
    REPORT = "REPORT"

    @property
    def label(self) -> str:
        """Return the kind in Chinese."""
        return {"COMPLAINT": "投诉", "REPORT": "举报"}[self.value]


class Ground(StrEnum):
    """What is complained of."""

    NOT_DISCLOSED = "NOT_DISCLOSED"
    NOT_ANSWERED = "NOT_ANSWERED"
    WRONG_ANSWER = "WRONG_ANSWER"
    WRONG_CONTENT = "WRONG_CONTENT"
    CHARGED = "CHARGED"
    SHOULD_NOT = "SHOULD_NOT"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        """Return the ground in Chinese."""
        return {
            "NOT_DISCLOSED": "不按要求主动公开",
            "NOT_ANSWERED": "不依法答复公开申请",
            "WRONG_ANSWER": "答复不符合规定",
            "WRONG_CONTENT": "公开内容不准确、不更新",
            "CHARGED": "违反规定收取费用",
            "SHOULD_NOT": "公开不应公开的信息",
            "OTHER": "其他",
        }[self.value]


class Channel(StrEnum):
    """How it came."""

    VISIT = "VISIT"
    LETTER = "LETTER"
    PHONE = "PHONE"
    ONLINE = "ONLINE"
    HOTLINE = "HOTLINE"
    FORWARDED = "FORWARDED"

    @property
    def label(self) -> str:
        """Return the channel in Chinese."""
        return {
            "VISIT": "来访",
            "LETTER": "来信",
            "PHONE": "电话",
            "ONLINE": "网络",
            "HOTLINE": "12345热线",
            "FORWARDED": "上级或者其他机关转办",
        }[self.value]


class Verdict(StrEnum):
    """What the check found."""

    TRUE = "TRUE"
    PARTLY = "PARTLY"
    UNFOUNDED = "UNFOUNDED"

    @property
    def label(self) -> str:
        """Return the verdict in Chinese."""
        return {"TRUE": "属实", "PARTLY": "部分属实", "UNFOUNDED": "不属实"}[self.value]


class Measure(StrEnum):
    """What the overseeing office does about it (Art. 47)."""

    NONE = "NONE"
    RECTIFY = "RECTIFY"
    CIRCULATE = "CIRCULATE"

    @property
    def label(self) -> str:
        """Return the measure in Chinese."""
        return {
            "NONE": "不需要处理",
            "RECTIFY": "督促整改",
            "CIRCULATE": "督促整改并通报批评",
        }[self.value]


class ComplaintState(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    FOUND = "FOUND"
    CLOSED = "CLOSED"
    DECLINED = "DECLINED"
    FORWARDED = "FORWARDED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "RECEIVED": "待受理",
            "ACCEPTED": "核查中",
            "FOUND": "已认定，待答复",
            "CLOSED": "已办结",
            "DECLINED": "不予受理",
            "FORWARDED": "已转送",
            "WITHDRAWN": "已撤回",
        }[self.value]


class ComplaintEvent(StrEnum):
    """What may happen to a complaint."""

    ACCEPT = "ACCEPT"
    DECLINE = "DECLINE"
    FORWARD = "FORWARD"
    ASK = "ASK"
    EXPLAIN = "EXPLAIN"
    EXTEND = "EXTEND"
    FIND = "FIND"
    ANSWER = "ANSWER"
    RECTIFY = "RECTIFY"
    REFER = "REFER"
    WITHDRAW = "WITHDRAW"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {
            "ACCEPT": "受理",
            "DECLINE": "不予受理",
            "FORWARD": "转送有权机关",
            "ASK": "要求被投诉机关说明情况",
            "EXPLAIN": "登记说明情况",
            "EXTEND": "延长办理期限",
            "FIND": "登记核查认定",
            "ANSWER": "答复并办结",
            "RECTIFY": "登记整改完成",
            "REFER": "登记移送追究责任",
            "WITHDRAW": "登记撤回投诉",
        }[self.value]


_S, _E = ComplaintState, ComplaintEvent
_TERMS = "信访工作条例第三十四条（参照）"
_REFER = Arrow(_S.FOUND, "条例第五十三条", "认定属实或者部分属实")
COMPLAINT_TRANSITIONS: Mapping[tuple[ComplaintState, ComplaintEvent], Arrow[ComplaintState]] = {
    (_S.RECEIVED, _E.ACCEPT): Arrow(_S.ACCEPTED, "条例第四十七条、第五十一条"),
    (_S.RECEIVED, _E.DECLINE): Arrow(
        _S.DECLINED, "信访工作条例第二十三条（参照）", "写明理由，告知投诉人"
    ),
    (_S.RECEIVED, _E.FORWARD): Arrow(_S.FORWARDED, "信访工作条例第二十三条（参照）", "写明去向"),
    (_S.RECEIVED, _E.WITHDRAW): Arrow(_S.WITHDRAWN),
    (_S.ACCEPTED, _E.ASK): Arrow(_S.ACCEPTED, "条例第四十七条", "只要求一次"),
    (_S.ACCEPTED, _E.EXPLAIN): Arrow(_S.ACCEPTED, "条例第四十七条", "要求说明之后"),
    (_S.ACCEPTED, _E.EXTEND): Arrow(_S.ACCEPTED, _TERMS, "只能一次；不超过30日"),
    (_S.ACCEPTED, _E.FIND): Arrow(_S.FOUND, "条例第四十七条", "属实的督促整改或者通报批评"),
    (_S.ACCEPTED, _E.WITHDRAW): Arrow(_S.WITHDRAWN),
    (_S.FOUND, _E.ANSWER): Arrow(_S.CLOSED, _TERMS),
    (_S.FOUND, _E.RECTIFY): Arrow(_S.FOUND, "条例第四十七条", "要求过整改；只登记一次"),
    (_S.FOUND, _E.REFER): _REFER,
    (_S.CLOSED, _E.RECTIFY): Arrow(_S.CLOSED, "条例第四十七条", "要求过整改；只登记一次"),
    (_S.CLOSED, _E.REFER): Arrow(_S.CLOSED, _REFER.article, _REFER.guard),
}


def next_complaint_state(state: ComplaintState, event: ComplaintEvent) -> ComplaintState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(COMPLAINT_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"这件现为“{state.label}”，不能“{event.label}”。") from None


def open_complaint_events(state: ComplaintState) -> tuple[ComplaintEvent, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(COMPLAINT_TRANSITIONS, state)
