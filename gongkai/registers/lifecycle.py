"""The life of a batch of register figures: entered, and withdrawn when it was wrong.

A batch is never edited: what was wrong is withdrawn with a reason and entered
anew, so that a figure told upwards can be traced to what stood then (Art. 20, 50).
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
