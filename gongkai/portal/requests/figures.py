"""The public figures: how many requests came, how they ended, how fast (practice.md 2.6).

The same numbers as the staff's, from `inforequests.statistics`, for a year, the whole county
or its own level. Counts only, and never organ by month together: nobody is to be recognised.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.inforequests import statistics
from gongkai.inforequests.models import InfoRequest, IntakeChannel
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import Level, ReportingUnit, reporting_units
from gongkai.portal.requests.doors import guarded
from gongkai.portal.requests.pages import county_of, offices_or_404, shown
from gongkai.portal.requests.places import FIGURES
from gongkai.statute.grounds import Ground, Outcome
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.charts import Bar, bars
from gongkai.tables.facts import Period, merge, requests_measure

WHOLE, OWN = "quanxian", "xianbenji"
LEVELS = {WHOLE: "全县", OWN: Level.OWN.label}
_KEPT_SECONDS = 600
_HEAD = ("项目", "分类", "数量")


@dataclass(frozen=True, slots=True)
class Sums:
    """What stands on top: requests received, brought over, concluded, taken over; on time."""

    received: int
    carried_in: int
    concluded: int
    carried_out: int
    on_time: int
    answered: int
    median: str

    @property
    def rate(self) -> str:
        """Return the share answered in time, such as 98.5%; "" when none was answered."""
        return f"{100 * self.on_time / self.answered:.1f}%" if self.answered else ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One table with its bars: what is counted, by what, each figure."""

    title: str
    head: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of a year and level; `until` is the last day counted."""

    sums: Sums
    breakdowns: tuple[Breakdown, ...]
    months: tuple[Bar, ...]
    until: date

    @property
    def by_month(self) -> Breakdown:
        """Return the months as a table with bars."""
        return Breakdown("收到的申请，按月", "月份", self.months)


@guarded
@require_safe
def page(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show the figures of a year, this one unless told."""
    today = timezone.localdate()
    county, level = county_of(request), _level(request)
    offices_or_404(request, today)
    years = years_of(county, today)
    chosen = year if year is not None else years[0]
    if chosen not in years:
        raise Http404("没有这一年度的统计")
    told = figures(county, chosen, level, today)
    return shown(
        request,
        "figures",
        FIGURES,
        years=years,
        year=chosen,
        levels=LEVELS,
        level=level,
        told=told,
        whole_year=told.until < today,
    )


@guarded
@require_safe
def as_csv(request: HttpRequest, year: int) -> HttpResponse:
    """Send the same figures as CSV, in UTF-8 with the mark that spreadsheets look for."""
    today = timezone.localdate()
    county, level = county_of(request), _level(request)
    if year not in years_of(county, today):
        raise Http404("没有这一年度的统计")
    out = io.StringIO()
    csv.writer(out).writerows(_lines(figures(county, year, level, today), year, level))
    name = f"ysqgk-{year}-{level}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        "\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers
    )


def years_of(county: Organ, today: date) -> list[int]:
    """Return the years with figures, newest first: from the first request to this year."""
    organs = Organ.objects.filter(pk=county.pk) | Organ.objects.filter(county=county)
    first = InfoRequest.objects.filter(counted=True, organ__in=organs).aggregate(
        day=Min("received_on")
    )["day"]
    return list(range(today.year, (first.year if first else today.year) - 1, -1))


def figures(county: Organ, year: int, level: str, today: date) -> Told:
    """Return the figures of a year and level; kept ten minutes for everybody."""
    key = f"portal-request-figures-{county.pk}-{year}-{level}-{today}"
    told: Told | None = cache.get(key)
    if told is None:
        told = _counted(county, year, level, today)
        cache.set(key, told, _KEPT_SECONDS)
    return told


def _counted(county: Organ, year: int, level: str, today: date) -> Told:
    whole = Period.of_year(year)
    period = Period(whole.start, min(whole.end, today))
    units = reporting_units(county, period.start, period.end)
    if level == OWN:
        units = [unit for unit in units if unit.level is Level.OWN]
    ids = [pk for unit in units for pk in unit.covered]
    by_organ = statistics.facts_by_organ(period, ids)
    facts = merge(by_organ.values())

    def count(aspect: str, kinds: Iterable[RequesterKind] = RequesterKind) -> int:
        return int(sum(facts.get(requests_measure(aspect, kind), 0) for kind in kinds))

    outcomes = {
        outcome: sum(
            count(f"outcome.{ground.name}") for ground in Ground if ground.outcome is outcome
        )
        for outcome in Outcome
    }
    on_time = statistics.on_time_counts(period, ids).values()
    sums = Sums(
        received=count("received"),
        carried_in=count("carried_in"),
        concluded=sum(outcomes.values()),
        carried_out=count("carried_out"),
        on_time=sum(good for good, _ in on_time),
        answered=sum(answered for _, answered in on_time),
        median=_median(period, ids),
    )
    kinds = [(kind.label, count("received", [kind])) for kind in RequesterKind]
    parts = [
        Breakdown("收到的申请，按提交方式", "提交方式", bars(_channels(period, ids))),
        Breakdown("收到的申请，按申请人", "申请人", bars(kinds)),
        Breakdown(
            "办理结果", "结果", bars([(outcome.label, outcomes[outcome]) for outcome in Outcome])
        ),
    ]
    if level == WHOLE:
        received = [(unit.short_name, _received(unit, by_organ)) for unit in units]
        told = [(name, number) for name, number in received if number]
        parts.append(Breakdown("收到的申请，按机关", "机关", bars(told)))
    return Told(sums, tuple(parts), _months(period, ids), period.end)


def _received(unit: ReportingUnit, by_organ: dict) -> int:
    return int(
        sum(
            by_organ[pk].get(requests_measure("received", kind), 0)
            for pk in unit.covered
            for kind in RequesterKind
        )
    )


def _channels(period: Period, ids: list[int]) -> list[tuple[str, int]]:
    told: dict[str, int] = dict.fromkeys((channel.told_as for channel in IntakeChannel), 0)
    for counts in statistics.channel_counts(period, ids).values():
        for channel, number in counts.items():
            told[channel.told_as] += number
    return list(told.items())


def _lines(told: Told, year: int, level: str) -> Iterator[tuple[str, str, str]]:
    yield _HEAD
    yield "统计范围", f"{year}年{LEVELS[level]}", f"截至{told.until:%Y-%m-%d}"
    sums = told.sums
    for name, number in (
        ("收到申请", sums.received),
        ("上年结转", sums.carried_in),
        ("作出办理结果", sums.concluded),
        ("结转", sums.carried_out),
        ("按期答复", sums.on_time),
        ("计算按期率的答复", sums.answered),
    ):
        yield "合计", name, str(number)
    yield "合计", "答复用时中位数（工作日）", sums.median
    for part in told.breakdowns:
        for bar in part.bars:
            yield part.title, bar.label, str(bar.value)
    for bar in told.months:
        yield told.by_month.title, bar.label, str(bar.value)


def _level(request: HttpRequest) -> str:
    asked = request.GET.get("cengji", WHOLE)
    return asked if asked in LEVELS else WHOLE


def _months(period: Period, ids: list[int]) -> tuple[Bar, ...]:
    counts = statistics.received_by_month(period, ids)
    return bars([(f"{month}月", counts.get(month, 0)) for month in range(1, period.end.month + 1)])


def _median(period: Period, ids: list[int]) -> str:
    days = statistics.median_workdays(period, ids)
    return "" if days is None else f"{days.normalize():f}"
