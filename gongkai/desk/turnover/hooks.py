"""Hangs the turning over into the staff side: addresses, and links on the pages of either chapter.

Imported by `desk.apps`.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from gongkai.desk.turnover import links, views
from gongkai.inforequests.models import Event, InfoRequest

_PATTERNS = [
    path("orders/<uuid:pk>/", views.OrderToRequestView.as_view(), name="order_to_request"),
    path("requests/<uuid:pk>/", views.RequestToOrderView.as_view(), name="request_to_order"),
    path(
        "requests/<uuid:pk>/petition/",
        views.ReferToPetitionView.as_view(),
        name="refer_to_petition",
    ),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under the desk's own namespace."""
    return [path("turnover/", include((_PATTERNS, "desk"), namespace="desk"))]


@hooks.register("construct_inforequest_panels")
def add_panel(request: HttpRequest, info_request: InfoRequest, panels: list[Any]) -> None:
    """Show on the case page what was turned over, and the ways to do it."""
    panels.append(links.TurnOverPanel(request, info_request))


@hooks.register("construct_inforequest_leads")
def lead_to_order(
    request: HttpRequest, info_request: InfoRequest, event: Event, leads: list[links.Link]
) -> None:
    """Lead who refers a matter to the hotline to the form that makes the order too."""
    if event is Event.REFER:
        leads.extend(links.to_hotline(request, info_request))


hooks.register("hotline_order_steps", links.steps_of_order)
hooks.register("hotline_order_linked", links.linked_to_order)
