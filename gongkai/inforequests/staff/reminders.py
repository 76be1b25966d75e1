"""The reminders that never arrived, so that somebody puts the address right."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from gongkai.inforequests.queries.reminders import failed_reminders
from gongkai.inforequests.staff.access import RequestsView

PAGE = 50
SHOWN = timedelta(days=90)


class FailedView(RequestsView):
    """The reminders of the last ninety days that did not reach their people."""

    template_name = "inforequests/reminders.html"
    page_title = "没有送达的提醒"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of them, newest first."""
        found = failed_reminders(self.person.sees, self.person.now - SHOWN)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(items=page, told=""))
