"""The states of items, guides, policies, cases and help; what the chapter refuses."""

from gongkai.servicehall.lifecycle.assistance import AssistEvent, AssistState
from gongkai.servicehall.lifecycle.errors import (
    HallError,
    Refused,
    RowFault,
    RowsWrong,
    ToldWrongly,
)
from gongkai.servicehall.lifecycle.fulfilment import (
    OPEN,
    CaseEvent,
    CaseState,
    PolicyEvent,
    PolicyState,
)
from gongkai.servicehall.lifecycle.items import GuideEvent, GuideState, ItemEvent, ItemState

__all__ = [
    "OPEN",
    "AssistEvent",
    "AssistState",
    "CaseEvent",
    "CaseState",
    "GuideEvent",
    "GuideState",
    "HallError",
    "ItemEvent",
    "ItemState",
    "PolicyEvent",
    "PolicyState",
    "Refused",
    "RowFault",
    "RowsWrong",
    "ToldWrongly",
]
