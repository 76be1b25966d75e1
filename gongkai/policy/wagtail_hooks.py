"""Hangs policy documents into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.orgs.queries import Official
from gongkai.policy.staff import listing, recording
from gongkai.policy.staff.access import RECORDERS

_PATTERNS = [
    path("", listing.IndexView.as_view(), name="index"),
    path("add/", recording.RegisterView.as_view(), name="register"),
    path("<int:pk>/", listing.RecordView.as_view(), name="record"),
    path("<int:pk>/correct/", recording.CorrectView.as_view(), name="correct"),
    path("<int:pk>/publish/", recording.PublishView.as_view(), name="publish"),
    path("<int:pk>/amend/", recording.RelateView.as_view(), name="amend"),
    path("<int:pk>/repeal/", recording.RelateView.as_view(repeals=True), name="repeal"),
    path("<int:pk>/withdraw/", recording.WithdrawView.as_view(), name="withdraw"),
    path(
        "relations/<int:pk>/cancel/",
        recording.CancelRelationView.as_view(),
        name="cancel_relation",
    ),
]


class PolicyMenuItem(MenuItem):
    """Shown to those whose posts let them see the documents of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), RECORDERS).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens of policy documents under their own namespace."""
    return [path("policy/", include((_PATTERNS, "policy"), namespace="policy"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Add policy documents to the main menu."""
    return PolicyMenuItem(
        "政策文件", reverse("policy:index"), name="policy", icon_name="doc-full", order=310
    )
