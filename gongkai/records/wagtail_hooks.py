"""Hangs records into Wagtail's admin: addresses, the menu, the package on a case's page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, re_path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from gongkai.inforequests.models import InfoRequest, State
from gongkai.orgs.models import Role
from gongkai.orgs.queries import Official
from gongkai.records.queries import KEEPERS, LOG_READERS, READERS
from gongkai.records.staff.keeping import KeepingView
from gongkai.records.staff.lists import FileView, IndexView, ListView, MakeView, PackageView

_PATTERNS = [
    path("", IndexView.as_view(), name="index"),
    path("make/", MakeView.as_view(), name="make"),
    path("<int:pk>/", ListView.as_view(), name="list"),
    re_path(r"^(?P<pk>[0-9]+)/list\.(?P<form>xlsx|docx)$", FileView.as_view(), name="file"),
    path("cases/<uuid:pk>/package/", PackageView.as_view(), name="package"),
    path("keeping/", KeepingView.as_view(), name="keeping"),
]


class RecordsItem(MenuItem):
    """Shown to those who hold one of some roles."""

    def __init__(self, *args: Any, roles: frozenset[Role], **more: Any) -> None:
        super().__init__(*args, **more)
        self._roles = roles

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person holds one of them."""
        return Official(request.user, timezone.now(), KEEPERS, self._roles).sees_any


class PackagePanel(Component):
    """The package of an archived case, on its page."""

    template_name = "records/package_panel.html"

    def __init__(self, info_request: InfoRequest) -> None:
        self.info_request = info_request

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the panel shows."""
        return {
            "info_request": self.info_request,
            "csrf_token": parent_context.get("csrf_token", ""),
        }


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("records/", include((_PATTERNS, "records"), namespace="records"))]


@hooks.register("register_admin_menu_item")
def register_lists() -> MenuItem:
    """Add the lists handed over to the main menu."""
    url = reverse("records:index")
    return RecordsItem(
        "档案移交", url, name="records", icon_name="folder-open-inverse", order=620, roles=READERS
    )


@hooks.register("register_admin_menu_item")
def register_keeping() -> MenuItem:
    """Add retention and logs to the main menu."""
    url = reverse("records:keeping")
    roles = READERS | LOG_READERS
    return RecordsItem(
        "保管期限和日志", url, name="keeping", icon_name="history", order=625, roles=roles
    )


@hooks.register("construct_inforequest_panels")
def show_package(request: HttpRequest, info_request: InfoRequest, panels: list[Any]) -> None:
    """Offer on an archived case's page its package to the office."""
    if info_request.state != State.ARCHIVED:
        return
    official = Official(request.user, timezone.now(), KEEPERS, READERS)
    if official.may_act_for(info_request.organ_id):
        panels.append(PackagePanel(info_request))
