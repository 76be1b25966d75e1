"""Months side by side: what was found, closed, late and came again, by organ (practice.md 4.5).

Every figure is counted of the findings a person sees, so that an organ gets its own alone. False
alarms and mere notices are nobody's fault and are left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.lifecycle.findings import NO_FAULT, STANDING
from gongkai.inspections.models import Finding, Site
from gongkai.inspections.queries.ledger import OWED
from gongkai.inspections.rules.inside import NOTICES
from gongkai.inspections.rules.naming import label_of
from gongkai.orgs.models import Organ

MOST_LISTED = 30
_DONE = (FindingState.RECHECKED, FindingState.CLOSED)


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of an organ's findings in a month.

    `done` of `new` are put right by now; `late` of `due` were not answered by their date;
    `repeated` of `new` had been closed before.
    """

    new: int = 0
    done: int = 0
    repeated: int = 0
    closed: int = 0
    due: int = 0
    late: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.new + other.new,
            self.done + other.done,
            self.repeated + other.repeated,
            self.closed + other.closed,
            self.due + other.due,
            self.late + other.late,
        )


Counted = Mapping[tuple[int, date], Figures]  # by organ and first day of a month


@dataclass(frozen=True, slots=True)
class KindLine:
    """Findings of one kind at one organ: `part` of `whole`."""

    organ: str
    label: str
    part: int
    whole: int


def months_until(last: date, number: int = 12) -> list[date]:
    """Return the first days of so many months, `last`'s month at the end."""
    place = last.year * 12 + last.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(place - number + 1, place + 1)]


def after(month: date) -> date:
    """Return the first day of the next month."""
    return (month + timedelta(days=31)).replace(day=1)


def faults_of(found: QuerySet[Finding]) -> QuerySet[Finding]:
    """Return of findings what is somebody's fault."""
    rows = found.exclude(state__in=[state.value for state in NO_FAULT])
    return rows.exclude(rule__in=NOTICES).order_by()


def month_figures(found: QuerySet[Finding], months: Sequence[date], today: date) -> Counted:
    """Return the figures of each organ and month."""
    faults, told = faults_of(found), dict[tuple[int, date], dict[str, int]]()
    first, end = _moment(months[0]), _moment(after(months[-1]))
    new = faults.filter(found_at__gte=first, found_at__lt=end)
    done, again = Q(state__in=[s.value for s in _DONE]), Q(repeated=True)
    _count(told, new, "found_at", months, {"new": Q(), "done": done, "repeated": again})
    closed = faults.filter(closed_at__gte=first, closed_at__lt=end)
    _count(told, closed, "closed_at", months, {"closed": Q()})
    due = faults.filter(due_on__gte=months[0], due_on__lt=after(months[-1]))
    due = due.alias(answered_on=TruncDate("answered_at", tzinfo=timezone.get_current_timezone()))
    owed = Q(state__in=[state.value for state in OWED])
    late = Q(due_on__lt=today) & (
        owed | Q(answered_at__isnull=True) | Q(answered_on__gt=F("due_on"))
    )
    _count(told, due, "due_on", months, {"due": Q(), "late": late})
    return {key: Figures(**numbers) for key, numbers in told.items()}


def by_month(counted: Counted, months: Sequence[date]) -> list[tuple[date, Figures]]:
    """Return the sum of each month."""
    return [
        (month, _sum(figures for (_, of), figures in counted.items() if of == month))
        for month in months
    ]


def by_organ(counted: Counted, month: date) -> dict[int, Figures]:
    """Return one month's figures of each organ that has any."""
    return {organ: figures for (organ, of), figures in counted.items() if of == month}


def improved(found: QuerySet[Finding], month: date) -> list[KindLine]:
    """Return the kinds closed in a month, most first: how many, of those and what still stands."""
    faults = faults_of(found)
    closed = faults.filter(closed_at__gte=_moment(month), closed_at__lt=_moment(after(month)))
    standing = faults.filter(state__in=[state.value for state in STANDING])
    left = {_kind(row): row["n"] for row in _kinds(standing)}
    return [
        KindLine(
            row["organ__short_name"], _label(row), row["n"], row["n"] + left.get(_kind(row), 0)
        )
        for row in _kinds(closed)[:MOST_LISTED]
    ]


def repeating(found: QuerySet[Finding], months: Sequence[date]) -> list[KindLine]:
    """Return the kinds that came again within some months, most first: how many of all found."""
    first, end = _moment(months[0]), _moment(after(months[-1]))
    rows = faults_of(found).filter(found_at__gte=first, found_at__lt=end)
    every = {_kind(row): row["n"] for row in _kinds(rows)}
    return [
        KindLine(row["organ__short_name"], _label(row), row["n"], every[_kind(row)])
        for row in _kinds(rows.filter(repeated=True))[:MOST_LISTED]
    ]


def standing_at_ends(
    found: QuerySet[Finding], by: str, months: Sequence[date], now: datetime
) -> dict[int, list[dict[str, int]]]:
    """Return how many faults of each rule stood at the end of each month, by `site` or `organ`.

    What was found until then and not closed before; of a month that runs on, until now.
    """
    parts = {}
    for place, month in enumerate(months):
        end = min(_moment(after(month)), now)
        open_then = Q(closed_at__isnull=True) | Q(closed_at__gt=end)
        parts[f"m{place}"] = Count("pk", filter=Q(found_at__lte=end) & open_then)
    rows = faults_of(found).filter(**{f"{by}__isnull": False})
    told: dict[int, list[dict[str, int]]] = {}
    for row in rows.values(f"{by}_id", "rule").annotate(**parts):
        lines = told.setdefault(row[f"{by}_id"], [{} for _ in months])
        for place in range(len(months)):
            lines[place][row["rule"]] = row[f"m{place}"]
    return told


def scored_sites(county: Organ, organ_ids: Iterable[int] | None) -> list[Site]:
    """Return the sites of a county that are inspected; with `organ_ids`, those these answer for."""
    rows = Site.objects.filter(county=county, stopped_on__isnull=True).select_related("organ")
    return list(rows if organ_ids is None else rows.filter(organ_id__in=list(organ_ids)))


def _count(
    told: dict[tuple[int, date], dict[str, int]],
    rows: QuerySet[Finding],
    column: str,
    months: Sequence[date],
    wanted: Mapping[str, Q],
) -> None:
    """Add to `told` how many rows of each organ fall into each month, once for each wish."""
    parts = {}
    for place, month in enumerate(months):
        start: Any = month if column == "due_on" else _moment(month)
        end: Any = after(month) if column == "due_on" else _moment(after(month))
        within = Q(**{f"{column}__gte": start, f"{column}__lt": end})
        for name, also in wanted.items():
            parts[f"{name}_{place}"] = Count("pk", filter=within & also)
    for row in rows.values("organ_id").annotate(**parts):
        for place, month in enumerate(months):
            numbers = {name: row[f"{name}_{place}"] for name in wanted}
            if any(numbers.values()):
                told.setdefault((row["organ_id"], month), {}).update(numbers)


def _kinds(rows: QuerySet[Finding]) -> Any:
    counted = rows.values("organ_id", "organ__short_name", "rule", "item", "indicator")
    return counted.annotate(n=Count("*")).order_by("-n", "organ__short_name", "rule", "item")


def _kind(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("organ_id", "rule", "item", "indicator"))


def _label(row: Mapping[str, Any]) -> str:
    return label_of(row["rule"]) or row["item"] or row["indicator"]


def _sum(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
