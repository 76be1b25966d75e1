"""Figures of what was done in a period, each from the chapter in which the work is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.disclosure import statistics as disclosure
from gongkai.disclosure.queries.catalogue import catalogues_of
from gongkai.disclosure.queries.catalogue_coverage import catalogue_coverage
from gongkai.engagement import statistics as engagement
from gongkai.inforequests import statistics as inforequests
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of
from gongkai.tables.facts import Measure, Period


@dataclass(frozen=True, slots=True)
class Share:
    """A rate with what it is made of; None of nothing."""

    part: int
    whole: int

    def __add__(self, other: "Share") -> "Share":
        return Share(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class WorkFigures:
    """What was done in a period: published by organ, requests received, answered on time."""

    published: Mapping[int, int]
    received: int
    answered: Share
    errors: Share
    solicitations: int


def work_figures(county: Organ, start: date, end: date) -> WorkFigures:
    """Return the county's figures of a period from the chapters in which the work is done."""
    ids = list(organs_of(county).values_list("pk", flat=True))
    period = Period(start, end)
    measure = Measure(disclosure.SUBJECT, "published")
    facts = disclosure.facts_by_organ(period, ids)
    channels = inforequests.channel_counts(period, ids)
    on_time = inforequests.on_time_counts(period, ids).values()
    months = engagement.error_months(ids, start, end)
    return WorkFigures(
        published={organ: int(told[measure]) for organ, told in facts.items() if told[measure]},
        received=sum(sum(told.values()) for told in channels.values()),
        answered=_sum(Share(part, whole) for part, whole in on_time),
        errors=_sum(Share(month.on_time, month.received) for month in months),
        solicitations=engagement.solicitation_figures(ids, start, end).begun,
    )


def _sum(shares: Iterable[Share]) -> Share:
    return sum(shares, Share(0, 0))


def coverage_by_organ(county: Organ, today: date) -> dict[int, Share]:
    """Return how many items of the standard catalogues each organ keeps published, of how many."""
    found: dict[int, Share] = {}
    for catalogue in catalogues_of(county, today):
        for (organ_id, _), tally in catalogue_coverage(catalogue, today).cells.items():
            held = found.get(organ_id, Share(0, 0))
            found[organ_id] = held + Share(tally.published, tally.total)
    return found
