"""The road of a solicitation of comments: drafted, open, fed back, or cancelled (law.md 7.4).

That its term is over (已截止) follows from the days and is no state: see `deadlines.standing`.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.engagement.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, follow


class SolicitationState(StrEnum):
    """How far a solicitation has come."""

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    FED_BACK = "FED_BACK"
    CANCELLED = "CANCELLED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "DRAFT": "起草中",
            "OPEN": "已发布",
            "FED_BACK": "已反馈",
            "CANCELLED": "已终止",
        }[self.value]


class SolicitationEvent(StrEnum):
    """What may happen to a solicitation."""

    CHANGE_TERM = "CHANGE_TERM"
    PUBLISH = "PUBLISH"
    TAKE_OFF = "TAKE_OFF"
    COMMENT = "COMMENT"
    DISPOSE = "DISPOSE"
    DRAFT_FEEDBACK = "DRAFT_FEEDBACK"
    FEED_BACK = "FEED_BACK"
    TAKE_FEEDBACK_OFF = "TAKE_FEEDBACK_OFF"
    CANCEL = "CANCEL"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _EVENT_LABELS[self]


_S, _E = SolicitationState, SolicitationEvent
_EVENT_LABELS = {
    _E.CHANGE_TERM: "修改期限和方式",
    _E.PUBLISH: "发布征集公告",
    _E.TAKE_OFF: "撤下征集公告",
    _E.COMMENT: "登记意见",
    _E.DISPOSE: "处理意见",
    _E.DRAFT_FEEDBACK: "起草采纳情况反馈",
    _E.FEED_BACK: "公布采纳情况",
    _E.TAKE_FEEDBACK_OFF: "撤下采纳情况反馈",
    _E.CANCEL: "终止征集",
}
_STANDS_AGAINST = {
    _S.DRAFT: "征集公告尚未发布",
    _S.OPEN: "征集已经发布",
    _S.FED_BACK: "采纳情况已经公布",
    _S.CANCELLED: "征集已经终止",
}


class CommentChannel(StrEnum):
    """By which way a comment came."""

    ONLINE = "ONLINE"
    POST = "POST"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    MEETING = "MEETING"

    @property
    def label(self) -> str:
        """Return the channel in Chinese."""
        return {
            "ONLINE": "网上",
            "POST": "信函",
            "EMAIL": "电子邮件",
            "PHONE": "电话",
            "MEETING": "座谈会、听证会",
        }[self.value]


class Disposition(StrEnum):
    """What was made of a comment."""

    ADOPTED = "ADOPTED"
    PARTLY = "PARTLY"
    NOT_ADOPTED = "NOT_ADOPTED"
    UNRELATED = "UNRELATED"

    @property
    def label(self) -> str:
        """Return the disposition in Chinese."""
        return {
            "ADOPTED": "采纳",
            "PARTLY": "部分采纳",
            "NOT_ADOPTED": "未采纳",
            "UNRELATED": "与本次征集无关",
        }[self.value]


class Standing(StrEnum):
    """How a solicitation stands on a day, as people are told."""

    DRAFT = "DRAFT"
    AHEAD = "AHEAD"
    RUNNING = "RUNNING"
    CLOSED = "CLOSED"
    FED_BACK = "FED_BACK"
    CANCELLED = "CANCELLED"

    @property
    def label(self) -> str:
        """Return the standing in Chinese."""
        return {
            "DRAFT": "起草中",
            "AHEAD": "未开始",
            "RUNNING": "征集中",
            "CLOSED": "已截止",
            "FED_BACK": "已反馈",
            "CANCELLED": "已终止",
        }[self.value]


_LAW = "优化营商环境条例第六十二条"
_DECISIONS = "重大行政决策程序暂行条例第十五条"

TRANSITIONS: Mapping[tuple[SolicitationState, SolicitationEvent], Arrow[SolicitationState]] = {
    (_S.DRAFT, _E.CHANGE_TERM): Arrow(_S.DRAFT, guard="须满三十日的不少于三十日，或者写明理由"),
    (_S.DRAFT, _E.PUBLISH): Arrow(
        _S.OPEN, f"{_LAW}、{_DECISIONS}", "附起草说明，不晚于征集开始之日发布；经先审后发"
    ),
    (_S.DRAFT, _E.CANCEL): Arrow(
        _S.CANCELLED, guard="公告没有在审，写明理由；未发布的稿件一并作废"
    ),
    (_S.OPEN, _E.CHANGE_TERM): Arrow(_S.OPEN, guard="截止日期只能延后，写明理由"),
    (_S.OPEN, _E.COMMENT): Arrow(_S.OPEN, guard="网上意见在征集期限内提交"),
    (_S.OPEN, _E.DISPOSE): Arrow(_S.OPEN, _LAW, "写明意见要点；未采纳、部分采纳的写明理由"),
    (_S.OPEN, _E.DRAFT_FEEDBACK): Arrow(_S.OPEN, guard="征集已截止，意见已全部处理"),
    (_S.OPEN, _E.FEED_BACK): Arrow(
        _S.FED_BACK, _LAW, "意见已全部处理，反馈中的数字与登记的一致；经先审后发"
    ),
    (_S.OPEN, _E.TAKE_OFF): Arrow(_S.DRAFT, guard="征集公告被撤下；修订后可以重新发布"),
    (_S.OPEN, _E.CANCEL): Arrow(_S.CANCELLED, guard="写明理由；公告留在网上，标明已终止"),
    (_S.FED_BACK, _E.TAKE_FEEDBACK_OFF): Arrow(_S.OPEN, guard="采纳情况反馈被撤下"),
}


def next_state(state: SolicitationState, event: SolicitationEvent) -> SolicitationState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：{_STANDS_AGAINST[state]}。") from None


def allows(state: SolicitationState, event: SolicitationEvent) -> bool:
    """Say whether the table has an arrow of `event` from `state`."""
    return (state, event) in TRANSITIONS
