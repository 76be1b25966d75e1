"""The hotline's figures of a period: every rate with numerator, denominator and the orders behind.

`rates` answers for a whole county or for some organs, `tables` for the parts of a monthly report
too; `orders_behind` lists what any of these numbers counts. What a rate counts is
told in `rules.kpis`; here it is conditions on the rows, in one query for all.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone

from gongkai.hotline.lifecycle import (
    CONTENT,
    OUTSIDE,
    RATED,
    OrderKind,
    Solved,
    SourceChannel,
    State,
)
from gongkai.hotline.models import CallMonth, WorkOrder
from gongkai.hotline.rules.categories import CATEGORIES
from gongkai.hotline.rules.kpis import TOLD, Kpi, Part, Rate
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of
from gongkai.tables.facts import Record

_NONE = "未分类"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last; what is still to come of it does not count yet."""

    first: date
    last: date
    now: datetime

    @property
    def start(self) -> datetime:
        """The moment at which it begins."""
        return timezone.make_aware(datetime.combine(self.first, time()))

    @property
    def end(self) -> datetime:
        """The moment at which it is over."""
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time()))


@dataclass(frozen=True, slots=True)
class Line:
    """One organ's or category's figures of a period; `key` finds its orders again."""

    key: str
    name: str
    received: int
    rates: Mapping[Kpi, Rate]

    @property
    def on_time(self) -> Rate:
        """Its 按期办结率."""
        return self.rates[Kpi.ON_TIME]

    @property
    def satisfied(self) -> Rate:
        """Its 满意率."""
        return self.rates[Kpi.SATISFIED]

    @property
    def solved(self) -> Rate:
        """Its 解决率."""
        return self.rates[Kpi.SOLVED]

    @property
    def signed_in_time(self) -> Rate:
        """Its 及时签收率."""
        return self.rates[Kpi.SIGNED_IN_TIME]


@dataclass(frozen=True, slots=True)
class Tables:
    """All that a report tells of a period: the whole, by handler and by category, busiest first."""

    received: int
    rates: Mapping[Kpi, Rate]
    organs: list[Line]
    categories: list[Line]


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What an annual report says of the hotline in prose."""

    received: int
    on_time: Rate
    satisfied: Rate


def orders_in(county: Organ) -> QuerySet[WorkOrder]:
    """Return the orders that a county's organs took in."""
    return WorkOrder.objects.filter(organ__in=organs_of(county).order_by())


def rates(orders: QuerySet[WorkOrder], period: Period) -> dict[Kpi, Rate]:
    """Return every rate of some orders in a period. One query."""
    counted = orders.order_by().aggregate(**_counts(period))
    return _rates(counted)


def received(orders: QuerySet[WorkOrder], period: Period) -> QuerySet[WorkOrder]:
    """Return the orders received in a period, those voided left out."""
    span = {"received_at__gte": period.start, "received_at__lt": period.end}
    return orders.filter(**span).exclude(state=State.VOID)


def orders_behind(
    orders: QuerySet[WorkOrder], period: Period, kpi: Kpi, part: Part
) -> QuerySet[WorkOrder]:
    """Return the orders that a numerator or a denominator counts, or what keeps them apart."""
    below, above = _conditions(period)[kpi]
    found = orders.filter(below)
    if part is Part.ABOVE:
        found = found.filter(above)
    elif part is Part.REST:
        found = found.exclude(pk__in=orders.filter(below & above).order_by().values("pk"))
    return found.order_by("received_at", "number")


def tables(orders: QuerySet[WorkOrder], period: Period) -> Tables:
    """Return all that a report tells of some orders, read once. Two queries."""
    rows = orders.order_by().annotate(whose=_whose(), first=Substr("category", 1, 2))
    whole: Counter[str] = Counter()
    organs: dict[int, Counter[str]] = defaultdict(Counter)
    categories: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows.values("whose", "first").annotate(**_counts(period)):
        whose, first = row.pop("whose"), row.pop("first")
        for part in (whole, organs[whose], categories[first]):
            part.update(row)
    names = Organ.objects.in_bulk(list(organs))
    return Tables(
        whole["received"],
        _rates(whole),
        _busiest([_line(str(pk), names[pk].short_name, row) for pk, row in organs.items()]),
        _busiest(
            [
                _line(first or "none", CATEGORIES[first].name if first else _NONE, row)
                for first, row in categories.items()
            ]
        ),
    )


def by_handler(orders: QuerySet[WorkOrder], period: Period) -> list[Line]:
    """Return the figures by who had the orders in hand: the busiest first. Two queries."""
    return tables(orders, period).organs


def of_handler(orders: QuerySet[WorkOrder], key: str) -> QuerySet[WorkOrder]:
    """Keep the orders of an organ's line."""
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        return orders.none()
    return orders.annotate(whose=_whose()).filter(whose=int(key))


def of_category(orders: QuerySet[WorkOrder], key: str) -> QuerySet[WorkOrder]:
    """Keep the orders of a category's line."""
    if key == "none":
        return orders.filter(category="")
    return orders.filter(category__startswith=key) if key in CATEGORIES else orders.none()


def by_kind(orders: QuerySet[WorkOrder], period: Period) -> list[tuple[str, int]]:
    """Return how many orders of each kind were received."""
    rows = received(orders, period).order_by().values("kind").annotate(number=Count("pk"))
    found = {row["kind"]: row["number"] for row in rows}
    return [(kind.label, found.get(kind, 0)) for kind in OrderKind]


def by_source(orders: QuerySet[WorkOrder], period: Period) -> list[tuple[str, int]]:
    """Return how many orders came by each channel, those that had some."""
    rows = received(orders, period).order_by().values("source").annotate(number=Count("pk"))
    found = {row["source"]: row["number"] for row in rows}
    pairs = [(each.label, found[each]) for each in SourceChannel if each in found]
    return sorted(pairs, key=lambda pair: -pair[1])


def connected(county: Organ, period: Period) -> Rate:
    """Return 接通率 of the months that lie in a period: answered by staff over asked for staff."""
    months = CallMonth.objects.filter(
        county=county, month__gte=period.first.replace(day=1), month__lte=period.last
    )
    told = months.aggregate(asked=Sum("asked"), answered=Sum("answered"))
    return Rate(told["answered"] or 0, told["asked"] or 0)


def year_figures(county: Organ, year: int, now: datetime) -> YearFigures:
    """Return what the annual report tells of a year."""
    period = Period(date(year, 1, 1), date(year, 12, 31), now)
    orders = orders_in(county)
    found = rates(orders, period)
    return YearFigures(received(orders, period).count(), found[Kpi.ON_TIME], found[Kpi.SATISFIED])


def over(first: date, last: date) -> Period:
    """Return a period as it stands once its last day is over."""
    ends = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    return Period(first, last, ends)


def by_intake(organ_ids: Collection[int], period: Period) -> dict[int, Line]:
    """Return the figures of each organ that took orders in, for the annual report. One query."""
    rows = of_intake(organ_ids).order_by().values("organ_id").annotate(**_counts(period))
    return {row["organ_id"]: _line(str(row["organ_id"]), "", row) for row in rows}


def of_intake(organ_ids: Collection[int]) -> QuerySet[WorkOrder]:
    """Return the orders that some organs took in."""
    return WorkOrder.objects.filter(organ_id__in=organ_ids)


def records_behind(kpi: Kpi | None, organ_ids: Collection[int], period: Period) -> list[Record]:
    """Return the orders received, or those that a rate's numerator counts, each adding one."""
    orders = of_intake(organ_ids)
    found = (
        received(orders, period) if kpi is None else orders_behind(orders, period, kpi, Part.ABOVE)
    )
    return [
        Record(
            order.typed_id,
            str(order),
            order.organ_id,
            timezone.localtime(order.received_at).date(),
            Decimal(1),
        )
        for order in found.order_by("received_at", "number").defer(
            "content_sealed", "caller_sealed", "place_sealed"
        )
    ]


def _conditions(period: Period) -> dict[Kpi, tuple[Q, Q]]:
    """Return the condition of each denominator, and what a numerator asks beside it."""
    span = (period.start, period.end)

    def within(field: str) -> Q:
        return Q(**{f"{field}__gte": span[0], f"{field}__lt": span[1]})

    over = Q(due_at__lte=period.now) | Q(answered_at__isnull=False)
    due = Q(due_on__gte=period.first, due_on__lte=period.last) & over & ~Q(state__in=OUTSIDE)
    sent, ended = within("assigned_at"), within("closed_at")
    rated = within("called_back_at") & Q(satisfaction__in=RATED)
    solved = Q(solved=Solved.SOLVED)
    return {
        Kpi.SIGNED_IN_TIME: (sent, Q(signed_at__lte=F("sign_due_at"))),
        Kpi.ON_TIME: (due, Q(answered_at__lte=F("due_at"), was_late=False)),
        Kpi.DONE: (due, Q(state=State.CLOSED)),
        Kpi.SATISFIED: (rated, Q(satisfaction__in=CONTENT)),
        Kpi.SOLVED: (ended, solved),
        Kpi.SOLVED_AT_ONCE: (ended, solved & Q(redos=0, repeats=0)),
        Kpi.CONTACTED: (sent, Q(contacted=True)),
        Kpi.CALLED_BACK: (sent, Q(callbacks__gt=0)),
        Kpi.SENT_BACK: (sent, Q(returns_asked__gt=0)),
        Kpi.EXTENDED: (sent, Q(extensions__gt=0)),
        Kpi.REDONE: (sent, Q(redos__gt=0)),
    }


def _counts(period: Period) -> dict[str, Count]:
    took = Q(received_at__gte=period.start, received_at__lt=period.end) & ~Q(state=State.VOID)
    counts = {"received": Count("pk", filter=took)}
    for kpi, (below, above) in _conditions(period).items():
        counts[f"{kpi.value}_below"] = Count("pk", filter=below)
        counts[f"{kpi.value}_above"] = Count("pk", filter=below & above)
    return counts


def _rates(row: Mapping[str, int]) -> dict[Kpi, Rate]:
    return {kpi: Rate(row[f"{kpi.value}_above"], row[f"{kpi.value}_below"]) for kpi in TOLD}


def _whose() -> Coalesce:
    return Coalesce("handler_id", "organ_id")


def _line(key: str, name: str, row: Mapping[str, int]) -> Line:
    return Line(key, name, row["received"], _rates(row))


def _busiest(lines: Sequence[Line]) -> list[Line]:
    kept = [line for line in lines if line.received or any(r.below for r in line.rates.values())]
    return sorted(kept, key=lambda line: (-line.received, line.name))


def of_organs(organ_ids: Collection[int]) -> QuerySet[WorkOrder]:
    """Return the orders that some organs took in or have in hand: the part of one organ."""
    return WorkOrder.objects.filter(Q(organ_id__in=organ_ids) | Q(handler_id__in=organ_ids))
