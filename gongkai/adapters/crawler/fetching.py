"""One address to one Answer: robots, turns, redirects, cookies on the way, cut bodies, limits."""

import http.client
import re
import threading
import time
import zlib
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import quote, unquote

from gongkai.adapters.crawler.addresses import host, origin, resolve, unasked
from gongkai.adapters.crawler.connections import Connections, Failed
from gongkai.adapters.crawler.pace import Pace
from gongkai.adapters.crawler.robots import Robots
from gongkai.text.sitepages import Answer, Trouble

PAGE_BYTES = 6_000_000
FILE_BYTES = 24_000_000
_GLANCE = 65_536
_STEPS = 10
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_AGAIN = frozenset((429, 503))
_LONGEST_REST = 30.0
_HOSTS = 2_000


@dataclass(slots=True)
class _Way:
    """A request on its way from address to address."""

    asked: str
    address: str
    begun: float
    method: str = "GET"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)
    again: bool = True


class NotAllowed(Exception):
    """robots.txt does not let us ask."""


class Fetcher:
    """Asks one site and what it links to; may be used by several threads."""

    def __init__(
        self, site: str, *, pace: Pace | None = None, patience: float = 15.0, family: int = 0
    ) -> None:
        """Take the site inspected, the pace, the seconds a whole answer may need, a family."""
        self.site = origin(site)
        self._pace = pace or Pace()
        self._patience = patience
        self._family = family
        self._local = threading.local()
        self._robots: dict[str, Robots] = {}
        self._lock = threading.Lock()

    def get(self, address: str) -> Answer:
        """Return what comes for an address, after redirects.

        Raises:
            NotAllowed: robots.txt of its host, or of one on the way, does not let us.
        """
        return self._travel(_Way(address, address, 0.0))

    def post(self, address: str, body: bytes) -> Answer:
        """Send a form and return what comes.

        Raises:
            NotAllowed: as `get`.
        """
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._travel(_Way(address, address, 0.0, "POST", body, headers))

    def visit(self, address: str) -> Answer:
        """Return what one visitor sees at once: no second try, no robots.txt (the home page's)."""
        return self._travel(_Way(address, address, 0.0, again=False), guarded=False)

    def robots(self, address: str) -> Robots:
        """Return what a host allows; what cannot be had for an error of its server is a no."""
        key = origin(address)
        with self._lock:
            known = self._robots.get(key)
        if known is None:
            known = self._asked_robots(key)
            with self._lock:
                if len(self._robots) >= _HOSTS:
                    self._robots.pop(next(iter(self._robots)))
                self._robots[key] = known
            if known.delay:
                self._pace.slow(key, known.delay)
        return known

    def close(self) -> None:
        """Close this thread's connections."""
        self._connections().close()

    def _asked_robots(self, key: str) -> Robots:
        told = self._travel(_Way(f"{key}/robots.txt", f"{key}/robots.txt", 0.0), guarded=False)
        if told.trouble is not Trouble.NONE or told.status is None:
            return Robots()  # nobody is there to be troubled: the address itself will tell
        if told.status >= 500 or told.status == 429:
            return Robots(closed=True)
        is_file = told.status == 200 and not told.is_page
        return Robots(told.body.decode("utf-8", "replace")) if is_file else Robots()

    def _connections(self) -> Connections:
        if not hasattr(self._local, "kept"):
            self._local.kept = Connections(self._patience, family=self._family)
        kept: Connections = self._local.kept
        return kept

    def _travel(self, way: _Way, *, guarded: bool = True) -> Answer:
        way.begun = time.monotonic()
        for _ in range(_STEPS):
            if why := unasked(way.address, self.site):
                return Answer(way.asked, way.address, trouble=Trouble(why))
            if guarded and not self.robots(way.address).allows(way.address):
                raise NotAllowed(way.address)
            mark = (way.address, repr(sorted(way.cookies.items())))
            if mark in way.seen:
                return Answer(way.asked, way.address, trouble=Trouble.LOOP)
            way.seen.add(mark)
            answer = self._step(way)
            if answer is not None:
                return answer
        return Answer(way.asked, way.address, trouble=Trouble.LOOP)

    def _step(self, way: _Way) -> Answer | None:
        """Ask once; None where the way goes on to another address, which it then has."""
        self._pace.wait(origin(way.address))
        start = time.monotonic()
        deadline = start + self._patience
        headers = dict(way.headers)
        if way.cookies:
            headers["Cookie"] = "; ".join(f"{name}={said}" for name, said in way.cookies.items())
        connections = self._connections()
        try:
            head, link = connections.ask(way.address, deadline, way.method, way.body, headers)
        except Failed as failed:
            spent = time.monotonic() - start
            return Answer(way.asked, way.address, trouble=failed.trouble, seconds=spent)
        try:
            if head.status in _REDIRECTS and (target := _target(way.address, head)):
                self._read(head, link, way.address, _GLANCE)
                _on(way, target, head)
                return None
            if head.status in _AGAIN and way.again:
                self._read(head, link, way.address, _GLANCE)
                way.again = False
                way.seen.clear()
                self._pace.rest(_rest(head.getheader("Retry-After")))
                return None
            return self._whole(way, head, link, start)
        except TimeoutError:
            link.close()
            spent = time.monotonic() - start
            return _failed(way, head, Trouble.TIMEOUT, spent)
        except (OSError, http.client.HTTPException, zlib.error):
            link.close()
            return _failed(way, head, Trouble.TRUNCATED, time.monotonic() - start)

    def _whole(
        self,
        way: _Way,
        head: http.client.HTTPResponse,
        link: http.client.HTTPConnection,
        start: float,
    ) -> Answer:
        media, charset, name = _kind(head)
        most = PAGE_BYTES if media in ("text/html", "application/xhtml+xml") else FILE_BYTES
        if media.startswith("image/"):
            most = PAGE_BYTES
        if origin(way.address) != self.site:
            most = min(most, _GLANCE) if media.startswith("text/html") else most
        announced = int(head.getheader("Content-Length") or 0) if head.length is not None else 0
        if announced > most:
            link.close()
            body, whole = b"", False
        else:
            body, whole = self._read(head, link, way.address, most)
        return Answer(
            way.asked, way.address, head.status, Trouble.NONE, time.monotonic() - start,
            max(announced, len(body)), media, charset, name, body, whole,
        )  # fmt: skip

    def _read(
        self,
        head: http.client.HTTPResponse,
        link: http.client.HTTPConnection,
        address: str,
        most: int,
    ) -> tuple[bytes, bool]:
        """Return the body and whether it was read to its end.

        Raises:
            TimeoutError, HTTPException, OSError: it did not come whole.
        """
        packed = "gzip" in (head.getheader("Content-Encoding") or "")
        unpack = zlib.decompressobj(47) if packed else None
        parts: list[bytes] = []
        size = 0
        while size <= most:
            part = head.read1(_GLANCE) if head.chunked else head.read(_GLANCE)
            if not part:
                break
            if unpack is not None:
                part = unpack.decompress(part, most + 1)
            size += len(part)
            parts.append(part)
        body = b"".join(parts)
        if size > most:
            link.close()
            return body[:most], False
        if head.length:  # fewer bytes than were promised
            raise http.client.IncompleteRead(b"")
        if unpack is not None and not unpack.eof and body:
            raise zlib.error("the compressed body breaks off")
        if head.will_close:
            link.close()
        else:
            self._connections().keep(address, link)
        return body, True


def _failed(way: _Way, head: http.client.HTTPResponse, trouble: Trouble, spent: float) -> Answer:
    media, charset, name = _kind(head)
    return Answer(
        way.asked, way.address, head.status, trouble, spent, media=media, charset=charset, name=name
    )


def _target(address: str, head: http.client.HTTPResponse) -> str | None:
    said = head.getheader("Location") or ""
    try:
        said = said.encode("latin-1").decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        said = quote(said, safe="/?=&%:#,;+~.-_", encoding="latin-1", errors="replace")
    return resolve(address, said)


def _on(way: _Way, target: str, head: http.client.HTTPResponse) -> None:
    for said in (head.headers.get_all("Set-Cookie") or [])[:20]:
        name, equals, value = said.partition(";")[0].strip().partition("=")
        if equals and name and host(target) == host(way.address):
            way.cookies[name] = value
    if host(target) != host(way.address):
        way.cookies.clear()
    if way.method == "POST" and head.status != 307 and head.status != 308:
        way.method, way.body, way.headers = "GET", b"", {}
    way.address = target


def _kind(head: http.client.HTTPResponse) -> tuple[str, str, str]:
    """Return media type, charset and file name of the header."""
    media, _, rest = (head.getheader("Content-Type") or "").partition(";")
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.I)
    told = Message()
    told["Content-Disposition"] = head.getheader("Content-Disposition") or ""
    try:
        name = told.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        name = ""
    return media.strip().lower(), found[1].lower() if found else "", unquote(name)


def _rest(said: str | None) -> float:
    return min(float(said), _LONGEST_REST) if said and said.isdecimal() else 1.0
