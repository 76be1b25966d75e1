"""The road of a matter in which an agent helps or acts for an applicant (帮代办; law.md 8.3)."""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.servicehall.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class AssistState(StrEnum):
    """Where the matter stands."""

    UNDER_WAY = "UNDER_WAY"
    DONE = "DONE"
    STOPPED = "STOPPED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {"UNDER_WAY": "办理中", "DONE": "已办结", "STOPPED": "已终止"}[self.value]


class AssistEvent(StrEnum):
    """What may happen; ACCEPT begins the matter and is no arrow."""

    BEGIN_STEP = "BEGIN_STEP"
    FINISH_STEP = "FINISH_STEP"
    COMPLETE = "COMPLETE"
    STOP = "STOP"
    RATE = "RATE"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _EVENTS[self]


_S, _E = AssistState, AssistEvent
_EVENTS = {
    _E.BEGIN_STEP: "登记环节",
    _E.FINISH_STEP: "环节完成",
    _E.COMPLETE: "登记办结",
    _E.STOP: "终止帮代办",
    _E.RATE: "登记评价",
}
ASSIST_TRANSITIONS: Mapping[tuple[AssistState, AssistEvent], Arrow[AssistState]] = {
    (_S.UNDER_WAY, _E.BEGIN_STEP): Arrow(_S.UNDER_WAY, guard="写明环节、部门和开始日期"),
    (_S.UNDER_WAY, _E.FINISH_STEP): Arrow(_S.UNDER_WAY, guard="完成日期不早于开始日期"),
    (_S.UNDER_WAY, _E.COMPLETE): Arrow(_S.DONE, guard="各环节都已完成，写明结果"),
    (_S.UNDER_WAY, _E.STOP): Arrow(_S.STOPPED, guard="写明理由"),
    (_S.DONE, _E.RATE): Arrow(_S.DONE, guard="只评价一次"),
}


def next_assist_state(state: AssistState, event: AssistEvent) -> AssistState:
    """Return where `event` leads; raises Refused when there is no such arrow."""
    try:
        return follow(ASSIST_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：这件事现在是“{state.label}”，请刷新后再办") from None


def assist_events(state: AssistState) -> tuple[AssistEvent, ...]:
    """Return the events that the table allows."""
    return allowed_events(ASSIST_TRANSITIONS, state)
