"""What the hotline does beside the road: urge, supervise, suspend, merge, void (law.md 8.1)."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from gongkai.audit import SYSTEM, Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.hotline import deadlines
from gongkai.hotline.actions.recording import hold, local, take_step
from gongkai.hotline.lifecycle import OPEN, BadOrder, Event, Refused, State, Supervision
from gongkai.hotline.models import OrderStep, WorkOrder
from gongkai.hotline.rules import used
from gongkai.statute.workdays import CalendarError

_URGED = (State.ASSIGNED, State.HANDLING)


def urge(order: WorkOrder, *, note: str = "", on: date, by: Actor, at: datetime) -> WorkOrder:
    """Urge whoever has the order in hand."""
    words = used(note, "note", required=False)

    def work(held: WorkOrder) -> Mapping[str, Any]:
        return {"urges": held.urges + 1}

    return take_step(order, Event.URGE, on=on, words=words, work=work, by=by, at=at)


def urge_due(*, by: Actor = SYSTEM, at: datetime) -> int:
    """Urge every order that falls due today or on the next working day; return how many.

    Once a day for each order, on working days alone (law.md 8.1); safe to repeat.
    """
    today, calendar = local(at).date(), workday_calendar()
    if not calendar.is_workday(today):
        return 0
    days = (today, calendar.add(today, 1))
    urged = OrderStep.objects.filter(event=Event.URGE, on=today)
    due = WorkOrder.objects.filter(state__in=_URGED, due_on__in=days)
    number = 0
    for order in due.exclude(pk__in=urged.values("order_id")).order_by("due_on", "number"):
        note = "今天到期，请尽快答复" if order.due_on == today else "下一个工作日到期，请抓紧办理"
        with suppress(Refused):  # it was answered a moment ago
            urge(order, note=note, on=today, by=by, at=at)
            number += 1
    return number


def supervise(
    order: WorkOrder, *, level: Supervision, reason: str, on: date, by: Actor, at: datetime
) -> WorkOrder:
    """Put an order under supervision, of the hotline, of the government's office, of a leader."""
    words, told = used(reason, "reason"), {"supervision": level}
    return take_step(
        order, Event.SUPERVISE, on=on, to=level.label, words=words, told=told, by=by, at=at
    )


def suspend(order: WorkOrder, *, reason: str, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Let an order rest that cannot be handled for now; its term stands still."""
    words, told = used(reason, "reason"), {"suspended_on": on}
    return take_step(order, Event.SUSPEND, on=on, words=words, told=told, by=by, at=at)


def resume(order: WorkOrder, *, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Take a suspended order up again; the term is longer by the working days it has rested."""

    def work(held: WorkOrder) -> Mapping[str, Any]:
        assert held.suspended_on is not None  # noqa: S101 -- set when the state was entered
        if held.due_on is None:
            return {"suspended_on": None}
        calendar = workday_calendar()
        try:
            rested = calendar.count(held.suspended_on, on)
        except CalendarError as error:
            raise Refused(f"无法推算办理期限：{error}。") from None
        start = datetime.combine(held.due_on, time(), local(at).tzinfo)
        due = deadlines.days_due(start, rested, calendar)
        return {
            "suspended_on": None,
            "due_on": due.due_on,
            "due_at": due.due_at,
            "provisional": held.provisional or due.provisional,
        }

    return take_step(order, Event.RESUME, on=on, work=work, by=by, at=at)


def merge(order: WorkOrder, *, into: WorkOrder, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Merge a matter told again into the order that is handled; that one counts the repetition.

    Raises:
        Refused: the other order does not run any more.
        BadOrder: it is the same order, or another organ's.
    """
    if into.pk == order.pk or into.organ_id != order.organ_id:
        raise BadOrder("请选择同一机关受理的另一件工单", "into")
    with transaction.atomic():
        # Both rows in the order of their ids, so that two merges never wait for each other.
        first, second = sorted((order, into), key=lambda each: str(each.pk))
        held = {each.pk: each for each in (hold(first), hold(second))}
        target = held[into.pk]
        if State(target.state) not in OPEN:
            raise Refused(f"不能并入工单{target.number}：它{target.get_state_display()}，请另选。")
        WorkOrder.objects.filter(pk=target.pk).update(repeats=target.repeats + 1)
        told = {"merged_into": target}
        return take_step(order, Event.MERGE, on=on, to=target.number, told=told, by=by, at=at)


def void(order: WorkOrder, *, reason: str, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Void an order entered by mistake or without content; the row and its number stay."""
    words = used(reason, "reason")
    return take_step(order, Event.VOID, on=on, words=words, by=by, at=at)
