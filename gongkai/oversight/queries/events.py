"""Reading training, meetings and activities: lists, those present, figures by organ."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from gongkai.orgs.models import Organ
from gongkai.oversight.models import Attendee, WorkEvent
from gongkai.oversight.rules.kinds import EventKind


@dataclass(frozen=True, slots=True)
class OrganAttendance:
    """What one organ's people attended: events, person-times, hours of training."""

    organ: str
    events: int
    people: int
    hours: Decimal


def standing_events(
    organ_ids: Collection[int], kind: EventKind, start: date, end: date
) -> QuerySet[WorkEvent]:
    """Return the events of a kind that some organs held in a period, those struck left out."""
    return WorkEvent.objects.filter(
        organ_id__in=organ_ids, kind=kind, held_on__range=(start, end), struck_at__isnull=True
    )


def attendance(events: QuerySet[WorkEvent]) -> list[OrganAttendance]:
    """Return who attended some events, by organ, the most first. One query."""
    rows = (
        Attendee.objects.filter(
            event__in=events.filter(struck_at__isnull=True).order_by().values("pk"),
            organ__isnull=False,
        )
        .order_by()
        .values("organ_id")
        .annotate(
            events=Count("event", distinct=True),
            people=Count("pk"),
            hours=Sum("event__hours", filter=Q(event__kind=EventKind.TRAINING)),
        )
    )
    names = dict(Organ.objects.values_list("pk", "short_name"))
    told = [
        OrganAttendance(
            names[row["organ_id"]], row["events"], row["people"], row["hours"] or Decimal(0)
        )
        for row in rows
    ]
    return sorted(told, key=lambda each: (-each.people, each.organ))


def absent(event: WorkEvent, organs: QuerySet[Organ]) -> list[str]:
    """Return the organs of which nobody signed in, where a list was kept."""
    present = set(event.attendees.values_list("organ_id", flat=True))
    return [each.short_name for each in organs if each.pk not in present] if present else []
