"""What waits for a person today of the yearly report: returns and reports to see to.

Figures are counted from the records at the moment of asking; each opens its list.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.accounts.queries import asked_once
from gongkai.annualreport.models import Report, ReportState, ReportYear, Return, ReturnState
from gongkai.annualreport.queries import permissions
from gongkai.desk.tiles import Tile
from gongkai.orgs.models import Organ


@dataclass(frozen=True, slots=True)
class ReturnsToday:
    """One reporting year as it concerns a person."""

    year: str
    county: str
    url: str
    tiles: tuple[Tile, ...]
    words: str


def returns_today(user: User, today: date) -> list[ReturnsToday]:
    """Return the newest reporting year of each county that the user has to do with."""
    found = []
    for year in _newest_years(user, today):
        url = reverse("annualreport:board", args=[year.pk])
        late = year.drafts if today > year.returns_due_on else 0
        tiles = (
            Tile(year.drafts, "个单位填报中", url, "bad" if late else ""),
            Tile(year.handed_in, "个单位已报送待接收", url),
            Tile(year.accepted, "个单位已接收", url),
        )
        words = _words(year, late)
        found.append(ReturnsToday(str(year), year.county.name, url, tiles, words))
    return found


def sent_back_today(user: User, today: date) -> list[Return]:
    """Return the returns sent back for change, with the reason, that the user may see."""
    return [
        unit
        for year in _newest_years(user, today)
        if year.sent_back
        for unit in permissions.returns_seen_by(user, year, today)
        if unit.state == ReturnState.DRAFT and unit.sent_back_reason
    ]


def _newest_years(user: User, today: date) -> list[ReportYear]:
    """Return the newest year of each county, with counts of the returns that the user may see."""
    return asked_once(("newest report years", user.pk, today), lambda: _read(user, today))


def _read(user: User, today: date) -> list[ReportYear]:
    counties = permissions.county_ids_of(user, today)
    if not counties:
        return []
    newest: dict[int, ReportYear] = {}
    for year in _counted(permissions.organs_read_by(user, today)).filter(county__in=counties):
        newest.setdefault(year.county_id, year)
    return list(newest.values())


def _counted(organs: QuerySet[Organ]) -> QuerySet[ReportYear]:
    def units(**state: str) -> Count:
        return Count("returns", filter=Q(returns__organ__in=organs, **state), distinct=True)

    reports = Report.objects.filter(report_year=OuterRef("pk"), organ=OuterRef("county"))
    draft = {"returns__state": ReturnState.DRAFT}
    return (
        ReportYear.objects.select_related("county")
        .annotate(
            drafts=units(**draft),
            handed_in=units(returns__state=ReturnState.SUBMITTED),
            accepted=units(returns__state=ReturnState.ACCEPTED),
            sent_back=units(**draft, returns__sent_back_reason__gt=""),
            report_state=Subquery(reports.order_by("-version").values("state")[:1]),
        )
        .order_by("-year")
    )


def _words(year: ReportYear, late: int) -> str:
    due = f"{year.returns_due_on:%Y-%m-%d}"
    if late:
        return f"报送期限 {due} 已过，还有 {late} 个单位没有报送。"
    state = ReportState(year.report_state).label if year.report_state else "未建立"
    return (
        f"各单位报送期限 {due}；县年度报告公布期限 {year.report_due_on:%Y-%m-%d}，现为“{state}”。"
    )
