"""Hangs policy documents into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.orgs.queries import Official
from gongkai.policy.queries import RECORDERS, VIEWERS
from gongkai.policy.staff import (
    decisions,
    dossiers,
    filing,
    gazettes,
    listing,
    recording,
    rounds,
)

_PATTERNS = [
    path("", listing.IndexView.as_view(), name="index"),
    path("add/", recording.RegisterView.as_view(), name="register"),
    path("<int:pk>/", listing.RecordView.as_view(), name="record"),
    path("<int:pk>/correct/", recording.CorrectView.as_view(), name="correct"),
    path("<int:pk>/publish/", recording.PublishView.as_view(), name="publish"),
    path("<int:pk>/amend/", recording.RelateView.as_view(), name="amend"),
    path("<int:pk>/repeal/", recording.RelateView.as_view(repeals=True), name="repeal"),
    path("<int:pk>/relate/", recording.KinView.as_view(), name="relate"),
    path("<int:pk>/lapse/", recording.LapseView.as_view(), name="lapse"),
    path("<int:pk>/file/", filing.FileView.as_view(), name="file"),
    path("<int:pk>/withdraw/", recording.WithdrawView.as_view(), name="withdraw"),
    path(
        "relations/<int:pk>/cancel/",
        recording.CancelRelationView.as_view(),
        name="cancel_relation",
    ),
    path("dossiers/", dossiers.DossiersView.as_view(), name="dossiers"),
    path("dossiers/add/", dossiers.DraftView.as_view(), name="draft"),
    path("<int:pk>/dossier/", dossiers.DossierView.as_view(), name="dossier"),
    path("<int:pk>/dossier/submit/", dossiers.DossierActView.as_view(), name="submit"),
    path(
        "<int:pk>/dossier/publish/",
        dossiers.DossierActView.as_view(act="publish"),
        name="publish_dossier",
    ),
    path("<int:pk>/dossier/terms/", dossiers.TermsView.as_view(), name="terms"),
    path("<int:pk>/dossier/interpret/", dossiers.AddInterpretationView.as_view(), name="interpret"),
    path("<int:pk>/dossier/exempt/", dossiers.ExemptView.as_view(), name="exempt"),
    path("<int:pk>/dossier/require/", dossiers.RequireView.as_view(), name="require"),
    path("interpretations/<int:pk>/pairs/", dossiers.PairsView.as_view(), name="pairs"),
    path("filings/", filing.FilingsView.as_view(), name="filings"),
    path("expiring/", filing.ExpiringView.as_view(), name="expiring"),
    path("rounds/", rounds.RoundsView.as_view(), name="rounds"),
    path("rounds/add/", rounds.OpenRoundView.as_view(), name="open_round"),
    path("rounds/<int:pk>/", rounds.RoundView.as_view(), name="round"),
    path("rounds/<int:pk>/close/", rounds.CloseRoundView.as_view(), name="close_round"),
    path("rounds/items/<int:pk>/propose/", rounds.RoundItemView.as_view(), name="propose"),
    path(
        "rounds/items/<int:pk>/settle/", rounds.RoundItemView.as_view(settles=True), name="settle"
    ),
    path("decisions/", decisions.CataloguesView.as_view(), name="all_decisions"),
    path("decisions/add/", decisions.AddDecisionView.as_view(), name="add_decision"),
    path("decisions/<int:pk>/", decisions.CataloguesView.as_view(), name="decisions"),
    path(
        "decisions/<int:pk>/draft/", decisions.DraftCatalogueView.as_view(), name="draft_catalogue"
    ),
    path("decisions/items/<int:pk>/steps/", decisions.StepsView.as_view(), name="decision_steps"),
    path(
        "decisions/items/<int:pk>/drop/", decisions.DropDecisionView.as_view(), name="drop_decision"
    ),
    path("gazettes/", gazettes.IssuesView.as_view(), name="gazettes"),
    path("gazettes/add/", gazettes.ComposeView.as_view(), name="compose_issue"),
    path("gazettes/<int:pk>/", gazettes.IssueView.as_view(), name="gazette"),
    path("gazettes/<int:pk>/publish/", gazettes.PublishIssueView.as_view(), name="publish_issue"),
]


class PolicyMenuItem(MenuItem):
    """Shown to those whose posts let them see the documents of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), RECORDERS, VIEWERS).sees_any


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
