"""Reading zones for open government, with their visitors of a year."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from gongkai.servicehall.models import OpenZone


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A zone with how many people came in a year."""

    zone: OpenZone
    visits: int


def zone_rows(zones: QuerySet[OpenZone], year: int) -> list[ZoneRow]:
    """Return zones with their visitors of a year; open ones first. One query."""
    of_year = Q(months__starts_on__year=year)
    found = zones.select_related("organ").annotate(
        came=Sum("months__visits", filter=of_year, default=0)
    )
    return [
        ZoneRow(zone, zone.came)
        for zone in found.order_by("left_on", "place", "organ__order", "name")[:500]
    ]


def public_zones(county_id: int, day: date) -> list[OpenZone]:
    """Return the zones of a county that are open on a day."""
    return list(OpenZone.objects.filter(county_id=county_id).present(day).select_related("organ"))
