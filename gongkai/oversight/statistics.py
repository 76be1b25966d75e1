"""The office's own work in figures for the annual report, with the records behind (Art. 50).

What belongs to the county as a whole (evaluation, appraisal) stands with the county government.
"""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from gongkai.oversight.lifecycle import AppraisalState, PlanState, TaskState
from gongkai.oversight.models import AppraisalUnit, Evaluation, WorkTask
from gongkai.oversight.queries import result_of, standing_cases, standing_events
from gongkai.oversight.rules.kinds import EventKind
from gongkai.tables.facts import Period, Record

Counts = dict[int, Decimal]
Pairs = dict[int, tuple[int, int]]
_ONE = Decimal(1)


def events_held(kind: EventKind, period: Period, organ_ids: Collection[int]) -> Counts:
    """Return how many events of a kind each organ held. One query."""
    return _counted(_events(kind, period, organ_ids), "organ_id")


def event_records(kind: EventKind, period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return those events, each adding one."""
    return [
        Record(each.typed_id, str(each), each.organ_id, each.held_on, _ONE)
        for each in _events(kind, period, organ_ids).order_by("held_on", "pk")
    ]


def people_trained(period: Period, organ_ids: Collection[int]) -> Counts:
    """Return how many people (person-times) attended the training of each organ. One query."""
    rows = _events(EventKind.TRAINING, period, organ_ids).order_by().values("organ_id")
    return {row["organ_id"]: Decimal(row["n"]) for row in rows.annotate(n=Sum("heads"))}


def trained_records(period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the training, each adding those who attended."""
    return [
        Record(each.typed_id, str(each), each.organ_id, each.held_on, Decimal(each.heads))
        for each in _events(EventKind.TRAINING, period, organ_ids).order_by("held_on", "pk")
    ]


def tasks_done(period: Period, organ_ids: Collection[int]) -> Pairs:
    """Return of the tasks that fell due, by who leads: how many are done, how many there are."""
    tasks = _tasks(period, organ_ids)
    done = _counted(tasks.filter(state=TaskState.DONE), "lead_id")
    return {key: (int(done.get(key, 0)), int(n)) for key, n in _counted(tasks, "lead_id").items()}


def done_records(period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the tasks that are done, each adding one."""
    rows = _tasks(period, organ_ids).filter(state=TaskState.DONE).order_by("due_on", "pk")
    return [Record(each.typed_id, str(each), each.lead_id, each.due_on, _ONE) for each in rows]


def held_to_account(period: Period, organ_ids: Collection[int]) -> Counts:
    """Return how many cases of accountability each organ had (Art. 50: 责任追究结果). One query."""
    return _counted(standing_cases(organ_ids, period.start, period.end), "organ_id")


def case_records(period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return those cases, each adding one; neither who it was nor what followed is told."""
    return [
        Record(each.typed_id, f"{each.organ}责任追究", each.organ_id, each.decided_on, _ONE)
        for each in _cases(period, organ_ids)
    ]


def appraised(period: Period, organ_ids: Collection[int]) -> Counts:
    """Return how many organs each county appraised, by the confirmed appraisal of the year."""
    return _counted(_units(period, organ_ids), "appraisal__county_id")


def appraised_records(period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the organs appraised, each adding one."""
    rows = _units(period, organ_ids).select_related("organ", "appraisal")
    return [
        Record(
            each.typed_id,
            f"{each.organ.short_name}：{each.total}分（{each.grade}）",
            each.appraisal.county_id,
            each.appraisal.confirmed_on,
            _ONE,
        )
        for each in rows.order_by("-total", "pk")
    ]


def satisfied(period: Period, organ_ids: Collection[int]) -> Pairs:
    """Return of the answers to a county's public evaluations of the year: satisfied, given."""
    found: Pairs = {}
    for each in _evaluations(period, organ_ids):
        whole = result_of(each).whole
        above, below = found.get(each.county_id, (0, 0))
        found[each.county_id] = (above + whole.satisfied, below + whole.answered)
    return found


def evaluation_records(period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the evaluations, each adding the answers that are satisfied."""
    return [
        Record(
            each.typed_id,
            str(each),
            each.county_id,
            each.survey.results_on,
            Decimal(result_of(each).whole.satisfied),
        )
        for each in _evaluations(period, organ_ids)
    ]


def _cases(period: Period, organ_ids: Collection[int]) -> QuerySet[Any]:
    rows = standing_cases(organ_ids, period.start, period.end)
    return rows.select_related("organ").order_by("decided_on", "pk")


def _events(kind: EventKind, period: Period, organ_ids: Collection[int]) -> QuerySet[Any]:
    return standing_events(organ_ids, kind, period.start, period.end)


def _tasks(period: Period, organ_ids: Collection[int]) -> QuerySet[WorkTask]:
    rows = WorkTask.objects.filter(lead_id__in=organ_ids, due_on__range=(period.start, period.end))
    return rows.exclude(state=TaskState.DROPPED).exclude(plan__state=PlanState.DRAFT)


def _units(period: Period, organ_ids: Collection[int]) -> QuerySet[AppraisalUnit]:
    return AppraisalUnit.objects.filter(
        appraisal__county_id__in=organ_ids,
        appraisal__year=period.end.year,
        appraisal__state=AppraisalState.CONFIRMED,
    )


def _evaluations(period: Period, organ_ids: Collection[int]) -> QuerySet[Evaluation]:
    rows = Evaluation.objects.filter(
        county_id__in=organ_ids, year=period.end.year, survey__results_on__isnull=False
    )
    return rows.select_related("survey").order_by("pk")


def _counted(rows: QuerySet[Any], whose: str) -> Counts:
    found = rows.order_by().values(whose).annotate(n=Count("pk"))
    return {row[whose]: Decimal(row["n"]) for row in found}
