"""What the staff home says about the calendar: a year's notice is missing."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from gongkai.calendars.queries import MissingYear, missing_year


class MissingYearPanel(Component):
    """A warning from 1 November, a grave one from 15 December."""

    order = 50
    template_name = "calendars/missing_year_panel.html"

    def __init__(self, missing: MissingYear) -> None:
        self.missing = missing

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Add what is missing, and whether this person may enter it."""
        user = parent_context["request"].user
        return {"missing": self.missing, "may_enter": user.has_perm("calendars.add_holidaynotice")}


def panels_today() -> list[Component]:
    """Return the panels that today calls for."""
    missing = missing_year(timezone.localdate())
    return [MissingYearPanel(missing)] if missing else []
