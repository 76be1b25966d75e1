"""Hangs remedies into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.orgs.queries import Official
from gongkai.remedies.queries import RECORDERS, VIEWERS
from gongkai.remedies.staff import (
    complaints,
    papers,  # noqa: F401 -- who opens the files of cases and complaints
    parts,
    views,
)

_PATTERNS = [
    path("", views.IndexView.as_view(), name="index"),
    path(
        "add/reconsideration/", views.AddReconsiderationView.as_view(), name="add_reconsideration"
    ),
    path("add/suit/", views.AddSuitView.as_view(), name="add_suit"),
    path("complaints/", complaints.ComplaintsView.as_view(), name="complaints"),
    path("complaints/add/", complaints.AddComplaintView.as_view(), name="add_complaint"),
    path("complaints/<uuid:pk>/", complaints.ComplaintView.as_view(), name="complaint"),
    path(
        "complaints/<uuid:pk>/step/<slug:event>/",
        complaints.ComplaintStepView.as_view(),
        name="complaint_step",
    ),
    path("<uuid:pk>/parties/add/", parts.AddPartyView.as_view(), name="add_party"),
    path("<uuid:pk>/parties/show/", parts.ShowPartiesView.as_view(), name="show_parties"),
    path("<uuid:pk>/parties/<uuid:part>/drop/", parts.DropPartyView.as_view(), name="drop_party"),
    path("<uuid:pk>/papers/add/", parts.FilePaperView.as_view(), name="file_paper"),
    path("<uuid:pk>/evidence/add/", parts.AddEvidenceView.as_view(), name="add_evidence"),
    path(
        "<uuid:pk>/evidence/<int:part>/drop/",
        parts.DropEvidenceView.as_view(),
        name="drop_evidence",
    ),
    path("<uuid:pk>/draft/<slug:what>.docx", parts.DraftView.as_view(), name="draft"),
    path("<uuid:pk>/", views.RecordView.as_view(), name="record"),
    path("<uuid:pk>/step/<slug:event>/", views.StepView.as_view(), name="step"),
]


class RemediesMenuItem(MenuItem):
    """Shown to those whose posts let them see the cases of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ's cases."""
        return Official(request.user, timezone.now(), RECORDERS, VIEWERS).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("remedies/", include((_PATTERNS, "remedies"), namespace="remedies"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Add the cases to the main menu."""
    return RemediesMenuItem(
        "复议诉讼",
        reverse("remedies:index"),
        name="remedies",
        icon_name="clipboard-list",
        order=210,
    )
