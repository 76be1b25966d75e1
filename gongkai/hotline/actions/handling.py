"""Moving an order: assign, answer, close, turn over, send back (国办发〔2020〕53号)."""

from datetime import date, datetime

from gongkai.audit import Actor
from gongkai.hotline.actions.recording import take_step
from gongkai.hotline.lifecycle import Event, Refused, SourceChannel
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.rules import is_typed_id, used


def assign(order: WorkOrder, *, unit: str, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Give the order to a unit, or to another one than before."""
    unit = used(unit, "unit")
    return take_step(order, Event.ASSIGN, on=on, to=unit, told={"unit": unit}, by=by, at=at)


def answer(order: WorkOrder, *, text: str, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Record what the caller was told; a late answer is taken and stays late."""
    words = used(text, "text")
    told = {"answered_on": on}
    return take_step(order, Event.ANSWER, on=on, words=words, told=told, by=by, at=at)


def close(order: WorkOrder, *, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Close an answered order."""
    return take_step(order, Event.CLOSE, on=on, by=by, at=at)


def turn_over(
    order: WorkOrder, *, to: str, reason: str, on: date, by: Actor, at: datetime
) -> WorkOrder:
    """Pass on what belongs to another statutory procedure; nothing is owed here any more.

    `to` is the typed id of the record made there, or the name of the procedure or organ.
    """
    to = used(to, "to")
    told = {"linked": to} if is_typed_id(to) else {}
    words = used(reason, "reason")
    return take_step(order, Event.TURN_OVER, on=on, to=to, words=words, told=told, by=by, at=at)


def send_back(order: WorkOrder, *, reason: str, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Send an order back to the hotline that sent it, as not this organ's business."""
    words = used(reason, "reason")
    if order.source == SourceChannel.TURNED_OVER:
        raise Refused(
            "不能“退单”（国办发〔2020〕53号）：工单由依申请公开转来，没有上级热线可退，"
            "请派单办理或者转其他法定途径。"
        )
    return take_step(order, Event.SEND_BACK, on=on, words=words, by=by, at=at)
