"""What higher storeys know of a request, shown on its page: reconsiderations and suits (Art. 51).

A request may not know of the remedies against it (they stand above), so the desk, which sees
both, adds them through the hook `construct_inforequest_panels`.
"""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from gongkai.inforequests.models import InfoRequest
from gongkai.remedies.models import Litigation, Reconsideration


class RemediesPanel(Component):
    """The reconsiderations and suits over one request."""

    template_name = "desk/remedies_panel.html"

    def __init__(self, remedies: list[Reconsideration | Litigation], opens: bool) -> None:
        self.remedies = remedies
        self.opens = opens  # whether the person may open them in their own chapter

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the panel shows."""
        return {"remedies": self.remedies, "opens": self.opens}


def remedies_of(info_request: InfoRequest) -> list[Reconsideration | Litigation]:
    """Return the reconsiderations, then the suits, over a request, in the order of filing."""
    about = {"info_request": info_request.typed_id}
    return [
        *Reconsideration.objects.filter(**about).order_by("filed_on"),
        *Litigation.objects.filter(**about).order_by("filed_on"),
    ]
