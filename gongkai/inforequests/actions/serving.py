"""Answers going out: served, given on the spot, returned and served again, referred (Art. 39, 40).

Each verb raises Refused or BadAct without changing anything (see `lifecycle.errors`).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from gongkai.audit import Actor
from gongkai.inforequests.actions.letters import refuse_cancelled
from gongkai.inforequests.actions.recording import LockedCase, append, lock, perform
from gongkai.inforequests.actions.requesters import signer
from gongkai.inforequests.lifecycle.channels import ReferralTarget, ServiceWay
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.rules.withheld import review_on
from gongkai.statute.grounds import Ground, Outcome

_WITHHELD = frozenset({Outcome.WITHHELD, Outcome.PARTIAL})


def serve(
    info_request: InfoRequest,
    *,
    how: ServiceWay,
    tracking: str = "",
    carrier_is_post: bool = True,
    signed_by: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Serve the issued letter: the request is answered and lands in its row of table three.

    `on` is the day that counts: signed for by hand, posted, sent (235号). Post goes by the
    postal enterprise and has a `tracking` number. A late answer is taken and stays late; the
    deadline of this day, the grounds and the number are frozen into the act.
    """
    with transaction.atomic():
        case = lock(info_request)
        draft, issued = case.come_to.draft, case.come_to.issued
        told = draft.data if draft and case.come_to.state is State.ISSUED else {}
        if issued and case.come_to.state is State.ISSUED:
            refuse_cancelled(issued)
        data = {
            **_AS_DRAFTED,
            **{name: told[name] for name in _FROZEN if name in told},
            "document_number": "、".join(issued.data["numbers"]) if issued else "",
            **service(how, tracking, carrier_is_post, signer(info_request, signed_by)),
        }
        return _answer(case, data, verb="serve", on=on, by=by, at=at)


_FROZEN = ("grounds", "letters", "chosen", "reason")
# Well formed, so that the state and not the form says that there is nothing to serve.
_AS_DRAFTED: Mapping[str, Any] = {"grounds": {"1": Ground.GRANTED.value}}


def reply(
    info_request: InfoRequest,
    *,
    grounds: Mapping[int, Ground],
    letters: Mapping[int, str] | None = None,
    chosen: Ground | None = None,
    reason: str = "",
    document_number: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Record an answer given on the spot, or one made outside the system (backlog, imports).

    `on` is the day the answer counts: signed for by hand, posted, or sent (235号).
    `grounds` by the item's number. `chosen`, with a `reason`, overrides the row where
    nothing is given (contracts.md, "One row for each request"). A late answer is taken
    and stays late. The deadline of this day is frozen into the act. An answer of a later
    day than the day of receipt was made outside the system, and the act says so.
    """
    told = {str(place): code for place, code in sorted((letters or {}).items())}
    data: dict[str, Any] = {
        "grounds": {str(place): ground.value for place, ground in sorted(grounds.items())},
        "letters": told or None,
        "chosen": chosen.value if chosen else None,
        "reason": reason,
        "document_number": document_number,
    }
    with transaction.atomic():
        case = lock(info_request)
        if on != case.come_to.received_on:
            data["outside"] = True
        return _answer(case, data, verb="reply", on=on, by=by, at=at)


def return_mail(
    info_request: InfoRequest, *, why: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Record that a posted answer came back (Art. 40); the day of posting still counts."""
    data = {"why": why}
    return perform(
        info_request, Event.RETURN_MAIL, verb="return_mail", on=on, data=data, by=by, at=at
    )


def serve_again(
    info_request: InfoRequest,
    *,
    how: ServiceWay,
    tracking: str = "",
    carrier_is_post: bool = True,
    signed_by: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Serve an answer anew after its mail came back (Art. 40)."""
    data = service(how, tracking, carrier_is_post, signer(info_request, signed_by))
    return perform(
        info_request, Event.SERVE_AGAIN, verb="serve_again", on=on, data=data, by=by, at=at
    )


def refer(
    info_request: InfoRequest,
    *,
    to: ReferralTarget,
    where: str = "",
    note: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Point the requester, or pass the matter, to the channel it belongs to (Art. 39(1))."""
    data = {"to": to.value, "where": where, "note": note}
    return perform(info_request, Event.REFER, verb="refer", on=on, data=data, by=by, at=at)


def service(
    how: ServiceWay, tracking: str, carrier_is_post: bool, signed_by: str
) -> dict[str, Any]:
    """Return how a letter went out, as acts keep it."""
    data: dict[str, Any] = {
        "how": how.value,
        "tracking": tracking.strip(),
        "signed_by": signed_by,
    }
    if how is ServiceWay.POST:
        data["carrier_is_post"] = carrier_is_post
    return data


def _answer(
    case: LockedCase, data: Mapping[str, Any], *, verb: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Add the answer with its deadline; what it withholds is to be looked at again (Art. 18)."""
    deadline = case.deadline
    frozen: dict[str, Any] = {}
    if deadline and deadline.due_on:
        frozen = {"due_on": deadline.due_on.isoformat(), "provisional": deadline.provisional}
    told = {**data, **frozen}
    reviews = _reviews(case, data, on)
    return append(case, Event.REPLY, verb=verb, on=on, data=told, by=by, at=at, reviews=reviews)


def _reviews(case: LockedCase, data: Mapping[str, Any], on: date) -> dict[int, date | None]:
    """Return when each item is looked at again; nothing where nothing was or is withheld."""
    told = {int(place): Ground(value) for place, value in data["grounds"].items()}
    before = case.come_to.item_grounds
    if not any(ground.outcome in _WITHHELD for ground in (*told.values(), *before.values())):
        return {}
    months = settings.GONGKAI_WITHHELD_REVIEW_MONTHS
    return {place: review_on(ground, on, months) for place, ground in told.items()}
