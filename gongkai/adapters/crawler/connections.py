"""One request on the wire, over either family, with a deadline for the whole answer."""

import http.client
import io
import socket
import ssl
import time
from urllib.parse import SplitResult, urlsplit

from gongkai.adapters.crawler.robots import AGENT
from gongkai.text.sitepages import Trouble

_HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; {AGENT}/1.0)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip",
}


class Failed(OSError):
    """Nothing came, or not all of it."""

    def __init__(self, trouble: Trouble) -> None:
        """Say why."""
        super().__init__(trouble.value)
        self.trouble = trouble


class Timed:
    """A socket of which the whole answer has one deadline: a drip of bytes does not prolong it."""

    def __init__(self, link: socket.socket) -> None:
        """Take a connected socket."""
        self.link = link
        self.deadline = 0.0

    def left(self) -> None:
        """Let the next wait end at the deadline.

        Raises:
            TimeoutError: it is over.
        """
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        self.link.settimeout(seconds)

    def sendall(self, data: bytes) -> None:
        """Send all."""
        self.left()
        self.link.sendall(data)

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        """Return what is read from; it keeps the socket open as the socket's own would."""
        return io.BufferedReader(_Drip(self))

    def close(self) -> None:
        """Close the socket once nothing reads from it."""
        self.link.close()


class _Drip(io.RawIOBase):
    def __init__(self, timed: Timed) -> None:
        self._timed = timed
        self._raw = timed.link.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int | None:
        self._timed.left()
        return self._raw.readinto(buffer)  # type: ignore[no-any-return, attr-defined]

    def close(self) -> None:
        self._raw.close()
        super().close()


class Connections:
    """Kept connections of one thread, a few at a time."""

    def __init__(self, patience: float, *, family: int = 0) -> None:
        """Take the seconds a whole answer may need, and a family (0: any)."""
        self._patience, self._family = patience, family
        self._kept: dict[str, http.client.HTTPConnection] = {}

    def ask(
        self, address: str, deadline: float, method: str, body: bytes, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection]:
        """Send one request and return the answer's head.

        Raises:
            Failed: it did not come.
        """
        parts = urlsplit(address)
        key = f"{parts.scheme}://{parts.netloc}"
        kept = self._kept.pop(key, None)
        if kept is not None:
            try:
                return self._sent(kept, parts, deadline, method, body, headers), kept
            except TimeoutError:
                raise Failed(Trouble.TIMEOUT) from None
            except (OSError, http.client.HTTPException):
                kept.close()  # the server had closed it meanwhile: ask anew
        connection = self._opened(parts, deadline)
        try:
            return self._sent(connection, parts, deadline, method, body, headers), connection
        except TimeoutError:
            connection.close()
            raise Failed(Trouble.TIMEOUT) from None
        except (OSError, http.client.HTTPException, ValueError):
            connection.close()
            raise Failed(Trouble.BROKEN) from None

    def keep(self, address: str, connection: http.client.HTTPConnection) -> None:
        """Keep a connection whose answer was read to the end."""
        parts = urlsplit(address)
        if len(self._kept) >= 8:
            self._kept.pop(next(iter(self._kept))).close()
        self._kept[f"{parts.scheme}://{parts.netloc}"] = connection

    def close(self) -> None:
        """Close all."""
        for each in self._kept.values():
            each.close()
        self._kept.clear()

    def _opened(self, told: SplitResult, deadline: float) -> http.client.HTTPConnection:
        try:
            port = told.port or (443 if told.scheme == "https" else 80)
            link = self._connected(told.hostname or "", port, deadline)
        except (ValueError, UnicodeError):
            raise Failed(Trouble.NO_HOST) from None
        connection = http.client.HTTPConnection(told.hostname or "", port)
        if told.scheme == "https":
            try:
                link = ssl.create_default_context().wrap_socket(link, server_hostname=told.hostname)
            except TimeoutError:
                link.close()
                raise Failed(Trouble.TIMEOUT) from None
            except OSError:
                link.close()
                raise Failed(Trouble.BROKEN) from None
        connection.sock = Timed(link)
        return connection

    def _connected(self, host: str, port: int, deadline: float) -> socket.socket:
        try:
            found = socket.getaddrinfo(host, port, self._family, socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise Failed(Trouble.NO_HOST) from None
        trouble = Trouble.NO_HOST
        for family, kind, protocol, _, where in found:
            link = socket.socket(family, kind, protocol)
            try:
                link.settimeout(max(deadline - time.monotonic(), 0.01))
                link.connect(where)
                link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except TimeoutError:
                trouble = Trouble.TIMEOUT
            except OSError:
                trouble = Trouble.REFUSED
            else:
                return link
            link.close()
        raise Failed(trouble)

    def _sent(
        self,
        connection: http.client.HTTPConnection,
        told: SplitResult,
        deadline: float,
        method: str,
        body: bytes,
        headers: dict[str, str],
    ) -> http.client.HTTPResponse:
        path = (told.path or "/") + (f"?{told.query}" if told.query else "")
        connection.sock.deadline = deadline
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", told.netloc)
        for name, said in {**_HEADERS, **headers}.items():
            connection.putheader(name, said)
        if body or method == "POST":
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        return connection.getresponse()
