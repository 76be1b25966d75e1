"""One request becoming others: split, merged, passed on to another organ (Art. 10, 29, 36(6)).

What is passed on or split keeps its channel, requester, query code and day of receipt: the
citizen's clock does not start anew. The case it came from is counted no more.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests.actions import requesters
from gongkai.inforequests.actions.intake import add_items, description, log_new
from gongkai.inforequests.actions.numbering import next_number
from gongkai.inforequests.actions.recording import (
    LockedCase,
    add_acts,
    append,
    apply,
    held,
    local_day,
    lock,
    lock_rows,
    snapshot,
)
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import is_same_requester, project
from gongkai.orgs.models import Organ, OrganKind
from gongkai.outbox.actions import put

TAKE_OVER = "inforequests.take_over"


def split(
    info_request: InfoRequest,
    *,
    descriptions: Sequence[str],
    on: date,
    by: Actor,
    at: datetime,
) -> list[InfoRequest]:
    """Split a request that asks several things into one request each (一事一申请).

    Each part keeps channel, requester and day of receipt, has a number of its own and is
    counted; the form they came on is not counted any more (law.md 3.4).

    Raises:
        BadAct, Refused: see `lifecycle.errors`.
    """
    texts = [description(text, "parts") for text in descriptions]
    with transaction.atomic():
        case = lock(info_request)
        whole = case.info_request
        parts = [_like(whole, whole.organ, text, split_from=whole) for text in texts]
        data = {"parts": [part.number for part in parts]}
        append(case, Event.SPLIT, verb="split", on=on, data=data, by=by, at=at)
        for part, text in zip(parts, texts, strict=True):
            requesters.copy(whole, part)
            add_items(part, (text,))
            _begin(case, part, by=by, at=at)
            log_new(part, "split_off", text, None, by=by, at=at)
    return parts


def transfer(
    info_request: InfoRequest, *, to: Organ, reason: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Pass a request on to the organ that ought to answer it; return the case there (Art. 10).

    The event stands on the chain of the organ that passed it on; that of the other organ is
    written by a job, as one transaction locks one chain.

    Raises:
        BadAct, Refused: see `lifecycle.errors`.
    """
    with transaction.atomic():
        case = lock(info_request)
        whole = case.info_request
        _check_target(whole.organ, to, on)
        passed = _like(whole, to, whole.description, transferred_from=whole)
        data = {"to": to.name, "number": passed.number, "reason": reason}
        append(case, Event.TRANSFER, verb="transfer", on=on, data=data, by=by, at=at)
        requesters.copy(whole, passed)
        add_items(passed, list(whole.items.order_by("place").values_list("text", flat=True)))
        _begin(case, passed, by=by, at=at)
        who = {"account": by.account, "name": by.name, "post": by.post}
        put(TAKE_OVER, {"case": str(passed.pk), "by": who, "at": at.isoformat()}, at=at)
    return passed


def take_over(info_request: InfoRequest, *, by: Actor, at: datetime) -> None:
    """Log a request that was passed on, on the chain of the organ it came to; safe to repeat."""
    with transaction.atomic():
        (locked,) = lock_rows(info_request)
        told = LoggedEvent.objects.filter(
            chain=locked.organ.code, verb=TAKE_OVER, target=locked.typed_id
        )
        if told.exists():
            return
        record(
            TAKE_OVER,
            locked.typed_id,
            chain=locked.organ.code,
            by=by,
            at=at,
            label=locked.number,
            after={"from": locked.transferred_from.number, **snapshot(locked)},
        )


def merge(
    info_request: InfoRequest,
    *,
    into: InfoRequest,
    reason: str,
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Let a request that repeats another one go on in that one (Art. 36(6)); not counted twice.

    Raises:
        BadAct: `into` is of another organ or requester, not received or not open.
        Refused: see `lifecycle.errors`.
    """
    if info_request.pk == into.pk:
        raise BadAct("不能并入自身，请选择另一件申请", "into")
    with transaction.atomic():
        locked, goes_on = lock_rows(info_request, into)
        case = held(locked)
        _check_merge(locked, goes_on)
        data = {"into": goes_on.number, "reason": reason}
        locked.merged_into = goes_on
        append(case, Event.MERGE, verb="merge", on=on, data=data, by=by, at=at)
        locked.save(update_fields=["merged_into"])
    return locked


def _check_merge(one: InfoRequest, into: InfoRequest) -> None:
    if one.organ_id != into.organ_id:
        raise BadAct("只能并入同一机关的申请（第三十六条第六项），请重新选择", "into")
    if not is_same_requester(one, into):
        raise BadAct("只能并入同一申请人的申请（第三十六条第六项），请重新选择", "into")
    if not into.pending or into.received_on is None:
        raise BadAct("并入的申请应当已经登记、尚未办结，请重新选择", "into")


def _check_target(organ: Organ, to: Organ, on: date) -> None:
    if to.pk == organ.pk:
        raise BadAct("不能移送给本机关，请选择其他机关", "to")
    if _county(to) != _county(organ):
        raise BadAct(
            f"{to.name}不是本县机关，不能移送；请答复“不属于本机关公开职责”，"
            "告知申请人该机关的名称和联系方式（第三十六条第五项）",
            "to",
        )
    if on < to.valid_from or (to.valid_to and on >= to.valid_to):
        raise BadAct(f"{to.name}在移送当日不是行政机关，请选择承接其职责的机关", "to")


def _county(organ: Organ) -> int | None:
    """Return the key of an organ's county, None where none is entered for it."""
    if organ.kind == OrganKind.COUNTY_GOVERNMENT:
        return int(organ.pk)
    return organ.county_id


def _like(whole: InfoRequest, organ: Organ, text: str, **origin: InfoRequest) -> InfoRequest:
    """Return a new request with all that the requester said on the form of `whole`."""
    return InfoRequest.objects.create(
        organ=organ,
        number=next_number(organ, local_day(whole.submitted_at).year),
        channel=whole.channel,
        requester_kind=whole.requester_kind,
        submitted_at=whole.submitted_at,
        description=text,
        carrier=whole.carrier,
        delivery=whole.delivery,
        other_way_accepted=whole.other_way_accepted,
        fee_relief=whole.fee_relief,
        query_code_digest=whole.query_code_digest,
        state=State.SUBMITTED,
        **origin,
    )


def _begin(case: LockedCase, fresh: InfoRequest, *, by: Actor, at: datetime) -> None:
    """Give a new request the first acts of the one it came from: submitted, received."""
    acts = [CaseAct(1, Event.SUBMIT, local_day(fresh.submitted_at))]
    if case.come_to.received_on is not None:
        acts.append(CaseAct(2, Event.REGISTER, case.come_to.received_on))
    add_acts(fresh, acts, by=by, at=at)
    apply(fresh, project(acts, case.channel, case.calendar))
