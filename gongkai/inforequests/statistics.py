"""The figures of table three (Art. 50(1)3; law.md 3.4) and of the yearly statistics.

    received      received on a day of the period
    carried_in    received before it, no result before it (上年结转)
    outcome.X     the result fell on a day of the period, in row X
    carried_out   received by its end, no result by then (结转下年度), whatever it waits for

A request counts from its day of receipt (Art. 31), under the kind of the requester
and never of an agent. What was split is counted split: the parts count, the form
they came on does not (`counted`). The model's constraints (a result never before
receipt, one ground for each result) make row one plus row two equal the results
plus row four, column by column, for any history. A reopening (Art. 51) changes nothing of
it: the first result stays, with the deadline it was given under.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db.models import Count, F, Q

from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.states import CONCLUDING, Event
from gongkai.inforequests.models import Act, InfoRequest, IntakeChannel
from gongkai.inforequests.rules import ground_of
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.facts import Measure, Period, Record, requests_measure

_OUTCOME = "outcome."
ASPECTS = (
    "received",
    "carried_in",
    *(f"{_OUTCOME}{ground.name}" for ground in Ground),
    "carried_out",
)
MEASURES = tuple(requests_measure(aspect, kind) for aspect in ASPECTS for kind in RequesterKind)


def _received(period: Period) -> Q:
    return Q(received_on__range=(period.start, period.end))


def _carried_in(period: Period) -> Q:
    return Q(received_on__lt=period.start) & _no_result_before(period.start)


def _concluded(period: Period) -> Q:
    return Q(concluded_on__range=(period.start, period.end), received_on__isnull=False)


def _carried_out(period: Period) -> Q:
    open_at_end = Q(concluded_on__isnull=True) | Q(concluded_on__gt=period.end)
    return Q(received_on__lte=period.end) & open_at_end


def _no_result_before(day: date) -> Q:
    return Q(concluded_on__isnull=True) | Q(concluded_on__gte=day)


_STOCKS: dict[str, Callable[[Period], Q]] = {
    "received": _received,
    "carried_in": _carried_in,
    "carried_out": _carried_out,
}


def facts_by_organ(period: Period, organ_ids: Collection[int]) -> dict[int, dict[Measure, Decimal]]:
    """Return every measure of table three for each organ, 0 where nothing happened.

    Four queries, each answered by one index, whatever the number of organs.
    """
    facts = {organ_id: dict.fromkeys(MEASURES, Decimal(0)) for organ_id in organ_ids}
    counted = InfoRequest.objects.filter(counted=True, organ_id__in=list(organ_ids)).order_by()
    for aspect, condition in _STOCKS.items():
        rows = counted.filter(condition(period)).values_list("organ_id", "requester_kind")
        for organ_id, kind, number in rows.annotate(number=Count("*")):
            facts[organ_id][requests_measure(aspect, RequesterKind(kind))] = Decimal(number)
    rows = counted.filter(_concluded(period)).values_list("organ_id", "requester_kind", "ground")
    for organ_id, kind, ground, number in rows.annotate(number=Count("*")):
        measure = requests_measure(_OUTCOME + Ground(ground).name, RequesterKind(kind))
        facts[organ_id][measure] = Decimal(number)
    return facts


def records_behind(measure: Measure, period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the requests that add up to a figure, by day; each adds one.

    Raises KeyError for a measure that is not of table three.
    """
    if measure.kind is None or measure.subject != "requests":
        raise KeyError(measure)
    found = InfoRequest.objects.filter(
        counted=True, organ_id__in=list(organ_ids), requester_kind=measure.kind
    )
    if measure.aspect.startswith(_OUTCOME):
        ground = Ground[measure.aspect.removeprefix(_OUTCOME)]
        found, day = found.filter(_concluded(period), ground=ground), "concluded_on"
    else:
        found, day = found.filter(_STOCKS[measure.aspect](period)), "received_on"
    rows = found.order_by(day, "number").values_list("pk", "number", "organ_id", day)
    return [
        Record(f"inforequests:{pk}", number, organ_id, on, Decimal(1))
        for pk, number, organ_id, on in rows
    ]


def outcomes_by_acts(period: Period, organ_ids: Collection[int]) -> dict[int, Counter[Measure]]:
    """Return how many results of each organ the acts themselves give: V11's other count.

    The day and the row are read from the act that ended each counted case, not from the
    projections that `facts_by_organ` counts, so that a result without its act, or on
    another day or row than its act says, is found. One query, answered by the index of
    the acts that end cases.
    """
    told: dict[int, Counter[Measure]] = {organ_id: Counter() for organ_id in organ_ids}
    rows = (
        Act.objects.filter(
            kind__in=CONCLUDING,
            on__range=(period.start, period.end),
            info_request__counted=True,
            info_request__organ_id__in=list(organ_ids),
        )
        .order_by()
        .values_list(
            "info_request__organ_id",
            "info_request__requester_kind",
            "kind",
            "data__grounds",
            "data__chosen",
        )
        .annotate(number=Count("*"))
    )
    for organ_id, requester_kind, kind, grounds, chosen, number in rows:
        data = {"grounds": grounds, "chosen": chosen}
        ground = ground_of(CaseAct(0, Event(kind), period.end, data))
        measure = requests_measure(_OUTCOME + ground.name, RequesterKind(requester_kind))
        told[organ_id][measure] += number
    return told


def channel_counts(
    period: Period, organ_ids: Collection[int]
) -> dict[int, dict[IntakeChannel, int]]:
    """Return how many requests each organ received in the period by each channel, 0 included.

    For the prose of part one (县本级受理…当面…在线…信函…), in one query. Group by
    `IntakeChannel.told_as` to tell them as 当面、信函、网络、传真.
    """
    counts = {organ_id: dict.fromkeys(IntakeChannel, 0) for organ_id in organ_ids}
    rows = (
        InfoRequest.objects.filter(_received(period), counted=True, organ_id__in=list(organ_ids))
        .order_by()
        .values_list("organ_id", "channel")
        .annotate(number=Count("*"))
    )
    for organ_id, channel, number in rows:
        counts[organ_id][IntakeChannel(channel)] = number
    return counts


def on_time_counts(period: Period, organ_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return for each organ (answered by their deadline, answered), results of the period.

    Only results given by the organ count (replies, not lapses or withdrawals): a
    request without a deadline at its end is in neither number.
    """
    counts = dict.fromkeys(organ_ids, (0, 0))
    rows = (
        InfoRequest.objects.filter(
            _concluded(period),
            counted=True,
            answer_due_on__isnull=False,
            organ_id__in=list(organ_ids),
        )
        .order_by()
        .values_list("organ_id")
        .annotate(
            on_time=Count("pk", filter=Q(concluded_on__lte=F("answer_due_on"))), answered=Count("*")
        )
    )
    for organ_id, on_time, answered in rows:
        counts[organ_id] = (on_time, answered)
    return counts


def received_by_month(period: Period, organ_ids: Collection[int]) -> dict[int, int]:
    """Return how many requests were received in each month of a period of one year; one query."""
    rows = (
        InfoRequest.objects.filter(_received(period), counted=True, organ_id__in=list(organ_ids))
        .order_by()
        .values_list("received_on__month")
        .annotate(number=Count("*"))
    )
    return dict(rows)


def median_workdays(period: Period, organ_ids: Collection[int]) -> Decimal | None:
    """Return the median of the working days that the answers of a period took.

    Answers alone count, as in `on_time_counts`; the day of receipt is day 0. One query over
    the pairs of days; None when nothing was answered.
    """
    return medians(period, dict.fromkeys(organ_ids, 0))[0]


def median_by_group(period: Period, group_of: Mapping[int, int]) -> dict[int, Decimal]:
    """Return the median of working days of each group of organs; see `medians`."""
    return medians(period, group_of)[1]


def medians(
    period: Period, group_of: Mapping[int, int]
) -> tuple[Decimal | None, dict[int, Decimal]]:
    """Return the median of working days of all organs together and of each group; one query.

    `group_of` names the group of each organ; a group that answered nothing is left out.
    """
    rows = (
        InfoRequest.objects.filter(
            _concluded(period),
            counted=True,
            answer_due_on__isnull=False,
            organ_id__in=list(group_of),
        )
        .order_by()
        .values_list("received_on", "concluded_on", "organ_id")
        .annotate(number=Count("*"))
    )
    workdays = lru_cache(maxsize=None)(workday_calendar().count)
    taken: dict[int, Counter[int]] = defaultdict(Counter)
    for received_on, concluded_on, organ_id, number in rows:
        taken[group_of[organ_id]][workdays(received_on, concluded_on)] += number
    together = sum(taken.values(), Counter())
    by_group = {group: _median(days) for group, days in taken.items()}
    return (_median(together) if together else None), by_group


def _median(taken: Counter[int]) -> Decimal:
    """Return the median of how often each number of days was taken."""
    total, seen, middle = taken.total(), 0, []
    for days in sorted(taken):
        before, seen = seen, seen + taken[days]
        middle += [days for place in {(total - 1) // 2, total // 2} if before <= place < seen]
    return Decimal(sum(middle)) / len(middle)
