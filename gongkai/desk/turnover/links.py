"""Links between the chapters, as the pages of either show them: the typed id resolved.

A link leads on only for who may see the other record; others read that it is there.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.admin.ui.components import Component

from gongkai.hotline import queries as hotline
from gongkai.hotline.models import WorkOrder
from gongkai.inforequests.models import InfoRequest, State
from gongkai.inforequests.queries import HANDLERS, organs_viewed_by
from gongkai.orgs.queries import Official
from gongkai.statute.grounds import Ground

Link = tuple[str, str]  # words and an address, "" when it leads nowhere for this person


def steps_of_order(request: HttpRequest, order: WorkOrder) -> list[Link]:
    """Return what may be done with an order beyond its own chapter."""
    if hotline.why_not_turned_over(order):
        return []
    return [("转为政府信息公开申请", reverse("desk:order_to_request", args=[order.pk]))]


def linked_to_order(request: HttpRequest, order: WorkOrder) -> list[Link]:
    """Return the request that an order was turned over to or came from."""
    app, _, pk = order.linked.partition(":")
    found = InfoRequest.objects.filter(pk=pk).first() if app == "inforequests" else None
    if found is None:
        return []
    seen = organs_viewed_by(request.user, timezone.localdate()).filter(pk=found.organ_id).exists()
    address = reverse("inforequests:record", args=[found.pk]) if seen else ""
    return [(f"政府信息公开申请{found.number}", address)]


def to_hotline(request: HttpRequest, info_request: InfoRequest) -> list[Link]:
    """Return the way to make a work order of a request, where there is one for this person."""
    ways = TurnOverPanel(request, info_request).ways()
    return [("转12345热线办理（同时生成工单）", address) for _, address in ways[:1]]


class TurnOverPanel(Component):
    """On the case page: the work orders behind a request, and the ways to pass it on."""

    order = 500
    template_name = "desk/turn_over_panel.html"

    def __init__(self, request: HttpRequest, info_request: InfoRequest) -> None:
        self.request = request
        self.info_request = info_request

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the orders, and the addresses that may be used now."""
        return {"orders": self.orders(), "ways": self.ways()}

    def render_html(self, parent_context: Any = None) -> SafeString:
        """Return the panel, or nothing where there is nothing to show."""
        context = self.get_context_data(parent_context)
        if not any(context.values()):
            return SafeString("")
        return super().render_html(parent_context)

    def orders(self) -> list[Link]:
        """Return the orders linked to the request."""
        case = self.info_request
        person = Official(self.request.user, timezone.now(), hotline.RECORDERS, hotline.VIEWERS)
        seen = person.sees.filter(pk=case.organ_id).exists()
        return [
            (
                f"热线工单{order.number}（{order.get_state_display()}）",
                reverse("hotline:record", args=[order.pk]) if seen else "",
            )
            for order in hotline.orders_linked_to(case.typed_id, [case.organ_id])
        ]

    def ways(self) -> list[Link]:
        """Return the ways to pass an answered petition or complaint on (Art. 39(1))."""
        case = self.info_request
        person = Official(self.request.user, timezone.now(), HANDLERS)
        petition = case.items.filter(ground=Ground.PETITION).exists()
        if case.state != State.REPLIED or not petition:
            return []
        if not person.may_act_for(case.organ_id):
            return []
        return [
            ("转为热线工单", reverse("desk:request_to_order", args=[case.pk])),
            ("转送信访机构", reverse("desk:refer_to_petition", args=[case.pk])),
        ]
