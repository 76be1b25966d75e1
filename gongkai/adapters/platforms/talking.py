"""Talking to a platform over HTTP: JSON and forms out, JSON in, within limits of time and size.

Whatever goes wrong on the way is `Busy`: it is not known whether the platform has acted.
"""

import http.client
import json
import ssl
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from gongkai.adapters.mail import SettingsError
from gongkai.adapters.platforms.types import Busy

_MOST_ANSWER = 4 * 1024 * 1024
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
Files = Mapping[str, tuple[str, str, bytes]]  # field: (file name, media type, bytes)


@dataclass(frozen=True, slots=True)
class Line:
    """A line to one server: `base` is https, or http to this machine alone."""

    base: str
    name: str  # as messages call the platform
    seconds: float = 20.0
    ca_file: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse an address that would carry secrets in the clear."""
        address = urlsplit(self.base)
        local = address.scheme == "http" and address.hostname in _LOOPBACK
        if not address.hostname or not (address.scheme == "https" or local):
            raise SettingsError(f"{self.name}的接口地址应当以 https:// 开头。")

    def get(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        """Return the JSON object that a GET is answered with; raises Busy."""
        return self._ask("GET", f"{path}?{urlencode(query)}", b"", {})

    def post(self, path: str, query: Mapping[str, str], told: Mapping[str, Any]) -> dict[str, Any]:
        """Return the JSON object that a POST of JSON is answered with; raises Busy."""
        body = json.dumps(told, ensure_ascii=False).encode()
        kind = {"Content-Type": "application/json; charset=utf-8"}
        return self._ask("POST", f"{path}?{urlencode(query)}", body, kind)

    def form(self, path: str, told: Mapping[str, str]) -> dict[str, Any]:
        """Return the JSON object that a POST of a form is answered with; raises Busy."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(told).encode(), kind)

    def upload(
        self, path: str, query: Mapping[str, str], told: Mapping[str, str], files: Files
    ) -> dict[str, Any]:
        """Return the JSON object that a POST of files is answered with; raises Busy."""
        boundary = uuid.uuid4().hex
        body = _multipart(boundary, told, files)
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask("POST", f"{path}?{urlencode(query)}" if query else path, body, kind)

    def _ask(self, method: str, path: str, body: bytes, head: Mapping[str, str]) -> dict[str, Any]:
        try:
            status, answer = self._talk(method, path, body, head)
        except (OSError, http.client.HTTPException) as error:
            raise Busy(
                f"{self.name}连接不上或者没有及时应答（{type(error).__name__}）。"
            ) from error
        if status >= 500 or status == 429:
            raise Busy(f"{self.name}暂时不能用（{status}）。")
        try:
            said = json.loads(answer)
        except (ValueError, RecursionError):
            raise Busy(f"{self.name}的应答看不懂（{status}）。") from None
        if not isinstance(said, dict):
            raise Busy(f"{self.name}的应答看不懂（{status}）。")
        return said

    def _talk(
        self, method: str, path: str, body: bytes, head: Mapping[str, str]
    ) -> tuple[int, bytes]:
        address = urlsplit(self.base)
        host, port = address.hostname or "", address.port
        connection: http.client.HTTPConnection
        if address.scheme == "http":
            connection = http.client.HTTPConnection(host, port, timeout=self.seconds)
        else:
            context = ssl.create_default_context(cafile=self.ca_file or None)
            connection = http.client.HTTPSConnection(
                host, port, timeout=self.seconds, context=context
            )
        try:
            connection.request(method, address.path.rstrip("/") + path, body or None, dict(head))
            response = connection.getresponse()
            return response.status, response.read(_MOST_ANSWER)
        finally:
            connection.close()


def _multipart(boundary: str, told: Mapping[str, str], files: Files) -> bytes:
    parts: list[bytes] = []
    for name, value in told.items():
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'.encode())
        parts.append(b"\r\n\r\n" + value.encode() + b"\r\n")
    for name, (file_name, kind, content) in files.items():
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; '
            f'filename="{file_name}"\r\nContent-Type: {kind}\r\n\r\n'
        )
        parts += [head.encode(), content, b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts)
