"""What waits for a person today of the yearly report: returns and reports to see to.

Figures are counted from the records at the moment of asking; each opens its list.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.annualreport.models import ReportYear, Return, ReturnState
from gongkai.annualreport.queries import permissions
from gongkai.desk.tiles import Tile


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
    for county in permissions.counties_seen_by(user, today):
        year = ReportYear.objects.filter(county=county).order_by("-year").first()
        if year is None:
            continue
        returns = permissions.returns_seen_by(user, year, today).order_by()
        states = dict(returns.values_list("state").annotate(Count("pk")))
        url = reverse("annualreport:board", args=[year.pk])
        drafts = states.get(ReturnState.DRAFT, 0)
        late = drafts if today > year.returns_due_on else 0
        tiles = (
            Tile(drafts, "个单位填报中", url, "bad" if late else ""),
            Tile(states.get(ReturnState.SUBMITTED, 0), "个单位已报送待接收", url),
            Tile(states.get(ReturnState.ACCEPTED, 0), "个单位已接收", url),
        )
        found.append(ReturnsToday(str(year), county.name, url, tiles, _words(year, late)))
    return found


def _words(year: ReportYear, late: int) -> str:
    due = f"{year.returns_due_on:%Y-%m-%d}"
    if late:
        return f"报送期限 {due} 已过，还有 {late} 个单位没有报送。"
    report = year.reports.filter(organ_id=year.county_id).order_by("-version").first()
    state = report.get_state_display() if report else "未建立"
    return (
        f"各单位报送期限 {due}；县年度报告公布期限 {year.report_due_on:%Y-%m-%d}，现为“{state}”。"
    )


def sent_back_today(user: User, today: date) -> list[Return]:
    """Return the returns sent back for change, with the reason, that the user may see."""
    return [
        unit
        for county in permissions.counties_seen_by(user, today)
        for year in ReportYear.objects.filter(county=county).order_by("-year")[:1]
        for unit in permissions.returns_seen_by(user, year, today)
        if unit.state == ReturnState.DRAFT and unit.sent_back_reason
    ]
