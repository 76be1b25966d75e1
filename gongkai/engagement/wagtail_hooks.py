"""Hangs error reports and solicitations into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.engagement.queries import RECORDERS, VIEWERS
from gongkai.engagement.staff import comments, reports, solicitations
from gongkai.orgs.queries import Official

_ONE = "solicitations/<int:pk>/"
_PATTERNS = [
    path("errors/", reports.ReportsView.as_view(), name="reports"),
    path("errors/<uuid:pk>/", reports.ReportView.as_view(), name="report"),
    path("errors/<uuid:pk>/contact/", reports.ContactView.as_view(), name="contact"),
    path("errors/<uuid:pk>/pass_on/", reports.PassOnView.as_view(), name="pass_on"),
    path("errors/<uuid:pk>/answer/", reports.AnswerView.as_view(), name="answer_error"),
    path("solicitations/", solicitations.SolicitationsView.as_view(), name="solicitations"),
    path("solicitations/add/", solicitations.DraftView.as_view(), name="draft_solicitation"),
    path(_ONE, solicitations.SolicitationView.as_view(), name="solicitation"),
    path(f"{_ONE}term/", solicitations.TermView.as_view(), name="term"),
    path(f"{_ONE}cancel/", solicitations.CancelView.as_view(), name="cancel"),
    path(f"{_ONE}document/", solicitations.DocumentView.as_view(), name="document"),
    path(f"{_ONE}document/unlink/", solicitations.UnlinkView.as_view(), name="unlink"),
    path(f"{_ONE}feedback/", solicitations.FeedbackView.as_view(), name="feedback"),
    path(f"{_ONE}comments/", comments.CommentsView.as_view(), name="comments"),
    path(f"{_ONE}comments/add/", comments.RecordCommentView.as_view(), name="record_comment"),
    path(f"{_ONE}comments/<uuid:comment>/who/", comments.CommenterView.as_view(), name="commenter"),
]


class EngagementItem(MenuItem):
    """Shown to those whose posts let them see the matters of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), RECORDERS, VIEWERS).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("engagement/", include((_PATTERNS, "engagement"), namespace="engagement"))]


@hooks.register("register_admin_menu_item")
def register_solicitations() -> MenuItem:
    """Add the solicitations to the main menu."""
    return EngagementItem(
        "意见征集",
        reverse("engagement:solicitations"),
        name="solicitations",
        icon_name="comment-add",
        order=227,
    )


@hooks.register("register_admin_menu_item")
def register_reports() -> MenuItem:
    """Add the error reports to the main menu."""
    return EngagementItem(
        "网站纠错", reverse("engagement:reports"), name="errors", icon_name="warning", order=228
    )
