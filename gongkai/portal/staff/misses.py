"""What people sought on the site in vain, week by week: what the office might publish or name.

For a county's OGI office alone. Nothing of who sought is kept (`searching.misses`).
"""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.portal.searching import misses
from gongkai.portal.staff.views import SiteView

SEARCH = "/sousuo/"  # on the public site, which may be another process with other addresses


class SearchMissesView(SiteView):
    """Show the words of the last weeks."""

    template_name = "portal/staff/search_misses.html"
    page_title = "查无结果的词"
    header_icon = "search"

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show the weeks of a county."""
        weeks = misses.weeks(self.county.pk, timezone.localdate())
        context = self.get_context_data(
            county=self.county,
            search=SEARCH,
            others=[county for county in self.counties if county != self.county],
            weeks=[week for week in weeks if week.words or week.withheld],
        )
        return self.render_to_response(context)
