"""Asking third parties and other organs, and telling a third party (Art. 32, 33(3), 34).

Each verb takes `on`, the day the act counts (the letter was sent, served, answered), and
raises Refused or BadAct without changing anything (see `lifecycle.errors`).
"""

from datetime import date, datetime

from gongkai.audit import Actor
from gongkai.inforequests.actions.recording import perform
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import InfoRequest


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


def tell_third_party(
    info_request: InfoRequest,
    *,
    consultation: int,
    what: str,
    reason: str,
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Tell a third party that did not agree what will be disclosed, and why (Art. 32)."""
    return perform(
        info_request,
        Event.TELL_THIRD_PARTY,
        verb="tell_third_party",
        on=on,
        data={"consultation": consultation, "what": what, "reason": reason},
        by=by,
        at=at,
    )
