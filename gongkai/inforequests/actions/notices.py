"""Letters of the procedure going out and arriving: 补正, 延期, 收费 and the rest (Art. 30-42).

Each verb raises Refused or BadAct without changing anything (see `lifecycle.errors`).
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.inforequests.actions.letters import notice_letter
from gongkai.inforequests.actions.recording import append, local_day, lock, perform
from gongkai.inforequests.actions.requesters import signer
from gongkai.inforequests.actions.serving import service
from gongkai.inforequests.lifecycle.channels import ServiceWay
from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import InfoRequest


def serve_letter(
    info_request: InfoRequest,
    *,
    kind: str,
    act: int,
    letter: str = "",
    how: ServiceWay,
    tracking: str = "",
    carrier_is_post: bool = True,
    signed_by: str = "",
    reached_on: date | None = None,
    proof: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Record how a procedural letter went out; the clock takes the day that counts by law.

    `kind` is the letter's code and `act` the sequence of the act it tells of, `letter` the
    id of its row in the register ("" when it was made elsewhere). `on` is the day signed for
    by hand, posted or sent (235号); `reached_on` the day posted mail was signed for, when it
    is known already (else `record_arrival`). A letter that went too late is taken as it is.
    """
    if reached_on and reached_on > local_day(at):
        raise BadAct("“收件人签收日期”晚于登记当日，请核对", "reached_on")
    with transaction.atomic():
        case = lock(info_request)
        told: dict[str, Any] = {
            "kind": kind,
            "act": act,
            "letter": letter,
            "number": notice_letter(info_request, kind, letter),
            **service(how, tracking, carrier_is_post, signer(info_request, signed_by)),
            "reached_on": reached_on.isoformat() if reached_on else "",
            "proof": proof.strip(),
        }
        return append(case, Event.SERVE_LETTER, verb="serve_letter", on=on, data=told, by=by, at=at)


def record_arrival(
    info_request: InfoRequest,
    *,
    kind: str,
    act: int,
    proof: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Record the day a posted letter was signed for; the requester's term runs from it."""
    return perform(
        info_request,
        Event.RECORD_ARRIVAL,
        verb="record_arrival",
        on=on,
        data={"kind": kind, "act": act, "proof": proof.strip()},
        by=by,
        at=at,
    )
