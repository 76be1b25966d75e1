"""The way to the province's single sign-on and back; what it answers may be anything.

allauth keeps to the protocol; a platform that is out of reach or leaves out what it must tell is
answered here with a page, not with an error of the server.
"""

from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.openid_connect import views
from django.http import Http404, HttpRequest, HttpResponse

from gongkai.accounts import actions
from gongkai.accounts.staff.adapters import SignOnAdapter


def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the platform."""
    return _answered(views.login, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take who comes from the platform in, or say why not."""
    return _answered(views.callback, request, provider_id)


def _answered(view: Callable[..., Any], request: HttpRequest, provider_id: str) -> HttpResponse:
    names = dict(actions.sign_on_providers())
    if provider_id not in names:
        raise Http404
    try:
        return view(request, provider_id)
    except (OSError, LookupError, TypeError, ValueError):
        # Out of reach, no JSON, or no number in it: all that a stranger's answer can lack.
        try:
            SignOnAdapter(request).on_authentication_error(request, {"name": names[provider_id]})
        except ImmediateHttpResponse as said:
            return said.response
