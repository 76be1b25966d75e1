"""Moving a case: assign, search, supplement, extend, ask reasons, charge (Art. 30-36, 42).

Each verb takes `on`, the day the act counts (the letter was sent, served, received), and
raises Refused or BadAct without changing anything (see `lifecycle.errors`).
"""

from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.inforequests.actions.recording import append, lock, perform
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.rules.fees import fee_told
from gongkai.inforequests.rules.steps import inner_term
from gongkai.statute.fees import Tariff


def assign(
    info_request: InfoRequest,
    *,
    unit: str,
    handler: str = "",
    handler_name: str = "",
    inner_due_on: date | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Give the case to a unit and a person, with an inner due date of the office's own.

    `handler` is the person's account, `handler_name` how records call them.

    Raises:
        Refused: see `lifecycle.errors`. BadAct: the inner term ends before the assignment or
            after the term of the law.
    """
    data = {
        "unit": unit,
        "handler": handler,
        "handler_name": handler_name,
        "inner_due_on": inner_due_on.isoformat() if inner_due_on else None,
    }
    with transaction.atomic():
        case = lock(info_request)
        if case.info_request.pending:
            inner_term(inner_due_on, case.info_request.due_on, on)
        return append(case, Event.ASSIGN, verb="assign", on=on, data=data, by=by, at=at)


def search(
    info_request: InfoRequest,
    *,
    places: str,
    keywords: str,
    officer: str,
    searched_on: date,
    found: bool,
    note: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Record where, by what words and by whom the information was searched (Art. 36(4))."""
    data = {
        "places": places,
        "keywords": keywords,
        "officer": officer,
        "searched_on": searched_on.isoformat(),
        "found": found,
        "note": note,
    }
    return perform(info_request, Event.SEARCH, verb="search", on=on, data=data, by=by, at=at)


def ask_supplement(
    info_request: InfoRequest, *, what: str, due_on: date, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Ask, once and within 7 working days of receipt, to supplement (Art. 30).

    `due_on` is the reasonable term that the notice sets the requester.
    """
    data = {"what": what, "due_on": due_on.isoformat()}
    return perform(
        info_request, Event.ASK_SUPPLEMENT, verb="ask_supplement", on=on, data=data, by=by, at=at
    )


def receive_supplement(
    info_request: InfoRequest, *, what: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Record the supplement; the answer term starts anew from the next day (Art. 30)."""
    return perform(
        info_request,
        Event.RECEIVE_SUPPLEMENT,
        verb="receive_supplement",
        on=on,
        data={"what": what},
        by=by,
        at=at,
    )


def propose_extension(
    info_request: InfoRequest, *, workdays: int, reason: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Ask the head to extend the answer term by 1 to 20 working days (Art. 33(2))."""
    data = {"workdays": workdays, "reason": reason}
    return perform(
        info_request,
        Event.PROPOSE_EXTENSION,
        verb="propose_extension",
        on=on,
        data=data,
        by=by,
        at=at,
    )


def extend(info_request: InfoRequest, *, on: date, by: Actor, at: datetime) -> InfoRequest:
    """Consent to the extension that somebody else proposed; the requester is told on `on`.

    It must be told before the running term ends (Art. 33(2)).
    """
    with transaction.atomic():
        case = lock(info_request)
        proposal = case.come_to.proposal
        data = {**(proposal.data if proposal else _NO_PROPOSAL), "approved_by": by.name}
        return append(case, Event.EXTEND, verb="extend", on=on, data=data, by=by, at=at)


# Well formed, so that the law and not the form says what is missing.
_NO_PROPOSAL = {"workdays": 1, "reason": "无"}


def ask_reasons(
    info_request: InfoRequest, *, what: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Ask a requester of unreasonable volume or frequency for the reasons (Art. 35)."""
    return perform(
        info_request,
        Event.ASK_REASONS,
        verb="ask_reasons",
        on=on,
        data={"what": what},
        by=by,
        at=at,
    )


def receive_reasons(
    info_request: InfoRequest,
    *,
    what: str,
    reasonable: bool,
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Record the reasons that the requester gave, and whether they are good (Art. 35)."""
    return perform(
        info_request,
        Event.RECEIVE_REASONS,
        verb="receive_reasons",
        on=on,
        data={"what": what, "reasonable": reasonable},
        by=by,
        at=at,
    )


def set_delay(
    info_request: InfoRequest, *, until_on: date, reason: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Set a reasonable later date, the reasons being good but the volume too large (Art. 35)."""
    data = {"until_on": until_on.isoformat(), "reason": reason}
    return perform(info_request, Event.SET_DELAY, verb="set_delay", on=on, data=data, by=by, at=at)


def charge_fee(
    info_request: InfoRequest,
    *,
    tariff: Tariff,
    count: int,
    already: int = 0,
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Record the fee notice, which reached the requester on `on` (Art. 42).

    The amount follows from the tariff and the number of pages or items (`fee_told`).
    """
    amount, basis = fee_told(tariff, count, already)
    return perform(
        info_request,
        Event.CHARGE_FEE,
        verb="charge_fee",
        on=on,
        data={"amount": str(amount), "basis": basis, "tariff": tariff.value, "count": count},
        by=by,
        at=at,
    )


def record_payment(
    info_request: InfoRequest, *, receipt: str = "", on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Record complete payment; the answer term starts anew from the next day (收费办法 6)."""
    return perform(
        info_request,
        Event.RECORD_PAYMENT,
        verb="record_payment",
        on=on,
        data={"receipt": receipt},
        by=by,
        at=at,
    )
