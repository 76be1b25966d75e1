"""Every verb of the chapter: one function, one transaction, one audit event.

`receiving` is the office's beginning, `handling` the organs' work, `replying` the reply and what
comes of it, `opening` how public it is, `summaries` the year, `publishing` what a release asks.
"""

from gongkai.proposals.actions.handling import (
    accept,
    extend,
    give_opinion,
    record_contact,
    send_back,
)
from gongkai.proposals.actions.opening import (
    confirm_openness,
    draft_publication,
    propose_openness,
    return_openness,
)
from gongkai.proposals.actions.receiving import (
    amend,
    assign,
    import_proposals,
    register,
    show_contact,
    withdraw,
)
from gongkai.proposals.actions.replying import close, follow_up, rate, redo, reply
from gongkai.proposals.actions.summaries import draft_summary
from gongkai.proposals.actions.upkeep import reseal
from gongkai.proposals.lifecycle import (
    Openness,
    ProposalError,
    Refused,
    RowFault,
    RowsWrong,
    ToldWrongly,
)
from gongkai.proposals.lifecycle.kinds import ContactWay, ProposalKind, Result, Satisfaction
from gongkai.proposals.rules.told import Answer, Contact, Decision, Told

__all__ = [
    "Answer",
    "Contact",
    "ContactWay",
    "Decision",
    "Openness",
    "ProposalError",
    "ProposalKind",
    "Refused",
    "Result",
    "RowFault",
    "RowsWrong",
    "Satisfaction",
    "Told",
    "ToldWrongly",
    "accept",
    "amend",
    "assign",
    "close",
    "confirm_openness",
    "draft_publication",
    "draft_summary",
    "extend",
    "follow_up",
    "give_opinion",
    "import_proposals",
    "propose_openness",
    "rate",
    "record_contact",
    "redo",
    "register",
    "reply",
    "reseal",
    "return_openness",
    "send_back",
    "show_contact",
    "withdraw",
]
