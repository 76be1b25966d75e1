"""Verbs that span two chapters: what is turned over between the hotline and requests.

The hotline does not take what belongs to the request procedure (国办发〔2020〕53号), and a
complaint filed as a request is answered so and passed on (条例第三十九条第一款). Each verb is one
transaction with the verb of either chapter in it: both happen, or neither does.

Rows are held before the first event of the log is written, as every verb of either chapter
does; all events of a verb go to one organ's chain. So no two verbs wait for each other.
"""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.hotline import actions as hotline
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import orders_linked_to
from gongkai.inforequests import actions as inforequests
from gongkai.inforequests.models import InfoRequest, IntakeChannel, ReferralTarget
from gongkai.inforequests.queries import requester_for_letters
from gongkai.statute.grounds import Ground


def order_to_request(
    order: WorkOrder,
    *,
    told: inforequests.NewRequest,
    requester: inforequests.RequesterDetails,
    reason: str,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Turn a work order over to the request procedure; the request waits for its registration.

    Name and telephone left empty are those of the caller. What was said by word of mouth is
    submitted when the clerk has written it down (Art. 29(1)), now; what was written reached
    the organ with the order. The returned request carries `query_code` as `submit` gives it.

    Raises:
        HotlineError, RequestError: one side refuses; nothing has been changed on either.
    """
    with transaction.atomic():
        held = hotline.hold(order)
        caller = held.caller
        who = replace(
            requester, name=requester.name or caller.name, phone=requester.phone or caller.phone
        )
        oral = told.channel is IntakeChannel.ORAL
        info_request = inforequests.submit(
            held.organ,
            told=told,
            requester=who,
            submitted_at=at if oral else held.received_at,
            by=by,
            at=at,
        )
        on = timezone.localdate(at)
        hotline.turn_over(held, to=info_request.typed_id, reason=reason, on=on, by=by, at=at)
    return info_request


def request_to_order(
    info_request: InfoRequest,
    *,
    kind: hotline.OrderKind,
    reason: str,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Make a work order out of an answered request that is really a complaint (Art. 39(1)).

    The order takes the request's words and requester with it; the request keeps its answer
    and its row in table three, and records where the matter was passed on to.

    Raises:
        HotlineError, RequestError: one side refuses; nothing has been changed on either.
    """
    with transaction.atomic():
        held = _hold_petition(info_request)
        if there := orders_linked_to(held.typed_id, [held.organ_id]):
            raise hotline.Refused(f"这件申请已有热线工单{there[0].number}，不必重复转办。")
        who = requester_for_letters(held)
        order = hotline.receive_turned_over(
            held.organ,
            origin=held.typed_id,
            kind=kind,
            subject=f"依申请公开{held.number}转来的{kind.label}",
            content=held.description,
            caller=hotline.Caller(who.name, who.phone),
            by=by,
            at=at,
        )
        inforequests.refer(
            held,
            to=ReferralTarget.HOTLINE,
            where=f"热线工单{order.number}",
            note=reason,
            on=timezone.localdate(at),
            by=by,
            at=at,
        )
    return order


def refer_to_petition(
    info_request: InfoRequest, *, where: str, note: str = "", on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Record that a petition was pointed or passed on to the petition office (信访, Art. 39(1))."""
    with transaction.atomic():
        return inforequests.refer(
            _hold_petition(info_request),
            to=ReferralTarget.PETITION_OFFICE,
            where=where,
            note=note,
            on=on,
            by=by,
            at=at,
        )


def _hold_petition(info_request: InfoRequest) -> InfoRequest:
    """Return the request locked; refuse one that was not answered as a petition or complaint."""
    rows = InfoRequest.objects.select_for_update(of=("self",)).select_related("organ")
    held = rows.get(pk=info_request.pk)
    if not held.items.filter(ground=Ground.PETITION).exists():
        raise inforequests.Refused(
            "不能转送其他渠道（第三十九条第一款）：申请没有作为信访、投诉、举报类事项答复，请先答复申请人。"
        )
    return held
