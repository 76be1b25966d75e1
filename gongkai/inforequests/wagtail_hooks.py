"""Hangs disclosure upon request into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.inforequests.queries import organs_viewed_by
from gongkai.inforequests.staff import cases, desk, intake

_PATTERNS = [
    path("", desk.IndexView.as_view(), name="index"),
    path("add/", intake.AddView.as_view(), name="add"),
    path("changes/", desk.ChangesView.as_view(), name="changes"),
    path("<uuid:pk>/", cases.RecordView.as_view(), name="record"),
    path("<uuid:pk>/requester/", cases.RequesterView.as_view(), name="requester"),
    path("<uuid:pk>/act/<slug:event>/", cases.ActView.as_view(), name="act"),
]


class RequestsMenuItem(MenuItem):
    """Shown to those whose posts let them see the requests of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ's requests."""
        return organs_viewed_by(request.user, timezone.localdate()).exists()


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    patterns = (_PATTERNS, "inforequests")
    return [path("inforequests/", include(patterns, namespace="inforequests"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Add the requests to the main menu."""
    return RequestsMenuItem(
        "依申请公开",
        reverse("inforequests:index"),
        name="inforequests",
        icon_name="mail",
        order=200,
    )
