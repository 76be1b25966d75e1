"""Every verb of the hotline: one function, one transaction, one audit event.

`intake` takes orders in, `handling` moves them, `upkeep` keeps what is stored true. `on` is the
day a step counts, `at` the moment of recording. All raise Refused or BadOrder (see `lifecycle`)
and then have changed nothing.
"""

from gongkai.hotline.actions.handling import answer, assign, close, send_back, turn_over
from gongkai.hotline.actions.intake import receive_turned_over, register_order
from gongkai.hotline.actions.recording import hold
from gongkai.hotline.actions.upkeep import (
    forget_caller,
    recompute_deadlines,
    reseal,
    show_caller,
)
from gongkai.hotline.lifecycle import BadOrder, HotlineError, OrderKind, Refused, SourceChannel
from gongkai.hotline.rules import Caller, NewOrder

__all__ = [
    "BadOrder",
    "Caller",
    "HotlineError",
    "NewOrder",
    "OrderKind",
    "Refused",
    "SourceChannel",
    "answer",
    "assign",
    "close",
    "forget_caller",
    "hold",
    "receive_turned_over",
    "recompute_deadlines",
    "register_order",
    "reseal",
    "send_back",
    "show_caller",
    "turn_over",
]
