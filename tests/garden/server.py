"""Serve the garden: one loop in a thread, a port for each site, the same port on IPv4 and IPv6.

Nothing waits: an answer that never comes is held on an event until `release` or the end.
"""

import asyncio
import json
import re
import socket
import threading
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from tests.garden.beds import planted
from tests.garden.ground import Answer, Asked, Page, Plan, Site, Way

EXPECTED = Path(__file__).with_name("expected.json")
_MARK = re.compile(rb"\{\{([a-z0-9-]+)\}\}")
_HOSTS = {4: "127.0.0.1", 6: "::1"}
_LOST = Answer(b"<h1>404 Not Found</h1>", 404)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request that came: to which site, how, for what, by whom."""

    site: str
    method: str
    target: str
    agent: str


class Garden:
    """The running garden; use it as a context, or call `start` and `stop`."""

    def __init__(self, plan: Plan | None = None) -> None:
        """Take the whole plan unless another is given; no socket is opened yet."""
        self.plan = plan or planted()
        self.visits: list[Visit] = []
        self._ports: dict[str, int] = {}
        self._seen: Counter[tuple[str, bytes]] = Counter()
        self._held: list[socket.socket] = []
        self._servers: list[asyncio.Server] = []
        self._loop = asyncio.new_event_loop()
        self._released = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "Garden":
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> "Garden":
        """Open all sites and return the garden."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)
        return self

    def stop(self) -> None:
        """Close all sites, whoever still waits for an answer."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
        for each in self._held:
            each.close()

    def release(self) -> None:
        """Let all answers that are held come now, and never be held again."""
        self._loop.call_soon_threadsafe(self._released.set)

    def again(self) -> None:
        """Forget all visits and begin every scripted sequence anew."""
        self.visits.clear()
        self._seen.clear()

    def origin(self, name: str, family: int | None = None) -> str:
        """Return `http://host:port` of a site, by its first family unless another is named."""
        family = family or self.plan.sites[name].families[0]
        host = _HOSTS[family]
        return (
            f"http://[{host}]:{self._ports[name]}"
            if family == 6
            else f"http://{host}:{self._ports[name]}"
        )

    def address(self, written: str) -> str:
        """Return an address of expected.json, `{portal}/...`, with the real origin."""
        name, brace, path = written.partition("}")
        return self.origin(name[1:]) + path if brace and written.startswith("{") else written

    def written(self, address: str) -> str:
        """Return an address as expected.json writes it; the reverse of `address`."""
        told = urlsplit(address)
        names = {port: name for name, port in self._ports.items()}
        if told.hostname not in _HOSTS.values() or told.port not in names:
            return address
        rest = (told.path or "/") + (f"?{told.query}" if told.query else "")
        return f"{{{names[told.port]}}}{rest}"

    def expected(self) -> dict[str, Any]:
        """Return the frozen expectations as they are written."""
        return json.loads(EXPECTED.read_text("utf-8"))

    async def _open(self) -> None:
        for site in self.plan.sites.values():
            sockets = _bound(site.families)
            self._ports[site.name] = sockets[0].getsockname()[1]
            if not site.listens:
                self._held += sockets  # bound, not listening: refused, and nobody else takes it
                continue
            for each in sockets:
                self._servers.append(await asyncio.start_server(self._serve(site), sock=each))

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _serve(self, site: Site) -> Any:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                while await self._one(site, reader, writer):
                    pass
            except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                return  # the visitor left
            except asyncio.CancelledError:
                return  # the garden closes
            finally:
                writer.close()

        return serve

    async def _one(
        self, site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer one request; return whether the connection is kept."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ", 2)
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:] if line)
        }
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.visits.append(Visit(site.name, method, target, headers.get("user-agent", "")))
        key = unquote_to_bytes(target.encode("latin-1").partition(b"#")[0])
        self._seen[site.name, key] += 1
        asked = Asked(method, key, headers, body, self._seen[site.name, key])
        answer = _found(site, key)
        made = answer if isinstance(answer, Answer) else answer(asked)
        return await self._write(writer, made, method) and headers.get("connection") != "close"

    async def _write(self, writer: asyncio.StreamWriter, answer: Answer, method: str) -> bool:
        """Put an answer on the wire in its way; return whether the connection is kept."""
        if answer.way is Way.SILENT:
            await self._released.wait()
        if answer.way is Way.WEARY:
            await asyncio.sleep(0.05)
        body = self._filled(answer)
        head, chunked = self._head(answer, body)
        sent = b"" if method == "HEAD" else body
        if answer.way in (Way.CUT, Way.CHUNKED_CUT):
            sent = sent[: len(sent) // 2]
        if chunked and method != "HEAD":
            sent = b"%x\r\n%s\r\n" % (len(sent), sent) + (
                b"" if answer.way is Way.CHUNKED_CUT else b"0\r\n\r\n"
            )
        if answer.way is Way.STUCK:
            half = len(sent) // 2
            writer.write(head + sent[:half])
            await writer.drain()
            await self._released.wait()
            head, sent = b"", sent[half:]
        writer.write(head + sent)
        await writer.drain()
        return answer.way not in (Way.OLD, Way.CUT, Way.CHUNKED_CUT)

    def _head(self, answer: Answer, body: bytes) -> tuple[bytes, bool]:
        chunked = answer.way in (Way.CHUNKED, Way.CHUNKED_CUT)
        version = "1.0" if answer.way is Way.OLD else "1.1"
        lines = [f"HTTP/{version} {answer.status} {HTTPStatus(answer.status).phrase}"]
        if answer.kind:
            lines.append(f"Content-Type: {answer.kind}")
        lines += [f"{name}: {self._fill(value)}" for name, value in answer.headers]
        if chunked:
            lines.append("Transfer-Encoding: chunked")
        elif answer.way is not Way.OLD:
            lines.append(f"Content-Length: {len(body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8"), chunked

    def _filled(self, answer: Answer) -> bytes:
        if not answer.is_text or b"{{" not in answer.body:
            return answer.body
        return _MARK.sub(lambda found: self.origin(found[1].decode()).encode(), answer.body)

    def _fill(self, value: str) -> str:
        return _MARK.sub(
            lambda found: self.origin(found[1].decode()).encode(), value.encode()
        ).decode()


def _found(site: Site, key: bytes) -> Page:
    """Return the page at a path; a page laid at `/path?*` or `/path/*` answers all below it."""
    if key in site.pages:
        return site.pages[key]
    path, mark, _ = key.partition(b"?")
    if mark and path + b"?*" in site.pages:
        return site.pages[path + b"?*"]
    parts = path.split(b"/")
    for length in range(len(parts) - 1, 0, -1):
        every = b"/".join(parts[:length]) + b"/*"
        if every in site.pages:
            return site.pages[every]
    return _LOST


def _bound(families: tuple[int, ...]) -> list[socket.socket]:
    """Return bound sockets of the families on one and the same free port."""
    for _ in range(50):
        bound: list[socket.socket] = []
        try:
            for family in families:
                kind = socket.AF_INET6 if family == 6 else socket.AF_INET
                one = socket.socket(kind)
                bound.append(one)
                if family == 6:
                    one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                one.bind((_HOSTS[family], bound[0].getsockname()[1] if len(bound) > 1 else 0))
        except OSError:
            for each in bound:
                each.close()
            continue
        return bound
    raise OSError("no port is free on both families")
