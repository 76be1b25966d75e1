"""The figures of table four (Art. 50(1)4; law.md 3.2-3.4), counted by the database.

UPHELD, CORRECTED and OTHER count the cases decided on a day of the period. PENDING
(尚未审结) counts the cases filed by the end of the period and not decided by then:
a case that stays open over several years' ends is pending in each of those years,
and is counted with its result only in the year of the decision. Table four has no
row of cases carried over, so its years do not add up, and are not meant to. A suit that
was appealed is not at its end: it is pending until the second instance decides. What was
struck as entered in error counts nowhere.
"""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from gongkai.remedies.lifecycle import PENDING, Result, Route, State, Verdict
from gongkai.remedies.lifecycle import Measure as Handling
from gongkai.remedies.models import Complaint, Litigation, Reconsideration
from gongkai.tables.facts import Measure, Period, Record

_RECONSIDERATION = "RECONSIDERATION"
SUBJECTS = (_RECONSIDERATION, *(route.value for route in Route))
ASPECTS = (*(result.value for result in Result), PENDING)
MEASURES = tuple(
    Measure(f"remedies.{subject}", aspect) for subject in SUBJECTS for aspect in ASPECTS
)


def _decided(period: Period) -> Q:
    return Q(decided_on__range=(period.start, period.end))


def _pending(period: Period) -> Q:
    open_at_end = Q(decided_on__isnull=True) | Q(decided_on__gt=period.end)
    return Q(filed_on__lte=period.end) & open_at_end


def facts_by_organ(period: Period, organ_ids: Collection[int]) -> dict[int, dict[Measure, Decimal]]:
    """Return every measure of table four for each organ, 0 where nothing happened (4 queries)."""
    facts = {organ_id: dict.fromkeys(MEASURES, Decimal(0)) for organ_id in organ_ids}
    for cases in (
        Reconsideration.objects.annotate(subject_key=Value(_RECONSIDERATION)),
        Litigation.objects.annotate(subject_key=F("route")),
    ):
        of_organs = cases.filter(organ_id__in=list(organ_ids)).exclude(state=State.STRUCK)
        of_organs = of_organs.order_by()
        decided = of_organs.filter(_decided(period)).annotate(aspect=F("result"))
        pending = of_organs.filter(_pending(period)).annotate(aspect=Value(PENDING))
        for rows in (decided, pending):
            counts = rows.values_list("organ_id", "subject_key", "aspect")
            for organ_id, subject, aspect, number in counts.annotate(number=Count("pk")):
                facts[organ_id][Measure(f"remedies.{subject}", aspect)] = Decimal(number)
    return facts


def records_behind(measure: Measure, period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the cases that add up to a figure, by day; each adds one.

    Raises KeyError for a measure that is not of table four.
    """
    if measure not in MEASURES:
        raise KeyError(measure)
    found = _cases(measure.subject.removeprefix("remedies.")).filter(organ_id__in=list(organ_ids))
    if measure.aspect == PENDING:
        found, day = found.filter(_pending(period)), "filed_on"
    else:
        found, day = found.filter(_decided(period), result=measure.aspect), "decided_on"
    return [
        Record(case.typed_id, str(case), case.organ_id, getattr(case, day), Decimal(1))
        for case in found.select_related("organ").order_by(day, "pk")
    ]


def _cases(subject: str) -> QuerySet[Any]:
    if subject == _RECONSIDERATION:
        return Reconsideration.objects.exclude(state=State.STRUCK)
    return Litigation.objects.filter(route=subject).exclude(state=State.STRUCK)


# -- complaints and reports, told by name in the prose (Art. 47, 50(2), 51) -----------------

COMPLAINT_ASPECTS = ("received", "true", "circulated", "referred")


def complaint_counts(aspect: str, period: Period, organ_ids: Collection[int]) -> dict[int, Decimal]:
    """Return how many complaints and reports an office received, found true, … in a period."""
    found = _complaints(aspect, period).filter(organ_id__in=list(organ_ids)).order_by()
    counts = found.values_list("organ_id").annotate(number=Count("pk"))
    return {organ_id: Decimal(number) for organ_id, number in counts}


def complaint_records(aspect: str, period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the complaints and reports behind such a figure, by day; none is named."""
    day = _COMPLAINT_DAYS[aspect]
    found = _complaints(aspect, period).filter(organ_id__in=list(organ_ids))
    return [
        Record(row.typed_id, row.number, row.organ_id, getattr(row, day), Decimal(1))
        for row in found.order_by(day, "number")
    ]


_COMPLAINT_DAYS = {
    "received": "received_on",
    "true": "found_on",
    "circulated": "found_on",
    "referred": "referred_on",
}
_COMPLAINT_NARROWED = {
    "received": Q(),
    "true": Q(verdict__in=[Verdict.TRUE, Verdict.PARTLY]),
    "circulated": Q(measure=Handling.CIRCULATE),
    "referred": Q(),
}


def _complaints(aspect: str, period: Period) -> QuerySet[Complaint]:
    day = _COMPLAINT_DAYS[aspect]
    within = Q(**{f"{day}__range": (period.start, period.end)})
    return Complaint.objects.filter(within, _COMPLAINT_NARROWED[aspect])
