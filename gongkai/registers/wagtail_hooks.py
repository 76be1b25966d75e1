"""Hangs the registers into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.orgs.queries import Official
from gongkai.registers.staff import (
    decision_importing,
    decisions,
    entering,
    importing,
    listing,
    papers,  # noqa: F401 -- who opens the source files of batches and imports
    yearly,
)
from gongkai.registers.staff.access import RECORDERS, VIEWERS

_PATTERNS = [
    path("", listing.IndexView.as_view(), name="index"),
    path("template.xlsx", listing.TemplateDownload.as_view(), name="template"),
    path("batches.xlsx", listing.ExportDownload.as_view(), name="export"),
    path("add/<str:kind>/", entering.EnterView.as_view(), name="enter"),
    path("import/", importing.ImportView.as_view(), name="import"),
    path("import/confirm/", importing.ConfirmView.as_view(), name="confirm"),
    path(
        "import/<int:pk>/withdraw/",
        importing.WithdrawImportView.as_view(),
        name="withdraw_import",
    ),
    path("years/<int:year>/", yearly.YearView.as_view(), name="year"),
    path("years/<int:year>.xlsx", yearly.YearDownload.as_view(), name="year_xlsx"),
    path("decisions/", decisions.DecisionsView.as_view(), name="decisions"),
    path(
        "decisions/template.xlsx",
        decisions.DecisionsTemplate.as_view(),
        name="decisions_template",
    ),
    path("decisions/export.xlsx", decisions.DecisionsExport.as_view(), name="export_decisions"),
    path("decisions/add/", decisions.EnterDecisionView.as_view(), name="enter_decision"),
    path(
        "decisions/import/",
        decision_importing.ImportDecisionsView.as_view(),
        name="import_decisions",
    ),
    path(
        "decisions/import/confirm/",
        decision_importing.ConfirmDecisionsView.as_view(),
        name="confirm_decisions",
    ),
    path("decisions/<int:pk>/", decisions.DecisionView.as_view(), name="decision"),
    path(
        "decisions/<int:pk>/<slug:event>/",
        decisions.DecisionStepView.as_view(),
        name="decision_step",
    ),
    path("<int:pk>/", listing.RecordView.as_view(), name="record"),
    path("<int:pk>/correct/", entering.CorrectView.as_view(), name="correct"),
    path("<int:pk>/withdraw/", entering.WithdrawView.as_view(), name="withdraw"),
]


class RegistersMenuItem(MenuItem):
    """Shown to those whose posts let them see the figures of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), RECORDERS, VIEWERS).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens of the registers under their own namespace."""
    return [path("registers/", include((_PATTERNS, "registers"), namespace="registers"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Add the registers to the main menu."""
    return RegistersMenuItem(
        "统计台账", reverse("registers:index"), name="registers", icon_name="table", order=300
    )
