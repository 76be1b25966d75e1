"""Keeping what is stored true: terms after a notice, seals after a new key, contacts erased.

How to reach a reader is kept no longer than it is needed (个人信息保护法 19, 47).
"""

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.engagement.deadlines import answer_due
from gongkai.engagement.lifecycle.reports import WAITING
from gongkai.engagement.models import SEALED_ROWS, ErrorReport, key_mark
from gongkai.orgs.models import Organ


def recompute_deadlines(*, notice: str, by: Actor = SYSTEM, at: datetime) -> int:
    """Work out the terms of waiting reports again after a holiday notice; return how many moved.

    `notice` names the notice. One transaction and one event for each organ; safe to repeat.
    """
    waiting = ErrorReport.objects.filter(state__in=WAITING).order_by()
    organ_ids = list(waiting.values_list("organ_id", flat=True).distinct())
    organs = Organ.objects.filter(pk__in=organ_ids)
    return sum(_recompute_for(organ, notice, by=by, at=at) for organ in organs)


@transaction.atomic
def _recompute_for(organ: Organ, notice: str, *, by: Actor, at: datetime) -> int:
    calendar = workday_calendar()
    reports = ErrorReport.objects.select_for_update(of=("self",)).filter(
        organ=organ, state__in=WAITING
    )
    before, after, moved = {}, {}, []
    for report in reports.order_by("county_id", "number"):
        due = answer_due(report.received_on, calendar)
        if (due.due_on, due.provisional) == (report.due_on, report.provisional):
            continue
        before[report.number] = str(report.due_on)
        report.due_on, report.provisional = due.due_on, due.provisional
        after[report.number] = str(report.due_on)
        moved.append(report)
    if moved:
        ErrorReport.objects.bulk_update(moved, ["due_on", "provisional"])
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


def erase_contacts(*, answered_before: date, by: Actor = SYSTEM, at: datetime) -> int:
    """Erase how to reach the readers whose reports were answered before a day; return how many.

    The report, its answer and its steps stay. One transaction and one event for each organ; safe
    to repeat.
    """
    due = ErrorReport.objects.filter(has_contact=True, answered_on__lt=answered_before).order_by()
    organ_ids = list(due.values_list("organ_id", flat=True).distinct())
    organs = Organ.objects.filter(pk__in=organ_ids)
    return sum(_erase_for(organ, answered_before, by=by, at=at) for organ in organs)


@transaction.atomic
def _erase_for(organ: Organ, answered_before: date, *, by: Actor, at: datetime) -> int:
    reports = ErrorReport.objects.select_for_update(of=("self",)).filter(
        organ=organ, has_contact=True, answered_on__lt=answered_before
    )
    held = list(reports.order_by("county_id", "number"))
    for report in held:
        report.seal(text=report.text, contact="")
        report.has_contact, report.contact_erased_on = False, timezone.localdate(at)
    columns = ["key_id", "text_sealed", "contact_sealed", "has_contact", "contact_erased_on"]
    ErrorReport.objects.bulk_update(held, columns)
    if held:
        record(
            "engagement.erase_contacts",
            f"orgs:{organ.pk}",
            chain=organ.code,
            by=by,
            at=at,
            label=organ.name,
            after={"reports": [report.number for report in held]},
            reason=f"{answered_before.isoformat()}前已经答复，联系方式保管期满",
        )
    return len(held)


def reseal(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal up to `batch` reports and comments with the key of now; return how many, 0 at the end.

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
                label=f"{old.total()}项网站纠错和意见",
                before={"keys": dict(old)},
                after={"keys": {key_mark(): old.total()}},
            )
    return old.total()
