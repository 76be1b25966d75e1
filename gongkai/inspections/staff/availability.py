"""Whether a site could be reached, day by day, and what its home page and columns showed last."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from gongkai.inspections import queries
from gongkai.inspections.models import Site, Watched
from gongkai.inspections.queries import visits
from gongkai.inspections.rules.visits import VISITS, Tally
from gongkai.inspections.sources.outside_behind import lacking
from gongkai.inspections.staff.access import OfficeView

WEEK, MONTH = 7, 30
_LEAST = 95.0  # percent: below it W2 is near
_STEP, _BAR, _HEIGHT = 20, 14, 100
_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of the chart: where it stands, how high, and in words."""

    x: int
    y: float
    height: float
    is_bad: bool
    on: date
    words: str


def bars(days: tuple[Tally, ...]) -> list[Bar]:
    """Return the bars of a chart; a day without a visit has none."""
    made = []
    for number, each in enumerate(days):
        if each.share is None:
            continue
        height = max(each.share * _HEIGHT / 100, 2.0)
        words = f"{each.on:%m月%d日}：访问{each.visits}次，打开{each.opened}次，{each.share:.1f}%"
        made.append(
            Bar(number * _STEP, _HEIGHT - height, height, each.share <= _LEAST, each.on, words)
        )
    return made


class AvailabilityView(OfficeView):
    """One site over a week and a month: chart, table, failures, freshness."""

    template_name = "inspections/availability.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        site = queries.sites_of(self.person.counties).filter(pk=pk).first()
        if site is None:
            raise Http404("没有这个网站，或者您无权查看。")
        self.site: Site = site
        self.page_title = f"{site.name}：可用性和更新"
        return self.render_to_response(self.get_context_data(**self.told(site)))

    def told(self, site: Site) -> dict[str, Any]:
        """Return what the screen shows."""
        today = timezone.localdate(self.person.now)
        month = visits.availability(site, today, MONTH)
        watched = Watched.objects.filter(site=site).order_by("-is_home", "newest_on", "address")
        return {
            "site": site,
            "week": visits.availability(site, today, WEEK).whole,
            "month": month,
            "bars": bars(month.days),
            "width": MONTH * _STEP,
            "bar_width": _BAR,
            "days": tuple(reversed(month.days)),
            "failures": [(each, visits.how(each)) for each in visits.failures_of(site)],
            "watched": watched[:_COLUMNS],
            "least": VISITS,
            "lacking": lacking(),
        }

    def trail(self) -> list[dict[str, Any]]:
        """Return the list of sites and the site."""
        return [
            {"url": reverse("inspections:sites"), "label": "巡查网站"},
            {"url": reverse("inspections:site", args=[self.site.pk]), "label": self.site.name},
        ]
