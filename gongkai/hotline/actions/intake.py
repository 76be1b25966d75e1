"""Taking orders in: from the city centre, by an own clerk, over the network, out of a request."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gongkai.adapters.cipher import keyring
from gongkai.audit import Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.hotline import deadlines, rules
from gongkai.hotline.actions.recording import add_step, local, local_day, log
from gongkai.hotline.lifecycle import BadOrder, Event, OrderKind, SourceChannel, State
from gongkai.hotline.models import OrderSeries, WorkOrder, secret_digest
from gongkai.hotline.queries.public import code_digest
from gongkai.hotline.queries.settings import own_limits
from gongkai.hotline.rules import Caller, NewOrder, used
from gongkai.hotline.rules.categories import CATEGORIES
from gongkai.orgs.models import Organ, OrganKind
from gongkai.statute.days import written
from gongkai.text import query_codes

_CODE_OF_FORM = "hotline.query_code_of_form"


@dataclass(frozen=True, slots=True)
class _Door:
    """By what an order came in: a record of another chapter, a form, an app's token."""

    linked: str = ""
    submission_key: str = ""
    code: str = ""
    token: str = ""


def register_order(
    organ: Organ,
    *,
    told: NewOrder,
    caller: Caller,
    received_at: datetime,
    township: Organ | None = None,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Take an order in; without a number of the city centre's it gets one of the organ's own.

    `received_at` is the moment the matter reached the hotline, `at` that of recording. The
    term to answer counts working days after the day of receipt, 24 hours for urgent matters.

    Raises:
        BadOrder: a field is missing or wrong, or the number is taken; nothing was written.
        Refused: the calendar knows nothing of the year.
    """
    if told.source is SourceChannel.TURNED_OVER:
        raise BadOrder("依申请公开转来的，请在该申请的页面办理", "source")
    return _take_in(organ, told, caller, received_at, _Door(), township, by=by, at=at)


def submit_order(
    organ: Organ,
    *,
    told: NewOrder,
    caller: Caller,
    submission_key: str = "",
    township: Organ | None = None,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Take in what somebody wrote on the public site; the order carries `query_code`, told once.

    The same form sent twice is one order with the same code; a form with other words under the
    same key is another one.

    Raises:
        BadOrder, Refused: as `register_order`.
    """
    used(caller.phone, "phone")  # who leaves no number cannot be called back
    if found := _sent_before(organ, submission_key, told, caller):
        return found
    if submission_key and WorkOrder.objects.filter(submission_key=submission_key).exists():
        submission_key = ""  # filled in anew by somebody else on the same machine
    code = _code_for(submission_key)
    door = _Door(submission_key=submission_key, code=code)
    try:
        order = _take_in(organ, told, caller, at, door, township, by=by, at=at)
    except IntegrityError:
        if found := _sent_before(organ, submission_key, told, caller):
            return found  # the same form, sent twice at once
        raise
    order.query_code = code
    return order


def report_by_app(
    organ: Organ, *, told: NewOrder, caller: Caller, token: str, by: Actor, at: datetime
) -> WorkOrder:
    """Take in what an outside app reports under Open311; `token` is its receipt.

    Raises:
        BadOrder, Refused: as `register_order`.
    """
    return _take_in(organ, told, caller, at, _Door(token=token), None, by=by, at=at)


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
    return _take_in(organ, told, caller, at, _Door(linked=origin), None, by=by, at=at)


def _take_in(
    organ: Organ,
    told: NewOrder,
    caller: Caller,
    received_at: datetime,
    door: _Door,
    township: Organ | None,
    *,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    received_on = _check_arrival(organ, received_at, at)
    _check_place(organ, told, township)
    content, place = used(told.content, "content"), used(told.place, "place", required=False)
    who = Caller(
        used(caller.name, "name", required=False), used(caller.phone, "phone", required=False)
    )
    due = deadlines.answer_due(
        told.kind, told.urgency, local(received_at), workday_calendar(), own_limits(organ)
    )
    order = WorkOrder(
        organ=organ,
        source=told.source,
        kind=told.kind,
        category=told.category,
        urgency=told.urgency,
        received_at=received_at,
        township=township,
        subject=used(told.subject, "subject"),
        confidential=told.confidential,
        may_publish=told.may_publish,
        due_on=due.due_on if due else None,
        due_at=due.due_at if due else None,
        provisional=due.provisional if due else False,
        linked=door.linked,
        submission_key=door.submission_key or None,
        code_digest=code_digest(door.code) if door.code else "",
        token_digest=secret_digest(door.token, "token"),
        state=State.RECEIVED,
        updated_at=at,
    )
    order.fill(content, who, place)
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
            "place": place,
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


def _check_place(organ: Organ, told: NewOrder, township: Organ | None) -> None:
    if told.category and told.category not in CATEGORIES:
        raise BadOrder("“归口分类”不在分类表中，请重新选择", "category")
    if township is None:
        return
    ours = township.county_id == (organ.county_id or organ.pk)
    if not ours or township.kind != OrganKind.TOWNSHIP:
        raise BadOrder("“所在乡镇”不是本县的乡镇，请重新选择", "township")


def _sent_before(
    organ: Organ, submission_key: str, told: NewOrder, caller: Caller
) -> WorkOrder | None:
    """Return the order that was made of the very same form, with its code."""
    if not submission_key:
        return None
    found = WorkOrder.objects.filter(submission_key=submission_key, organ=organ).first()
    if found is None or found.content != told.content.strip():
        return None
    if found.caller != Caller(caller.name.strip(), caller.phone.strip()):
        return None
    found.query_code = _code_for(submission_key)
    return found


def _code_for(submission_key: str) -> str:
    """Return a code by chance, or always the same for one form, so that it can be told again."""
    if not submission_key:
        return query_codes.new_code()
    return query_codes.code_from(keyring().blind_index(submission_key, _CODE_OF_FORM))
