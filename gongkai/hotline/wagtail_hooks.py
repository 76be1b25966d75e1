"""Hangs the hotline into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.hotline.queries import RECORDERS, VIEWERS
from gongkai.hotline.staff import views
from gongkai.orgs.queries import Official

_PATTERNS = [
    path("", views.IndexView.as_view(), name="index"),
    path("add/", views.AddView.as_view(), name="add"),
    path("<uuid:pk>/", views.RecordView.as_view(), name="record"),
    path("<uuid:pk>/caller/", views.CallerView.as_view(), name="caller"),
    path("<uuid:pk>/step/<slug:event>/", views.StepView.as_view(), name="step"),
]


class HotlineMenuItem(MenuItem):
    """Shown to those whose posts let them see the orders of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ's orders."""
        return Official(request.user, timezone.now(), RECORDERS, VIEWERS).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("hotline/", include((_PATTERNS, "hotline"), namespace="hotline"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Add the orders to the main menu."""
    return HotlineMenuItem(
        "热线工单", reverse("hotline:index"), name="hotline", icon_name="comment", order=220
    )
