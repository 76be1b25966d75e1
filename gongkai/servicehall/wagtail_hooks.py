"""Hangs the service hall into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.orgs.queries import Official
from gongkai.servicehall.queries import RECORDERS, VIEWERS
from gongkai.servicehall.staff import (
    assistances,
    cases,
    figures,
    halls,
    importing,
    items,
    papers,  # noqa: F401 -- who opens the files of cases, help and zones
    policies,
    zones,
)
from gongkai.servicehall.staff.access import HOME
from gongkai.servicehall.staff.doing import ActView, Subject


def _act(subject: Subject, where: str) -> URLPattern:
    view = type("SubjectActView", (ActView,), {"subject": subject}).as_view()
    return path(f"{where}act/<slug:act>/", view, name=subject.act)


_PATTERNS = [
    path("", items.ItemsView.as_view(), name="items"),
    path("add/", items.AddItemView.as_view(), name="add_item"),
    path("import/", importing.ImportView.as_view(), name="import"),
    path("import/template.xlsx", importing.TemplateView.as_view(), name="template"),
    path("<int:pk>/", items.ItemView.as_view(), name="item"),
    path("<int:pk>/guide/", items.EditGuideView.as_view(), name="edit_guide"),
    _act(items.ITEM, "<int:pk>/"),
    path("halls/", halls.HallsView.as_view(), name="halls"),
    path("halls/add/", halls.AddHallView.as_view(), name="add_hall"),
    path("halls/<int:pk>/", halls.HallPageView.as_view(), name="hall"),
    path("halls/leave/<slug:kind>/<int:pk>/", halls.LeaveView.as_view(), name="leave"),
    _act(halls.HALL, "halls/<int:pk>/"),
    path("policies/", policies.PoliciesView.as_view(), name="policies"),
    path("policies/add/", policies.AddPolicyView.as_view(), name="add_policy"),
    path("policies/<int:pk>/", policies.PolicyView.as_view(), name="policy"),
    path("policies/<int:pk>/edit/", policies.EditPolicyView.as_view(), name="edit_policy"),
    path("policies/clauses/<int:pk>/file/", cases.FileCaseView.as_view(), name="file_case"),
    _act(policies.POLICY, "policies/<int:pk>/"),
    path("cases/", cases.CasesView.as_view(), name="cases"),
    path("cases/<uuid:pk>/", cases.CaseView.as_view(), name="case"),
    _act(cases.CASE, "cases/<uuid:pk>/"),
    path("help/", assistances.AssistancesView.as_view(), name="assistances"),
    path("help/add/", assistances.AddAssistanceView.as_view(), name="add_assistance"),
    path("help/<uuid:pk>/", assistances.AssistanceView.as_view(), name="assistance"),
    path("help/steps/<int:pk>/", assistances.FinishStepView.as_view(), name="finish_step"),
    _act(assistances.MATTER, "help/<uuid:pk>/"),
    path("zones/", zones.ZonesView.as_view(), name="zones"),
    path("zones/add/", zones.AddZoneView.as_view(), name="add_zone"),
    path("zones/<int:pk>/", zones.ZonePageView.as_view(), name="zone"),
    _act(zones.ZONE, "zones/<int:pk>/"),
    path("figures/", figures.FiguresView.as_view(), name="figures"),
    path("figures/<str:key>/", figures.BehindView.as_view(), name="behind"),
]


class HallItem(MenuItem):
    """Shown to those whose posts let them see the records of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), RECORDERS, VIEWERS).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("servicehall/", include((_PATTERNS, "servicehall"), namespace="servicehall"))]


@hooks.register("register_admin_menu_item")
def register_hall() -> MenuItem:
    """Add the service hall to the main menu."""
    url = reverse("servicehall:items")
    return HallItem(HOME, url, name="servicehall", icon_name="site", order=233)
