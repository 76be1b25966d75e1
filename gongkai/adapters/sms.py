"""Sending short messages: through a county's own gateway, into a folder, or nowhere.

Every gateway in China speaks a dialect of its own, so `HttpTexter` speaks a plain one that a
few lines in front of any gateway can answer. One POST a message, JSON
`{"id", "phone", "text"}`, signed: X-Gongkai-Time (seconds), X-Gongkai-Key (who signs) and
X-Gongkai-Signature, HMAC-SHA256 in hexadecimal over the time, a line end and the body. `id` is
the same for the same words to the same phone, so that the gateway can drop what is sent twice.
An answer 2xx is taken, 408, 425, 429 and 5xx mean later, all others never.
"""

import hashlib
import hmac
import http.client
import json
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from gongkai.adapters.mail import Refused, SettingsError, TryLater, made, put_into_folder

_MOBILE = re.compile(r"(?:\+?86[- ]?)?(1[3-9]\d{9})", re.ASCII)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LONGEST = 500
_MOST_ANSWER = 64 * 1024
_LATER = (408, 425, 429)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Texter(Protocol):
    """Whoever sends short messages."""

    def send(self, phone: str, text: str) -> str:
        """Send a message to a mobile phone and return its id; raises Refused, TryLater."""
        ...


@dataclass(frozen=True, slots=True)
class NoTexter:
    """Sends nothing; what could not be sent is refused here as well."""

    def send(self, phone: str, text: str) -> str:
        """Return the id the message would have had."""
        return _identity(*checked(phone, text))


@dataclass(frozen=True, slots=True)
class FolderTexter:
    """Writes each message as a JSON file, for the demo and for looking at."""

    folder: Path

    def send(self, phone: str, text: str) -> str:
        """Write the message; raises Refused, TryLater."""
        phone, text = checked(phone, text)
        identity = _identity(phone, text)
        said = json.dumps({"id": identity, "phone": phone, "text": text}, ensure_ascii=False)
        put_into_folder(self.folder, f"{identity}.json", said.encode())
        return identity


@dataclass(frozen=True, slots=True)
class HttpTexter:
    """Sends through a gateway at `url`; plain http only to this machine."""

    url: str
    key: str
    secret: str = field(repr=False)
    seconds: float = 10.0
    ca_file: str = ""
    clock: Callable[[], float] = field(default=time.time, repr=False)

    def send(self, phone: str, text: str) -> str:
        """Send the message; return the gateway's id of it, or ours where it gives none.

        Raises:
            Refused: the phone, the text or the gateway's answer rules it out.
            TryLater: no connection, no answer in time, or the gateway asks to wait.
        """
        phone, text = checked(phone, text)
        identity = _identity(phone, text)
        body = json.dumps({"id": identity, "phone": phone, "text": text}).encode()
        try:
            status, answer = self._post(body)
        except (OSError, http.client.HTTPException) as error:
            raise TryLater(f"短信网关连接不上（{error}），稍后再发。") from error
        if 200 <= status < 300:
            return _given_identity(answer) or identity
        told = _CONTROLS.sub(" ", answer.decode("utf-8", "replace"))[:200]
        if status >= 500 or status in _LATER:
            raise TryLater(f"短信网关暂时不收（{status} {told}），稍后再发。")
        if status in (401, 403) or 300 <= status < 400:
            raise TryLater(f"短信网关不接受本系统（{status} {told}），请核对地址、账号和密钥。")
        raise Refused(f"短信网关拒收（{status} {told}），请核对手机号码。")

    def _post(self, body: bytes) -> tuple[int, bytes]:
        """Return the status and the start of the answer; a redirect is not followed."""
        address = urlsplit(self.url)
        stamp = str(int(self.clock()))
        signed = hmac.new(self.secret.encode(), stamp.encode() + b"\n" + body, hashlib.sha256)
        headers = {
            "Content-Type": "application/json",
            "X-Gongkai-Time": stamp,
            "X-Gongkai-Key": self.key,
            "X-Gongkai-Signature": signed.hexdigest(),
        }
        connection = self._connection(address.scheme, address.hostname or "", address.port)
        try:
            path = (address.path or "/") + (f"?{address.query}" if address.query else "")
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            return response.status, response.read(_MOST_ANSWER)
        finally:
            connection.close()

    def _connection(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        if scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=self.seconds)
        context = ssl.create_default_context(cafile=self.ca_file or None)
        return http.client.HTTPSConnection(host, port, timeout=self.seconds, context=context)


def checked(phone: str, text: str) -> tuple[str, str]:
    """Return a mainland mobile number as eleven digits, and the text.

    Raises:
        Refused: it is no such number, or the text is empty, too long or holds controls.
    """
    found = _MOBILE.fullmatch(phone.strip())
    if found is None:
        raise Refused("手机号码应当是11位、以13至19开头的数字，请核对。")
    if not text.strip():
        raise Refused("短信没有内容。")
    if len(text) > _LONGEST:
        raise Refused(f"短信有{len(text)}字，最多{_LONGEST}字，请缩短。")
    if _CONTROLS.search(text):
        raise Refused("短信中不能有换行或控制字符。")
    return found[1], text


def _identity(phone: str, text: str) -> str:
    return hashlib.sha256(f"{phone}\n{text}".encode()).hexdigest()[:32]


def _given_identity(answer: bytes) -> str:
    """Return the id in a gateway's answer; what is no JSON object gives none."""
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return ""
    given = said.get("id", "") if isinstance(said, dict) else ""
    return _CONTROLS.sub("", str(given))[:100] if isinstance(given, str | int) else ""


def texter(config: Mapping[str, Any]) -> Texter:
    """Return the texter that a setting GONGKAI_TEXTER describes: `kind` and its fields.

    Kinds: "none", "folder" (folder), "http" (url, key, secret, seconds, ca_file).

    Raises:
        SettingsError: the kind or a field is missing or unknown, or the URL is not https.
    """
    kinds = {"none": NoTexter, "folder": FolderTexter, "http": HttpTexter}
    chosen: Texter = made("GONGKAI_TEXTER", config, kinds)
    if isinstance(chosen, HttpTexter):
        _check_gateway(chosen)
    return chosen


def _check_gateway(chosen: HttpTexter) -> None:
    try:
        address = urlsplit(chosen.url)
        host, _ = address.hostname, address.port
    except ValueError as error:
        raise SettingsError(f"GONGKAI_TEXTER 的 url 无法识别（{error}）。") from error
    safe = address.scheme == "https" or (address.scheme == "http" and host in _LOOPBACK)
    if not host or not safe or address.username is not None:
        raise SettingsError("GONGKAI_TEXTER 的 url 应当以 https:// 开头，不带用户名和密码。")
    if not chosen.key or not chosen.secret:
        raise SettingsError("GONGKAI_TEXTER 缺少 key 或者 secret。")
