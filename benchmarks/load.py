"""Readers at a server: many kept connections at a steady pace, or one tool as fast as it can.

Plain HTTP/1.1 over asyncio: at a thousand requests a second the asking takes a third of a core,
which is the server's loss on a small machine and stands in every figure alike.
"""

import asyncio
import itertools
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

_PATIENCE = 10.0


@dataclass(slots=True)
class Load:
    """What readers met: the wall milliseconds of each answer, and what went wrong."""

    took: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def p99(self) -> float:
        """The 99th percentile of the answers' milliseconds."""
        return statistics.quantiles(self.took, n=100)[98]


class _Reader(asyncio.Protocol):
    """One kept connection, read without streams: those take three times the CPU of this."""

    def __init__(self, host: str, port: int, name: str, own: str) -> None:
        self._where, self._name, self._own = (host, port), name, own
        self._line: asyncio.Transport | None = None
        self._answer: asyncio.Future[int] | None = None
        self._head: bytes | None = b""
        self._left, self._chunked, self._status = 0, False, 0

    async def ask(self, address: str) -> int:
        """Ask for a page, read it whole; return its status.

        Raises:
            OSError, TimeoutError, ValueError: it broke off, took too long or made no sense.
        """
        loop = asyncio.get_running_loop()
        if self._line is None:
            line, _ = await loop.create_connection(
                lambda: self, *self._where, local_addr=(self._own, 0)
            )
            self._line = line
        self._head, self._chunked = b"", False
        self._answer = answer = loop.create_future()
        head = f"GET {quote(address, safe='/?&=%')} HTTP/1.1\r\nHost: {self._name}\r\n"
        self._line.write(f"{head}Accept-Encoding: gzip, br\r\n\r\n".encode())
        patience = loop.call_later(_PATIENCE, self._fail, TimeoutError("no whole answer"))
        try:
            return await answer
        except BaseException:
            self.close()
            raise
        finally:
            patience.cancel()

    def data_received(self, data: bytes) -> None:
        """Take a part of an answer."""
        if self._head is not None:
            self._head += data
            head, end, data = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            self._read_head(head)
        self._left -= len(data)
        ended = data.endswith(b"0\r\n\r\n") if self._chunked else self._left <= 0
        if ended and self._answer is not None and not self._answer.done():
            self._answer.set_result(self._status)

    def connection_lost(self, error: Exception | None) -> None:
        """Fail the question under way, if any."""
        self._fail(error or ConnectionResetError("the connection was closed"))
        self._line = None

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def _read_head(self, head: bytes) -> None:
        first, *lines = head.decode("latin-1").lower().split("\r\n")
        told = dict(line.split(": ", 1) for line in lines if ": " in line)
        self._status = int(first.split(" ", 2)[1])
        self._chunked = told.get("transfer-encoding") == "chunked"
        self._left = int(told.get("content-length", "0"))
        self._head = None

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)


async def _steadily(
    reader: _Reader, addresses: Iterator[str], first: float, every: float, until: float, load: Load
) -> None:
    due = first
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        asked, address = time.perf_counter(), next(addresses)
        try:
            status = await reader.ask(address)
        except (OSError, TimeoutError, ValueError, KeyError, EOFError) as error:
            load.errors.append(f"{address}: {error!r}")
        else:
            load.took.append((time.perf_counter() - asked) * 1000)
            if status != 200:
                load.errors.append(f"{address}: {status}")
        due += every
    reader.close()


async def steadily(
    where: tuple[str, int],
    name: str,
    addresses: Sequence[str],
    *,
    connections: int,
    every: float,
    seconds: float,
) -> Load:
    """Ask over `connections` kept connections, each once in `every` seconds, for `seconds`.

    Connections start spread over the first period, as readers do, and each has an address of its
    own (127.0.1.1 and on), as readers have.
    """
    load, turn = Load(), itertools.cycle(addresses)
    start = time.perf_counter() + 0.1
    await asyncio.gather(
        *(
            _steadily(
                _Reader(*where, name, f"127.0.{1 + place // 250}.{1 + place % 250}"),
                turn,
                start + every * place / connections,
                every,
                start + seconds,
                load,
            )
            for place in range(connections)
        )
    )
    return load


def wrk(url: str, *, seconds: int, connections: int = 32, fields: Sequence[str] = ()) -> float:
    """Return the requests a second that wrk, with one thread, gets answered.

    Raises:
        RuntimeError: some were not answered with a page.
    """
    given = [part for line in fields for part in ("-H", line)]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", *given, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    return float(said.partition("Requests/sec:")[2].split()[0])
