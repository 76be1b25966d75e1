"""How every verb does its work: hold the order, follow the table, add the step, log; all or none.

Locks are taken in one order everywhere: the order's row (or the series of numbers), then the
organ's chain of the log. A verb that spans chapters holds all its rows before the first event.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.hotline.lifecycle import BadOrder, Event, State, next_state
from gongkai.hotline.models import OrderStep, WorkOrder
from gongkai.statute.days import written

_LOGGED = (
    *("state", "unit", "due_on", "provisional", "answered_on", "linked", "category", "urgency"),
    *("solved", "satisfaction", "supervision"),
)
_ORGANS = ("handler", "helping")
# What may name a person is logged as keyed digests only.
PROTECTED = ("subject", "content", "caller", "phone", "words", "place")
Work = Callable[[WorkOrder], Mapping[str, Any]]


def hold(order: WorkOrder) -> WorkOrder:
    """Return the order as it now stands, locked until the end of the transaction."""
    orders = WorkOrder.objects.select_for_update(of=("self",))
    return orders.select_related("organ", "handler", "helping").get(pk=order.pk)


def take_step(
    order: WorkOrder,
    event: Event,
    *,
    on: date,
    by: Actor,
    at: datetime,
    to: str = "",
    words: str = "",
    told: Mapping[str, Any] | None = None,
    work: Work | None = None,
) -> WorkOrder:
    """Do one step of an order: lock, follow the table, check the day, write, log.

    `told` are fields to be set; `work` is asked for more of them once the order is held and the
    table allows the step, and may refuse it.

    Raises:
        Refused, BadOrder: nothing has been changed.
    """
    not_later(on, at)
    with transaction.atomic():
        held = hold(order)
        target = next_state(State(held.state), event)
        last = held.steps.latest("sequence")
        if on < last.on:
            raise BadOrder(
                f"“日期”（{written(on)}）早于上一步之日（{written(last.on)}），请核对", "on"
            )
        before = logged(held)
        changes = {**(told or {}), **(work(held) if work else {}), "updated_at": at}
        held.state = target
        for name, value in changes.items():
            setattr(held, name, value)
        held.save(update_fields=["state", *changes])
        add_step(held, last.sequence + 1, event, on=on, to=to, words=words, by=by, at=at)
        more = {"to": to, "words": words, "on": on.isoformat()}
        log(held, event.value.lower(), before=before, more=more, by=by, at=at)
    return held


def add_step(
    order: WorkOrder,
    sequence: int,
    event: Event,
    *,
    on: date,
    to: str,
    words: str,
    by: Actor,
    at: datetime,
) -> None:
    """Write a step; its unique place in the order stops two writers where no lock does."""
    step = OrderStep(
        order=order,
        sequence=sequence,
        event=event,
        on=on,
        to=to,
        account=by.account,
        actor_name=by.name,
        actor_post=by.post,
        recorded_at=at,
    )
    step.seal(words=words)
    step.save(force_insert=True)


def log(
    order: WorkOrder,
    verb: str,
    *,
    before: Mapping[str, Any],
    more: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> None:
    """Log a verb on the organ's chain: what changed, and its words as digests."""
    after = logged(order)
    changed = [name for name in after if before.get(name) != after[name]]
    told = {name: value for name, value in more.items() if value not in ("", None)}
    record(
        f"hotline.{verb}",
        order.typed_id,
        chain=order.organ.code,
        by=by,
        at=at,
        label=order.number,
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed} | told,
        protected=[name for name in PROTECTED if name in told],
    )


def logged(order: WorkOrder) -> dict[str, Any]:
    """Return the fields of an order that the log keeps."""
    values = {name: getattr(order, name) for name in _LOGGED}
    for name in _ORGANS:
        organ = getattr(order, name)
        values[name] = organ.short_name if organ else ""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def local(at: datetime) -> datetime:
    """Return a moment in the county's time, on which every clock is counted."""
    return timezone.localtime(at)


def local_day(at: datetime) -> date:
    """Return the day of a moment in the county."""
    return timezone.localtime(at).date()


def moment_on(on: date, at: datetime) -> datetime:
    """Return the moment at which a step of a day counts: now, or the end of a day gone by."""
    if on == local_day(at):
        return at
    return datetime.combine(on, time(23, 59, 59), timezone.get_current_timezone())


def not_later(on: date, at: datetime) -> None:
    """Refuse a day after the day of recording."""
    today = local_day(at)
    if on > today:
        raise BadOrder(f"“日期”（{written(on)}）晚于登记当日（{written(today)}），请核对", "on")
