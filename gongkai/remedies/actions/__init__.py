"""The verbs of remedies (Art. 47, 51, 53; 行政复议法, 行政诉讼法): cases, their parts, complaints.

Each is one transaction and one audit event on the organ's chain. `on` is the day the step
counts, `at` the moment of recording. All raise Refused or BadCase (see `lifecycle`) and
then have changed nothing.
"""

from gongkai.remedies.actions.complaints import (
    ComplaintShown,
    accept_complaint,
    answer_complaint,
    ask_complaint,
    decline_complaint,
    explain_complaint,
    extend_complaint,
    find_on_complaint,
    forward_complaint,
    rectify_complaint,
    refer_complaint,
    show_complaint,
    withdraw_complaint,
)
from gongkai.remedies.actions.filing import Contest, file_reconsideration, file_suit
from gongkai.remedies.actions.parts import (
    PartyShown,
    add_evidence,
    add_party,
    drop_evidence,
    drop_party,
    file_paper,
    show_parties,
)
from gongkai.remedies.actions.progress import (
    accept,
    answer,
    appeal,
    decide,
    extend,
    opinion,
    perform,
    report,
    strike,
)
from gongkai.remedies.actions.receiving import Told, receive_complaint
from gongkai.remedies.actions.upkeep import recompute_deadlines, reseal
from gongkai.remedies.lifecycle import Channel, ComplaintKind, Ground, RemedyError

__all__ = [
    "Channel",
    "ComplaintKind",
    "ComplaintShown",
    "Contest",
    "Ground",
    "PartyShown",
    "RemedyError",
    "Told",
    "accept",
    "accept_complaint",
    "add_evidence",
    "add_party",
    "answer",
    "answer_complaint",
    "appeal",
    "ask_complaint",
    "decide",
    "decline_complaint",
    "drop_evidence",
    "drop_party",
    "explain_complaint",
    "extend",
    "extend_complaint",
    "file_paper",
    "file_reconsideration",
    "file_suit",
    "find_on_complaint",
    "forward_complaint",
    "opinion",
    "perform",
    "receive_complaint",
    "recompute_deadlines",
    "rectify_complaint",
    "refer_complaint",
    "report",
    "reseal",
    "show_complaint",
    "show_parties",
    "strike",
    "withdraw_complaint",
]
