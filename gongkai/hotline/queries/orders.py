"""Reading work orders: who may, the lists of the desk, the order behind another record."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from gongkai.calendars.queries import workday_calendar
from gongkai.hotline.deadlines import Clocks, Step, step_due
from gongkai.hotline.lifecycle import (
    OPEN,
    OUTSIDE,
    UNANSWERED,
    Event,
    OrderKind,
    Refused,
    SourceChannel,
    State,
    Urgency,
    next_state,
)
from gongkai.hotline.models import OrderStep, WorkOrder, key_mark, phone_index
from gongkai.orgs.models import Organ, Role
from gongkai.statute.workhours import WorkingHours

# Who records and handles orders, and who also sees them.
RECORDERS = frozenset({Role.HOTLINE_CLERK, Role.OGI_OFFICE})
VIEWERS = RECORDERS | {Role.OGI_HEAD, Role.LEADER}
_SEALED = ("content_sealed", "caller_sealed", "place_sealed")
_PUBLIC = ("public_text", "public_answer")


class Pile(StrEnum):
    """The piles of the list: what waits for which step, and what has ended."""

    OPEN = ""
    RECEIVED = "RECEIVED"
    ASSIGNED = "ASSIGNED"
    HANDLING = "HANDLING"
    ASKED = "ASKED"
    ANSWERED = "ANSWERED"
    CHECKED = "CHECKED"
    LATE = "LATE"
    ENDED = "ENDED"

    @property
    def label(self) -> str:
        """Return what the list calls it."""
        return _PILES[self][0]


_PILES: dict[Pile, tuple[str, tuple[State, ...]]] = {
    Pile.OPEN: ("全部未办结", OPEN),
    Pile.RECEIVED: ("待派单", (State.RECEIVED,)),
    Pile.ASSIGNED: ("待签收", (State.ASSIGNED,)),
    Pile.HANDLING: ("办理中", (State.HANDLING, State.SUSPENDED)),
    Pile.ASKED: ("退单、延期待审", (State.RETURN_ASKED, State.EXTENSION_ASKED)),
    Pile.ANSWERED: ("答复待审", (State.ANSWERED,)),
    Pile.CHECKED: ("待回访", (State.CHECKED,)),
    Pile.LATE: ("已超期未答复", UNANSWERED),
    Pile.ENDED: ("已办结、已转出、已退单等", (State.CLOSED, *OUTSIDE)),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for."""

    pile: Pile = Pile.OPEN
    text: str = ""
    kind: str = ""
    category: str = ""
    handler: int | None = None
    since: date | None = None
    until: date | None = None


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
    urgent: bool
    urges: int
    supervised: bool


def workday_clocks() -> Clocks:
    """Return the calendar and the hours on which every limit is counted."""
    return Clocks(workday_calendar(), WorkingHours.of(settings.GONGKAI_WORKING_HOURS))


def seen_in(organ_ids: Collection[int]) -> QuerySet[WorkOrder]:
    """Return the orders that some organs took in, handle or help with."""
    own = Q(organ_id__in=organ_ids)
    return WorkOrder.objects.filter(
        own | Q(handler_id__in=organ_ids) | Q(helping_id__in=organ_ids)
    ).select_related("organ", "handler")


def orders_of(
    organ_ids: Collection[int], *, ended: bool = False, whole_county: bool = False
) -> QuerySet[WorkOrder]:
    """Return the open orders of some organs, what is owed first; or the ended, newest first.

    `whole_county`: these are all organs of their counties, so whoever took an order in is one.
    """
    asked = Asked(Pile.ENDED if ended else Pile.OPEN)
    return listed(organ_ids, asked, whole_county=whole_county)


def listed(
    organ_ids: Collection[int],
    asked: Asked,
    *,
    now: datetime | None = None,
    whole_county: bool = False,
) -> QuerySet[WorkOrder]:
    """Return the orders of a list in its order; `now` decides what is late."""
    orders = (
        WorkOrder.objects.filter(organ_id__in=organ_ids) if whole_county else seen_in(organ_ids)
    )
    orders = orders.select_related("organ", "handler").defer(*_SEALED, *_PUBLIC)
    orders = orders.filter(state__in=_PILES[asked.pile][1])
    if asked.pile is Pile.LATE:
        orders = orders.filter(due_at__lt=now)
    orders = _narrowed(matching(orders, asked.text), asked)
    if asked.pile is Pile.ENDED:
        return orders.order_by("-received_at", "number")
    owed = Case(When(state__in=UNANSWERED, then=0), default=Value(1), output_field=IntegerField())
    return orders.order_by(owed, F("due_on").asc(nulls_last=True), "received_at", "number")


def in_order(ids: Iterable[Any]) -> list[WorkOrder]:
    """Return the orders with these ids as lists show them, in the order of the ids."""
    wanted = list(ids)
    rows = WorkOrder.objects.select_related("organ", "handler").defer(*_SEALED, *_PUBLIC)
    found = rows.in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def _narrowed(orders: QuerySet[WorkOrder], asked: Asked) -> QuerySet[WorkOrder]:
    told: dict[str, Any] = {
        "kind": asked.kind,
        "category__startswith": asked.category,
        "handler_id": asked.handler,
        "received_at__date__gte": asked.since,
        "received_at__date__lte": asked.until,
    }
    return orders.filter(**{name: value for name, value in told.items() if value})


def waiting_orders(organs: QuerySet[Organ], today: date) -> dict[str, QuerySet[WorkOrder]]:
    """Return what waits in some organs, as the orders to be counted, by what is to be done."""
    ids = organs.order_by().values("pk")
    steered = WorkOrder.objects.filter(organ__in=ids)
    ours = Q(handler__in=ids) | Q(handler__isnull=True, organ__in=ids)
    handled = WorkOrder.objects.filter(ours, state__in=UNANSWERED)
    asked = (State.RETURN_ASKED, State.EXTENSION_ASKED)
    return {
        "late": handled.filter(due_on__lt=today),
        "today": handled.filter(due_on=today),
        "to_dispatch": steered.filter(state=State.RECEIVED),
        "to_sign": handled.filter(state=State.ASSIGNED),
        "asked": steered.filter(state__in=asked),
        "to_check": steered.filter(state=State.ANSWERED),
        "to_call": steered.filter(state=State.CHECKED),
    }


def orders_in_hand(organ_ids: Collection[int]) -> QuerySet[WorkOrder]:
    """Return the orders that some organs have yet to answer."""
    ours = Q(handler__in=organ_ids) | Q(handler__isnull=True, organ__in=organ_ids)
    return WorkOrder.objects.filter(ours, state__in=UNANSWERED)


def matching(orders: QuerySet[WorkOrder], text: str) -> QuerySet[WorkOrder]:
    """Keep the orders whose number or subject holds `text`, or whose caller has this number."""
    text = text.strip().replace("\x00", "")
    # PostgreSQL folds the case of every row that it looks through: only where there is one.
    how = "icontains" if cased(text) else "contains"
    found = Q(**{f"number__{how}": text}) | Q(**{f"subject__{how}": text})
    if index := phone_index(text):
        found |= Q(phone_index=index)
    return orders.filter(found) if text else orders


def cased(text: str) -> bool:
    """Say whether a text holds letters that are written large or small, as numbers of orders do."""
    return text.upper() != text.lower()


def order_rows(orders: Iterable[WorkOrder], today: date) -> list[OrderRow]:
    """Return orders as lists show them."""
    return [_row(order, today) for order in orders]


def find_order(order_id: object, organ_ids: Collection[int]) -> WorkOrder | None:
    """Return the order with this id among those that some organs see, or None."""
    return seen_in(organ_ids).select_related("helping", "township").filter(pk=order_id).first()


def steps_of(order: WorkOrder) -> list[OrderStep]:
    """Return the steps of an order as they were taken."""
    return list(order.steps.order_by("sequence"))


def last_answer(order: WorkOrder) -> str:
    """Return the words of the answer that stands, "" when there is none."""
    if order.answered_on is None:
        return ""
    step = order.steps.filter(event=Event.ANSWER).order_by("-sequence").first()
    return step.words if step else ""


def alike(order: WorkOrder, organ_ids: Collection[int]) -> list[WorkOrder]:
    """Return other orders of the same caller that still run: what this one may be merged into."""
    if not order.phone_index:
        return []
    others = WorkOrder.objects.filter(
        organ_id=order.organ_id, phone_index=order.phone_index, state__in=OPEN
    )
    return list(others.exclude(pk=order.pk).order_by("received_at")[:20])


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


def dispatch_due(order: WorkOrder, received_at: datetime) -> datetime:
    """Return by when an order is to be dispatched; `received_at` in the county's time."""
    return step_due(Step.DISPATCH, Urgency(order.urgency), received_at, workday_clocks())


def to_reseal() -> int:
    """Return how many orders and steps are sealed under another key or cipher than those of now."""
    mark = key_mark()
    return sum(model.objects.exclude(key_id=mark).count() for model in (WorkOrder, OrderStep))


def handler_of(order: WorkOrder) -> Organ:
    """Return who has an order in hand: whom it was dispatched to, else who took it in."""
    return order.handler or order.organ


def _row(order: WorkOrder, today: date) -> OrderRow:
    state = State(order.state)
    units = [order.handler.short_name if order.handler else "", order.unit]
    return OrderRow(
        id=str(order.pk),
        number=order.number,
        organ=order.organ.short_name,
        source=SourceChannel(order.source),
        kind=OrderKind(order.kind),
        subject=order.subject,
        caller=order.caller_masked,
        received_at=order.received_at,
        unit=" ".join(each for each in units if each),
        due_on=order.due_on,
        provisional=order.provisional,
        late=is_late(order, today),
        state=state,
        urgent=order.urgency == Urgency.URGENT,
        urges=order.urges,
        supervised=bool(order.supervision),
    )


def is_late(order: WorkOrder, today: date) -> bool:
    """Say whether an order was answered, or is still unanswered, after its last day."""
    if order.due_on is None or order.state in OUTSIDE:
        return False
    if order.answered_at is not None and order.due_at is not None:
        return order.answered_at > order.due_at
    return (order.answered_on or today) > order.due_on
