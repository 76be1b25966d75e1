"""Hangs letters into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.letters.staff import managing, register
from gongkai.letters.staff.access import official

_PATTERNS = [
    path("", register.RegisterView.as_view(), name="index"),
    path("register.xlsx", register.ExportView.as_view(), name="export"),
    path("templates/", managing.TemplatesView.as_view(), name="templates"),
    path("templates/<int:pk>/<str:kind>/upload/", managing.UploadView.as_view(), name="upload"),
    path(
        "templates/<int:pk>/<str:kind>/file.<str:form>",
        managing.TemplateFileView.as_view(),
        name="template_file",
    ),
    path("templates/<int:pk>/retire/", managing.RetireView.as_view(), name="retire"),
    path("profiles/", managing.ProfilesView.as_view(), name="profiles"),
    path("profiles/<int:pk>/", managing.ProfileView.as_view(), name="profile"),
    path("<uuid:pk>/", register.RecordView.as_view(), name="record"),
    path("<uuid:pk>/cancel/", register.CancelView.as_view(), name="cancel"),
    path("<uuid:pk>/letter.<str:form>", register.OpenView.as_view(), name="open"),
]


class LettersMenuItem(MenuItem):
    """Shown to those whose posts let them see the letters of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return official(request).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens of letters under their own namespace."""
    return [path("letters/", include((_PATTERNS, "letters"), namespace="letters"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Add letters to the main menu."""
    return LettersMenuItem(
        "公文文书", reverse("letters:index"), name="letters", icon_name="mail", order=230
    )
