"""Taking orders in: from the city centre, by an own clerk, out of an information request."""

from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.hotline import deadlines, rules
from gongkai.hotline.actions.recording import add_step, local_day, log
from gongkai.hotline.lifecycle import BadOrder, Event, OrderKind, SourceChannel, State
from gongkai.hotline.models import OrderSeries, WorkOrder
from gongkai.hotline.rules import Caller, NewOrder, used
from gongkai.orgs.models import Organ
from gongkai.statute.days import written


def register_order(
    organ: Organ,
    *,
    told: NewOrder,
    caller: Caller,
    received_at: datetime,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Take an order in; without a number of the city centre's it gets one of the organ's own.

    `received_at` is the moment the matter reached the hotline, `at` that of recording. The
    term to answer counts working days after the day of receipt.

    Raises:
        BadOrder: a field is missing or wrong, or the number is taken; nothing was written.
        Refused: the calendar knows nothing of the year.
    """
    if told.source is SourceChannel.TURNED_OVER:
        raise BadOrder("依申请公开转来的，请在该申请的页面办理", "source")
    return _take_in(organ, told, caller, received_at, linked="", by=by, at=at)


def receive_turned_over(
    organ: Organ,
    *,
    origin: str,
    kind: OrderKind,
    subject: str,
    content: str,
    caller: Caller,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Make an order out of what came to another chapter, known there by the typed id `origin`.

    Raises:
        BadOrder, Refused: as `register_order`.
    """
    if not rules.is_typed_id(origin):
        raise BadOrder("来源事项的编号不对，请从该事项的页面办理", "linked")
    told = NewOrder(SourceChannel.TURNED_OVER, kind, subject, content)
    return _take_in(organ, told, caller, at, linked=origin, by=by, at=at)


def _take_in(
    organ: Organ,
    told: NewOrder,
    caller: Caller,
    received_at: datetime,
    *,
    linked: str,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    received_on = _check_arrival(organ, received_at, at)
    content = used(told.content, "content")
    who = Caller(
        used(caller.name, "name", required=False), used(caller.phone, "phone", required=False)
    )
    due = deadlines.answer_due(told.kind, received_on, workday_calendar())
    order = WorkOrder(
        organ=organ,
        source=told.source,
        kind=told.kind,
        received_at=received_at,
        subject=used(told.subject, "subject"),
        due_on=due.due_on if due else None,
        provisional=due.provisional if due else False,
        linked=linked,
        state=State.RECEIVED,
    )
    order.fill(content, who)
    with transaction.atomic():
        order.number = _number(organ, used(told.number, "number", required=False), received_on.year)
        order.save(force_insert=True)
        add_step(order, 1, Event.RECEIVE, on=received_on, to="", words="", by=by, at=at)
        more = {
            "source": order.source,
            "kind": order.kind,
            "subject": order.subject,
            "content": content,
            "caller": who.name,
            "phone": who.phone,
        }
        log(order, "register_order", before={}, more=more, by=by, at=at)
    return order


def _number(organ: Organ, given: str, year: int) -> str:
    """Return the number given, or the organ's next one of its own, such as RX2026-0001.

    The counter's row is locked first in either case, so that of two clerks who enter one
    number the second is told so.
    """
    OrderSeries.objects.get_or_create(organ=organ, year=year)
    series = OrderSeries.objects.select_for_update().get(organ=organ, year=year)
    taken = WorkOrder.objects.filter(organ=organ)
    if given:
        if taken.filter(number=given).exists():
            raise BadOrder(f"“工单编号”{given}已经登记过，请核对", "number")
        return given
    while True:
        series.last += 1
        number = f"RX{year}-{series.last:04d}"
        if not taken.filter(number=number).exists():
            break
    series.save(update_fields=["last"])
    return number


def _check_arrival(organ: Organ, received_at: datetime, at: datetime) -> date:
    if received_at > at:
        raise BadOrder("“受理时间”晚于登记时间，请核对", "received_at")
    day = local_day(received_at)
    if not organ.existed_between(day, day):
        raise BadOrder(f"{organ.name}在{written(day)}不是行政机关，请选择承接其职责的机关", "organ")
    return day
