"""The road of a service item, and of each version of its guide.

国办函〔2016〕108号, GB/T 39554 (law.md 8.2): an item has a state and versions with days on which
they take effect. A guide is written, reviewed by other eyes and published; what was published is
never changed, a change is a new version.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.servicehall.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class ItemState(StrEnum):
    """Where an item stands."""

    PREPARED = "PREPARED"
    IN_FORCE = "IN_FORCE"
    SUSPENDED = "SUSPENDED"
    CANCELLED = "CANCELLED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return _ITEM_STATES[self]


class ItemEvent(StrEnum):
    """What may happen to an item; DRAFT and IMPORT begin it and are no arrows."""

    ENTER = "ENTER"
    SUSPEND = "SUSPEND"
    RESUME = "RESUME"
    CANCEL = "CANCEL"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _ITEM_EVENTS[self]


class GuideState(StrEnum):
    """Where a version of a guide stands."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    PUBLISHED = "PUBLISHED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {"DRAFT": "编制中", "SUBMITTED": "待审核", "PUBLISHED": "已发布"}[self.value]


class GuideEvent(StrEnum):
    """What may happen to a version of a guide."""

    WRITE = "WRITE"
    SUBMIT = "SUBMIT"
    SEND_BACK = "SEND_BACK"
    PUBLISH = "PUBLISH"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _GUIDE_EVENTS[self]


_S, _E, _G, _V = ItemState, ItemEvent, GuideState, GuideEvent
_ITEM_STATES = {
    _S.PREPARED: "待发布",
    _S.IN_FORCE: "在用",
    _S.SUSPENDED: "暂停",
    _S.CANCELLED: "取消",
}
_ITEM_EVENTS = {
    _E.ENTER: "列入事项",
    _E.SUSPEND: "暂停办理",
    _E.RESUME: "恢复办理",
    _E.CANCEL: "取消事项",
}
_GUIDE_EVENTS = {
    _V.WRITE: "编制指南",
    _V.SUBMIT: "提交审核",
    _V.SEND_BACK: "退回修改",
    _V.PUBLISH: "审核发布",
}
_STANDARD = "国办函〔2016〕108号、GB/T 39554"

ITEM_TRANSITIONS: Mapping[tuple[ItemState, ItemEvent], Arrow[ItemState]] = {
    (_S.PREPARED, _E.ENTER): Arrow(_S.IN_FORCE, _STANDARD, "第一版指南审核发布时"),
    (_S.IN_FORCE, _E.SUSPEND): Arrow(_S.SUSPENDED, _STANDARD, "写明理由"),
    (_S.SUSPENDED, _E.RESUME): Arrow(_S.IN_FORCE, _STANDARD, "写明情况"),
    (_S.IN_FORCE, _E.CANCEL): Arrow(_S.CANCELLED, _STANDARD, "写明依据和取消日期"),
    (_S.SUSPENDED, _E.CANCEL): Arrow(_S.CANCELLED, _STANDARD, "写明依据和取消日期"),
    (_S.PREPARED, _E.CANCEL): Arrow(_S.CANCELLED, guard="写明理由；没有发布过，不计增减"),
}
GUIDE_TRANSITIONS: Mapping[tuple[GuideState, GuideEvent], Arrow[GuideState]] = {
    (_G.DRAFT, _V.WRITE): Arrow(_G.DRAFT, _STANDARD, "承诺时限不超过法定时限，即办件承诺时限为0"),
    (_G.DRAFT, _V.SUBMIT): Arrow(_G.SUBMITTED, "国办秘函〔2019〕19号", "八类重点要素齐全"),
    (_G.SUBMITTED, _V.SEND_BACK): Arrow(_G.DRAFT, guard="写明理由"),
    (_G.SUBMITTED, _V.PUBLISH): Arrow(
        _G.PUBLISHED, _STANDARD, "由提交人以外的人审核，写明生效日期"
    ),
}


def next_item_state(state: ItemState, event: ItemEvent) -> ItemState:
    """Return where `event` leads an item; raises Refused when there is no such arrow."""
    try:
        return follow(ITEM_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：事项现在是“{state.label}”，请刷新后再办") from None


def next_guide_state(state: GuideState, event: GuideEvent) -> GuideState:
    """Return where `event` leads a guide; raises Refused when there is no such arrow."""
    try:
        return follow(GUIDE_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：这一版指南现在是“{state.label}”，请刷新后再办") from None


def item_events(state: ItemState) -> tuple[ItemEvent, ...]:
    """Return the events that the table allows an item."""
    return allowed_events(ITEM_TRANSITIONS, state)
