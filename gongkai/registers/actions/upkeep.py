"""Upkeep: the terms of single decisions worked out again when the calendar changes."""

from datetime import date, datetime

from django.db import transaction

from gongkai.audit import SYSTEM, Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.orgs.models import Organ
from gongkai.registers import deadlines
from gongkai.registers.models import Decision
from gongkai.registers.rules import DOUBLE, RegisterKind
from gongkai.statute.workdays import WorkdayCalendar


def recompute_deadlines(*, notice: str, by: Actor = SYSTEM, at: datetime) -> int:
    """Work out the terms of what is still owed again after a holiday notice; return how many moved.

    `notice` names the notice. One transaction and one event for each organ; safe to repeat.
    """
    organ_ids = Decision.objects.owed().order_by().values("organ").distinct()
    organs = Organ.objects.filter(pk__in=organ_ids).order_by("code")
    return sum(_recompute_for(organ, notice, by=by, at=at) for organ in organs)


def _recompute_for(organ: Organ, notice: str, *, by: Actor, at: datetime) -> int:
    calendar = workday_calendar()
    before, after = {}, {}
    with transaction.atomic():
        rows = Decision.objects.owed().filter(organ=organ).select_for_update(of=("self",))
        for row in rows.order_by("pk"):
            fresh = _due_of(row, calendar)
            if fresh == row.due_on:
                continue
            before[row.typed_id], after[row.typed_id] = str(row.due_on), str(fresh)
            moved = {"due_on": fresh}
            if row.cancelled_on is None:
                moved["publish_by"] = fresh
            Decision.objects.filter(pk=row.pk).update(**moved)
        if after:
            record(
                "registers.recompute_deadlines",
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


def _due_of(row: Decision, calendar: WorkdayCalendar) -> date | None:
    kind = RegisterKind(row.kind)
    if row.cancelled_on is None:
        due = deadlines.publication_due(row.decided_on, calendar, double=kind in DOUBLE)
    else:
        penalty = kind is RegisterKind.PENALTY
        due = deadlines.take_down_due(row.cancelled_on, calendar, penalty=penalty)
    return due.due_on
