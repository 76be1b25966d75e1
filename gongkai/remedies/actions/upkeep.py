"""Upkeep: terms worked out again when the calendar changes, seals renewed when keys change."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.orgs.models import Organ
from gongkai.remedies import deadlines
from gongkai.remedies.lifecycle import State
from gongkai.remedies.models import Complaint, Litigation, Reconsideration, key_mark
from gongkai.remedies.queries import OPEN_COMPLAINTS, SEALED_ROWS, duty_of
from gongkai.statute.workdays import WorkdayCalendar


def recompute_deadlines(*, notice: str, by: Actor = SYSTEM, at: datetime) -> int:
    """Work out the terms of what is open again after a holiday notice; return how many moved.

    `notice` names the notice. One transaction and one event for each organ; safe to repeat.
    """
    open_cases = [
        *Reconsideration.objects.exclude(state=State.STRUCK).filter(due_on__isnull=False),
        *Litigation.objects.exclude(state=State.STRUCK).filter(due_on__isnull=False),
    ]
    waiting = Complaint.objects.filter(state__in=OPEN_COMPLAINTS, due_on__isnull=False)
    organ_ids = {row.organ_id for row in (*open_cases, *waiting)}
    organs = Organ.objects.filter(pk__in=organ_ids).order_by("code")
    return sum(_recompute_for(organ, notice, by=by, at=at) for organ in organs)


def _recompute_for(organ: Organ, notice: str, *, by: Actor, at: datetime) -> int:
    calendar = workday_calendar()
    before, after = {}, {}
    with transaction.atomic():
        rows: list[Any] = []
        for model in (Reconsideration, Litigation, Complaint):
            held = model._default_manager.select_for_update(of=("self",))
            rows += held.filter(organ=organ, due_on__isnull=False).order_by("pk")
        for row in rows:
            fresh = _due_of(row, calendar)
            if fresh == row.due_on:
                continue
            before[row.typed_id], after[row.typed_id] = str(row.due_on), str(fresh)
            type(row)._default_manager.filter(pk=row.pk).update(due_on=fresh)
        if after:
            record(
                "remedies.recompute_deadlines",
                f"orgs:{organ.pk}",
                chain=organ.code,
                by=by,
                at=at,
                label=organ.name,
                before=before,
                after=after,
                reason=notice,
            )
    return len(after)


def _due_of(row: Any, calendar: WorkdayCalendar) -> date | None:
    if not isinstance(row, Complaint):
        duty = duty_of(row, calendar)
        return duty.due_on if duty else None
    handling = deadlines.complaint_handling_due(row.accepted_on, row.extension_days, calendar)
    return (handling or deadlines.complaint_acceptance_due(row.received_on, calendar)).due_on


def reseal(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal up to `batch` rows with the key of now; return how many, 0 at the end.

    One transaction: a row is sealed anew or stays as it was, whenever the process dies.

    Raises:
        CannotOpen: a token was altered or its key is not configured; the batch stays as it was.
    """
    old: Counter[str] = Counter()
    with transaction.atomic():
        for model in SEALED_ROWS:
            stale = model._default_manager.select_for_update(of=("self",))
            stale = stale.exclude(key_id=key_mark()).order_by("pk")
            rows = list(stale[: batch - old.total()])
            old.update(row.key_id for row in rows)
            for row in rows:
                row.reseal()
            columns = [f"{column}_sealed" for column in model.SEALED]
            model._default_manager.bulk_update(rows, ["key_id", *columns])
        if old:
            record(
                "remedies.reseal",
                "remedies.rows",
                chain=SYSTEM_CHAIN,
                by=by,
                at=at,
                label=f"{old.total()}项当事人和投诉举报",
                before={"keys": dict(old)},
                after={"keys": {key_mark(): old.total()}},
            )
    return old.total()
