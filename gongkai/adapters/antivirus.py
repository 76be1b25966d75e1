"""The virus scanner: clamd over its socket (INSTREAM), or none where none is configured.

A scanner that is configured and does not answer is an error, never a pass.
"""

import socket
import struct
from dataclasses import dataclass
from typing import Protocol

_CHUNK = 1 << 16
_SECONDS = 30.0


class ScannerFailed(RuntimeError):
    """The scanner is configured and did not give a verdict; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanner said: whether it looked at all, and the name of what it found."""

    scanned: bool
    signature: str = ""

    @property
    def infected(self) -> bool:
        """Say whether something was found."""
        return bool(self.signature)


class Scanner(Protocol):
    """Whoever looks for viruses."""

    def scan(self, data: bytes) -> Verdict:
        """Return the verdict on a file's bytes."""


class NoScanner:
    """The twin: looks at nothing and says so."""

    def scan(self, data: bytes) -> Verdict:
        """Return that nothing was scanned."""
        return Verdict(scanned=False)


class Clamd:
    """clamd at "/path/of/its/socket" or "host:port"."""

    def __init__(self, address: str, seconds: float = _SECONDS) -> None:
        """Take the address; nothing is opened yet."""
        self._address = address
        self._seconds = seconds

    def scan(self, data: bytes) -> Verdict:
        """Return clamd's verdict.

        Raises:
            ScannerFailed: it cannot be reached, takes too long, or answers with an error.
        """
        try:
            with self._connected() as line:
                answer = _ask(line, data)
        except OSError:
            raise ScannerFailed(
                "查毒程序没有回应，文件没有上传。请稍后再试，仍不行的请告知系统管理员。"
            ) from None
        if answer.endswith("FOUND"):
            found = answer.removeprefix("stream:").removesuffix("FOUND").strip()
            return Verdict(scanned=True, signature=found or "FOUND")
        if answer == "stream: OK":
            return Verdict(scanned=True)
        if "size limit" in answer:
            raise ScannerFailed("文件超过查毒程序的大小上限，没有上传，请告知系统管理员。")
        raise ScannerFailed("查毒程序未能完成检查，文件没有上传，请告知系统管理员。")

    def _connected(self) -> socket.socket:
        if self._address.startswith("/"):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(self._seconds)
            try:
                line.connect(self._address)
            except OSError:
                line.close()
                raise
            return line
        host, _, port = self._address.rpartition(":")
        if not port.isdigit():
            raise OSError(f"GONGKAI_CLAMD: {self._address}")
        return socket.create_connection((host.strip("[]"), int(port)), self._seconds)


def scanner() -> Scanner:
    """Return the scanner that the setting GONGKAI_CLAMD names; empty: the twin."""
    from django.conf import settings

    return Clamd(settings.GONGKAI_CLAMD) if settings.GONGKAI_CLAMD else NoScanner()


def _ask(line: socket.socket, data: bytes) -> str:
    try:
        line.sendall(b"zINSTREAM\x00")
        for start in range(0, len(data), _CHUNK):
            part = data[start : start + _CHUNK]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # clamd hangs up when a file is too large, and has said so before
    answer = b""
    while not answer.endswith(b"\x00") and len(answer) < 4096:
        part = line.recv(4096)
        if not part:
            break
        answer += part
    if not answer:
        raise ConnectionError("no answer")
    return answer.rstrip(b"\x00\n").decode("utf-8", "replace")
