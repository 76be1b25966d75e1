"""Hangs the operator's page into the staff side. Imported by `desk.apps`."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.desk.operating import views

_PATTERNS = [
    path("", views.StateView.as_view(), name="state"),
    path("retry/", views.RetryView.as_view(), name="retry"),
]


class OperatorItem(MenuItem):
    """Shown to who runs the system."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person does."""
        return views.may_operate(request)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("operating/", include((_PATTERNS, "operating"), namespace="operating"))]


@hooks.register("register_settings_menu_item")
def register_state() -> MenuItem:
    """Add the page to the settings."""
    return OperatorItem("运行状况", reverse("operating:state"), icon_name="cogs", order=130)
