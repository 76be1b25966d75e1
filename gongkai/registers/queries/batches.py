"""Reading the registers: batches with the running stock, what stands, what would go wrong.

The stock of items of an organ on a day is the sum of all changes of batches whose
period had ended by that day; it is nowhere typed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from gongkai.orgs.models import Organ
from gongkai.registers import rules
from gongkai.registers.lifecycle import BatchState
from gongkai.registers.models import Batch, ImportRun
from gongkai.registers.rules import BatchFigures, RegisterKind, RowFault, worksheet
from gongkai.tables.grid import Grid

_KEY = (
    "organ_id",
    "kind",
    "period_start",
    "period_end",
    "item_change",
    "decisions",
    "projects",
    "amount",
    "source_name",
)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch as lists show it; `stock` is the items at the end of its last day."""

    id: int
    organ_id: int
    organ: str
    kind: RegisterKind
    period_start: date
    period_end: date
    item_change: int
    stock: int
    decisions: int
    projects: int
    amount: Decimal
    note: str
    source_name: str
    source_sha256: str
    state: BatchState
    entered_by: str
    entered_at: datetime
    import_id: int | None

    def counts(self, figure: str) -> bool:
        """Say whether this kind of register counts `figure`."""
        return figure in rules.FIGURES[self.kind]

    @property
    def figures(self) -> tuple[int | Decimal | None, ...]:
        """Change, stock, decisions, projects, amount; None for what the kind does not count."""
        return (
            self.item_change if self.counts("item_change") else None,
            self.stock if self.counts("item_change") else None,
            self.decisions if self.counts("decisions") else None,
            self.projects if self.counts("projects") else None,
            self.amount if self.counts("amount") else None,
        )


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row of a file, read: the organ it speaks of, its figures, its row number."""

    row: int
    organ: Organ
    figures: BatchFigures


def import_rows(
    grids: Sequence[Grid], *, file_name: str, organs: QuerySet[Organ]
) -> tuple[tuple[ImportRow, ...], tuple[RowFault, ...]]:
    """Read worksheets into rows for `organs`, the ones the importing person may act for.

    An organ is named by its full name, short name or code. A name of another organ and
    a name of none get the same answer.
    """
    sheet = worksheet.read(grids, file_name=file_name)
    known: dict[str, set[Organ]] = {}
    for organ in organs:
        for name in (organ.name, organ.short_name, organ.code):
            known.setdefault(name, set()).add(organ)
    rows: list[ImportRow] = []
    faults = list(sheet.faults)
    for written in sheet.rows:
        found = known.get(written.organ, set())
        if len(found) == 1:
            rows.append(ImportRow(written.row, next(iter(found)), written.figures))
        else:
            why = "有几个机构同名，请改填全称" if found else "不是您可以填报的机构，请核对名称"
            message = f"“{written.organ[:30]}”{why}"
            faults.append(RowFault(written.row, worksheet.HEADS["organ"], message))
    return tuple(rows), tuple(sorted(faults, key=lambda fault: fault.row))


def batches(
    organ_ids: Collection[int],
    *,
    kind: RegisterKind | None = None,
    year: int | None = None,
    state: BatchState | None = None,
) -> QuerySet[Batch]:
    """Return the batches of organs, newest period first, each with its `stock`."""
    found = Batch.objects.of(organ_ids).select_related("organ")
    if kind is not None:
        found = found.filter(kind=kind)
    if year is not None:
        found = found.between(date(year, 1, 1), date(year, 12, 31))
    if state is not None:
        found = found.filter(state=state)
    return found.annotate(stock=_stock_at(OuterRef("period_end"))).order_by("-period_end", "-pk")


def rows(found: Collection[Batch]) -> list[BatchRow]:
    """Return a page of `batches` as values."""
    return [
        BatchRow(
            id=batch.pk,
            organ_id=batch.organ_id,
            organ=batch.organ.short_name,
            kind=RegisterKind(batch.kind),
            period_start=batch.period_start,
            period_end=batch.period_end,
            item_change=batch.item_change,
            stock=batch.stock,
            decisions=batch.decisions,
            projects=batch.projects,
            amount=batch.amount,
            note=batch.note,
            source_name=batch.source_name,
            source_sha256=batch.source_sha256,
            state=BatchState(batch.state),
            entered_by=batch.entered_by,
            entered_at=batch.entered_at,
            import_id=batch.imported_in_id,
        )
        for batch in found
    ]


def stock_on(organ: Organ, kind: RegisterKind, day: date) -> int:
    """Return how many items the register of `organ` held at the end of `day`."""
    changes = Batch.objects.counting().filter(organ=organ, kind=kind, period_end__lte=day)
    return changes.aggregate(stock=Coalesce(Sum("item_change"), 0))["stock"]


def years(organ_ids: Collection[int]) -> list[int]:
    """Return the years that have batches of these organs, newest first."""
    found = Batch.objects.of(organ_ids).order_by().dates("period_end", "year", order="DESC")
    return [day.year for day in found]


def standing_keys(organ_ids: Collection[int], starts: Collection[date]) -> set[tuple[Any, ...]]:
    """Return what makes the counting batches of these organs near these days one and the same.

    A key is (organ id, kind, start, end, change, decisions, projects, amount, source).
    """
    if not starts:
        return set()
    near = Batch.objects.counting().of(organ_ids)
    near = near.filter(period_start__gte=min(starts), period_start__lte=max(starts))
    return set(near.order_by().values_list(*_KEY))


def overlaps(
    told: Sequence[tuple[Organ, BatchFigures]], but: Collection[int] = ()
) -> dict[int, str]:
    """Return by place in `told` what overlaps it in Chinese: standing batches, or one another.

    Two sources may rightly tell of one period, so this warns and refuses nothing. `but` are
    batches passed over, such as the one just entered. One query.
    """
    if not told:
        return {}
    first = min(figures.period_start for _, figures in told)
    last = max(figures.period_end for _, figures in told)
    near = Batch.objects.counting().of({organ.pk for organ, _ in told}).exclude(pk__in=but)
    near = near.filter(period_end__gte=first, period_start__lte=last).order_by("period_start")
    columns = ("organ_id", "kind", "period_start", "period_end")
    standing = [(*row, "已登记的批次") for row in near.values_list(*columns)]
    found: dict[int, str] = {}
    for place, (organ, figures) in enumerate(told):
        key = (organ.pk, str(figures.kind))
        for organ_id, kind, start, end, what in standing:
            apart = end < figures.period_start or start > figures.period_end
            if (organ_id, kind) == key and not apart:
                found[place] = f"与{what}（{start:%Y-%m-%d}至{end:%Y-%m-%d}）的期间重叠"
                break
        standing.append((*key, figures.period_start, figures.period_end, "前面的一行"))
    return found


def standing_import(source_sha256: str) -> ImportRun | None:
    """Return the run that imported a file by its hash while any of its batches counts."""
    standing = Batch.objects.counting().filter(imported_in__source_sha256=source_sha256)
    first = standing.select_related("imported_in").order_by("pk").first()
    return first.imported_in if first else None


def stock_below_zero(organ: Organ, kind: RegisterKind) -> str:
    """Return the Chinese message if the stock is below 0 on some day, else ""."""
    changes = (
        Batch.objects.counting()
        .filter(organ=organ, kind=kind)
        .exclude(item_change=0)
        .order_by("period_end")
        .values_list("period_end", "item_change")
    )
    below = rules.first_day_below_zero(changes)
    if below is None:
        return ""
    day, stock = below
    return (
        f"{organ.short_name}“{kind.label}”的项目数量到{day:%Y-%m-%d}将为{stock}，不得低于0；"
        "请核对“项目增减”，如缺少期初存量，请先补报以前年度的批次"
    )


def _stock_at(day: OuterRef) -> Coalesce:
    changes = (
        Batch.objects.counting()
        .filter(organ=OuterRef("organ"), kind=OuterRef("kind"), period_end__lte=day)
        .order_by()
        .annotate(one=F("kind"))
        .values("one")
        .annotate(total=Sum("item_change"))
        .values("total")
    )
    return Coalesce(Subquery(changes), 0)
