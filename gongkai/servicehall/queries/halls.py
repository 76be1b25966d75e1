"""Reading halls: who and what is in each on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.servicehall.models import Attendant, Hall, Residency, ServiceItem, Window


@dataclass(frozen=True, slots=True)
class HallRow:
    """A hall with what is in it on a day."""

    hall: Hall
    organs: int
    windows: int
    people: int
    items: int


def hall_rows(halls: QuerySet[Hall], day: date) -> list[HallRow]:
    """Return halls with their counts; open ones first."""
    found = halls.select_related("organ").order_by("left_on", "kind", "organ__order", "name")
    return [hall_row(hall, day) for hall in found[:200]]


def hall_row(hall: Hall, day: date) -> HallRow:
    """Return what is in a hall on a day. Four counts."""
    return HallRow(
        hall,
        hall.residencies.present(day).order_by().values("organ_id").distinct().count(),
        hall.windows.present(day).count(),
        hall.attendants.present(day).count(),
        ServiceItem.objects.resident(day).filter(hall=hall).count(),
    )


def residents(hall: Hall, day: date) -> list[Residency]:
    """Return the organs in a hall on a day."""
    return list(hall.residencies.present(day).select_related("organ"))


def windows(hall: Hall, day: date) -> list[Window]:
    """Return the windows of a hall on a day."""
    return list(hall.windows.present(day).select_related("organ"))


def attendants(hall: Hall, day: date) -> list[Attendant]:
    """Return the people in a hall on a day."""
    return list(hall.attendants.present(day).select_related("organ", "window"))


def agents(halls: QuerySet[Hall], day: date) -> QuerySet[Attendant]:
    """Return the agents who help applicants in some halls on a day."""
    here = Attendant.objects.present(day).filter(agent=True, hall__in=halls)
    return here.select_related("organ", "hall")


def public_halls(county_id: int, day: date) -> list[HallRow]:
    """Return the halls of a county that are open on a day."""
    return hall_rows(Hall.objects.filter(county_id=county_id).present(day), day)
