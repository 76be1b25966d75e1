"""The road of the yearly points of work (要点) and of each task they are divided into.

What an organ says it has finished is accepted or sent back by the county's office; what is done
stays done. A point that falls away is dropped with its reason and stays in the table.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.oversight.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, follow

_ARTICLE = "条例第三条、第四十六条"


class PlanState(StrEnum):
    """Whether the points are drafted, at work or closed."""

    DRAFT = "DRAFT"
    ISSUED = "ISSUED"
    CLOSED = "CLOSED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {"DRAFT": "起草中", "ISSUED": "已印发", "CLOSED": "已办结"}[self.value]


class PlanEvent(StrEnum):
    """What may happen to the points as a whole."""

    CHANGE = "CHANGE"
    ISSUE = "ISSUE"
    CLOSE = "CLOSE"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {"CHANGE": "修改", "ISSUE": "印发", "CLOSE": "办结"}[self.value]


class TaskState(StrEnum):
    """How far a task has come."""

    OPEN = "OPEN"
    CLAIMED = "CLAIMED"
    DONE = "DONE"
    DROPPED = "DROPPED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {"OPEN": "推进中", "CLAIMED": "待核实", "DONE": "已完成", "DROPPED": "已取消"}[
            self.value
        ]


class TaskEvent(StrEnum):
    """What may happen to a task."""

    REPORT = "REPORT"
    CLAIM = "CLAIM"
    ACCEPT = "ACCEPT"
    SEND_BACK = "SEND_BACK"
    MOVE = "MOVE"
    DROP = "DROP"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {
            "REPORT": "报送进展",
            "CLAIM": "报送完成",
            "ACCEPT": "确认完成",
            "SEND_BACK": "退回",
            "MOVE": "调整时限",
            "DROP": "取消任务",
        }[self.value]


_P, _E = PlanState, PlanEvent
PLAN_TRANSITIONS: Mapping[tuple[PlanState, PlanEvent], Arrow[PlanState]] = {
    (_P.DRAFT, _E.CHANGE): Arrow(_P.DRAFT, _ARTICLE, "任务有牵头单位和完成时限"),
    (_P.DRAFT, _E.ISSUE): Arrow(_P.ISSUED, _ARTICLE, "至少有一项任务"),
    (_P.ISSUED, _E.CLOSE): Arrow(_P.CLOSED, _ARTICLE, "每项任务都已完成或者取消"),
}
_T, _V = TaskState, TaskEvent
TASK_TRANSITIONS: Mapping[tuple[TaskState, TaskEvent], Arrow[TaskState]] = {
    (_T.OPEN, _V.REPORT): Arrow(_T.OPEN, _ARTICLE, "由牵头单位或者配合单位报送"),
    (_T.OPEN, _V.CLAIM): Arrow(_T.CLAIMED, _ARTICLE, "由牵头单位报送，附佐证材料或者链接"),
    (_T.OPEN, _V.MOVE): Arrow(_T.OPEN, _ARTICLE, "写明理由"),
    (_T.OPEN, _V.DROP): Arrow(_T.DROPPED, _ARTICLE, "写明理由"),
    (_T.CLAIMED, _V.ACCEPT): Arrow(_T.DONE, _ARTICLE, "核实的人不是报送的人"),
    (_T.CLAIMED, _V.SEND_BACK): Arrow(_T.OPEN, _ARTICLE, "写明还要做什么"),
}


def next_plan_state(state: PlanState, event: PlanEvent) -> PlanState:
    """Return where `event` leads the points from `state`; raises Refused without an arrow."""
    try:
        return follow(PLAN_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"工作要点{state.label}，不能{event.label}，请刷新后再看。") from None


def next_task_state(state: TaskState, event: TaskEvent) -> TaskState:
    """Return where `event` leads a task from `state`; raises Refused without an arrow."""
    try:
        return follow(TASK_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"任务{state.label}，不能{event.label}，请刷新后再看。") from None
