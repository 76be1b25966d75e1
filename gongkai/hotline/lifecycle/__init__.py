"""A work order's states, its closed lists, and what the chapter refuses (国办发〔2020〕53号)."""

from gongkai.hotline.lifecycle.errors import BadOrder, HotlineError, Refused, RowFault, RowsWrong
from gongkai.hotline.lifecycle.kinds import (
    CONTENT,
    RATED,
    AnswerWay,
    OrderKind,
    Satisfaction,
    Solved,
    SourceChannel,
    Supervision,
    Urgency,
)
from gongkai.hotline.lifecycle.orders import (
    HANDLERS_OWN,
    OPEN,
    OUTSIDE,
    UNANSWERED,
    Event,
    State,
    next_state,
    open_events,
)

__all__ = [
    "CONTENT",
    "HANDLERS_OWN",
    "OPEN",
    "OUTSIDE",
    "RATED",
    "UNANSWERED",
    "AnswerWay",
    "BadOrder",
    "Event",
    "HotlineError",
    "OrderKind",
    "Refused",
    "RowFault",
    "RowsWrong",
    "Satisfaction",
    "Solved",
    "SourceChannel",
    "State",
    "Supervision",
    "Urgency",
    "next_state",
    "open_events",
]
