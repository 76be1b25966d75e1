"""The road of a survey: drafted, open, its results public, or cancelled (law.md 4.3, 4.7).

That its term is over (已截止) follows from the days and is no state: see `deadlines`.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.engagement.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class QuestionKind(StrEnum):
    """How a question of a survey is answered."""

    SINGLE = "SINGLE"
    MULTIPLE = "MULTIPLE"
    TEXT = "TEXT"

    @property
    def label(self) -> str:
        """Return the kind in Chinese."""
        return {"SINGLE": "单选", "MULTIPLE": "多选", "TEXT": "填写"}[self.value]


class SurveyState(StrEnum):
    """How far a survey has come."""

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    RESULTS = "RESULTS"
    CANCELLED = "CANCELLED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "DRAFT": "起草中",
            "OPEN": "已发布",
            "RESULTS": "已公布结果",
            "CANCELLED": "已终止",
        }[self.value]


class SurveyEvent(StrEnum):
    """What may happen to a survey."""

    CHANGE = "CHANGE"
    OPEN = "OPEN"
    ANSWER = "ANSWER"
    EXTEND = "EXTEND"
    PUBLISH_RESULTS = "PUBLISH_RESULTS"
    CANCEL = "CANCEL"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {
            "CHANGE": "修改问卷",
            "OPEN": "发布问卷",
            "ANSWER": "收到答卷",
            "EXTEND": "延长期限",
            "PUBLISH_RESULTS": "公布结果",
            "CANCEL": "终止调查",
        }[self.value]


_S, _E = SurveyState, SurveyEvent
_RULE = "政府网站发展指引（国办发〔2017〕47号）"

TRANSITIONS: Mapping[tuple[SurveyState, SurveyEvent], Arrow[SurveyState]] = {
    (_S.DRAFT, _E.CHANGE): Arrow(_S.DRAFT),
    (_S.DRAFT, _E.OPEN): Arrow(_S.OPEN, _RULE, "由起草人以外的人核对发布，期限没有届满"),
    (_S.DRAFT, _E.CANCEL): Arrow(_S.CANCELLED, guard="写明理由"),
    (_S.OPEN, _E.ANSWER): Arrow(_S.OPEN, guard="在期限内；不收集个人信息，每个浏览器限答一次"),
    (_S.OPEN, _E.EXTEND): Arrow(_S.OPEN, guard="截止日期只能延后，写明理由"),
    (_S.OPEN, _E.PUBLISH_RESULTS): Arrow(_S.RESULTS, _RULE, "已截止；写明结论和采用情况"),
    (_S.OPEN, _E.CANCEL): Arrow(_S.CANCELLED, guard="写明理由；网页标明已终止"),
}
_STANDS_AGAINST = {
    _S.DRAFT: "问卷尚未发布",
    _S.OPEN: "问卷已经发布",
    _S.RESULTS: "调查结果已经公布",
    _S.CANCELLED: "调查已经终止",
}


def next_state(state: SurveyState, event: SurveyEvent) -> SurveyState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：{_STANDS_AGAINST[state]}。") from None


def open_events(state: SurveyState) -> tuple[SurveyEvent, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(TRANSITIONS, state)
