"""Answering from the tree where no nginx stands before us: the demo, and a trial on one machine.

A WSGI application before the other one, with the rules of deploy/nginx.conf: a file is sent as it
is packed for the client; a page that was taken off says so (410); whoever has chosen another
display, asks with a query or sends a form goes on to the application, as does every other address.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import Any

from gongkai.adapters.sitefiles.places import (
    GONE,
    READER_COOKIES,
    asks_for_more,
    disposition_of,
    packs,
    place_of,
    type_of,
)

Environ = dict[str, Any]
Start = Callable[..., Any]
_READS = ("GET", "HEAD")
_NO_FILE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG})


class ServeFiles:
    """Serves `current` below a directory, else hands on to `application`."""

    def __init__(
        self,
        application: Callable[[Environ, Start], Iterable[bytes]],
        root: Path,
        headers: Mapping[str, str],
    ) -> None:
        """Take what answers the rest, where the trees are, and headers for every file."""
        self._application, self._base = application, f"{root}/current/"
        self._headers = list(headers.items())

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer."""
        place = self._asked(environ)
        if place:
            answer = self._file(environ, start, place) or self._gone(environ, start, place)
            if answer is not None:
                return answer
        return self._application(environ, start)

    def _asked(self, environ: Environ) -> str:
        if environ["REQUEST_METHOD"] not in _READS or asks_for_more(environ["QUERY_STRING"]):
            return ""
        cookies = environ.get("HTTP_COOKIE", "")
        if any(f"{name}=" in cookies for name in READER_COOKIES):
            return ""
        return place_of(environ.get("HTTP_HOST", ""), environ["PATH_INFO"])

    def _file(self, environ: Environ, start: Start, place: str) -> list[bytes] | None:
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        for suffix, coding in _codings(accepted) if packs(place) else ((("", ""),)):
            try:
                handle = os.open(self._base + place + suffix, os.O_RDONLY)
            except OSError as error:
                if error.errno not in _NO_FILE:
                    raise
                continue
            try:
                known = os.fstat(handle)
                if not stat.S_ISREG(known.st_mode):
                    return None
                mark = f'"{int(known.st_mtime):x}-{known.st_size:x}"'
                headers = [
                    *(("Content-Type", type_of(place)), ("ETag", mark)),
                    ("Last-Modified", formatdate(known.st_mtime, usegmt=True)),
                    *self._usual(place),
                ]
                if coding:
                    headers.append(("Content-Encoding", coding))
                if _unchanged(environ, mark, known.st_mtime):
                    start("304 Not Modified", headers[1:])
                    return [b""]
                headers.append(("Content-Length", str(known.st_size)))
                start("200 OK", headers)
                return [b"" if environ["REQUEST_METHOD"] == "HEAD" else _all_of(handle)]
            finally:
                os.close(handle)
        return None

    def _usual(self, place: str) -> list[tuple[str, str]]:
        headers = [("Cache-Control", "no-cache"), *self._headers]
        if type_of(place) == "application/pdf":
            # A browser shows it in a page of its own, which the policy would bind.
            headers = [each for each in headers if each[0] != "Content-Security-Policy"]
        if packs(place):
            headers.append(("Vary", "Accept-Encoding, Cookie"))
        if disposition := disposition_of(place):
            headers.append(("Content-Disposition", disposition))
        return headers

    def _gone(self, environ: Environ, start: Start, place: str) -> list[bytes] | None:
        try:
            handle = os.open(self._base + place + GONE, os.O_RDONLY)
        except OSError as error:
            if error.errno not in _NO_FILE:
                raise
            return None
        try:
            body = _all_of(handle)
        finally:
            os.close(handle)
        headers = [
            ("Content-Type", type_of(place)),
            ("Content-Length", str(len(body))),
            *self._usual(place),
        ]
        start("410 Gone", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


def _codings(accepted: str) -> list[tuple[str, str]]:
    """Return the packings that a client takes, the smallest first, then the page itself."""
    taken = {
        name.strip().lower()
        for name, _, weight in (each.partition(";") for each in accepted.split(","))
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    }
    wanted = [(".br", "br"), (".gz", "gzip")]
    return [*(each for each in wanted if each[1] in taken), ("", "")]


def _unchanged(environ: Environ, mark: str, written_at: float) -> bool:
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None:
        marks = {each.strip().removeprefix("W/") for each in asked.split(",")}
        return mark in marks or "*" in marks
    try:
        return parsedate_to_datetime(environ["HTTP_IF_MODIFIED_SINCE"]).timestamp() >= int(
            written_at
        )
    except (KeyError, TypeError, ValueError):
        return False


def _all_of(handle: int) -> bytes:
    with os.fdopen(os.dup(handle), "rb") as file:
        return file.read()
