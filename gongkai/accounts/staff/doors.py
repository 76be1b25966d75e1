"""Wagtail's own screens are for those who edit pages; to all other staff they are closed.

Entering the staff site alone opens in Wagtail the titles of unpublished pages (choosers,
bulk actions, moving), every image through its API, and more with each release. So the
list here names what is open, not what is closed: our own screens, and the few of Wagtail's
that everybody needs; so are the screens of allauth by which one signs in (`staff.urls`).
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.auth import permission_denied
from wagtail.permissions import page_permission_policy

_OPEN_TO_ALL = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_account",
        "wagtailadmin_dismissibles",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
        "account_reauthenticate",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
    }
)
_EDITING = ("add", "change", "publish", "bulk_delete", "lock", "unlock")


class CloseWagtailsDoors:
    """Middleware: sends who edits no pages from Wagtail's own screens back to the home."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Do nothing until the screen is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let through our own screens, Wagtail's few, and who edits pages.

        Who has not signed in or may not enter at all is Wagtail's to turn away.
        """
        match = request.resolver_match
        inside = request.path.startswith(reverse("wagtailadmin_home"))
        ours = view.__module__.startswith("gongkai.")
        if not inside or ours or match is None or match.view_name in _OPEN_TO_ALL:
            return None
        user = request.user
        if not user.is_authenticated or page_permission_policy.user_has_any_permission(
            user, _EDITING
        ):
            return None
        return permission_denied(request)
