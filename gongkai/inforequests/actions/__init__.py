"""Every verb of disclosure upon request: one function, one transaction, one audit event.

`intake` takes a request in, `passing` splits, merges and passes it on, `handling` and
`consulting` move it, `answering` and `serving` answer it, `outcome` ends it, `letters` makes
the letters of its steps and `notices` serves them, `upkeep` keeps projections and deadlines
right, `requesters` keeps who asks and logs who looked, `rights` gives and erases what is held
of them; `corrections` is the procedure of Art. 41, `reviews` looks again at what is withheld
or asked for often.
"""

from gongkai.inforequests.actions.answering import (
    Answer,
    cancel_issue,
    draft_reply,
    issue_reply,
    pass_draft,
    return_draft,
    sign,
)
from gongkai.inforequests.actions.consulting import (
    consult_organ,
    consult_third_party,
    record_opinion,
    serve_consultation,
    tell_third_party,
)
from gongkai.inforequests.actions.corrections import (
    Decision,
    NewCorrection,
    check_correction,
    close_correction,
    decide_correction,
    erase_correction,
    register_correction,
    serve_correction,
    show_correction,
    submit_correction,
    withdraw_correction,
)
from gongkai.inforequests.actions.handling import (
    ask_reasons,
    ask_supplement,
    assign,
    charge_fee,
    extend,
    propose_extension,
    receive_reasons,
    receive_supplement,
    record_payment,
    search,
    set_delay,
)
from gongkai.inforequests.actions.intake import (
    NewRequest,
    register,
    renew_query_code,
    submit,
    try_contact,
)
from gongkai.inforequests.actions.letters import issue_letter, preview_reply
from gongkai.inforequests.actions.mail_intake import Intake, take_in
from gongkai.inforequests.actions.mails_by_hand import (
    attach_mail,
    ignore_mail,
    open_mail,
    register_mail,
)
from gongkai.inforequests.actions.notices import record_arrival, serve_letter
from gongkai.inforequests.actions.offices import OfficeDetails, set_office
from gongkai.inforequests.actions.outcome import (
    archive,
    close,
    lapse_fee,
    lapse_supplement,
    reopen,
    withdraw,
)
from gongkai.inforequests.actions.own_data import export_own_data
from gongkai.inforequests.actions.passing import merge, split, take_over, transfer
from gongkai.inforequests.actions.reminders import note_bounce, send_waiting
from gongkai.inforequests.actions.reminding import remind, watch
from gongkai.inforequests.actions.requesters import (
    reseal,
    reseal_corrections,
    show_requester,
)
from gongkai.inforequests.actions.requesters import write as write_requester
from gongkai.inforequests.actions.reviews import (
    decide_suggestion,
    review_withheld,
    suggest_disclosure,
)
from gongkai.inforequests.actions.rights import (
    correct_requester,
    erase_filing,
    erase_requester,
)
from gongkai.inforequests.actions.serving import refer, reply, return_mail, serve, serve_again
from gongkai.inforequests.actions.upkeep import note_reading, rebuild, recompute_deadlines
from gongkai.inforequests.lifecycle.errors import AlreadyAsked, BadAct, Refused, RequestError
from gongkai.inforequests.rules.requesters import RequesterDetails

__all__ = [
    "AlreadyAsked",
    "Answer",
    "BadAct",
    "Decision",
    "Intake",
    "NewCorrection",
    "NewRequest",
    "OfficeDetails",
    "Refused",
    "RequestError",
    "RequesterDetails",
    "archive",
    "ask_reasons",
    "ask_supplement",
    "assign",
    "attach_mail",
    "cancel_issue",
    "charge_fee",
    "check_correction",
    "close",
    "close_correction",
    "consult_organ",
    "consult_third_party",
    "correct_requester",
    "decide_correction",
    "decide_suggestion",
    "draft_reply",
    "erase_correction",
    "erase_filing",
    "erase_requester",
    "export_own_data",
    "extend",
    "ignore_mail",
    "issue_letter",
    "issue_reply",
    "lapse_fee",
    "lapse_supplement",
    "merge",
    "note_bounce",
    "note_reading",
    "open_mail",
    "pass_draft",
    "preview_reply",
    "propose_extension",
    "rebuild",
    "receive_reasons",
    "receive_supplement",
    "recompute_deadlines",
    "record_arrival",
    "record_opinion",
    "record_payment",
    "refer",
    "register",
    "register_correction",
    "register_mail",
    "remind",
    "renew_query_code",
    "reopen",
    "reply",
    "reseal",
    "reseal_corrections",
    "return_draft",
    "return_mail",
    "review_withheld",
    "search",
    "send_waiting",
    "serve",
    "serve_again",
    "serve_consultation",
    "serve_correction",
    "serve_letter",
    "set_delay",
    "set_office",
    "show_correction",
    "show_requester",
    "sign",
    "split",
    "submit",
    "submit_correction",
    "suggest_disclosure",
    "take_in",
    "take_over",
    "tell_third_party",
    "transfer",
    "try_contact",
    "watch",
    "withdraw",
    "withdraw_correction",
    "write_requester",
]
