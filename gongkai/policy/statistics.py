"""Figures on rules and normative documents for table two, and the documents behind each.

Art. 20 (1), 50. A joint document is counted once, with its lead organ. Documents
registered in error and withdrawn are not counted. How the columns are read:

- made (本年新制作数量, 本年制发件数): formed in the period, published or not;
- published (本年新公开数量): published in the period, whenever formed;
- public_total (对外公开总数量): all published on or before the last day of the period,
  valid or not, because an invalid document stays public, stamped. The notice of 2019
  does not say whether repealed ones are left out; the reference report's 24 beside
  11 new ones fits either reading;
- repealed (本年废止件数): repeal took effect in the period; lapse at the end of a term
  is no repeal;
- in_force (现行有效件数): in force on the last day of the period, amended ones too.
  What was never published does not bind and is not in force.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, Subquery

from gongkai.policy.models import PolicyDocument, PolicyDocumentQuerySet, repeals_of
from gongkai.policy.rules import DocumentKind
from gongkai.tables.facts import Measure, Period, Record

KINDS = (DocumentKind.RULES, DocumentKind.NORMATIVE)
ASPECTS = ("made", "published", "public_total", "repealed", "in_force")
MEASURES: tuple[Measure, ...] = tuple(
    Measure(f"documents.{kind}", aspect) for kind in KINDS for aspect in ASPECTS
)


def facts_by_organ(period: Period, organ_ids: Collection[int]) -> dict[int, dict[Measure, Decimal]]:
    """Return the five counts of rules and of normative documents for every organ. One query."""
    facts = {organ_id: dict.fromkeys(MEASURES, Decimal(0)) for organ_id in organ_ids}
    start, end = period.start, period.end
    counts = (
        _counted(organ_ids)
        .with_begin()
        .annotate(repealed_on=Subquery(repeals_of(OuterRef("pk")).values("effective_on")[:1]))
        .order_by()
        .values("organ_id", "kind")
        .annotate(
            count_made=Count("pk", filter=Q(formed_on__range=(start, end))),
            count_published=Count("pk", filter=Q(published_on__range=(start, end))),
            count_public_total=Count("pk", filter=Q(published_on__lte=end)),
            count_repealed=Count("pk", filter=Q(repealed_on__range=(start, end))),
            count_in_force=Count("pk", filter=_in_force(end)),
        )
    )
    for row in counts:
        for aspect in ASPECTS:
            measure = Measure(f"documents.{row['kind']}", aspect)
            facts[row["organ_id"]][measure] = Decimal(row[f"count_{aspect}"])
    return facts


def records_behind(measure: Measure, period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the documents that make up a figure, each adding one.

    Raises:
        KeyError: no document is counted under this measure.
    """
    if measure not in MEASURES:
        raise KeyError(measure)
    kind = DocumentKind(measure.subject.removeprefix("documents."))
    found = _behind(measure.aspect, _counted(organ_ids).filter(kind=kind), period)
    return [
        Record(
            id=document.record_id,
            label=str(document),
            organ_id=document.organ_id,
            on=document.formed_on if measure.aspect == "made" else document.published_on,
            adds=Decimal(1),
        )
        for document in found.order_by("formed_on", "pk")
    ]


def _counted(organ_ids: Collection[int]) -> PolicyDocumentQuerySet:
    return PolicyDocument.objects.counting().of(organ_ids).filter(kind__in=KINDS)


def _in_force(day: date) -> Q:
    # The same condition as PolicyDocumentQuerySet.in_force_on, over the joined day of repeal.
    not_repealed = Q(repealed_on__isnull=True) | Q(repealed_on__gt=day)
    return Q(begins_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day)) & not_repealed


def _behind(
    aspect: str, documents: PolicyDocumentQuerySet, period: Period
) -> PolicyDocumentQuerySet:
    match aspect:
        case "made":
            return documents.filter(formed_on__range=(period.start, period.end))
        case "published":
            return documents.filter(published_on__range=(period.start, period.end))
        case "public_total":
            return documents.filter(published_on__lte=period.end)
        case "repealed":
            return documents.repealed_between(period.start, period.end)
    return documents.in_force_on(period.end)
