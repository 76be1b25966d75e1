"""The road of a yearly appraisal (考核, Art. 46): drafted, rated, reviewed, shown, confirmed.

Nothing is scored before the indicators stand still; what is confirmed is not touched again.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.oversight.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, follow

_ARTICLE = "条例第四十六条"


class AppraisalState(StrEnum):
    """Where an appraisal stands."""

    DRAFT = "DRAFT"
    RATING = "RATING"
    REVIEW = "REVIEW"
    SHOWN = "SHOWN"
    CONFIRMED = "CONFIRMED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "DRAFT": "制定指标",
            "RATING": "单位自评",
            "REVIEW": "评审打分",
            "SHOWN": "公示结果",
            "CONFIRMED": "结果已确认",
        }[self.value]


class AppraisalEvent(StrEnum):
    """What may happen to an appraisal."""

    CHANGE = "CHANGE"
    OPEN = "OPEN"
    RATE = "RATE"
    REVIEW = "REVIEW"
    SCORE = "SCORE"
    SHOW = "SHOW"
    OBJECT = "OBJECT"
    RULE = "RULE"
    CONFIRM = "CONFIRM"
    PUBLISH = "PUBLISH"
    UNPUBLISH = "UNPUBLISH"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {
            "CHANGE": "修改指标",
            "OPEN": "下发指标、开始自评",
            "RATE": "自评",
            "REVIEW": "结束自评、开始评审",
            "SCORE": "打分",
            "SHOW": "公示结果",
            "OBJECT": "提出异议",
            "RULE": "答复异议",
            "CONFIRM": "确认结果",
            "PUBLISH": "在网站公布排名",
            "UNPUBLISH": "从网站撤下排名",
        }[self.value]


_S, _E = AppraisalState, AppraisalEvent
APPRAISAL_TRANSITIONS: Mapping[tuple[AppraisalState, AppraisalEvent], Arrow[AppraisalState]] = {
    (_S.DRAFT, _E.CHANGE): Arrow(_S.DRAFT, _ARTICLE, "各项指标分值合计为满分"),
    (_S.DRAFT, _E.OPEN): Arrow(_S.RATING, _ARTICLE, "有指标，分值合计等于满分"),
    (_S.RATING, _E.RATE): Arrow(_S.RATING, _ARTICLE, "自评分不超过分值"),
    (_S.RATING, _E.REVIEW): Arrow(_S.REVIEW, _ARTICLE, "按数据计分的指标同时取数"),
    (_S.REVIEW, _E.SCORE): Arrow(_S.REVIEW, _ARTICLE, "打分和复核不是同一个人"),
    (_S.REVIEW, _E.SHOW): Arrow(_S.SHOWN, _ARTICLE, "每个单位的每项得分都已复核"),
    (_S.SHOWN, _E.OBJECT): Arrow(_S.SHOWN, _ARTICLE, "单位对本单位的得分提出，写明理由"),
    (_S.SHOWN, _E.RULE): Arrow(_S.SHOWN, _ARTICLE, "答复的人没有给这项打分"),
    (_S.SHOWN, _E.CONFIRM): Arrow(_S.CONFIRMED, _ARTICLE, "异议都已答复"),
    (_S.CONFIRMED, _E.PUBLISH): Arrow(_S.CONFIRMED, _ARTICLE, "还没有公布"),
    (_S.CONFIRMED, _E.UNPUBLISH): Arrow(_S.CONFIRMED, _ARTICLE, "已经公布，写明理由"),
}


def next_appraisal_state(state: AppraisalState, event: AppraisalEvent) -> AppraisalState:
    """Return where `event` leads from `state`; raises Refused without an arrow."""
    try:
        return follow(APPRAISAL_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"这次考核现在是“{state.label}”，不能{event.label}。") from None
