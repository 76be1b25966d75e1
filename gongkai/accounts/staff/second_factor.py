"""The second factor: codes count as tries at the account, and posts that decide must have one.

A wrong code is a failed sign-in like a wrong password: it is logged and counted towards the
lockout in the database, whatever process answers.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.admin import messages

from gongkai.accounts.queries import needs_second_factor
from gongkai.accounts.staff.adapters import SecondFactorAdapter
from gongkai.accounts.staff.sign_in import LOCKED

SET_UP = "gongkai_second_factor"  # in the session: one was set up in it just now
_USED = "used"
_CODE = forms.TextInput(
    attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
)
_FREE = (
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "account_reauthenticate",
    "accounts:change_password",
    "accounts:stay",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
)


class _Counted:
    """A form for a code whose failures count towards the lockout; no code works twice."""

    def clean_code(self) -> str:
        """Refuse who is locked out, a wrong code, and the code used last.

        Codes are six digits of an app, or one of the spare codes; spaces do not matter.
        """
        from allauth.core import context

        known = {"username": self.user.get_username()}
        if settings.AXES_ENABLED and not AxesProxyHandler.is_allowed(context.request, known):
            raise forms.ValidationError(LOCKED.format(minutes=settings.GONGKAI_LOCKOUT_MINUTES))
        code: str = super().clean_code()
        mark = salted_hmac("gongkai.second_factor", f"{self.authenticator.pk}:{code}").hexdigest()
        if self.authenticator.data.get(_USED) == mark:
            raise forms.ValidationError("该验证码已经用过，请等待验证器显示下一个")
        if self.authenticator.type == Authenticator.Type.TOTP:
            self.authenticator.data[_USED] = mark
            self.authenticator.save(update_fields=["data"])
        return code


class CodeForm(_Counted, AuthenticateForm):
    """The code asked for after the password."""

    code = forms.CharField(label="验证码", widget=_CODE)


class CodeAgainForm(_Counted, ReauthenticateForm):
    """The code asked for before something weighty."""

    code = forms.CharField(label="验证码", widget=_CODE)


class AppForm(ActivateTOTPForm):
    """The first code of an app."""

    code = forms.CharField(label="六位验证码", widget=_CODE)


class KeyForm(AddWebAuthnForm):
    """A new security key."""

    name = forms.CharField(label="名称", max_length=50, required=False)


class KeyNameForm(EditWebAuthnForm):
    """Another name for a security key."""

    name = forms.CharField(label="名称", max_length=50)


class _SettingUp:
    """Setting one up shows it: nobody is asked for it again in the same session."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Let allauth keep it; remember it in the session."""
        answer: HttpResponse = super().form_valid(form)
        self.request.session[SET_UP] = True
        return answer


class AddAppView(_SettingUp, ActivateTOTPView):
    """Set up an app that shows codes."""


class AddKeyView(_SettingUp, AddWebAuthnView):
    """Add a security key."""


class RemoveKeyView(RemoveWebAuthnView):
    """Take a security key away, unless it is the last way of who must have one."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Refuse, or let allauth remove it."""
        adapter = SecondFactorAdapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


class RequireSecondFactor:
    """Middleware: whose post decides things sets up a second factor before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Do nothing until the screen is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead who lacks it to setting one up, who has one to showing it."""
        match = request.resolver_match
        if settings.GONGKAI_SECOND_FACTOR != "required" or match is None:
            return None
        if not request.path.startswith(reverse("wagtailadmin_home")) or match.view_name in _FREE:
            return None
        user = request.user
        if not user.is_authenticated or shown_in(request):
            return None
        if not needs_second_factor(user, timezone.now()):
            return None
        if Authenticator.objects.filter(user_id=user.pk).exists():
            return redirect("mfa_reauthenticate")
        messages.warning(request, "您的岗位须使用两步验证。请先设置一种，再办理业务。")
        return redirect("mfa_index")


def shown_in(request: HttpRequest) -> bool:
    """Return whether a second factor was shown, or set up, in this session."""
    if request.session.get(SET_UP):
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
