"""The panels of the staff home."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wagtail.admin.ui.components import Component

from gongkai.accounts.models import User
from gongkai.desk.counting import counts
from gongkai.desk.disclosure_today import disclosure_today, entries_waiting
from gongkai.desk.errors_today import errors_today, reports_waiting
from gongkai.desk.findings_today import findings_today, findings_waiting
from gongkai.desk.hall_today import hall_today, hall_waiting
from gongkai.desk.hotline_today import hotline_today, orders_waiting
from gongkai.desk.media_today import media_today, media_waiting
from gongkai.desk.oversight_today import work_today, work_waiting
from gongkai.desk.policy_today import documents_waiting, policy_today
from gongkai.desk.proposals_today import proposals_today, proposals_waiting
from gongkai.desk.registers_today import decisions_waiting, registers_today
from gongkai.desk.remedies_today import remedies_today, remedies_waiting
from gongkai.desk.requests_today import requests_today
from gongkai.desk.today import returns_today, sent_back_today
from gongkai.orgs.queries import held_by


class TodayPanel(Component):
    """What waits for this person today."""

    order = 100
    template_name = "desk/today_panel.html"

    def __init__(self, user: User, today: date, scope: str = "") -> None:
        self.user = user
        self.today = today
        self.scope = scope

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return the figures and lists that the panel shows."""
        counted = counts(
            {
                **entries_waiting(self.user, self.today),
                **reports_waiting(self.user, self.today),
                **documents_waiting(self.user, self.today),
                **findings_waiting(self.user, self.today),
                **media_waiting(self.user, self.today),
                **orders_waiting(self.user, self.today),
                **proposals_waiting(self.user, self.today),
                **hall_waiting(self.user, self.today),
                **remedies_waiting(self.user, self.today),
                **decisions_waiting(self.user, self.today),
                **work_waiting(self.user, self.today),
            }
        )
        return {
            "today": self.today,
            "posts": held_by(self.user, self.today),
            "requests": requests_today(self.user, self.today, self.scope),
            "disclosure": disclosure_today(counted),
            "returns": returns_today(self.user, self.today),
            "sent_back": sent_back_today(self.user, self.today),
            "errors": errors_today(counted),
            "policy": policy_today(counted),
            "findings": findings_today(counted),
            "newmedia": media_today(counted),
            "hotline": hotline_today(counted),
            "proposals": proposals_today(counted),
            "hall": hall_today(counted),
            "remedies": remedies_today(counted),
            "registers": registers_today(counted),
            "oversight": work_today(counted),
        }
