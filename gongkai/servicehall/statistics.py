"""Figures of the service hall, each the sum of the records behind it (Art. 20 (5), 50; law.md 8).

Two doors. `facts_by_organ` and `records_behind` tell, organ by organ, the stock of items at the
beginning of a period and its change under the names of table two of the 2019 form, and what was
paid; the registers remain what a return is made of, and an office holds the two beside each other.
`figures` and `behind` tell what the prose of a report says of a county: departments, people, items
and windows of its hall, money, zones.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from gongkai.orgs.models import Organ
from gongkai.servicehall.lifecycle import CaseState
from gongkai.servicehall.models import (
    Assistance,
    Attendant,
    FulfilmentCase,
    Hall,
    OpenZone,
    Residency,
    ServiceItem,
    Window,
    ZoneMonth,
)
from gongkai.servicehall.rules.kinds import (
    OUTWARD_SERVICE,
    PUBLIC_SERVICE,
    HallKind,
    ItemKind,
    counted_as,
)
from gongkai.tables.facts import Measure, Period, Record

_NAMES = ("LICENCE", OUTWARD_SERVICE, "PENALTY", "COERCION", PUBLIC_SERVICE)
_STOCK = ("opening_items", "item_change")
PAID = Measure("hall.fulfilment", "cases")
AMOUNT = Measure("hall.fulfilment", "amount")
MEASURES: tuple[Measure, ...] = (
    *(Measure(f"hall.{name}", aspect) for name in _NAMES for aspect in _STOCK),
    PAID,
    AMOUNT,
)
_ONE, _LESS = Decimal(1), Decimal(-1)


def facts_by_organ(period: Period, organ_ids: Collection[int]) -> dict[int, dict[Measure, Decimal]]:
    """Return stock, change and payments (元) of every organ for `period`. Two queries."""
    facts = {organ_id: dict.fromkeys(MEASURES, Decimal(0)) for organ_id in organ_ids}
    for measure, record in _stock_records(period, organ_ids):
        facts[record.organ_id][measure] += record.adds
    for record in _payments(period, Q(organ_id__in=organ_ids)):
        facts[record.organ_id][PAID] += 1
        facts[record.organ_id][AMOUNT] += record.adds
    return facts


def records_behind(measure: Measure, period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the items, or cases, that add up to a measure.

    Raises:
        KeyError: nothing is counted under this measure.
    """
    if measure not in MEASURES:
        raise KeyError(measure)
    if measure in (PAID, AMOUNT):
        found = _payments(period, Q(organ_id__in=organ_ids))
        return found if measure == AMOUNT else [_counted(each) for each in found]
    return [record for each, record in _stock_records(period, organ_ids) if each == measure]


def _stock_records(period: Period, organ_ids: Collection[int]) -> Iterator[tuple[Measure, Record]]:
    """Yield what each item adds to the opening stock and to the change of a period.

    An item whose last day was the one before the period was never part of it: it counts in
    neither. The stock at the end is the opening stock and the change.
    """
    gone = Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=period.start)
    rows = ServiceItem.objects.filter(gone, organ_id__in=organ_ids, in_force_on__lte=period.end)
    for item in rows.order_by("in_force_on", "pk"):
        subject = f"hall.{counted_as(ItemKind(item.kind))}"
        opening, change = (Measure(subject, aspect) for aspect in _STOCK)
        if item.in_force_on < period.start:
            yield opening, _item(item, item.in_force_on, _ONE)
        else:
            yield change, _item(item, item.in_force_on, _ONE)
        if item.cancelled_on is not None and item.cancelled_on <= period.end:
            yield change, _item(item, item.cancelled_on, _LESS)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a county: its value, its unit; of a rate what is told of how many."""

    key: str
    label: str
    value: Decimal
    unit: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a figure is told and which records add up to it."""

    label: str
    unit: str
    behind: Callable[[Organ, Period], list[Record]]


def figures(county: Organ, period: Period) -> list[Figure]:
    """Return every figure of a county for a period; what is there is counted on its last day."""
    found = {key: _sum(kind.behind(county, period)) for key, kind in FIGURES.items()}
    told = [Figure(key, kind.label, found[key], kind.unit) for key, kind in FIGURES.items()]
    for key, (label, above, below) in RATES.items():
        if found[below]:
            exact = found[above] * 100 / found[below]
            value = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
            told.append(Figure(key, label, value, "%", found[above], found[below]))
    return told


def behind(key: str, county: Organ, period: Period) -> list[Record]:
    """Return the records that add up to a figure; of a rate those of its numerator.

    Raises:
        KeyError: there is no such figure.
    """
    return FIGURES[RATES[key][1] if key in RATES else key].behind(county, period)


def _sum(records: Collection[Record]) -> Decimal:
    return sum((record.adds for record in records), Decimal(0))


def _counted(record: Record) -> Record:
    return Record(record.id, record.label, record.organ_id, record.on, _ONE)


def _item(item: ServiceItem, on: date | None, adds: Decimal) -> Record:
    return Record(item.typed_id, item.name, item.organ_id, on, adds)


def _payments(period: Period, whose: Q) -> list[Record]:
    rows = FulfilmentCase.objects.filter(
        whose, state=CaseState.PAID, paid_on__range=(period.start, period.end)
    )
    return [
        Record(case.typed_id, str(case), case.organ_id, case.paid_on, case.paid)
        for case in rows.order_by("paid_on", "number").defer(
            "bank_sealed", "bank_account_sealed", "legal_person_sealed"
        )
    ]


def _halls(county: Organ, period: Period) -> Any:
    rows = Hall.objects.filter(county=county, kind=HallKind.COUNTY).present(period.end)
    return rows.order_by("joined_on", "pk")


def _of_halls(name: str) -> Callable[[Organ, Period], list[Record]]:
    """Return what reads a figure that each county hall tells of itself."""

    def read(county: Organ, period: Period) -> list[Record]:
        return [
            Record(hall.typed_id, hall.name, hall.organ_id, hall.joined_on, value)
            for hall in _halls(county, period)
            if (value := getattr(hall, name)) is not None
        ]

    return read


def _in_halls(model: Any, *related: str) -> Callable[[Organ, Period], list[Record]]:
    """Return what counts those who are in the county halls on the last day."""

    def read(county: Organ, period: Period) -> list[Record]:
        halls = list(_halls(county, period))
        rows = model.objects.present(period.end).filter(hall__in=halls)
        rows = rows.select_related("hall", *related).order_by("joined_on", "pk")
        return [
            Record(row.hall.typed_id, str(row), row.hall.organ_id, row.joined_on, _ONE)
            for row in rows
        ]

    return read


def _organs_in_halls(county: Organ, period: Period) -> list[Record]:
    """An organ that is in two halls is one department."""
    halls = list(_halls(county, period))
    rows = Residency.objects.present(period.end).filter(hall__in=halls)
    first: dict[int, Residency] = {}
    for row in rows.select_related("hall", "organ").order_by("joined_on", "pk"):
        first.setdefault(row.organ_id, row)
    return [
        Record(row.hall.typed_id, row.organ.name, row.organ_id, row.joined_on, _ONE)
        for row in first.values()
    ]


def _items_in_halls(county: Organ, period: Period) -> list[Record]:
    halls = list(_halls(county, period))
    rows = ServiceItem.objects.resident(period.end).filter(hall__in=halls)
    return [_item(item, item.hall_joined_on, _ONE) for item in rows.order_by("pk")]


def _listed(where: Callable[[Period], Q], day: str) -> Callable[[Organ, Period], list[Record]]:
    """Return what counts the items of a county under a condition, on the day of a column."""

    def read(county: Organ, period: Period) -> list[Record]:
        rows = ServiceItem.objects.filter(where(period), county=county).order_by("pk")
        return [_item(item, getattr(item, day), _ONE) for item in rows]

    return read


def _standing(period: Period) -> Q:
    still = Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=period.end)
    return still & Q(in_force_on__lte=period.end)


def _matters(county: Organ, period: Period) -> list[Record]:
    rows = Assistance.objects.filter(
        county=county, accepted_on__range=(period.start, period.end)
    ).defer("applicant_sealed", "phone_sealed")
    return [
        Record(each.typed_id, str(each), each.organ_id, each.accepted_on, _ONE)
        for each in rows.order_by("number")
    ]


def _zones(county: Organ, period: Period) -> list[Record]:
    rows = OpenZone.objects.filter(county=county).present(period.end).order_by("joined_on", "pk")
    return [Record(zone.typed_id, zone.name, zone.organ_id, zone.joined_on, _ONE) for zone in rows]


def _visits(county: Organ, period: Period) -> list[Record]:
    rows = ZoneMonth.objects.filter(
        zone__county=county, starts_on__range=(period.start, period.end), visits__gt=0
    ).select_related("zone")
    return [
        Record(
            month.zone.typed_id,
            f"{month.zone.name}{month.starts_on:%Y年%m月}",
            month.zone.organ_id,
            month.starts_on,
            Decimal(month.visits),
        )
        for month in rows.order_by("starts_on", "zone")
    ]


def _of_county(read: Callable[[Period, Q], list[Record]]) -> Any:
    return lambda county, period: read(period, Q(county=county))


def _counted_payments(county: Organ, period: Period) -> list[Record]:
    return [_counted(each) for each in _payments(period, Q(county=county))]


FIGURES: Mapping[str, _Kind] = MappingProxyType(
    {
        "hall.area": _Kind("县政务服务中心面积", "平方米", _of_halls("area")),
        "hall.investment": _Kind("县政务服务中心投资", "元", _of_halls("investment")),
        "hall.organs": _Kind("进驻部门", "个", _organs_in_halls),
        "hall.windows": _Kind("窗口", "个", _in_halls(Window)),
        "hall.people": _Kind("进驻人员", "人", _in_halls(Attendant, "organ")),
        "hall.items": _Kind("进驻事项", "项", _items_in_halls),
        "items.standing": _Kind("在用事项", "项", _listed(_standing, "in_force_on")),
        "items.complete": _Kind(
            "指南要素齐全的在用事项",
            "项",
            _listed(lambda period: _standing(period) & Q(lacking=0), "in_force_on"),
        ),
        "items.added": _Kind(
            "本期增加事项",
            "项",
            _listed(lambda period: Q(in_force_on__range=(period.start, period.end)), "in_force_on"),
        ),
        "items.cancelled": _Kind(
            "本期取消事项",
            "项",
            _listed(
                lambda period: Q(
                    cancelled_on__range=(period.start, period.end), in_force_on__isnull=False
                ),
                "cancelled_on",
            ),
        ),
        "fulfilment.cases": _Kind("惠企政策兑现事项", "件", _counted_payments),
        "fulfilment.amount": _Kind("惠企政策兑现金额", "元", _of_county(_payments)),
        "assistance.accepted": _Kind("帮代办事项", "件", _matters),
        "zones.open": _Kind("政务公开专区", "个", _zones),
        "zones.visits": _Kind("政务公开专区访问", "人次", _visits),
    }
)
RATES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {"items.complete_rate": ("指南要素齐全率", "items.complete", "items.standing")}
)


def stock_by_organ(county: Organ, period: Period) -> list[tuple[Organ, str, int, int, int]]:
    """Return for each organ and name of table two: stock before, added, cancelled. Two queries.

    The rows of an organ without items are left out.
    """
    organs = {organ.pk: organ for organ in Organ.objects.filter(Q(county=county) | Q(pk=county.pk))}
    counts: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for measure, record in _stock_records(period, list(organs)):
        place = 0 if measure.aspect == "opening_items" else 1 if record.adds > 0 else 2
        counts[record.organ_id, measure.subject.removeprefix("hall.")][place] += 1
    order = sorted(organs.values(), key=lambda organ: (organ.order, organ.code))
    return [
        (organ, name, *counts[organ.pk, name])
        for organ in order
        for name in _NAMES
        if (organ.pk, name) in counts
    ]
