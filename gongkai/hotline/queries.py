"""Reading work orders: who may, the list of the desk, the order behind another record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from gongkai.hotline.lifecycle import (
    OPEN,
    UNANSWERED,
    Event,
    OrderKind,
    Refused,
    SourceChannel,
    State,
    next_state,
)
from gongkai.hotline.models import OrderStep, WorkOrder, key_mark, phone_index
from gongkai.orgs.models import Role

# Who records and handles orders, and who also sees them.
RECORDERS = frozenset({Role.HOTLINE_CLERK, Role.OGI_OFFICE})
VIEWERS = RECORDERS | {Role.OGI_HEAD, Role.LEADER}


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as lists show it: who called is masked, the standing told in words."""

    id: str
    number: str
    organ: str
    source: SourceChannel
    kind: OrderKind
    subject: str
    caller: str
    received_at: datetime
    unit: str
    due_on: date | None
    provisional: bool
    late: bool
    state: State


def orders_of(organ_ids: Collection[int], *, ended: bool = False) -> QuerySet[WorkOrder]:
    """Return the open orders of some organs, what is owed first; or the ended, newest first."""
    orders = WorkOrder.objects.filter(organ_id__in=organ_ids).select_related("organ")
    if ended:
        return orders.exclude(state__in=OPEN).order_by("-received_at", "number")
    owed = Case(When(state__in=UNANSWERED, then=0), default=Value(1), output_field=IntegerField())
    return orders.filter(state__in=OPEN).order_by(
        owed, F("due_on").asc(nulls_last=True), "received_at", "number"
    )


def matching(orders: QuerySet[WorkOrder], text: str) -> QuerySet[WorkOrder]:
    """Keep the orders whose number or subject holds `text`, or whose caller has this number."""
    text = text.strip().replace("\x00", "")
    found = Q(number__icontains=text) | Q(subject__icontains=text)
    if index := phone_index(text):
        found |= Q(phone_index=index)
    return orders.filter(found) if text else orders


def order_rows(orders: Collection[WorkOrder] | QuerySet[WorkOrder], today: date) -> list[OrderRow]:
    """Return orders as lists show them."""
    return [_row(order, today) for order in orders]


def find_order(order_id: object, organ_ids: Collection[int]) -> WorkOrder | None:
    """Return the order with this id among those of some organs, or None."""
    orders = WorkOrder.objects.filter(organ_id__in=organ_ids).select_related("organ")
    return orders.filter(pk=order_id).first()


def steps_of(order: WorkOrder) -> list[OrderStep]:
    """Return the steps of an order as they were taken."""
    return list(order.steps.order_by("sequence"))


def orders_linked_to(typed_id: str, organ_ids: Collection[int]) -> list[WorkOrder]:
    """Return the orders that were turned over to, or made out of, a record of another chapter."""
    orders = WorkOrder.objects.filter(linked=typed_id, organ_id__in=organ_ids)
    return list(orders.select_related("organ").order_by("received_at"))


def orders_of_records(typed_ids: Collection[str]) -> list[WorkOrder]:
    """Return the orders of any organ that are linked to some records of another chapter."""
    orders = WorkOrder.objects.filter(linked__in=typed_ids).select_related("organ")
    return list(orders.order_by("organ__code", "number"))


def why_not_turned_over(order: WorkOrder) -> str:
    """Return in Chinese what stands against turning an order over; "" when nothing does."""
    try:
        next_state(State(order.state), Event.TURN_OVER)
    except Refused as refused:
        return str(refused)
    return ""


def to_reseal() -> int:
    """Return how many orders and steps are sealed under another key or cipher than those of now."""
    mark = key_mark()
    return sum(model.objects.exclude(key_id=mark).count() for model in (WorkOrder, OrderStep))


def _row(order: WorkOrder, today: date) -> OrderRow:
    state = State(order.state)
    return OrderRow(
        id=str(order.pk),
        number=order.number,
        organ=order.organ.short_name,
        source=SourceChannel(order.source),
        kind=OrderKind(order.kind),
        subject=order.subject,
        caller=order.caller_masked,
        received_at=order.received_at,
        unit=order.unit,
        due_on=order.due_on,
        provisional=order.provisional,
        late=is_late(order, today),
        state=state,
    )


def is_late(order: WorkOrder, today: date) -> bool:
    """Say whether an order was answered, or is still unanswered, after its last day."""
    if order.due_on is None or order.state in (State.TURNED_OVER, State.RETURNED):
        return False
    return (order.answered_on or today) > order.due_on
