"""The road of an online interview or a press conference: prepared, announced, its record public."""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.engagement.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class InterviewKind(StrEnum):
    """What is held: officials answer the public, or the press."""

    INTERVIEW = "INTERVIEW"
    PRESS = "PRESS"

    @property
    def label(self) -> str:
        """Return the kind in Chinese."""
        return {"INTERVIEW": "在线访谈", "PRESS": "新闻发布会"}[self.value]

    @property
    def section(self) -> str:
        """Return the path of the section in which its texts stand."""
        return {"INTERVIEW": "hdjl/zxft", "PRESS": "hdjl/xwfb"}[self.value]


class InterviewState(StrEnum):
    """How far it has come."""

    DRAFT = "DRAFT"
    ANNOUNCED = "ANNOUNCED"
    PUBLISHED = "PUBLISHED"
    CANCELLED = "CANCELLED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "DRAFT": "筹备中",
            "ANNOUNCED": "已预告",
            "PUBLISHED": "已公布实录",
            "CANCELLED": "已取消",
        }[self.value]


class InterviewEvent(StrEnum):
    """What may happen to it."""

    CHANGE = "CHANGE"
    ANNOUNCE = "ANNOUNCE"
    TAKE_OFF = "TAKE_OFF"
    ASK = "ASK"
    ANSWER = "ANSWER"
    DRAFT_TRANSCRIPT = "DRAFT_TRANSCRIPT"
    PUBLISH = "PUBLISH"
    TAKE_TRANSCRIPT_OFF = "TAKE_TRANSCRIPT_OFF"
    CANCEL = "CANCEL"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {
            "CHANGE": "修改安排",
            "ANNOUNCE": "发布预告",
            "TAKE_OFF": "撤下预告",
            "ASK": "登记提问",
            "ANSWER": "登记问答",
            "DRAFT_TRANSCRIPT": "起草实录",
            "PUBLISH": "公布实录",
            "TAKE_TRANSCRIPT_OFF": "撤下实录",
            "CANCEL": "取消活动",
        }[self.value]


_S, _E = InterviewState, InterviewEvent
_RULE = "政府网站发展指引（国办发〔2017〕47号）"

TRANSITIONS: Mapping[tuple[InterviewState, InterviewEvent], Arrow[InterviewState]] = {
    (_S.DRAFT, _E.CHANGE): Arrow(_S.DRAFT),
    (_S.DRAFT, _E.ANNOUNCE): Arrow(_S.ANNOUNCED, _RULE, "预告经先审后发"),
    (_S.DRAFT, _E.ASK): Arrow(_S.DRAFT, guard="现场提问和记者提问"),
    (_S.DRAFT, _E.ANSWER): Arrow(_S.DRAFT, guard="活动已经开始"),
    (_S.DRAFT, _E.DRAFT_TRANSCRIPT): Arrow(_S.DRAFT, guard="至少登记一条问答"),
    (_S.DRAFT, _E.PUBLISH): Arrow(_S.PUBLISHED, _RULE, "实录与登记的问答一致；经先审后发"),
    (_S.DRAFT, _E.CANCEL): Arrow(_S.CANCELLED, guard="写明理由；未发布的预告一并作废"),
    (_S.ANNOUNCED, _E.CHANGE): Arrow(_S.ANNOUNCED, guard="写明理由"),
    (_S.ANNOUNCED, _E.ASK): Arrow(_S.ANNOUNCED, guard="网上提问在截止以前提交"),
    (_S.ANNOUNCED, _E.ANSWER): Arrow(_S.ANNOUNCED, guard="活动已经开始"),
    (_S.ANNOUNCED, _E.DRAFT_TRANSCRIPT): Arrow(_S.ANNOUNCED, guard="至少登记一条问答"),
    (_S.ANNOUNCED, _E.PUBLISH): Arrow(_S.PUBLISHED, _RULE, "实录与登记的问答一致；经先审后发"),
    (_S.ANNOUNCED, _E.TAKE_OFF): Arrow(_S.DRAFT, guard="预告被撤下"),
    (_S.ANNOUNCED, _E.CANCEL): Arrow(_S.CANCELLED, guard="写明理由；预告留在网上，标明已取消"),
    (_S.PUBLISHED, _E.TAKE_TRANSCRIPT_OFF): Arrow(_S.ANNOUNCED, guard="实录被撤下"),
}
_STANDS_AGAINST = {
    _S.DRAFT: "活动还在筹备",
    _S.ANNOUNCED: "活动已经预告",
    _S.PUBLISHED: "实录已经公布",
    _S.CANCELLED: "活动已经取消",
}


def next_state(state: InterviewState, event: InterviewEvent) -> InterviewState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：{_STANDS_AGAINST[state]}。") from None


def allows(state: InterviewState, event: InterviewEvent) -> bool:
    """Say whether the table has an arrow of `event` from `state`."""
    return event in allowed_events(TRANSITIONS, state)
