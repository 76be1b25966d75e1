"""The rows of lists to be handed over, and the lists that were."""

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.disclosure.models import Entry
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import State as OrderState
from gongkai.inforequests.models import Retention
from gongkai.orgs.models import Organ
from gongkai.records.models import TransferList
from gongkai.records.queries.cases import case_package, closed_cases
from gongkai.records.rules import TransferKind, keep_of

Row = list[str]
MOST_ROWS = 20_000


def lists_of(county_ids: Collection[int]) -> QuerySet[TransferList]:
    """Return the lists of counties, newest first, without their rows."""
    found = TransferList.objects.filter(county_id__in=county_ids)
    return found.defer("rows").select_related("county").order_by("-made_at", "-pk")


def rows_for(county: Organ, kind: TransferKind, since: date, until: date) -> list[Row]:
    """Return the rows of a list of a period, both days included, each with its place first."""
    of_county = Organ.objects.filter(Q(pk=county.pk) | Q(county=county))
    organ_ids = list(of_county.values_list("pk", flat=True))
    made = {
        TransferKind.TO_ARCHIVES: _entries,
        TransferKind.TO_LIBRARY: _entries,
        TransferKind.CASES: _cases,
        TransferKind.ORDERS: _orders,
    }[kind]
    return [[str(place), *row] for place, row in enumerate(made(organ_ids, since, until), 1)]


def _entries(organ_ids: list[int], since: date, until: date) -> Iterator[Row]:
    rows = Entry.objects.filter(
        organ_id__in=organ_ids,
        live=True,
        first_published_at__date__gte=since,
        first_published_at__date__lte=until,
    )
    columns = ("index_number", "title", "document_number", "organ__name", "first_published_at")
    rows = rows.order_by("first_published_at", "pk")
    for index, title, number, organ, moment, record, address in rows.values_list(
        *columns, "record", "address"
    )[:MOST_ROWS]:
        day = timezone.localdate(moment)
        kind = "disclosure.normative" if record.startswith("policy:") else "disclosure"
        yield [index, title, number, organ, f"{day}", keep_of(kind, day).label, address]


def _cases(organ_ids: list[int], since: date, until: date) -> Iterator[Row]:
    for case in closed_cases(organ_ids, since, until)[:MOST_ROWS]:
        package = case_package(case)
        yield [
            case.number,
            case.organ.name,
            f"{case.received_on or ''}",
            f"{case.concluded_on or ''}",
            package.told["办理结果"],
            Retention(case.retention).label if case.retention else "",
            str(package.count("文书")),
            str(package.count("材料")),
            package.digest,
        ]


def _orders(organ_ids: list[int], since: date, until: date) -> Iterator[Row]:
    rows = WorkOrder.objects.filter(
        organ_id__in=organ_ids,
        state=OrderState.CLOSED,
        closed_at__date__gte=since,
        closed_at__date__lte=until,
    ).select_related("handler")
    for order in rows.order_by("closed_at", "number")[:MOST_ROWS]:
        closed = timezone.localdate(order.closed_at)
        yield [
            order.number,
            order.subject,
            order.category_path,
            order.handler.name if order.handler else "",
            f"{timezone.localdate(order.received_at)}",
            f"{closed}",
            order.get_satisfaction_display(),
            keep_of("hotline", closed).label,
        ]
