"""Keeping what is stored true: deadlines after a holiday notice, projections, who has read."""

from datetime import datetime

from django.db import transaction

from gongkai.audit import SYSTEM, Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests.actions.recording import apply, local_day, lock, snapshot
from gongkai.inforequests.models import DeadlineChange, InfoRequest, IntakeChannel, Reading, State
from gongkai.inforequests.queries import Difference, differences, project
from gongkai.orgs.models import Organ
from gongkai.statute.workdays import WorkdayCalendar


def recompute_deadlines(*, notice: str, by: Actor = SYSTEM, at: datetime) -> list[DeadlineChange]:
    """Work out every open deadline again after a holiday notice, old against new.

    `notice` names the notice. One transaction and one event for each organ, so that the
    work of other organs does not wait; safe to repeat, as only what differs is written.
    """
    calendar = workday_calendar()
    changes: list[DeadlineChange] = []
    open_cases = InfoRequest.objects.filter(pending=True).exclude(state=State.SUBMITTED)
    organ_ids = open_cases.order_by().values_list("organ_id", flat=True).distinct()
    for organ in Organ.objects.filter(pk__in=list(organ_ids)):
        changes += _recompute_for(organ, calendar, notice, by=by, at=at)
    return changes


def _recompute_for(
    organ: Organ, calendar: WorkdayCalendar, notice: str, *, by: Actor, at: datetime
) -> list[DeadlineChange]:
    with transaction.atomic():
        cases = (
            InfoRequest.objects.select_for_update(of=("self",))
            .filter(organ=organ, pending=True)
            .exclude(state=State.SUBMITTED)
            .prefetch_related("acts")
            .order_by("number")
        )
        made = [change for case in cases if (change := _recompute(case, calendar, notice, at))]
        if not made:
            return []
        DeadlineChange.objects.bulk_create(made)
        record(
            "inforequests.recompute_deadlines",
            f"orgs:{organ.pk}",
            chain=organ.code,
            by=by,
            at=at,
            label=organ.name,
            before={change.info_request.number: str(change.old_due_on) for change in made},
            after={change.info_request.number: str(change.new_due_on) for change in made},
            reason=notice,
        )
    return made


def _recompute(
    case: InfoRequest, calendar: WorkdayCalendar, notice: str, at: datetime
) -> DeadlineChange | None:
    acts = sorted((act.value for act in case.acts.all()), key=lambda act: act.sequence)
    if not acts:
        return None
    projection = project(acts, IntakeChannel(case.channel), calendar)
    old = (case.due_on, case.provisional)
    moved_for_requester = projection.requester_due_on != case.requester_due_on
    if old == (projection.due_on, projection.provisional) and not moved_for_requester:
        return None
    apply(case, projection)
    if old == (projection.due_on, projection.provisional):
        return None
    return DeadlineChange(
        info_request=case,
        old_due_on=old[0],
        old_provisional=old[1],
        new_due_on=projection.due_on,
        new_provisional=projection.provisional,
        notice=notice,
        changed_at=at,
    )


def rebuild(*, by: Actor = SYSTEM, at: datetime) -> list[Difference]:
    """Write every stored projection that is not what its acts come to; return what differed.

    Rows without acts are told and left alone: there is nothing to replay.
    """
    found = list(differences())
    for number in dict.fromkeys(each.number for each in found if each.field != "acts"):
        _rebuild_one(number, by=by, at=at)
    return found


def _rebuild_one(number: str, *, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        case = lock(InfoRequest.objects.get(number=number))
        before = snapshot(case.info_request)
        projection = project(case.acts, case.channel, case.calendar)
        case.info_request.items.update(ground="", letter="")
        apply(case.info_request, projection, answered=True)
        record(
            "inforequests.rebuild",
            case.info_request.typed_id,
            chain=case.info_request.organ.code,
            by=by,
            at=at,
            label=number,
            before=before,
            after=snapshot(case.info_request),
        )


def note_reading(info_request: InfoRequest, *, by: Actor, at: datetime) -> None:
    """Note that a person opened a case, once a day; a trace for the case, no audit event."""
    Reading.objects.get_or_create(
        info_request=info_request,
        account=by.account,
        day=local_day(at),
        defaults={"name": by.name, "post": by.post, "first_at": at},
    )
