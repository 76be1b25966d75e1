"""The life of a batch of register figures, and of a single decision that is published.

A batch is never edited: what was wrong is withdrawn with a reason and entered
anew, so that a figure told upwards can be traced to what stood then (Art. 20, 50).
A decision (双公示) is published in its term, and taken down when it no longer stands
(行政处罚法 48).
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.statute.lifecycles import Arrow


class BatchState(StrEnum):
    """Whether a batch counts."""

    ENTERED = "ENTERED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def label(self) -> str:
        """Return the Chinese name of the state."""
        return {"ENTERED": "已登记", "WITHDRAWN": "已撤回"}[self.value]


class BatchEvent(StrEnum):
    """What can happen to a batch."""

    WITHDRAW = "WITHDRAW"

    @property
    def label(self) -> str:
        """Return the Chinese name of the event."""
        return "撤回"


TRANSITIONS: Mapping[tuple[BatchState, BatchEvent], Arrow[BatchState]] = {
    (BatchState.ENTERED, BatchEvent.WITHDRAW): Arrow(
        BatchState.WITHDRAWN,
        article="条例第五十条",
        guard="写明理由，撤回后各日的项目数量不低于0",
    ),
}


class DecisionState(StrEnum):
    """Where a single decision stands before the public."""

    ENTERED = "ENTERED"
    PUBLISHED = "PUBLISHED"
    CANCELLED = "CANCELLED"
    TAKEN_DOWN = "TAKEN_DOWN"
    STRUCK = "STRUCK"

    @property
    def label(self) -> str:
        """Return the Chinese name of the state."""
        return {
            "ENTERED": "待公开",
            "PUBLISHED": "已公开",
            "CANCELLED": "待撤回公开",
            "TAKEN_DOWN": "已撤回公开",
            "STRUCK": "登记作废",
        }[self.value]


class DecisionEvent(StrEnum):
    """What can happen to a single decision."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"
    TAKE_DOWN = "TAKE_DOWN"
    STRIKE = "STRIKE"

    @property
    def label(self) -> str:
        """Return the Chinese name of the event, as a verb."""
        return {
            "PUBLISH": "登记公开",
            "CANCEL": "登记决定变更、撤销",
            "TAKE_DOWN": "登记撤回公开",
            "STRIKE": "登记作废",
        }[self.value]


_D, _DE = DecisionState, DecisionEvent
_STRIKE = Arrow(_D.STRUCK, guard="登记有误，写明理由")
DECISION_TRANSITIONS: Mapping[tuple[DecisionState, DecisionEvent], Arrow[DecisionState]] = {
    (_D.ENTERED, _DE.PUBLISH): Arrow(_D.PUBLISHED, "执法公示意见“加强事后公开”"),
    (_D.ENTERED, _DE.CANCEL): Arrow(
        _D.TAKEN_DOWN, "行政处罚法第四十八条第二款", "尚未公开的不再公开"
    ),
    (_D.ENTERED, _DE.STRIKE): _STRIKE,
    (_D.PUBLISHED, _DE.CANCEL): Arrow(_D.CANCELLED, "行政处罚法第四十八条第二款"),
    (_D.PUBLISHED, _DE.STRIKE): _STRIKE,
    (_D.CANCELLED, _DE.TAKE_DOWN): Arrow(
        _D.TAKEN_DOWN, "行政处罚法第四十八条第二款", "公开说明理由"
    ),
}
