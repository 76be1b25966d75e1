"""Hangs the registry of accounts into Wagtail's admin: addresses and the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.disclosure.models import Entry
from gongkai.newmedia.queries import RECORDERS, VIEWERS
from gongkai.newmedia.rules.worksheet import ACCOUNT_HEADS, POST_HEADS
from gongkai.newmedia.staff import (
    account,
    accounts,
    campaigns,
    importing,
    papers,  # noqa: F401 -- who opens the archived content of accounts
    posts,
    publications,
    publishing,
)
from gongkai.orgs.queries import Official

_BOOK = importing.TemplateView
_POSTS = _BOOK.as_view(heads=POST_HEADS, file_name="新媒体发布记录.xlsx")
_ACCOUNTS = _BOOK.as_view(heads=ACCOUNT_HEADS, file_name="新媒体账号.xlsx")
_CAMPAIGN = "campaigns/<int:pk>/"
_PATTERNS = [
    path("", accounts.AccountsView.as_view(), name="accounts"),
    path("apply/", accounts.ApplyView.as_view(), name="apply"),
    path("register/", accounts.RegisterView.as_view(), name="register"),
    path("import/", importing.ImportAccountsView.as_view(), name="import_accounts"),
    path("import/template.xlsx", _ACCOUNTS, name="accounts_template"),
    path("posts/import/", importing.ImportPostsView.as_view(), name="import_posts"),
    path("posts/import/template.xlsx", _POSTS, name="posts_template"),
    path("posts/<int:pk>/strike/", posts.StrikeView.as_view(), name="strike_post"),
    path("<int:pk>/", account.AccountView.as_view(), name="account"),
    path("<int:pk>/upkeep/", account.UpkeepView.as_view(), name="keep_up"),
    path("<int:pk>/month/", account.MonthView.as_view(), name="month"),
    path("<int:pk>/main/", account.MainView.as_view(), name="main"),
    path("<int:pk>/posts/", posts.PostsView.as_view(), name="posts"),
    path("<int:pk>/posts/add/", posts.RecordPostView.as_view(), name="record_post"),
    path("<int:pk>/act/<slug:act>/", account.ActView.as_view(), name="act"),
    path("publish/<int:pk>/", publishing.OfferView.as_view(), name="publish"),
    path("publish/<int:pk>/<int:account>/", publishing.SendView.as_view(), name="send"),
    path("publications/", publications.PublicationsView.as_view(), name="publications"),
    path("publications/<int:pk>/", publications.PublicationView.as_view(), name="publication"),
    path(
        "publications/<int:pk>/<slug:act>/",
        publications.PublicationActView.as_view(),
        name="publication_act",
    ),
    path("campaigns/", campaigns.CampaignsView.as_view(), name="campaigns"),
    path("campaigns/add/", campaigns.BeginCampaignView.as_view(), name="begin_campaign"),
    path(_CAMPAIGN, campaigns.CampaignView.as_view(), name="campaign"),
    path(f"{_CAMPAIGN}<int:item>/", campaigns.DecideView.as_view(), name="decide"),
    path(f"{_CAMPAIGN}finish/", campaigns.FinishView.as_view(), name="finish_campaign"),
]


class NewmediaItem(MenuItem):
    """Shown to those whose posts let them see the accounts of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), RECORDERS, VIEWERS).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("newmedia/", include((_PATTERNS, "newmedia"), namespace="newmedia"))]


@hooks.register("register_admin_menu_item")
def register_registry() -> MenuItem:
    """Add the registry to the main menu."""
    url = reverse("newmedia:accounts")
    return NewmediaItem("政务新媒体", url, name="newmedia", icon_name="mobile-alt", order=231)


@hooks.register("construct_entry_panels")
def show_publications(request: HttpRequest, entry: Entry, panels: list[Any]) -> None:
    """Show on an entry's page where it stands on platforms, and offer to send it there."""
    if found := publishing.panel_of(request, entry, timezone.now()):
        panels.append(found)
