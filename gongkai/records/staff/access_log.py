"""The log of accesses: who asked for what from where, and what they were answered.

Of what was typed into an address only the names of its fields are kept, never the values: a
search for a person must not stand in a log that is kept for a year.
"""

import json
import logging
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters.dailylog import DailyLog, Log, NoLog
from gongkai.records.queries import ACCESS
from gongkai.text.client_addresses import client_address

_log = logging.getLogger(__name__)


class LogAccess:
    """Middleware: writes one line for each request that reaches the service."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then write the line."""
        begun = time.monotonic()
        response = self.get_response(request)
        now = timezone.localtime()
        line = {
            "at": now.isoformat(timespec="milliseconds"),
            "who": _who(request),
            "address": _address(request),
            "method": request.method,
            "path": request.path[:500],
            "fields": sorted(name[:40] for name in request.GET)[:30],
            "status": response.status_code,
            "ms": round((time.monotonic() - begun) * 1000),
        }
        try:
            log_in(settings.GONGKAI_LOG_DIR).write(now.date(), told(line))
        except OSError as why:  # a full disk must not close the office: the journal keeps the line
            _log.error("access log: %s: %s", why, told(line).decode())
        return response


@lru_cache(maxsize=4)
def log_in(folder: str | Path) -> Log:
    """Return the log of accesses in a folder; one that keeps nothing where none is named."""
    return DailyLog(Path(folder), ACCESS) if folder else NoLog()


def told(line: dict[str, Any]) -> bytes:
    """Return a line as one line of JSON."""
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _who(request: HttpRequest) -> str:
    """Return the account; a page of the public's is not asked who reads it."""
    known = getattr(request, "_cached_user", None)
    if known is None and request.path.startswith(reverse("wagtailadmin_home")):
        known = getattr(request, "user", None)
    return known.get_username() if known is not None and known.is_authenticated else ""


def _address(request: HttpRequest) -> str:
    found = client_address(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        settings.GONGKAI_TRUSTED_PROXIES,
    )
    return str(found) if found is not None else ""
