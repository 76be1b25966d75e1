"""Every verb of disclosure upon request: one function, one transaction, one audit event.

`intake` takes a request in, `handling` moves it, `outcome` ends it, `upkeep` keeps
projections and deadlines right and logs who looked at a requester.
"""

from gongkai.inforequests.actions.handling import (
    ask_reasons,
    ask_supplement,
    assign,
    charge_fee,
    consult_organ,
    consult_third_party,
    extend,
    receive_supplement,
    record_opinion,
    record_payment,
    serve_consultation,
    set_delay,
)
from gongkai.inforequests.actions.intake import (
    NewRequest,
    RequesterDetails,
    register,
    split,
    submit,
)
from gongkai.inforequests.actions.outcome import (
    close,
    lapse_fee,
    lapse_supplement,
    reply,
    withdraw,
)
from gongkai.inforequests.actions.upkeep import rebuild, recompute_deadlines, show_requester

__all__ = [
    "NewRequest",
    "RequesterDetails",
    "ask_reasons",
    "ask_supplement",
    "assign",
    "charge_fee",
    "close",
    "consult_organ",
    "consult_third_party",
    "extend",
    "lapse_fee",
    "lapse_supplement",
    "rebuild",
    "receive_supplement",
    "recompute_deadlines",
    "record_opinion",
    "record_payment",
    "register",
    "reply",
    "serve_consultation",
    "set_delay",
    "show_requester",
    "split",
    "submit",
    "withdraw",
]
