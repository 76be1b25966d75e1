"""Puts the policy of content on every answer: the public site's, or the staff side's.

Views that know better (a file that came from a stranger, a page with a form) have said their own
policy by then, and theirs stands. A browser shows a PDF in a page of its own, which a policy
would bind: none is said of it. `site_headers` are those of the public site's files.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse

POLICY = "Content-Security-Policy"
PERMISSIONS = "Permissions-Policy"


class SendHeaders:
    """The middleware; what Django's SecurityMiddleware says is not said again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the policy of the side that was asked."""
        response = self.get_response(request)
        policy = settings.GONGKAI_PUBLIC_POLICY
        if request.path_info.startswith(_staff()):
            policy = settings.GONGKAI_STAFF_POLICY
        if response.headers.get("Content-Type") != "application/pdf":
            response.headers.setdefault(POLICY, policy)
        response.headers.setdefault(PERMISSIONS, settings.GONGKAI_PERMISSIONS)
        return response


def _staff() -> str:
    """Return where the staff side begins; where this process has none, an address of nothing."""
    try:
        return reverse("wagtailadmin_home")
    except NoReverseMatch:
        return "\n"


def site_headers() -> dict[str, str]:
    """Return what is said with every file of the public site that no view has made."""
    return {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        POLICY: settings.GONGKAI_PUBLIC_POLICY,
        PERMISSIONS: settings.GONGKAI_PERMISSIONS,
    }
