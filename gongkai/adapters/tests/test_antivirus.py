"""clamd's protocol against a small server of our own, and a scanner that is silent."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gongkai.adapters.antivirus import Clamd, NoScanner, ScannerFailed, scanner

MARK = b"X5O!-gongkai-test-marker"


@contextmanager
def fake_clamd(place: Path, answer: bytes | None = None, port: bool = False) -> Iterator[str]:
    """Serve INSTREAM until left: finds MARK, or gives `answer` whatever comes."""
    if port:
        listener = socket.create_server(("127.0.0.1", 0))
        address = f"127.0.0.1:{listener.getsockname()[1]}"
    else:
        address = str(place / "clamd.ctl")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(address)
        listener.listen()

    def serve() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                _speak(line, answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield address
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        if not port:
            Path(address).unlink()


def _speak(line: socket.socket, answer: bytes | None) -> None:
    stream = line.makefile("rwb")
    assert stream.read(10) == b"zINSTREAM\x00"
    data = b""
    while length := struct.unpack("!I", stream.read(4))[0]:
        data += stream.read(length)
    found = b"stream: Test-Marker FOUND\x00" if MARK in data else b"stream: OK\x00"
    stream.write(found if answer is None else answer)
    stream.flush()


@pytest.mark.parametrize("port", [False, True])
def test_clean_and_infected(tmp_path: Path, port: bool) -> None:
    with fake_clamd(tmp_path, port=port) as address:
        clean = Clamd(address).scan(b"x" * 200_000)
        assert clean.scanned
        assert not clean.infected
        infected = Clamd(address).scan(b"a" * 70_000 + MARK)
        assert (infected.infected, infected.signature) == (True, "Test-Marker")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b"INSTREAM size limit exceeded. ERROR\x00", "大小上限"),
        (b"stream: Access denied. ERROR\x00", "未能完成"),
        (b"\x00", "未能完成"),
        (b"", "没有回应"),
    ],
)
def test_anything_else_than_ok_is_no_pass(tmp_path: Path, answer: bytes, message: str) -> None:
    with fake_clamd(tmp_path, answer) as address, pytest.raises(ScannerFailed, match=message):
        Clamd(address).scan(b"x")


@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "127.0.0.1:1", "nonsense", "host:"])
def test_a_scanner_that_is_not_there_is_no_pass(address: str) -> None:
    with pytest.raises(ScannerFailed, match="没有回应"):
        Clamd(address, seconds=1).scan(b"x")


def test_a_scanner_that_does_not_answer_in_time_is_no_pass(tmp_path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX)
    with listener:
        listener.bind(str(tmp_path / "silent"))
        listener.listen()
        with pytest.raises(ScannerFailed, match="没有回应"):
            Clamd(str(tmp_path / "silent"), seconds=0.05).scan(b"x")


def test_the_setting_chooses(settings) -> None:
    settings.GONGKAI_CLAMD = ""
    assert isinstance(scanner(), NoScanner)
    assert not scanner().scan(b"x").scanned
    settings.GONGKAI_CLAMD = "/run/clamd"
    assert isinstance(scanner(), Clamd)
