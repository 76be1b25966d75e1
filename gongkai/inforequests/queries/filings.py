"""What became of one filing: the cases it was split into, passed on as or merged with."""

from collections.abc import Collection

from django.db.models import Q

from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import orders_of_records
from gongkai.inforequests.models import InfoRequest

_LINKS = ("split_from", "transferred_from", "merged_into")


def cases_of_filing(info_request: InfoRequest) -> list[InfoRequest]:
    """Return a case and all that hang together with it by links, by organ and number.

    They all hold the same requester. One query for each step away from the case.
    """
    found = {info_request.pk: info_request}
    fresh = list(found)
    while fresh:
        linked = Q()
        for link in _LINKS:
            up = InfoRequest.objects.filter(pk__in=fresh, **{f"{link}__isnull": False})
            linked |= Q(**{f"{link}__in": fresh}) | Q(pk__in=up.values(link))
        rows = InfoRequest.objects.select_related("organ").filter(linked).exclude(pk__in=found)
        fresh = [row.pk for row in rows]
        found |= {row.pk: row for row in rows}
    return sorted(found.values(), key=lambda case: (case.organ.code, case.number))


def orders_of_filing(cases: Collection[InfoRequest]) -> list[WorkOrder]:
    """Return the hotline's orders that were turned over to or made out of some cases."""
    return orders_of_records([case.typed_id for case in cases])
