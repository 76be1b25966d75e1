"""Watches the staff side: from where it is entered, and how long nobody has touched it.

What a session has been seen doing stands in the session itself, so that most requests ask
nothing; once a minute, and whenever the address changes, the rows of now are looked at.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from gongkai.accounts import actions
from gongkai.accounts.queries import is_inside
from gongkai.accounts.staff.addresses import address_of, address_text

_SEEN = "gongkai_seen"
_LOOK = timedelta(minutes=1)
# Asked by a page that stands open, not by the person before it.
_NOT_A_TOUCH = ("/editing-sessions/", "/jsi18n/", "/sprite")


class Watch:
    """Middleware: turns away from outside the networks, signs out who left or was signed out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at a request for the staff side before anything else does."""
        home = reverse("wagtailadmin_home")
        watched = settings.GONGKAI_SESSIONS_WATCHED and request.path.startswith(home)
        answer = self._turned_away(request) if watched else None
        return answer or self.get_response(request)

    def _turned_away(self, request: HttpRequest) -> HttpResponse | None:
        now = timezone.now()
        if not request.user.is_authenticated:
            return None if is_inside(address_of(request)) else outside(request)
        seen = request.session.get(_SEEN)
        if seen is None:
            return _sign_out(request, "请重新登录。", "会话没有登记")
        last = datetime.fromisoformat(seen["at"])
        idle = timedelta(minutes=settings.GONGKAI_IDLE_MINUTES)
        if idle and now - last >= idle:
            said = f"{settings.GONGKAI_IDLE_MINUTES}分钟没有操作，已退出登录，请重新登录。"
            return _sign_out(request, said, "长时间没有操作")
        address = address_text(request)
        if address == seen["address"] and now - last < _LOOK:
            return None
        if not is_inside(address_of(request)):
            return outside(request)
        if any(part in request.path for part in _NOT_A_TOUCH):
            return None
        if not actions.mark_seen(request.session.session_key, address=address, at=now):
            return _sign_out(request, "您已在其他地方登录，此处已退出。", "已在别处退出")
        begin(request, now)
        return None


def begin(request: HttpRequest, now: datetime) -> None:
    """Note in the session that it was used just now, and from where."""
    request.session[_SEEN] = {"at": now.isoformat(), "address": address_text(request)}


def stay(request: HttpRequest) -> HttpResponse:
    """Answer a page whose reader is at work: the session lives on."""
    return JsonResponse({"minutes": settings.GONGKAI_IDLE_MINUTES})


def outside(request: HttpRequest) -> HttpResponse:
    """Say that the address is none of those allowed, and who lets it in."""
    told: dict[str, Any] = {"address": address_text(request)}
    return render(request, "accounts/outside.html", told, status=403)


def _sign_out(request: HttpRequest, said: str, reason: str) -> HttpResponse:
    request.gongkai_leaving = reason
    logout(request)
    messages.warning(request, said)
    return redirect_to_login(_back(request), reverse("wagtailadmin_login"))


def _back(request: HttpRequest) -> str:
    """Return where to go on: the page asked for, or the page whose form was sent."""
    if request.method == "GET":
        return request.get_full_path()
    page = urlsplit(request.META.get("HTTP_REFERER", ""))
    home = reverse("wagtailadmin_home")
    if page.netloc == request.get_host() and page.path.startswith(home):
        return f"{page.path}?{page.query}" if page.query else page.path
    return home
