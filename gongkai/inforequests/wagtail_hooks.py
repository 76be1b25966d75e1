"""Hangs disclosure upon request into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.inforequests.queries import VIEWERS
from gongkai.inforequests.staff import (
    acts,
    alike,
    cases,
    corrections,
    desk,
    drafting,
    figures,
    intake,
    kept,
    letters,
    mails,
    receiving,
    reminders,
    rights,
    settings,
)
from gongkai.inforequests.staff import papers as papers  # answers for the files of requests
from gongkai.orgs.queries import holds_any

_PATTERNS = [
    path("", desk.IndexView.as_view(), name="index"),
    path("add/", intake.AddView.as_view(), name="add"),
    path("find/", desk.FindView.as_view(), name="find"),
    path("changes/", desk.ChangesView.as_view(), name="changes"),
    path("statistics/", figures.StatisticsView.as_view(), name="statistics"),
    path("statistics/csv/", figures.CsvView.as_view(), name="statistics_csv"),
    path("statistics/xlsx/", figures.XlsxView.as_view(), name="statistics_xlsx"),
    path("offices/", settings.OfficesView.as_view(), name="offices"),
    path("offices/<int:pk>/", settings.OfficeView.as_view(), name="office"),
    path("offices/tests/", receiving.ChannelTestsView.as_view(), name="channel_tests"),
    path("withheld/", kept.WithheldDueView.as_view(), name="withheld_due"),
    path("mails/", kept.MailsView.as_view(), name="mails"),
    path("mails/<int:pk>/", mails.MailView.as_view(), name="mail"),
    path("reminders/", reminders.FailedView.as_view(), name="reminders"),
    path("<uuid:pk>/", cases.RecordView.as_view(), name="record"),
    path("<uuid:pk>/requester/", cases.RequesterView.as_view(), name="requester"),
    path("<uuid:pk>/code/", intake.CodeView.as_view(), name="code"),
    path("<uuid:pk>/sheet/", intake.SheetView.as_view(), name="sheet"),
    path("<uuid:pk>/act/<slug:event>/", acts.ActView.as_view(), name="act"),
    path("<uuid:pk>/draft/", drafting.DraftView.as_view(), name="draft"),
    path("<uuid:pk>/review/", drafting.ReviewView.as_view(), name="review"),
    path("<uuid:pk>/preview/", drafting.PreviewView.as_view(), name="preview"),
    path("<uuid:pk>/letter/", letters.LetterView.as_view(), name="letter"),
    path("<uuid:pk>/receipt.pdf", letters.ReceiptLetterView.as_view(), name="receipt_letter"),
    path("<uuid:pk>/withheld/<int:place>/", kept.WithheldView.as_view(), name="withheld"),
]
RIGHTS_PATTERNS = [*corrections.PATTERNS, *alike.PATTERNS, *rights.PATTERNS]

hooks.register(cases.PANELS, rights.add_panel)


class RequestsMenuItem(MenuItem):
    """Shown to those whose posts let them see the requests of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ's requests."""
        return holds_any(request.user, timezone.localdate(), VIEWERS)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    patterns = (_PATTERNS, "inforequests")
    own = (RIGHTS_PATTERNS, "rights")
    return [
        path("inforequests/rights/", include(own, namespace="rights")),
        path("inforequests/", include(patterns, namespace="inforequests")),
    ]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Add the requests to the main menu."""
    return RequestsMenuItem(
        "依申请公开",
        reverse("inforequests:index"),
        name="inforequests",
        icon_name="mail",
        order=200,
    )
