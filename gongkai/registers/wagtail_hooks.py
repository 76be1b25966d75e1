"""Hangs the registers into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.orgs.queries import Official
from gongkai.registers.staff import entering, importing, listing
from gongkai.registers.staff.access import RECORDERS

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
    path("<int:pk>/", listing.RecordView.as_view(), name="record"),
    path("<int:pk>/withdraw/", entering.WithdrawView.as_view(), name="withdraw"),
]


class RegistersMenuItem(MenuItem):
    """Shown to those whose posts let them see the figures of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), RECORDERS).sees_any


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
