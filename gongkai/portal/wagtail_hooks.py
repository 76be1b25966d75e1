"""Hangs the public site's facts into Wagtail's admin: addresses and the settings menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.portal.staff.views import SiteInfoView, keeps_some_county

_PATTERNS = [
    path("", SiteInfoView.as_view(), name="site"),
    path("<int:pk>/", SiteInfoView.as_view(), name="site_of"),
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
