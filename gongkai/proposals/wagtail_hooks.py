"""Hangs proposals into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.orgs.queries import Official
from gongkai.proposals.queries import RECORDERS, VIEWERS
from gongkai.proposals.staff import figures, listing, tables, views

_PATTERNS = [
    path("", listing.IndexView.as_view(), name="index"),
    path("add/", views.RegisterView.as_view(), name="register"),
    path("import/", tables.ImportView.as_view(), name="import"),
    path("import/template.xlsx", tables.TemplateView.as_view(), name="template"),
    path("export.xlsx", tables.ExportView.as_view(), name="export"),
    path("figures/", figures.FiguresView.as_view(), name="figures"),
    path("figures/<int:year>/summary/", figures.SummaryView.as_view(), name="draft_summary"),
    path("<int:pk>/", views.RecordView.as_view(), name="record"),
    path("<int:pk>/amend/", views.AmendView.as_view(), name="amend"),
    path("<int:pk>/contact/", views.ContactView.as_view(), name="contact"),
    path("<int:pk>/act/<slug:act>/", views.ActView.as_view(), name="act"),
]


class ProposalsItem(MenuItem):
    """Shown to those whose posts let them see the proposals of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), RECORDERS, VIEWERS).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("proposals/", include((_PATTERNS, "proposals"), namespace="proposals"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    """Add the proposals to the main menu."""
    url = reverse("proposals:index")
    return ProposalsItem("建议提案", url, name="proposals", icon_name="group", order=224)
