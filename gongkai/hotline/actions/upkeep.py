"""Keeping what is stored true: terms after a holiday notice, seals after a new key, showings."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.hotline.actions.recording import hold, local
from gongkai.hotline.deadlines import answer_due
from gongkai.hotline.lifecycle import UNANSWERED, Event, OrderKind, Refused, State, Urgency
from gongkai.hotline.models import OrderStep, WorkOrder, key_mark, phone_index
from gongkai.hotline.queries.settings import own_limits
from gongkai.hotline.rules import Caller
from gongkai.orgs.models import Organ
from gongkai.statute.workdays import WorkdayCalendar


def show_caller(order: WorkOrder, *, by: Actor, at: datetime) -> Caller:
    """Return who called, in full, and log that it was shown, and to whom."""
    with transaction.atomic():
        record(
            "hotline.show_caller",
            order.typed_id,
            chain=order.organ.code,
            by=by,
            at=at,
            label=order.number,
        )
    return order.caller


def note_search(text: str, *, found: int, chain: Organ, by: Actor = SYSTEM, at: datetime) -> None:
    """Log that callers were searched for by a telephone number, which stands there as an index.

    `chain` is the organ from whose post the person searches.
    """
    with transaction.atomic():
        record(
            "hotline.search_callers",
            "hotline.callers",
            chain=chain.code,
            by=by,
            at=at,
            label="按来电号码查找",
            after={"searched": phone_index(text), "found": found},
        )


def forget_caller(order: WorkOrder, *, why: str, by: Actor = SYSTEM, at: datetime) -> WorkOrder:
    """Destroy who called; the order, its steps and every figure stay (个人信息保护法 47).

    Raises:
        Refused: the caller still waits for an answer.
    """
    with transaction.atomic():
        held = hold(order)
        if State(held.state) in UNANSWERED:
            raise Refused(f"不能清除诉求人信息：热线工单{held.number}尚未答复，请先答复或者转办。")
        if held.caller_erased:
            return held
        held.forget_caller()
        held.save()
        record(
            "hotline.forget_caller",
            held.typed_id,
            chain=held.organ.code,
            by=by,
            at=at,
            label=held.number,
            reason=why,
        )
    return held


def recompute_deadlines(*, notice: str, by: Actor = SYSTEM, at: datetime) -> int:
    """Work out the terms of unanswered orders again after a holiday notice; return how many moved.

    `notice` names the notice. One transaction and one event for each organ; safe to repeat. A term
    that was extended, that rested or that began anew keeps the day that was told to the organ.
    """
    calendar = workday_calendar()
    waiting = WorkOrder.objects.filter(state__in=UNANSWERED).order_by()
    organ_ids = list(waiting.values_list("organ_id", flat=True).distinct())
    organs = Organ.objects.filter(pk__in=organ_ids)
    return sum(_recompute_for(organ, calendar, notice, by=by, at=at) for organ in organs)


def _recompute_for(
    organ: Organ, calendar: WorkdayCalendar, notice: str, *, by: Actor, at: datetime
) -> int:
    with transaction.atomic():
        orders = WorkOrder.objects.select_for_update(of=("self",)).filter(
            organ=organ, state__in=UNANSWERED, extensions=0, redos=0
        )
        orders = orders.exclude(state=State.SUSPENDED)
        rested = OrderStep.objects.filter(order__organ=organ, event=Event.RESUME)
        orders = orders.exclude(pk__in=rested.values_list("order_id"))
        own = own_limits(organ)
        before, after, moved = {}, {}, []
        for order in orders.order_by("number"):
            kind, urgency = OrderKind(order.kind), Urgency(order.urgency)
            due = answer_due(kind, urgency, local(order.received_at), calendar, own)
            fresh = (due.due_on, due.provisional) if due else (None, False)
            if fresh == (order.due_on, order.provisional):
                continue
            before[order.number] = str(order.due_on)
            order.due_on, order.provisional = fresh
            order.due_at = due.due_at if due else None
            after[order.number] = str(order.due_on)
            moved.append(order)
        if moved:
            WorkOrder.objects.bulk_update(moved, ["due_on", "due_at", "provisional"])
            record(
                "hotline.recompute_deadlines",
                f"orgs:{organ.pk}",
                chain=organ.code,
                by=by,
                at=at,
                label=organ.name,
                before=before,
                after=after,
                reason=notice,
            )
    return len(moved)


def reseal(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal up to `batch` orders and steps with the key of now; return how many, 0 at the end.

    One transaction: a row is sealed anew or stays as it was, whenever the process dies.

    Raises:
        CannotOpen: a token was altered or its key is not configured; the batch stays as it was.
    """
    old: Counter[str] = Counter()
    with transaction.atomic():
        for model in (WorkOrder, OrderStep):
            stale = model.objects.select_for_update(of=("self",)).exclude(key_id=key_mark())
            rows = list(stale.order_by("pk")[: batch - old.total()])
            old.update(row.key_id for row in rows)
            for row in rows:
                row.reseal()
            columns = [f"{column}_sealed" for column in model.SEALED]
            model.objects.bulk_update(rows, ["key_id", *columns])
        if old:
            record(
                "hotline.reseal",
                "hotline.orders",
                chain=SYSTEM_CHAIN,
                by=by,
                at=at,
                label=f"{old.total()}项工单内容",
                before={"keys": dict(old)},
                after={"keys": {key_mark(): old.total()}},
            )
    return old.total()
