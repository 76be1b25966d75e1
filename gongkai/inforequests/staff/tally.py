"""The staff's figures as tables: each number with the address of the cases behind it.

All numbers come from `inforequests.statistics`, which the yearly report and the public page
read too; nothing is counted here a second way.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.inforequests import statistics
from gongkai.inforequests.models import IntakeChannel
from gongkai.orgs.queries import ReportingUnit
from gongkai.statute.grounds import Ground, Outcome
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.charts import Bar, bars
from gongkai.tables.facts import Measure, Period, merge, requests_measure

Link = Callable[..., str]
SUMS = {
    "received": "新收",
    "carried_in": "上年结转",
    "concluded": "办结",
    "pending": "期末未办结",
    "on_time": "按期答复",
    "answered": "有期限的答复",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number and the list of its cases ("" when it has none)."""

    value: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what is counted, its bar, its number."""

    bar: Bar
    figure: Figure


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One table with its bars."""

    title: str
    head: str
    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One organ: received, concluded, open at the end, answered in time of those answered."""

    name: str
    received: Figure
    concluded: Figure
    pending: Figure
    on_time: Figure
    answered: Figure
    median: str

    @property
    def rate(self) -> str:
        """Return the share answered in time."""
        return rate(self.on_time.value, self.answered.value)


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of a period and some organs."""

    sums: tuple[tuple[str, Figure], ...]
    rate: str
    median: str
    breakdowns: tuple[Breakdown, ...]
    units: tuple[UnitLine, ...]


def rate(on_time: int, answered: int) -> str:
    """Return a share such as 98.5%; "" when nothing was answered."""
    return f"{100 * on_time / answered:.1f}%" if answered else ""


def tally(period: Period, units: Collection[ReportingUnit], *, by_unit: bool) -> Tally:
    """Return the figures of `units` over `period`; organ by organ when asked for."""
    ids = [pk for unit in units for pk in unit.covered]
    facts = statistics.facts_by_organ(period, ids)
    in_time = statistics.on_time_counts(period, ids)
    link, whole = _linker(period, ids), _Counts(merge(facts.values()))
    on_time, answered = (sum(pair[place] for pair in in_time.values()) for place in (0, 1))
    owner = {pk: unit.organ_id for unit in units for pk in unit.covered}
    together, medians = statistics.medians(period, owner)
    told = {
        "received": whole.count("received"),
        "carried_in": whole.count("carried_in"),
        "concluded": whole.concluded,
        "pending": whole.count("carried_out"),
        "on_time": on_time,
        "answered": answered,
    }
    return Tally(
        sums=tuple((SUMS[by], Figure(value, link(by=by))) for by, value in told.items()),
        rate=rate(on_time, answered),
        median=_said(together),
        breakdowns=(
            _channels(period, ids, link),
            _kinds(whole, link),
            _outcomes(whole, link),
            _grounds(whole, link),
            _months(period, ids, link),
        ),
        units=tuple(_unit_lines(period, units, facts, in_time, medians)) if by_unit else (),
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """The measures of table three, read by aspect."""

    facts: Mapping[Measure, Decimal]

    def count(self, aspect: str, kind: RequesterKind | None = None) -> int:
        """Return the number under an aspect, of one kind of requester or of all."""
        kinds = [kind] if kind else RequesterKind
        return int(sum(self.facts.get(requests_measure(aspect, each), 0) for each in kinds))

    def of(self, ground: Ground) -> int:
        """Return how many requests ended on a ground."""
        return self.count(f"outcome.{ground.name}")

    @property
    def concluded(self) -> int:
        """Return how many requests got their result."""
        return sum(self.of(ground) for ground in Ground)


def _channels(period: Period, ids: list[int], link: Link) -> Breakdown:
    channels = statistics.channel_counts(period, ids)
    rows = [
        (each.label, sum(row[each] for row in channels.values()), {"channel": each.value})
        for each in IntakeChannel
    ]
    return _broken_down("新收申请，按提交渠道", "渠道", rows, link, by="received")


def _kinds(whole: _Counts, link: Link) -> Breakdown:
    rows = [
        (each.label, whole.count("received", each), {"kind": each.value}) for each in RequesterKind
    ]
    return _broken_down("新收申请，按申请人类别", "申请人类别", rows, link, by="received")


def _outcomes(whole: _Counts, link: Link) -> Breakdown:
    rows = [
        (
            each.label,
            sum(whole.of(ground) for ground in Ground if ground.outcome is each),
            {"outcome": each.value},
        )
        for each in Outcome
    ]
    return _broken_down("办理结果", "结果", rows, link, by="concluded")


def _grounds(whole: _Counts, link: Link) -> Breakdown:
    rows = [
        (ground.label, whole.of(ground), {"ground": ground.value})
        for ground in Ground
        if whole.of(ground)
    ]
    return _broken_down("办理结果，按具体情形", "情形", rows, link, by="concluded")


def _linker(period: Period, ids: Collection[int]) -> Link:
    """Return what makes the address of the cases behind a figure of these organs and days."""
    base = {
        "from": period.start.isoformat(),
        "to": period.end.isoformat(),
        "organs": "-".join(map(str, sorted(ids))),
    }

    def link(**asked: str) -> str:
        return f"{reverse('inforequests:index')}?{urlencode({**base, **asked})}"

    return link


def _broken_down(
    title: str,
    head: str,
    rows: Collection[tuple[str, int, Mapping[str, str]]],
    link: Link,
    *,
    by: str,
) -> Breakdown:
    drawn = bars([(label, value) for label, value, _ in rows])
    if not drawn:
        return Breakdown(title, head, (), 0)
    lines = tuple(
        Line(bar, Figure(value, link(by=by, **asked)))
        for bar, (_, value, asked) in zip(drawn, rows, strict=True)
    )
    return Breakdown(title, head, lines, sum(value for _, value, _ in rows))


def _months(period: Period, ids: list[int], link: Link) -> Breakdown:
    counts = statistics.received_by_month(period, ids)
    rows = [
        (f"{month}月", counts.get(month, 0), {"from": first, "to": last})
        for month, first, last in _days_of_months(period)
    ]
    return _broken_down("新收申请，按月", "月份", rows, link, by="received")


def _days_of_months(period: Period) -> Iterator[tuple[int, str, str]]:
    """Yield the months of a year as far as the period goes, with their first and last days."""
    for month in range(1, period.end.month + 1):
        first = date(period.start.year, month, 1)
        after = date(first.year + month // 12, month % 12 + 1, 1)
        last = min(after - timedelta(days=1), period.end)
        yield month, first.isoformat(), last.isoformat()


def _unit_lines(
    period: Period,
    units: Collection[ReportingUnit],
    facts: Mapping[int, Mapping[Measure, Decimal]],
    in_time: Mapping[int, tuple[int, int]],
    medians: Mapping[int, Decimal],
) -> Iterator[UnitLine]:
    """Yield a line for each unit that has anything to tell."""
    for unit in units:
        link, own = _linker(period, unit.covered), _Counts(merge(facts[pk] for pk in unit.covered))
        good, answered = (sum(in_time[pk][place] for pk in unit.covered) for place in (0, 1))
        line = UnitLine(
            name=unit.short_name,
            received=Figure(own.count("received"), link(by="received")),
            concluded=Figure(own.concluded, link(by="concluded")),
            pending=Figure(own.count("carried_out"), link(by="pending")),
            on_time=Figure(good, link(by="on_time")),
            answered=Figure(answered, link(by="answered")),
            median=_said(medians.get(unit.organ_id)),
        )
        if line.received.value or line.concluded.value or line.pending.value:
            yield line


def _said(days: Decimal | None) -> str:
    return "" if days is None else f"{days.normalize():f}"
