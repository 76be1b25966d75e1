"""Keeping what is stored true: terms after a notice, seals after a new key, contacts erased.

How to reach a reader is kept no longer than it is needed (个人信息保护法 19, 47).
"""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.engagement.deadlines import Due, answer_due, message_due
from gongkai.engagement.lifecycle.messages import OPEN
from gongkai.engagement.lifecycle.reports import WAITING
from gongkai.engagement.models import SEALED_ROWS, ErrorReport, Message, key_mark
from gongkai.orgs.models import Organ
from gongkai.statute.workdays import WorkdayCalendar

_Dated = ErrorReport | Message
_PERSONAL = frozenset({"asker", "contact"})


def recompute_deadlines(*, notice: str, by: Actor = SYSTEM, at: datetime) -> int:
    """Work out the terms of what waits again after a holiday notice; return how many moved.

    `notice` names the notice. One transaction and one event for each organ and kind of record;
    safe to repeat.
    """
    moved = 0
    for kind in (ErrorReport, Message):
        states = WAITING if kind is ErrorReport else OPEN
        organ_ids = kind.objects.filter(state__in=states).order_by().values_list("organ_id")
        for organ in Organ.objects.filter(pk__in=organ_ids.distinct()):
            moved += _recompute_for(organ, kind, states, notice, by=by, at=at)
    return moved


@transaction.atomic
def _recompute_for(
    organ: Organ,
    kind: type[_Dated],
    states: Collection[str],
    notice: str,
    *,
    by: Actor,
    at: datetime,
) -> int:
    calendar = workday_calendar()
    rows = kind.objects.select_for_update(of=("self",)).filter(organ=organ, state__in=states)
    before, after, moved = {}, {}, []
    for row in rows.order_by("county_id", "number"):
        due = _due(row, calendar)
        if (due.due_on, due.provisional) == (row.due_on, row.provisional):
            continue
        before[row.number] = str(row.due_on)
        row.due_on, row.provisional = due.due_on, due.provisional
        after[row.number] = str(row.due_on)
        moved.append(row)
    if moved:
        kind.objects.bulk_update(moved, ["due_on", "provisional"])
        record(
            "engagement.recompute_deadlines",
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


def _due(row: _Dated, calendar: WorkdayCalendar) -> Due:
    if isinstance(row, Message):
        return message_due(row.received_on, row.simple, calendar)
    return answer_due(row.received_on, calendar)


def erase_contacts(*, answered_before: date, by: Actor = SYSTEM, at: datetime) -> int:
    """Erase who wrote, and how to reach them, of what was answered before a day; return how many.

    What was written, its answer and its steps stay. One transaction and one event for each organ
    and kind of record; safe to repeat.
    """
    erased = 0
    for kind in (ErrorReport, Message):
        due = kind.objects.filter(has_contact=True, answered_on__lt=answered_before).order_by()
        for organ in Organ.objects.filter(pk__in=due.values_list("organ_id").distinct()):
            erased += _erase_for(organ, kind, answered_before, by=by, at=at)
    return erased


@transaction.atomic
def _erase_for(
    organ: Organ, kind: type[_Dated], answered_before: date, *, by: Actor, at: datetime
) -> int:
    rows = kind.objects.select_for_update(of=("self",)).filter(
        organ=organ, has_contact=True, answered_on__lt=answered_before
    )
    held = list(rows.order_by("county_id", "number"))
    for row in held:
        kept = {name: row.unseal(name) for name in kind.SEALED}
        row.seal(**(kept | dict.fromkeys(_PERSONAL & kept.keys(), "")))
        row.has_contact, row.contact_erased_on = False, timezone.localdate(at)
    sealed = [f"{name}_sealed" for name in kind.SEALED]
    kind.objects.bulk_update(held, ["key_id", *sealed, "has_contact", "contact_erased_on"])
    if held:
        name = "reports" if kind is ErrorReport else "messages"
        record(
            "engagement.erase_contacts",
            f"orgs:{organ.pk}",
            chain=organ.code,
            by=by,
            at=at,
            label=organ.name,
            after={name: [row.number for row in held]},
            reason=f"{answered_before.isoformat()}前已经答复，联系方式保管期满",
        )
    return len(held)


def reseal(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal up to `batch` rows of the public's with the key of now; return how many, 0 at the end.

    One transaction: a row is sealed anew or stays as it was, whenever the process dies.

    Raises:
        CannotOpen: a token was altered or its key is not configured; the batch stays as it was.
    """
    old: Counter[str] = Counter()
    with transaction.atomic():
        for model in SEALED_ROWS:
            stale = model.objects.select_for_update(of=("self",)).exclude(key_id=key_mark())
            rows = list(stale.order_by("pk")[: batch - old.total()])
            old.update(row.key_id for row in rows)
            for row in rows:
                row.reseal()
            columns = [f"{column}_sealed" for column in model.SEALED]
            model.objects.bulk_update(rows, ["key_id", *columns])
        if old:
            record(
                "engagement.reseal",
                "engagement.rows",
                chain=SYSTEM_CHAIN,
                by=by,
                at=at,
                label=f"{old.total()}项网站纠错、留言和意见",
                before={"keys": dict(old)},
                after={"keys": {key_mark(): old.total()}},
            )
    return old.total()
