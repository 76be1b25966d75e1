"""Reads of the public by a second server: which may be asked there, and when it may not.

With a replica set up (GONGKAI_REPLICA_HOST) reads of public pages and of the API go there; every
write, everything of the staff site and everything within a transaction goes to the first server.
Who has just sent a form reads from the first one for a while, so that they find what they sent. A
replica that lags, is cut off from the first server or does not answer is left out within seconds.
"""

import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

REPLICA = "replica"
COOKIE = "gk_sent"
STICKY = 15  # seconds in which who has sent something reads from the first server
LAG = 5.0  # seconds a replica may be behind
LOOKED = 2.0  # seconds for which one look at the replica holds
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_STAFF = "/staff/"
# Behind by nothing when all that was received is applied and the stream stands; a promoted one is
# the first server itself.
_LOOK = """SELECT NOT pg_is_in_recovery(),
    EXISTS (SELECT 1 FROM pg_stat_wal_receiver WHERE status = 'streaming'),
    CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
         ELSE EXTRACT(EPOCH FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END"""

_elsewhere: ContextVar[bool] = ContextVar("gongkai_reads_elsewhere", default=False)


class Health:
    """Whether the replica may be asked; one look holds for two seconds in a process."""

    def __init__(self) -> None:
        self._until = 0.0
        self._usable = False

    def usable(self) -> bool:
        """Say whether it answers and is not behind."""
        now = time.monotonic()
        if now >= self._until:
            self._usable = self._looks_well()
            self._until = now + LOOKED
        return self._usable

    def leave_out(self) -> None:
        """Ask it no more for a while: it has just failed."""
        connections[REPLICA].close()
        self._usable, self._until = False, time.monotonic() + LOOKED

    def _looks_well(self) -> bool:
        try:
            with connections[REPLICA].cursor() as cursor:
                cursor.execute(_LOOK)
                promoted, streams, behind = cursor.fetchone()
        except (OperationalError, InterfaceError):
            connections[REPLICA].close()
            return False
        return bool(promoted or (streams and behind is not None and float(behind) <= LAG))


health = Health()


class Router:
    """Sends reads where the middleware has said they may go, writes to the first server."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """Return the replica while a public page is read that has written nothing."""
        if _elsewhere.get() and not connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return REPLICA
        return DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Return the first server; what is read after it in this request is read there, too."""
        _elsewhere.set(False)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Allow all: both hold the same records."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Allow the first server alone."""
        return db == DEFAULT_DB_ALIAS


class ReadElsewhere:
    """Middleware, the last of all: lets public pages read from the replica while it is well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say for this request where reads may go; mark who has sent something."""
        public = not request.path_info.startswith(_STAFF)
        reads = request.method in _SAFE and COOKIE not in request.COOKIES
        said = _elsewhere.set(public and reads and health.usable())
        try:
            response = self.get_response(request)
        finally:
            _elsewhere.reset(said)
        if public and request.method not in _SAFE:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(
                COOKIE, "1", max_age=STICKY, httponly=True, secure=secure, samesite="Lax"
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Make the page; made once more from the first server when the replica fails meanwhile."""
        if not _elsewhere.get():
            return None
        try:
            return _made(view(request, *args, **kwargs))
        except (OperationalError, InterfaceError):
            health.leave_out()
            _elsewhere.set(False)
            return _made(view(request, *args, **kwargs))


def _made(response: Any) -> HttpResponse:
    """Render a page that is rendered late: its queries belong to where it was asked."""
    if callable(render := getattr(response, "render", None)) and not response.is_rendered:
        render()
    return response
