"""Moving a case: assign, supplement, consult, extend, ask reasons, charge (Art. 30-35, 42).

Each verb takes `on`, the day the act counts (the letter was sent, served, received), and
raises Refused or BadAct without changing anything (see `lifecycle.errors`).
"""

from datetime import date, datetime
from decimal import Decimal

from gongkai.audit import Actor
from gongkai.inforequests.actions.recording import perform
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import InfoRequest


def assign(
    info_request: InfoRequest,
    *,
    unit: str,
    handler: str = "",
    inner_due_on: date | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Give the case to a unit and a person, with an inner due date of the office's own."""
    inner = inner_due_on.isoformat() if inner_due_on else None
    data = {"unit": unit, "handler": handler, "inner_due_on": inner}
    return perform(info_request, Event.ASSIGN, verb="assign", on=on, data=data, by=by, at=at)


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


def consult_third_party(
    info_request: InfoRequest, *, whom: str, about: str = "", on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Ask a third party in writing for its opinion; the clock pauses (Art. 32, 33(3))."""
    return perform(
        info_request,
        Event.CONSULT_THIRD_PARTY,
        verb="consult_third_party",
        on=on,
        data={"whom": whom, "about": about},
        by=by,
        at=at,
    )


def consult_organ(
    info_request: InfoRequest,
    *,
    whom: str,
    joint: bool,
    about: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Ask another organ; `joint` when it made the record jointly (Art. 34), else Art. 33(3)."""
    return perform(
        info_request,
        Event.CONSULT_ORGAN,
        verb="consult_organ",
        on=on,
        data={"whom": whom, "joint": joint, "about": about},
        by=by,
        at=at,
    )


def serve_consultation(
    info_request: InfoRequest, *, consultation: int, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Record the day a consultation letter arrived; its 15 working days run from it.

    `consultation` is the sequence of the act that sent the letter.
    """
    return perform(
        info_request,
        Event.SERVE_CONSULTATION,
        verb="serve_consultation",
        on=on,
        data={"consultation": consultation},
        by=by,
        at=at,
    )


def record_opinion(
    info_request: InfoRequest,
    *,
    consultation: int,
    opinion: Opinion,
    note: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Record how a consultation ended; SILENT only after its term has run out.

    A silent third party decides nothing (Art. 32), a silent joint maker consents (Art. 34).
    """
    data = {"consultation": consultation, "opinion": opinion.value, "note": note}
    return perform(
        info_request, Event.RECORD_OPINION, verb="record_opinion", on=on, data=data, by=by, at=at
    )


def extend(
    info_request: InfoRequest,
    *,
    workdays: int,
    reason: str,
    approved_by: str,
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Extend the answer term by 1 to 20 working days, told on `on` before it ends (Art. 33).

    `approved_by` names the head of the OGI office who consented.
    """
    data = {"workdays": workdays, "reason": reason, "approved_by": approved_by}
    return perform(info_request, Event.EXTEND, verb="extend", on=on, data=data, by=by, at=at)


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


def set_delay(
    info_request: InfoRequest, *, until_on: date, reason: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Set a reasonable later date, the reasons being good but the volume too large (Art. 35)."""
    data = {"until_on": until_on.isoformat(), "reason": reason}
    return perform(info_request, Event.SET_DELAY, verb="set_delay", on=on, data=data, by=by, at=at)


def charge_fee(
    info_request: InfoRequest, *, amount: Decimal, basis: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Record the fee notice (amount in 元), which reached the requester on `on` (Art. 42)."""
    return perform(
        info_request,
        Event.CHARGE_FEE,
        verb="charge_fee",
        on=on,
        data={"amount": str(amount), "basis": basis},
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
