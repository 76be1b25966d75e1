"""The screen of retention and logs: what is kept how long, what the logs lack."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from gongkai.records.queries import log_state
from gongkai.records.rules import rules_on
from gongkai.records.staff.access import KeepingBase


class KeepingView(KeepingBase):
    """The table of retention, and how the logs stand."""

    template_name = "records/keeping.html"
    page_title = "保管期限和日志"

    def get(self, request: HttpRequest, *args: Any) -> HttpResponse:
        """Show both."""
        today = self.official.today
        context = self.get_context_data(rules=list(rules_on(today)), logs=log_state(today))
        return self.render_to_response(context)
