"""Section one's figures, each asked of the chapter where the work was done, with its records.

Every figure is told by organ, so that a return, a layer and the county are sums of the same
records. What belongs to a county as a whole (its hall, its catalogue) stands with the county
government.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from types import MappingProxyType

from gongkai.annualreport.rules.figures import Figure, rate
from gongkai.annualreport.rules.named_figures import NAMED
from gongkai.disclosure import statistics as disclosure
from gongkai.hotline import statistics as hotline
from gongkai.newmedia import statistics as newmedia
from gongkai.orgs.models import Organ, OrganKind
from gongkai.oversight import statistics as oversight
from gongkai.proposals import statistics as proposals
from gongkai.registers import statistics as registers
from gongkai.remedies import statistics as remedies
from gongkai.servicehall import statistics as hall
from gongkai.tables.facts import Measure, Period, Record

_YUAN_PER_WAN = Decimal(10000)
Counts = Mapping[int, Decimal]
Pairs = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Source:
    """Who counts a figure: `count` by organ (a rate: numerator and denominator), `records`."""

    count: Callable[[Period, Collection[int]], Mapping]
    records: Callable[[Period, Collection[int]], list[Record]]


def named_figures(period: Period, organ_ids: Collection[int]) -> dict[int, dict[str, Figure]]:
    """Return for each organ what section one may name; a rate only where something was counted."""
    told: dict[int, dict[str, Figure]] = {organ_id: {} for organ_id in organ_ids}
    for name, source in SOURCES.items():
        counted = source.count(period, organ_ids)
        for organ_id in organ_ids:
            figure = _figure(name, counted.get(organ_id))
            if figure is not None:
                told[organ_id][name] = figure
    return told


def _figure(name: str, counted: Decimal | tuple[int, int] | None) -> Figure | None:
    unit = NAMED[name].unit
    if isinstance(counted, tuple):
        above, below = counted
        return rate(Decimal(above), Decimal(below)) if below else None
    if NAMED[name].is_rate:
        return None
    value = Decimal(counted or 0)
    return Figure(value / _YUAN_PER_WAN if unit == "万元" else value, unit)


def records_behind_name(name: str, period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return the records that add up to a figure, oldest first; of a rate its numerator's.

    Raises:
        KeyError: no chapter tells this figure.
    """
    found = SOURCES[name].records(period, organ_ids)
    return sorted(found, key=lambda record: (record.on or period.end, record.organ_id, record.id))


# -- the website ----------------------------------------------------------------------------

_PUBLISHED = Measure(disclosure.SUBJECT, "published")


def _published(period: Period, organ_ids: Collection[int]) -> Counts:
    facts = disclosure.facts_by_organ(period, organ_ids)
    return {organ_id: told[_PUBLISHED] for organ_id, told in facts.items()}


# -- the accounts ---------------------------------------------------------------------------


def _posts(platform: str, period: Period, organ_ids: Collection[int]) -> Counts:
    found: dict[int, Decimal] = defaultdict(Decimal)
    for each in newmedia.posts_by_account(organ_ids, period.start, period.end):
        if each.platform == platform:
            found[each.organ_id] += each.posts
    return found


def _post_records(platform: str, period: Period, organ_ids: Collection[int]) -> list[Record]:
    return [
        Record(post.id, post.title, each.organ_id, post.posted_at.date(), Decimal(1))
        for each in newmedia.posts_by_account(organ_ids, period.start, period.end)
        if each.platform == platform
        for post in newmedia.posts_behind(each.account_id, period.start, period.end)
    ]


# -- the hotline ----------------------------------------------------------------------------


def _hotline_period(period: Period) -> hotline.Period:
    """Return the period as seen when it is over: all that fell due in it is."""
    return hotline.over(period.start, period.end)


def _hotline(kpi: hotline.Kpi | None, period: Period, organ_ids: Collection[int]) -> Counts | Pairs:
    found = hotline.by_intake(organ_ids, _hotline_period(period))
    if kpi is None:
        return {organ_id: Decimal(line.received) for organ_id, line in found.items()}
    return {
        organ_id: (line.rates[kpi].above, line.rates[kpi].below) for organ_id, line in found.items()
    }


def _orders(kpi: hotline.Kpi | None, period: Period, organ_ids: Collection[int]) -> list[Record]:
    return hotline.records_behind(kpi, organ_ids, _hotline_period(period))


# -- the county's hall and catalogue --------------------------------------------------------


def _counties(organ_ids: Collection[int]) -> Iterable[Organ]:
    return Organ.objects.filter(pk__in=organ_ids, kind=OrganKind.COUNTY_GOVERNMENT)


def _hall(key: str, period: Period, organ_ids: Collection[int]) -> Counts:
    return {
        county.pk: sum((each.adds for each in hall.behind(key, county, period)), Decimal(0))
        for county in _counties(organ_ids)
    }


def _hall_records(key: str, period: Period, organ_ids: Collection[int]) -> list[Record]:
    return [
        record for county in _counties(organ_ids) for record in hall.behind(key, county, period)
    ]


def _paid(measure: Measure, period: Period, organ_ids: Collection[int]) -> Counts:
    facts = hall.facts_by_organ(period, organ_ids)
    return {organ_id: told.get(measure, Decimal(0)) for organ_id, told in facts.items()}


def _of_hall(key: str) -> _Source:
    return _Source(partial(_hall, key), partial(_hall_records, key))


# -- the office's own work ------------------------------------------------------------------


def _held(kind: str) -> _Source:
    told = oversight.EventKind(kind)
    return _Source(partial(oversight.events_held, told), partial(oversight.event_records, told))


def _closed(groups: bool) -> _Source:
    return _Source(
        partial(newmedia.closed_by_organ, groups), partial(newmedia.closed_records, groups)
    )


def _complaints(aspect: str) -> _Source:
    return _Source(
        partial(remedies.complaint_counts, aspect), partial(remedies.complaint_records, aspect)
    )


_WORK: Mapping[str, _Source] = {
    "newmedia.closed": _closed(groups=False),
    "newmedia.groups_closed": _closed(groups=True),
    "oversight.trainings": _held("TRAINING"),
    "oversight.trained": _Source(oversight.people_trained, oversight.trained_records),
    "oversight.meetings": _held("MEETING"),
    "oversight.activities": _held("ACTIVITY"),
    "oversight.tasks_done_rate": _Source(oversight.tasks_done, oversight.done_records),
    "oversight.appraised": _Source(oversight.appraised, oversight.appraised_records),
    "oversight.satisfaction_rate": _Source(oversight.satisfied, oversight.evaluation_records),
    "oversight.accountability": _Source(oversight.held_to_account, oversight.case_records),
}

SOURCES: Mapping[str, _Source] = MappingProxyType(
    {
        "disclosure.published": _Source(_published, partial(disclosure.records_behind, _PUBLISHED)),
        "proposals.published": _Source(proposals.published_by_organ, proposals.published_records),
        "newmedia.WEIBO": _Source(partial(_posts, "WEIBO"), partial(_post_records, "WEIBO")),
        "newmedia.WECHAT": _Source(partial(_posts, "WECHAT"), partial(_post_records, "WECHAT")),
        "catalogue.added": _Source(disclosure.items_added, disclosure.items_added_records),
        "hotline.received": _Source(partial(_hotline, None), partial(_orders, None)),
        "hotline.on_time_rate": _Source(
            partial(_hotline, hotline.Kpi.ON_TIME), partial(_orders, hotline.Kpi.ON_TIME)
        ),
        "hotline.satisfaction_rate": _Source(
            partial(_hotline, hotline.Kpi.SATISFIED), partial(_orders, hotline.Kpi.SATISFIED)
        ),
        "hall.organs": _of_hall("hall.organs"),
        "hall.people": _of_hall("hall.people"),
        "hall.items": _of_hall("hall.items"),
        "hall.area": _of_hall("hall.area"),
        "hall.investment": _of_hall("hall.investment"),
        "hall.fulfilled": _Source(
            partial(_paid, hall.PAID), partial(hall.records_behind, hall.PAID)
        ),
        "hall.fulfilled_amount": _Source(
            partial(_paid, hall.AMOUNT), partial(hall.records_behind, hall.AMOUNT)
        ),
        "registers.publicity_rate": _Source(
            registers.publicity_counts, registers.publicity_records
        ),
        **{f"complaints.{aspect}": _complaints(aspect) for aspect in remedies.COMPLAINT_ASPECTS},
        **_WORK,
    }
)
