"""Tells the system's chain who came and went: what Django, allauth and axes ring bells for.

Only sign-ins through the door ring allauth's bell; a test's or a command's `login` does not.
"""

from typing import Any

from allauth.account.signals import user_logged_in as came_in
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from gongkai.accounts import actions
from gongkai.accounts.models import User
from gongkai.accounts.staff.addresses import address_text
from gongkai.accounts.staff.second_factor import shown_in
from gongkai.accounts.staff.watching import begin

_ID = "gongkai.accounts.staff.events"


def listen() -> None:
    """Hang on to the bells, once."""
    came_in.connect(_came_in, dispatch_uid=_ID)
    user_logged_out.connect(_went, dispatch_uid=_ID)
    user_login_failed.connect(_failed, dispatch_uid=_ID)
    user_locked_out.connect(_locked, dispatch_uid=_ID)
    factors.authentication_failed.connect(_failed_code, dispatch_uid=_ID)
    factors.authenticator_added.connect(_added, dispatch_uid=_ID)
    factors.authenticator_removed.connect(_removed, dispatch_uid=_ID)
    factors.authenticator_reset.connect(_renewed, dispatch_uid=_ID)


def _came_in(request: HttpRequest, user: User, **told: Any) -> None:
    way = "统一认证" if told.get("sociallogin") else "密码"
    way += "和两步验证" if shown_in(request) else ""
    if request.session.session_key is None:
        request.session.save()
    now = timezone.now()
    actions.sign_in(
        user,
        key=request.session.session_key,
        address=address_text(request),
        browser=request.META.get("HTTP_USER_AGENT", ""),
        way=way,
        by=user.actor(),
        at=now,
    )
    begin(request, now)


def _went(request: HttpRequest, user: User | None, **told: Any) -> None:
    key = getattr(request, "session", None) and request.session.session_key
    if user is not None and key:
        reason = getattr(request, "gongkai_leaving", "")
        actions.sign_out(user, key=key, by=user.actor(), at=timezone.now(), reason=reason)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **told: Any) -> None:
    """Log a failure; what is tried while locked out has been logged as the lockout."""
    if request is None or _is_turned_away(request):
        return
    actions.refuse_sign_in(
        str(credentials.get("username") or ""),
        address=address_text(request),
        reason=credentials.get("why") or "账号或者密码不正确",
        at=timezone.now(),
    )


def _locked(request: HttpRequest, username: str | None, **told: Any) -> None:
    """Log a lockout when it begins; axes rings again for every try while it lasts."""
    if not _is_turned_away(request):
        actions.lock_out(username or "", address=address_text(request), at=timezone.now())


def _is_turned_away(request: HttpRequest) -> bool:
    """Return whether axes has not let anybody be asked at all."""
    locked = getattr(request, "axes_locked_out", False)
    return bool(locked) and request.axes_failures_since_start is None


def _failed_code(request: HttpRequest, user: User, **told: Any) -> None:
    """Let a wrong code count as a failed sign-in, for the log and for axes."""
    known = {"username": user.get_username(), "why": "验证码不正确"}
    user_login_failed.send(sender=__name__, credentials=known, request=request)


def _added(request: HttpRequest, user: User, authenticator: Authenticator, **told: Any) -> None:
    _note(user, "add", authenticator)


def _removed(request: HttpRequest, user: User, authenticator: Authenticator, **told: Any) -> None:
    _note(user, "remove", authenticator)


def _renewed(request: HttpRequest, user: User, authenticator: Authenticator, **told: Any) -> None:
    _note(user, "renew", authenticator)


def _note(user: User, verb: str, authenticator: Authenticator) -> None:
    kind = str(authenticator.type)
    actions.note_second_factor(user, verb, kind, by=user.actor(), at=timezone.now())
