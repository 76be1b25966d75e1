"""Ending a case: reply, lapse, withdrawal, archive (Art. 30, 33, 36-39, 42, 45).

Each verb raises Refused or BadAct without changing anything (see `lifecycle.errors`).
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.inforequests.actions.recording import append, lock, perform
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import InfoRequest
from gongkai.statute.grounds import Ground


def reply(
    info_request: InfoRequest,
    *,
    grounds: Mapping[int, Ground],
    chosen: Ground | None = None,
    reason: str = "",
    document_number: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Answer every item with its ground; the request lands in one row of table three.

    `on` is the day the answer counts: signed for by hand, posted, or sent (235号).
    `grounds` by the item's number. `chosen`, with a `reason`, overrides the row where
    nothing is given (contracts.md, "One row for each request"). A late answer is taken
    and stays late. The deadline of this day is frozen into the act.
    """
    data: dict[str, object] = {
        "grounds": {str(place): ground.value for place, ground in sorted(grounds.items())},
        "chosen": chosen.value if chosen else None,
        "reason": reason,
        "document_number": document_number,
    }
    with transaction.atomic():
        case = lock(info_request)
        deadline = case.deadline
        if deadline and deadline.due_on:
            data |= {"due_on": deadline.due_on.isoformat(), "provisional": deadline.provisional}
        return append(case, Event.REPLY, verb="reply", on=on, data=data, by=by, at=at)


def lapse_supplement(
    info_request: InfoRequest, *, note: str = "", on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Close the books on a requester who did not supplement in time (Art. 30)."""
    return perform(
        info_request,
        Event.LAPSE_SUPPLEMENT,
        verb="lapse_supplement",
        on=on,
        data={"note": note},
        by=by,
        at=at,
    )


def lapse_fee(
    info_request: InfoRequest, *, note: str = "", on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Close the books on a requester who did not pay in time (收费办法 6)."""
    return perform(
        info_request, Event.LAPSE_FEE, verb="lapse_fee", on=on, data={"note": note}, by=by, at=at
    )


def withdraw(
    info_request: InfoRequest, *, reason: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Record that the requester withdrew; counted under （六）其他处理 once received."""
    return perform(
        info_request,
        Event.WITHDRAW,
        verb="withdraw",
        on=on,
        data={"reason": reason},
        by=by,
        at=at,
    )


def close(
    info_request: InfoRequest, *, file_number: str = "", on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Archive a case that has its result (Art. 45)."""
    return perform(
        info_request,
        Event.CLOSE,
        verb="close",
        on=on,
        data={"file_number": file_number},
        by=by,
        at=at,
    )
