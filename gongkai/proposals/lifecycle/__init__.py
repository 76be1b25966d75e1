"""The states of a proposal and of the openness of its reply, and what the chapter refuses."""

from gongkai.proposals.lifecycle.errors import (
    ProposalError,
    Refused,
    RowFault,
    RowsWrong,
    ToldWrongly,
)
from gongkai.proposals.lifecycle.openness import Openness, OpennessEvent, OpennessState
from gongkai.proposals.lifecycle.proposals import (
    ANSWERED,
    OWING,
    ProposalEvent,
    ProposalState,
)

__all__ = [
    "ANSWERED",
    "OWING",
    "Openness",
    "OpennessEvent",
    "OpennessState",
    "ProposalError",
    "ProposalEvent",
    "ProposalState",
    "Refused",
    "RowFault",
    "RowsWrong",
    "ToldWrongly",
]
