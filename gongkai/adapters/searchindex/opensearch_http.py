"""Talking to an OpenSearch cluster over HTTP: one kept connection a thread, errors in Chinese."""

import base64
import http.client
import json
import ssl
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from gongkai.adapters.searchindex.types import IndexBusy, IndexFailed

NONE_YET = "检索索引尚未建立，请运行 gongkai buildsearch。"
_MOST_ANSWER = 64 * 1024 * 1024


class NotThere(IndexFailed):
    """The server has no index or alias of that name."""


@dataclass(frozen=True)
class Server:
    """A cluster at `url`; `user` and `password` where it asks for them."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    seconds: float = 10.0
    _kept: threading.local = field(default_factory=threading.local, repr=False, compare=False)

    def ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """Send JSON, or nothing, and return the answer.

        Raises:
            NotThere: 404. IndexBusy: 429 or 503. IndexFailed: any other failure.
        """
        text = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        return self._told(*self._send(method, path, text, "application/json"))

    def bulk(self, path: str, lines: Iterable[object]) -> dict[str, Any]:
        """Send lines of JSON to a bulk address and return the answer; raises as `ask`."""
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()
        return self._told(*self._send("POST", path, text, "application/x-ndjson"))

    def _send(self, method: str, path: str, body: bytes | None, kind: str) -> tuple[int, bytes]:
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = kind
        if self.user:
            pair = f"{self.user}:{self.password}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        whole = urlsplit(self.url).path.rstrip("/") + path
        for again in (True, False):
            try:
                connection = self._connection()
                connection.request(method, whole, body, headers)
                answer = connection.getresponse()
                return answer.status, answer.read(_MOST_ANSWER)
            except (OSError, http.client.HTTPException) as error:
                # A kept connection may have been closed by the other side: once more on a new one.
                self._forget()
                if not again or not isinstance(error, ConnectionError | http.client.BadStatusLine):
                    raise IndexFailed(
                        f"检索服务器连接不上（{error}），请检查网络和地址。"
                    ) from error
        raise AssertionError

    def _connection(self) -> http.client.HTTPConnection:
        kept: http.client.HTTPConnection | None = getattr(self._kept, "connection", None)
        if kept is None:
            address = urlsplit(self.url)
            host = address.hostname or ""
            if address.scheme == "http":
                kept = http.client.HTTPConnection(host, address.port, timeout=self.seconds)
            else:
                context = ssl.create_default_context(cafile=self.ca_file or None)
                kept = http.client.HTTPSConnection(
                    host, address.port, timeout=self.seconds, context=context
                )
            self._kept.connection = kept
        return kept

    def _forget(self) -> None:
        kept = getattr(self._kept, "connection", None)
        if kept is not None:
            kept.close()
            self._kept.connection = None

    def _told(self, status: int, answer: bytes) -> dict[str, Any]:
        try:
            said = json.loads(answer) if answer else {}
        except (ValueError, RecursionError) as error:
            raise IndexFailed(f"检索服务器的回答读不出（{status}）。") from error
        if not isinstance(said, dict):
            raise IndexFailed(f"检索服务器的回答不是预期的格式（{status}）。")
        if 200 <= status < 300:
            return said
        raise failure(status, said.get("error", ""))


def failure(status: int, error: object) -> IndexFailed:
    """Return what an error of the server means."""
    kind = error.get("type", "") if isinstance(error, Mapping) else ""
    reason = error.get("reason", "") if isinstance(error, Mapping) else error
    told = f"{status} {kind} {reason}".strip()[:300]
    if kind == "cluster_block_exception" or "flood" in told:
        return IndexFailed(f"检索服务器的磁盘已满或索引只读（{told}），请清理后重试。")
    if status == 404:
        return NotThere(NONE_YET)
    if status in (429, 503):
        return IndexBusy(f"检索服务器正忙（{told}），稍后自动重试。")
    if status in (401, 403):
        return IndexFailed(f"检索服务器不接受本系统（{told}），请核对用户名、密码和权限。")
    return IndexFailed(f"检索服务器出错（{told}）。")
