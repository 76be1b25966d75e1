"""Hangs the hotline into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.hotline.queries import RECORDERS, VIEWERS
from gongkai.hotline.staff import (
    figures,
    importing,
    listing,
    papers,  # noqa: F401 -- who opens the files of orders
    publishing,
    reports,
    settings,
    views,
)
from gongkai.orgs.queries import Official

_ONE = "<uuid:pk>/"
_SETTINGS = "settings/"
_PATTERNS = [
    path("", listing.IndexView.as_view(), name="index"),
    path("add/", views.AddView.as_view(), name="add"),
    path("import/", importing.ImportView.as_view(), name="import"),
    path("import/template.xlsx", importing.TemplateView.as_view(), name="template"),
    path("figures/", figures.FiguresView.as_view(), name="figures"),
    path("figures/behind/", figures.BehindView.as_view(), name="behind"),
    path("figures/report.<str:kind>", figures.FileView.as_view(), name="figures_file"),
    path("reports/", reports.ReportsView.as_view(), name="reports"),
    path("reports/<int:pk>/", reports.ReportView.as_view(), name="report"),
    path("reports/<int:pk>/correct/", reports.CorrectView.as_view(), name="correct_report"),
    path(
        "reports/<int:pk>/report.<str:kind>", reports.ReportFileView.as_view(), name="report_file"
    ),
    path(_SETTINGS, settings.SettingsView.as_view(), name="settings"),
    path(f"{_SETTINGS}rules/add/", settings.RuleView.as_view(), name="add_rule"),
    path(f"{_SETTINGS}rules/<int:pk>/drop/", settings.DropRuleView.as_view(), name="drop_rule"),
    path(f"{_SETTINGS}limits/add/", settings.LimitView.as_view(), name="add_limit"),
    path(f"{_SETTINGS}calls/add/", settings.CallsView.as_view(), name="add_calls"),
    path(f"{_SETTINGS}clients/add/", settings.ClientView.as_view(), name="add_client"),
    path(
        f"{_SETTINGS}clients/<int:pk>/close/",
        settings.CloseClientView.as_view(),
        name="close_client",
    ),
    path(_ONE, views.RecordView.as_view(), name="record"),
    path(f"{_ONE}caller/", views.CallerView.as_view(), name="caller"),
    path(f"{_ONE}publish/", publishing.PublishView.as_view(), name="publish"),
    path(f"{_ONE}unpublish/", publishing.UnpublishView.as_view(), name="unpublish"),
    path(f"{_ONE}step/<slug:event>/", views.StepView.as_view(), name="step"),
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
