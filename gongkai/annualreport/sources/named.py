"""Section one's figures, each asked of the chapter where the work was done, with its records.

Every figure is told by organ, so that a return, a layer and the county are sums of the same
records. What belongs to a county as a whole (its hall, its catalogue) stands with the county
government.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from functools import partial
from types import MappingProxyType

from django.utils import timezone

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
Ids = Collection[int]
Counts = Mapping[int, Decimal] | Mapping[int, tuple[int, int]]  # by organ; of a rate two counts
Count = Callable[[Period, Ids], Counts]
Behind = Callable[[Period, Ids], list[Record]]


def named_figures(period: Period, organ_ids: Ids) -> dict[int, dict[str, Figure]]:
    """Return for each organ what section one may name; a rate only where something was counted."""
    counted = {name: count(period, organ_ids) for name, count in _SINGLE.items()}
    for chapter in _CHAPTERS:
        counted |= chapter(period, organ_ids)
    told: dict[int, dict[str, Figure]] = {organ_id: {} for organ_id in organ_ids}
    for name in NAMED:
        for organ_id in organ_ids:
            figure = _figure(name, counted[name].get(organ_id))
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


def records_behind_name(name: str, period: Period, organ_ids: Ids) -> list[Record]:
    """Return the records that add up to a figure, oldest first; of a rate its numerator's.

    Raises:
        KeyError: no chapter tells this figure.
    """
    found = RECORDS[name](period, organ_ids)
    return sorted(found, key=lambda record: (record.on or period.end, record.organ_id, record.id))


# -- chapters that tell several figures, each asked once ------------------------------------

_PUBLISHED = Measure(disclosure.SUBJECT, "published")
_PLATFORMS = ("WEIBO", "WECHAT")
_RATES = {
    "hotline.on_time_rate": hotline.Kpi.ON_TIME,
    "hotline.satisfaction_rate": hotline.Kpi.SATISFIED,
}
_HALL = ("hall.organs", "hall.people", "hall.items", "hall.area", "hall.investment")
_PAID = {"hall.fulfilled": hall.PAID, "hall.fulfilled_amount": hall.AMOUNT}


def _published(period: Period, organ_ids: Ids) -> Counts:
    facts = disclosure.facts_by_organ(period, organ_ids)
    return {organ_id: told[_PUBLISHED] for organ_id, told in facts.items()}


def _posts(period: Period, organ_ids: Ids) -> dict[str, Counts]:
    found: dict[str, dict[int, Decimal]] = {
        f"newmedia.{platform}": defaultdict(Decimal) for platform in _PLATFORMS
    }
    for each in newmedia.posts_by_account(organ_ids, period.start, period.end):
        if each.platform in _PLATFORMS:
            found[f"newmedia.{each.platform}"][each.organ_id] += each.posts
    return dict(found)


def _post_records(platform: str, period: Period, organ_ids: Ids) -> list[Record]:
    return [
        Record(post.id, post.title, each.organ_id, timezone.localdate(post.posted_at), Decimal(1))
        for each in newmedia.posts_by_account(organ_ids, period.start, period.end)
        if each.platform == platform
        for post in newmedia.posts_behind(each.account_id, period.start, period.end)
    ]


def _orders(period: Period, organ_ids: Ids) -> dict[str, Counts]:
    """Count the orders as the period stands when it is over: all that fell due in it is."""
    lines = hotline.by_intake(organ_ids, hotline.over(period.start, period.end))
    told: dict[str, Counts] = {
        name: {pk: (line.rates[kpi].above, line.rates[kpi].below) for pk, line in lines.items()}
        for name, kpi in _RATES.items()
    }
    received = {pk: Decimal(line.received) for pk, line in lines.items()}
    return {"hotline.received": received, **told}


def _order_records(kpi: hotline.Kpi | None, period: Period, organ_ids: Ids) -> list[Record]:
    return hotline.records_behind(kpi, organ_ids, hotline.over(period.start, period.end))


def _counties(organ_ids: Ids) -> Iterable[Organ]:
    return Organ.objects.filter(pk__in=organ_ids, kind=OrganKind.COUNTY_GOVERNMENT)


def _halls(period: Period, organ_ids: Ids) -> dict[str, Counts]:
    counties = list(_counties(organ_ids))
    facts = hall.facts_by_organ(period, organ_ids)
    return {
        key: {
            county.pk: sum((each.adds for each in hall.behind(key, county, period)), Decimal(0))
            for county in counties
        }
        for key in _HALL
    } | {
        name: {pk: told.get(measure, Decimal(0)) for pk, told in facts.items()}
        for name, measure in _PAID.items()
    }


def _hall_records(key: str, period: Period, organ_ids: Ids) -> list[Record]:
    return [
        record for county in _counties(organ_ids) for record in hall.behind(key, county, period)
    ]


_CHAPTERS: tuple[Callable[[Period, Ids], dict[str, Counts]], ...] = (_posts, _orders, _halls)

# -- figures that are asked for one by one --------------------------------------------------


def _held(kind: str) -> tuple[Count, Behind]:
    told = oversight.EventKind(kind)
    return partial(oversight.events_held, told), partial(oversight.event_records, told)


def _closed(*, groups: bool) -> tuple[Count, Behind]:
    return partial(newmedia.closed_by_organ, groups), partial(newmedia.closed_records, groups)


def _complaints(aspect: str) -> tuple[Count, Behind]:
    return partial(remedies.complaint_counts, aspect), partial(remedies.complaint_records, aspect)


_ONE_BY_ONE: Mapping[str, tuple[Count, Behind]] = {
    "disclosure.published": (_published, partial(disclosure.records_behind, _PUBLISHED)),
    "proposals.published": (proposals.published_by_organ, proposals.published_records),
    "catalogue.added": (disclosure.items_added, disclosure.items_added_records),
    "registers.publicity_rate": (registers.publicity_counts, registers.publicity_records),
    **{f"complaints.{aspect}": _complaints(aspect) for aspect in remedies.COMPLAINT_ASPECTS},
    "newmedia.closed": _closed(groups=False),
    "newmedia.groups_closed": _closed(groups=True),
    "oversight.trainings": _held("TRAINING"),
    "oversight.trained": (oversight.people_trained, oversight.trained_records),
    "oversight.meetings": _held("MEETING"),
    "oversight.activities": _held("ACTIVITY"),
    "oversight.tasks_done_rate": (oversight.tasks_done, oversight.done_records),
    "oversight.appraised": (oversight.appraised, oversight.appraised_records),
    "oversight.satisfaction_rate": (oversight.satisfied, oversight.evaluation_records),
    "oversight.accountability": (oversight.held_to_account, oversight.case_records),
}
_SINGLE: Mapping[str, Count] = {name: count for name, (count, _) in _ONE_BY_ONE.items()}
RECORDS: Mapping[str, Behind] = MappingProxyType(
    {
        **{name: behind for name, (_, behind) in _ONE_BY_ONE.items()},
        **{f"newmedia.{each}": partial(_post_records, each) for each in _PLATFORMS},
        "hotline.received": partial(_order_records, None),
        **{name: partial(_order_records, kpi) for name, kpi in _RATES.items()},
        **{key: partial(_hall_records, key) for key in _HALL},
        **{name: partial(hall.records_behind, measure) for name, measure in _PAID.items()},
    }
)
