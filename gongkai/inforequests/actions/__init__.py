"""Every verb of disclosure upon request: one function, one transaction, one audit event.

`intake` takes a request in, `handling` moves it, `outcome` ends it, `upkeep` keeps
projections and deadlines right, `requesters` keeps who asks and logs who looked.
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
from gongkai.inforequests.actions.requesters import reseal, show_requester
from gongkai.inforequests.actions.requesters import write as write_requester
from gongkai.inforequests.actions.upkeep import rebuild, recompute_deadlines
from gongkai.inforequests.rules.requesters import RequesterDetails

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
    "reseal",
    "serve_consultation",
    "set_delay",
    "show_requester",
    "split",
    "submit",
    "withdraw",
    "write_requester",
]
