"""What was published, when it should have been, and the entries behind each figure (Art. 20, 26).

For the prose and part 五 of the annual report and for oversight. A publication belongs to the day
of its release; how the aspects are read:

- published (主动公开信息条数): made public for the first time in the period;
- renewed (更新条数): released again in the period because the information had changed;
- late (逾期公开条数): of both, what came after its last day; without a known last day: not late;
- withdrawn (撤下条数): taken off in the period and not public again;
- public_total (公开总条数): public at the end of the period, as the records stand now: what was
  taken off since counts while it was public;
- outstanding (应公开未公开条数): still to be made public, and the last day lies before the end of
  the period.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import CatalogueItem, Entry, Release
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.tables.facts import Measure, Period, Record

SUBJECT = "disclosure"
ASPECTS = ("published", "renewed", "late", "withdrawn", "public_total", "outstanding")
MEASURES: tuple[Measure, ...] = tuple(Measure(SUBJECT, aspect) for aspect in ASPECTS)
_OF_RELEASES = ("published", "renewed", "late")


def facts_by_organ(period: Period, organ_ids: Collection[int]) -> dict[int, dict[Measure, Decimal]]:
    """Return every figure of every organ. Two queries."""
    facts = {organ_id: dict.fromkeys(MEASURES, Decimal(0)) for organ_id in organ_ids}
    releases = _releases(period, organ_ids).order_by().values("organ_id")
    counted = releases.annotate(
        count_published=Count("pk", filter=_release("published")),
        count_renewed=Count("pk", filter=_release("renewed")),
        count_late=Count("pk", filter=_release("late")),
    )
    standing = _dated(organ_ids).order_by().values("organ_id")
    others = standing.annotate(
        **{
            f"count_{aspect}": Count("pk", filter=_entry(aspect, period))
            for aspect in ASPECTS
            if aspect not in _OF_RELEASES
        }
    )
    for rows in (counted, others):
        for row in rows:
            for aspect in ASPECTS:
                if f"count_{aspect}" in row:
                    measure = Measure(SUBJECT, aspect)
                    facts[row["organ_id"]][measure] = Decimal(row[f"count_{aspect}"])
    return facts


def records_behind(measure: Measure, period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the entries that make up a figure, each adding one (a late one once a release).

    Raises:
        KeyError: nothing of disclosure is counted under this measure.
    """
    if measure not in MEASURES:
        raise KeyError(measure)
    if measure.aspect in _OF_RELEASES:
        releases = _releases(period, organ_ids).filter(_release(measure.aspect))
        rows = releases.select_related("entry").order_by("released_on", "pk")
        return [_record(row.entry, row.released_on) for row in rows]
    entries = _dated(organ_ids).filter(_entry(measure.aspect, period)).order_by("pk")
    return [_record(entry, _day_of(entry, measure.aspect)) for entry in entries]


def _releases(period: Period, organ_ids: Collection[int]) -> QuerySet[Release]:
    return Release.objects.filter(
        organ_id__in=organ_ids, released_on__range=(period.start, period.end)
    )


def _release(aspect: str) -> Q:
    if aspect == "late":
        return Q(released_on__gt=F("due_on"))
    # A release without a last day that is not the first mends a text: nothing was owed.
    return Q(first=True) if aspect == "published" else Q(first=False, due_on__isnull=False)


def _dated(organ_ids: Collection[int]) -> QuerySet[Entry]:
    zone = timezone.get_current_timezone()
    return Entry.objects.of(organ_ids).annotate(
        first_on=TruncDate("first_published_at", tzinfo=zone),
        off_on=TruncDate("withdrawn_at", tzinfo=zone),
    )


def _entry(aspect: str, period: Period) -> Q:
    match aspect:
        case "withdrawn":
            return Q(live=False, off_on__range=(period.start, period.end))
        case "outstanding":
            return Q(owing=True, due_on__lt=period.end) & ~Q(state=EntryState.DISCARDED)
    seen = Q(first_on__lte=period.end)
    return seen & (Q(live=True) | Q(off_on__gt=period.end))


def _day_of(entry: Entry, aspect: str) -> date | None:
    if aspect == "outstanding":
        return entry.due_on
    at = entry.withdrawn_at if aspect == "withdrawn" else entry.first_published_at
    return timezone.localtime(at).date() if at else None


def _record(entry: Entry, on: date | None) -> Record:
    return Record(
        id=entry.record_id, label=str(entry), organ_id=entry.organ_id, on=on, adds=Decimal(1)
    )


def items_added(period: Period, organ_ids: Collection[int]) -> dict[int, Decimal]:
    """Return how many items joined each county's own catalogue in a period. One query.

    What stands in it from its first day was no addition; a changed item is no new one.
    """
    rows = _added(period, organ_ids).order_by().values("field__catalogue__county_id")
    return {
        row["field__catalogue__county_id"]: Decimal(row["number"])
        for row in rows.annotate(number=Count("pk"))
    }


def items_added_records(period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return those items, each adding one."""
    rows = _added(period, organ_ids).select_related("field__catalogue")
    return [
        Record(
            f"disclosure:item-{each.pk}",
            f"{each.field}：{each}",
            each.field.catalogue.county_id,
            each.valid_from,
            Decimal(1),
        )
        for each in rows.order_by("valid_from", "pk")
    ]


def _added(period: Period, organ_ids: Collection[int]) -> QuerySet[CatalogueItem]:
    followed = CatalogueItem.objects.filter(
        field__catalogue=OuterRef("field__catalogue"),
        field__code=OuterRef("field__code"),
        first_level=OuterRef("first_level"),
        second_level=OuterRef("second_level"),
        valid_to=OuterRef("valid_from"),
    )
    return CatalogueItem.objects.filter(
        ~Exists(followed),
        field__catalogue__county_id__in=organ_ids,
        field__catalogue__level=CatalogueLevel.COUNTY,
        valid_from__range=(period.start, period.end),
        valid_from__gt=F("field__catalogue__valid_from"),
    )
