"""Hangs the public site's facts into Wagtail's admin: addresses and the settings menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.outbox.actions import put
from gongkai.portal.publishing.place import is_on
from gongkai.portal.publishing.table import Shows
from gongkai.portal.staff.misses import SearchMissesView
from gongkai.portal.staff.views import SiteInfoView, keeps_some_county
from gongkai.portal.tasks import PUBLISH

_PATTERNS = [
    path("", SiteInfoView.as_view(), name="site"),
    path("<int:pk>/", SiteInfoView.as_view(), name="site_of"),
    path("search/", SearchMissesView.as_view(), name="search_misses"),
    path("search/<int:pk>/", SearchMissesView.as_view(), name="search_misses_of"),
]


class SiteInfoItem(MenuItem):
    """Shown to a county's OGI office."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person keeps the site of some county."""
        return keeps_some_county(request)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screen under its own namespace."""
    return [path("site/", include((_PATTERNS, "portal_staff"), namespace="portal_staff"))]


@hooks.register("register_settings_menu_item")
def register_menu_item() -> MenuItem:
    """Add the site's facts to the settings."""
    return SiteInfoItem("网站信息", reverse("portal_staff:site"), icon_name="globe", order=90)


def _texts_changed(*_: Any, **__: Any) -> None:
    """Let the pages with text be written anew: Wagtail's own acts ring no bell."""
    if is_on():
        told = {"shows": [Shows.TEXTS.name]}
        put(PUBLISH, told, at=timezone.now(), dedupe_key=Shows.TEXTS.name)


for _moment in ("publish", "unpublish", "delete", "move"):
    hooks.register(f"after_{_moment}_page", _texts_changed)


@hooks.register("register_reports_menu_item")
def register_misses_item() -> MenuItem:
    """Add what people sought in vain to the reports."""
    address = reverse("portal_staff:search_misses")
    return SiteInfoItem("查无结果的词", address, icon_name="search", order=900)
