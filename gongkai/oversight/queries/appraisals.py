"""Reading appraisals: scores of an organ with their figures, totals, what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from gongkai.orgs.models import Organ
from gongkai.oversight.lifecycle import AppraisalState
from gongkai.oversight.models import (
    Appraisal,
    AppraisalUnit,
    Indicator,
    Rating,
    ScoreObjection,
)
from gongkai.oversight.rules.scoring import grade, ranks


@dataclass(frozen=True, slots=True)
class UnitLine:
    """An organ in the list: its totals, its place among its kind, how much is left to do."""

    unit: AppraisalUnit
    total: Decimal
    rank: int | None
    grade: str
    rated: int
    scored: int
    checked: int
    indicators: int


def unit_lines(appraisal: Appraisal, units: QuerySet[AppraisalUnit]) -> list[UnitLine]:
    """Return organs with their totals: each kind by place once all is scored. 2 queries."""
    number = appraisal.indicators.count()
    counted = units.annotate(
        sum_given=Sum("ratings__given", default=Decimal(0)),
        rated=Count("ratings", filter=Q(ratings__self_at__isnull=False)),
        scored=Count("ratings", filter=Q(ratings__given__isnull=False)),
        checked=Count("ratings", filter=Q(ratings__checked_at__isnull=False)),
    )
    rows = list(counted.order_by("organ__order", "organ__code"))
    fixed = appraisal.state == AppraisalState.CONFIRMED
    ranked = appraisal.state in (AppraisalState.SHOWN, AppraisalState.CONFIRMED)
    places = _places(rows) if ranked else {}
    lines = [
        UnitLine(
            row,
            row.total if fixed else row.sum_given,
            row.rank if fixed else places.get(row.pk),
            row.grade if fixed else (grade(row.sum_given, appraisal.full) if ranked else ""),
            row.rated,
            row.scored,
            row.checked,
            number,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (line.unit.level, line.rank or 0))


def _places(rows: Sequence[AppraisalUnit]) -> dict[int, int]:
    found: dict[int, int] = {}
    for level in {row.level for row in rows}:
        found |= ranks({row.pk: row.sum_given for row in rows if row.level == level})
    return found


def ratings_of(unit: AppraisalUnit) -> list[Rating]:
    """Return the scores of an organ in the order of the indicators, with objections."""
    rows = Rating.objects.filter(unit=unit).select_related("indicator", "unit__organ")
    return list(rows.prefetch_related("objections").order_by("indicator__place"))


def find_rating(pk: int) -> Rating | None:
    """Return a score with its organ, appraisal and indicator."""
    rows = Rating.objects.select_related("unit__organ", "unit__appraisal__county", "indicator")
    return rows.filter(pk=pk).first()


def sum_of_points(appraisal: Appraisal) -> Decimal:
    """Return what the points of all indicators come to."""
    return Indicator.objects.filter(appraisal=appraisal).aggregate(
        told=Sum("points", default=Decimal(0))
    )["told"]


def open_objections(appraisal: Appraisal) -> QuerySet[ScoreObjection]:
    """Return the objections that nobody has answered."""
    rows = ScoreObjection.objects.filter(rating__unit__appraisal=appraisal, upheld__isnull=True)
    return rows.select_related("rating__unit__organ", "rating__indicator")


def waiting_scores(
    rated_for: QuerySet[Organ], counties: QuerySet[Organ] | None
) -> dict[str, QuerySet[Rating]]:
    """Return what waits: to be rated for an organ; scored, checked, answered for the office."""
    own = Rating.objects.filter(
        unit__organ__in=rated_for.order_by(),
        unit__appraisal__state=AppraisalState.RATING,
        self_at__isnull=True,
    )
    found = {"rate": own}
    if counties is not None:
        kept = Rating.objects.filter(unit__appraisal__county__in=counties.order_by())
        review = kept.filter(unit__appraisal__state=AppraisalState.REVIEW)
        found["score"] = review.filter(given__isnull=True)
        found["check"] = review.filter(given__isnull=False, checked_at__isnull=True)
        found["objections"] = kept.filter(
            unit__appraisal__state=AppraisalState.SHOWN,
            objections__upheld__isnull=True,
            objections__isnull=False,
        ).distinct()
    return found
