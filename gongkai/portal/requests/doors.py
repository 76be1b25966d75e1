"""Who knocks, how often, and with what proof of work; what browsers may do on these pages.

A client is known by a keyed digest of its address, IPv6 by its /64 (a household has one).
Which proxies' X-Forwarded-For is believed is a setting (`text.client_addresses`).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac

from gongkai.adapters import proofofwork
from gongkai.inforequests.actions import attempts
from gongkai.portal.guarding import guarded
from gongkai.text.client_addresses import client_address, network_of

CHALLENGE_LASTS = timedelta(minutes=20)
SUBMISSIONS_PROVED, SUBMISSIONS_BARE = 30, 6  # an hour and client, with and without the proof
UPLOADS = 30
QUERIES_OF_ONE, QUERIES_OF_ALL = 5, 30
_SALT = "gongkai.portal.requests"


def private(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Send a view's answers guarded, never kept by a browser or a proxy, with no referrer."""

    @wraps(view)
    def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = guarded(view)(request, *args, **kwargs)
        if isinstance(response, HttpResponse):
            add_never_cache_headers(response)
        else:
            response["Cache-Control"] = "no-store, private"
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return sent


def client_of(request: HttpRequest) -> str:
    """Return the digest by which tries of one visitor are counted."""
    return salted_hmac(f"{_SALT}.client", _network(request), algorithm="sha256").hexdigest()


def _network(request: HttpRequest) -> str:
    peer = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    address = client_address(peer, forwarded, settings.GONGKAI_TRUSTED_PROXIES)
    return network_of(address) if address else "unknown"


def new_challenge(now: datetime) -> dict[str, Any]:
    """Return a challenge for the visitor's machine."""
    return proofofwork.challenge(_key(), ends_at=now + CHALLENGE_LASTS)


def has_proved_work(payload: str, *, holder: str, now: datetime) -> bool:
    """Say whether a payload proves work that nobody but `holder` has used before."""
    if not payload:
        return False
    try:
        proof = proofofwork.check(payload, _key(), now=now)
    except proofofwork.NoProof:
        return False
    return attempts.use_once(proof.mark, holder=holder, at=now)


def may_submit(request: HttpRequest, *, proved: bool, now: datetime, door: str = "submit") -> bool:
    """Note that a form is sent and say whether its sender may still send one this hour.

    Without proof of work (no script) fewer are let in. Forms of each `door` are counted apart.
    """
    door, most = (door, SUBMISSIONS_PROVED) if proved else (f"{door}-bare", SUBMISSIONS_BARE)
    return attempts.count_use(door, client_of(request), at=now) <= most


def may_upload(request: HttpRequest, *, now: datetime) -> bool:
    """Note that files are sent and say whether their sender may still send some this hour."""
    return attempts.count_use("upload", client_of(request), at=now) <= UPLOADS


def _key() -> str:
    return salted_hmac(f"{_SALT}.challenge", "", algorithm="sha256").hexdigest()
