"""Ending a case, and its coming back: lapse, withdrawal, archive, reopening (Art. 30, 42-51).

Each verb raises Refused or BadAct without changing anything (see `lifecycle.errors`).
"""

from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.inforequests.actions import letters
from gongkai.inforequests.actions.recording import append, lock, perform
from gongkai.inforequests.lifecycle.retention import Retention
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.rules.retention import erase_on


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
    """Record that the requester withdrew; counted under （六）其他处理 once received.

    A letter made but not served is struck; its number stays on record.
    """
    with transaction.atomic():
        case = lock(info_request)
        done = append(
            case, Event.WITHDRAW, verb="withdraw", on=on, data={"reason": reason}, by=by, at=at
        )
        if case.come_to.issued:
            letters.strike(case.come_to.issued, reason="申请人撤回申请", by=by, at=at)
    return done


def close(info_request: InfoRequest, *, on: date, by: Actor, at: datetime) -> InfoRequest:
    """End the work on a case that has its result (Art. 45)."""
    return perform(info_request, Event.CLOSE, verb="close", on=on, data={}, by=by, at=at)


def archive(
    info_request: InfoRequest,
    *,
    file_number: str,
    retention: Retention,
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Put a closed case into the files (Art. 45); who asks is erased when its class runs out."""
    with transaction.atomic():
        case = lock(info_request)
        data = {"file_number": file_number, "retention": retention.value}
        done = append(case, Event.ARCHIVE, verb="archive", on=on, data=data, by=by, at=at)
        done.retention, done.erase_on = retention, erase_on(on, retention)
        done.save(update_fields=["retention", "erase_on"])
    return done


def reopen(
    info_request: InfoRequest,
    *,
    decision: str,
    authority: str,
    why: str,
    due_on: date | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Answer again, as a reconsideration decision or a judgment orders (Art. 51).

    `decision` is its number, `on` the day the organ received it, `due_on` the last day that
    it sets; without one the law's term runs anew. The first result stays counted as it was.
    """
    with transaction.atomic():
        case = lock(info_request)
        data = {
            "decision": decision,
            "authority": authority,
            "why": why,
            "due_on": due_on.isoformat() if due_on else None,
        }
        done = append(case, Event.REOPEN, verb="reopen", on=on, data=data, by=by, at=at)
        if done.retention:  # back from the files: erased only when it is archived again
            done.retention, done.erase_on = "", None
            done.save(update_fields=["retention", "erase_on"])
    return done
