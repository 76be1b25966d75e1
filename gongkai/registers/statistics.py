"""Register figures for table two, and the batches behind each (Art. 20 (5), (6), (8), (9); 50).

A batch belongs to the day its period ends on. The 2019 form counts fee items
(stock and change), the 2021 form the money collected; both are told.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from types import MappingProxyType

from django.db.models import BigIntegerField, Count, F, Q, Sum
from django.db.models.functions import Cast, Round

from gongkai.registers.lifecycle import DecisionState
from gongkai.registers.models import Batch, BatchQuerySet, Decision, DecisionQuerySet
from gongkai.registers.rules import DOUBLE, RegisterKind
from gongkai.tables.facts import Measure, Period, Record

_STOCK = ("opening_items", "item_change")
ASPECTS: Mapping[RegisterKind, tuple[str, ...]] = MappingProxyType(
    {
        RegisterKind.LICENCE: (*_STOCK, "decisions"),
        RegisterKind.OUTWARD_SERVICE: (*_STOCK, "decisions"),
        RegisterKind.PENALTY: (*_STOCK, "decisions"),
        RegisterKind.COERCION: (*_STOCK, "decisions"),
        RegisterKind.FEE: (*_STOCK, "amount"),
        RegisterKind.PROCUREMENT: ("projects", "amount"),
    }
)
MEASURES: tuple[Measure, ...] = tuple(
    Measure(f"register.{kind}", aspect) for kind, aspects in ASPECTS.items() for aspect in aspects
)
# Sums of decimals are sums of floats on SQLite; sums of whole 分 are exact on every database.
_AMOUNT_IN_FEN = Cast(Round(F("amount") * 100), BigIntegerField())


def facts_by_organ(period: Period, organ_ids: Collection[int]) -> dict[int, dict[Measure, Decimal]]:
    """Return every register figure of every organ for `period`: counts, and amounts in 元.

    `opening_items` is the sum of all changes of items before the period. One query.
    """
    facts = {organ_id: dict.fromkeys(MEASURES, Decimal(0)) for organ_id in organ_ids}
    before = Q(period_end__lt=period.start)
    within = Q(period_end__gte=period.start)
    sums = (
        Batch.objects.counting()
        .of(organ_ids)
        .filter(period_end__lte=period.end)
        .order_by()
        .values("organ_id", "kind")
        .annotate(
            sum_opening_items=Sum("item_change", filter=before),
            sum_item_change=Sum("item_change", filter=within),
            sum_decisions=Sum("decisions", filter=within),
            sum_projects=Sum("projects", filter=within),
            sum_amount=Sum(_AMOUNT_IN_FEN, filter=within),
        )
    )
    for row in sums:
        for aspect in ASPECTS[RegisterKind(row["kind"])]:
            value = Decimal(row[f"sum_{aspect}"] or 0)
            measure = Measure(f"register.{row['kind']}", aspect)
            facts[row["organ_id"]][measure] = value / 100 if aspect == "amount" else value
    return facts


def records_behind(measure: Measure, period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the batches that add up to a figure; those that add nothing are left out.

    Raises:
        KeyError: no register is counted under this measure.
    """
    if measure not in MEASURES:
        raise KeyError(measure)
    kind = RegisterKind(measure.subject.removeprefix("register."))
    field = "item_change" if measure.aspect == "opening_items" else measure.aspect
    behind = _batches(measure, period, organ_ids).filter(kind=kind).exclude(**{field: 0})
    return [
        Record(
            id=batch.record_id,
            label=f"{batch.organ.short_name} {batch}（{batch.source_name}）",
            organ_id=batch.organ_id,
            on=batch.period_end,
            adds=Decimal(getattr(batch, field)),
        )
        for batch in behind.select_related("organ").order_by("period_end", "pk")
    ]


def _batches(measure: Measure, period: Period, organ_ids: Collection[int]) -> BatchQuerySet:
    counting = Batch.objects.counting().of(organ_ids)
    if measure.aspect == "opening_items":
        return counting.filter(period_end__lt=period.start)
    return counting.between(period.start, period.end)


# -- single decisions, told by name in the prose (双公示) -------------------------------------


def publicity_counts(period: Period, organ_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return for each organ (published in time, decided) of the licences and penalties of a period.

    What was cancelled before it was public is in neither.
    """
    rows = _double(period, organ_ids).order_by().values_list("organ_id")
    counted = rows.annotate(decided=Count("pk"), on_time=Count("pk", filter=_ON_TIME))
    return {organ_id: (on_time, decided) for organ_id, decided, on_time in counted}


def publicity_records(period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the licences and penalties of a period that were published in time, by day."""
    found = _double(period, organ_ids).filter(_ON_TIME).select_related("organ")
    return [
        Record(row.typed_id, str(row), row.organ_id, row.decided_on, Decimal(1))
        for row in found.order_by("decided_on", "pk")
    ]


_ON_TIME = Q(published_on__isnull=False, published_on__lte=F("publish_by"))


def _double(period: Period, organ_ids: Collection[int]) -> DecisionQuerySet:
    unseen = Q(state=DecisionState.TAKEN_DOWN, published_on__isnull=True)
    return (
        Decision.objects.counting()
        .filter(organ_id__in=organ_ids, kind__in=sorted(DOUBLE))
        .filter(decided_on__range=(period.start, period.end))
        .exclude(unseen)
    )
