"""Asking hostile servers: drips, bombs, lies about lengths, endless heads, redirects inward."""

import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator

import pytest

from gongkai.adapters.crawler.fetching import PAGE_BYTES, Fetcher, NotAllowed
from gongkai.adapters.crawler.pace import Pace
from gongkai.text.sitepages import Trouble

Script = Callable[[socket.socket, bytes], None]
OPEN = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
PATIENCE = 0.5


class Server:
    """A server that answers each path by a script; one thread a visitor."""

    def __init__(self) -> None:
        self.scripts: dict[bytes, Script] = {}
        self.asked: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.over = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Let all who wait go."""
        self.over.set()
        self._socket.close()

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                link, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(link,), daemon=True).start()

    def _one(self, link: socket.socket) -> None:
        with link:
            head = link.recv(65536)
            path = head.split(b" ")[1] if b" " in head else b""
            self.asked.append(path)
            script = self.scripts.get(path)
            try:
                if script is None:
                    link.sendall(OPEN)
                else:
                    script(link, head)
            except OSError:
                return


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def fetcher(server: Server) -> Iterator[Fetcher]:
    made = Fetcher(server.origin, pace=Pace(0), patience=PATIENCE)
    yield made
    made.close()


def says(head: str, body: bytes = b"") -> Script:
    """Return a script that sends one answer and closes."""
    return lambda link, _: link.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)


class TestDeadline:
    def test_a_body_that_drips_ends_at_the_deadline(self, server: Server, fetcher: Fetcher) -> None:
        def drip(link: socket.socket, _: bytes) -> None:
            link.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n"
            )
            while not server.over.wait(0.05):
                link.sendall(b"x")

        server.scripts[b"/drip"] = drip
        begun = time.monotonic()
        assert fetcher.get(f"{server.origin}/drip").trouble is Trouble.TIMEOUT
        assert time.monotonic() - begun < 4 * PATIENCE

    def test_a_head_that_drips_ends_at_the_deadline(self, server: Server, fetcher: Fetcher) -> None:
        def drip(link: socket.socket, _: bytes) -> None:
            link.sendall(b"HTTP/1.1 200 OK\r\n")
            while not server.over.wait(0.05):
                link.sendall(b"X-A: b\r\n")

        server.scripts[b"/drip"] = drip
        begun = time.monotonic()
        trouble = fetcher.get(f"{server.origin}/drip").trouble
        assert trouble in (Trouble.TIMEOUT, Trouble.BROKEN)
        assert time.monotonic() - begun < 4 * PATIENCE


class TestLies:
    @pytest.mark.parametrize(
        "words",
        ["", "hello\n", "HTTP/1.1 abc\n", "HTTP/1.1 200 OK\nContent-Length: -5",
         "HTTP/9.9 200 OK\nA: b", "SSH-2.0-OpenSSH"],
    )  # fmt: skip
    def test_no_answer_breaks_it(self, server: Server, fetcher: Fetcher, words: str) -> None:
        server.scripts[b"/x"] = says(words)
        answer = fetcher.get(f"{server.origin}/x")
        assert answer.trouble is not Trouble.NONE or answer.status == 200

    def test_less_than_was_promised_is_truncated(self, server: Server, fetcher: Fetcher) -> None:
        head = "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 100"
        server.scripts[b"/x"] = says(head, b"short")
        assert fetcher.get(f"{server.origin}/x").trouble is Trouble.TRUNCATED

    def test_a_bomb_is_not_unpacked(self, server: Server, fetcher: Fetcher) -> None:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        bomb = packer.compress(b"\0" * 60_000_000) + packer.flush()
        kind = "Content-Type: text/html\nContent-Encoding: gzip"
        head = f"HTTP/1.1 200 OK\n{kind}\nContent-Length: {len(bomb)}"
        server.scripts[b"/x"] = says(head, bomb)
        answer = fetcher.get(f"{server.origin}/x")
        assert not answer.whole
        assert len(answer.body) == PAGE_BYTES

    def test_a_length_that_is_no_number_is_let_pass(self, server: Server, fetcher: Fetcher) -> None:
        head = "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: many"
        server.scripts[b"/x"] = says(head, b"words")
        assert fetcher.get(f"{server.origin}/x").body == b"words"


class TestWays:
    def test_a_redirect_to_an_inner_network_is_not_followed(
        self, server: Server, fetcher: Fetcher
    ) -> None:
        server.scripts[b"/x"] = says(
            "HTTP/1.1 302 Found\nLocation: http://10.0.0.1/admin\nContent-Length: 0"
        )
        assert fetcher.get(f"{server.origin}/x").trouble is Trouble.INSIDE

    def test_a_redirect_to_what_robots_disallow_is_not_followed(
        self, server: Server, fetcher: Fetcher
    ) -> None:
        rules = b"User-agent: *\nDisallow: /private\n"
        server.scripts[b"/robots.txt"] = says(
            f"HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: {len(rules)}", rules
        )
        server.scripts[b"/x"] = says("HTTP/1.1 302 Found\nLocation: /private\nContent-Length: 0")
        with pytest.raises(NotAllowed):
            fetcher.get(f"{server.origin}/x")
        assert b"/private" not in server.asked

    def test_robots_that_fail_are_a_no(self, server: Server, fetcher: Fetcher) -> None:
        server.scripts[b"/robots.txt"] = says("HTTP/1.1 500 No\nContent-Length: 0")
        with pytest.raises(NotAllowed):
            fetcher.get(f"{server.origin}/x")
        assert server.asked == [b"/robots.txt"]

    def test_a_second_try_waits_as_long_as_it_was_asked_to(self, server: Server) -> None:
        rested: list[float] = []
        fetcher = Fetcher(server.origin, pace=Pace(0, sleep=rested.append), patience=PATIENCE)
        server.scripts[b"/x"] = says("HTTP/1.1 429 Busy\nRetry-After: 7\nContent-Length: 0")
        assert fetcher.get(f"{server.origin}/x").status == 429
        assert rested == [7.0]
        assert server.asked.count(b"/x") == 2

    def test_a_visit_is_one_request(self, server: Server, fetcher: Fetcher) -> None:
        server.scripts[b"/"] = says("HTTP/1.1 503 Away\nContent-Length: 0")
        assert fetcher.visit(f"{server.origin}/").status == 503
        assert server.asked == [b"/"]
