"""Sending short messages: the gateway's plain dialect, what its answers mean, the twins."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import BinaryIO

import pytest

from gongkai.adapters.mail import Refused, SettingsError, TryLater
from gongkai.adapters.sms import FolderTexter, HttpTexter, NoTexter, texter
from gongkai.adapters.tests.loopback import certified, closed_port, served, silent

PHONE = "13800138000"
TEXT = "【某县】您的政府信息公开申请（20260017）已经答复，请登录结果查询页查看。"


class Gateway:
    """A gateway that keeps what it is sent and gives one answer."""

    def __init__(self, status: int = 200, body: bytes = b'{"id": "g-1"}', more: str = "") -> None:
        """Take the answer."""
        self.answer = (
            f"HTTP/1.1 {status} x\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body
        )
        self.asked: list[tuple[str, dict[str, str], bytes]] = []

    def __call__(self, file: BinaryIO) -> None:
        """Talk to one client."""
        first = file.readline().decode().strip()
        headers = {}
        while (line := file.readline().decode().strip()) != "":
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
        body = file.read(int(headers.get("content-length", "0"))) or b""
        self.asked.append((first, headers, body))
        file.write(self.answer)


def send(gateway: Gateway, text: str = TEXT) -> str:
    """Send a message through a gateway of the test's own."""
    with served(gateway) as port:
        url = f"http://127.0.0.1:{port}/sms?channel=1"
        return HttpTexter(url, "county", "secret", seconds=2, clock=lambda: 1772416800.5).send(
            PHONE, text
        )


def test_a_message_is_posted_and_signed() -> None:
    gateway = Gateway()
    assert send(gateway) == "g-1"
    ((first, headers, body),) = gateway.asked
    assert first == "POST /sms?channel=1 HTTP/1.1"
    said = json.loads(body)
    assert (said["phone"], said["text"]) == (PHONE, TEXT)
    signed = hmac.new(b"secret", b"1772416800\n" + body, hashlib.sha256).hexdigest()
    assert headers["x-gongkai-signature"] == signed
    assert (headers["x-gongkai-time"], headers["x-gongkai-key"]) == ("1772416800", "county")


def test_the_same_message_has_the_same_id_and_another_has_another() -> None:
    gateway = Gateway(body=b"")
    assert send(gateway) == send(gateway)
    assert send(gateway) != send(gateway, "另一条短信")


@pytest.mark.parametrize("body", [b"", b"ok", b"[1]", b'{"id": null}', b"[" * 50_000, b"\xff"])
def test_an_answer_without_an_id_is_taken_too(body: bytes) -> None:
    assert send(Gateway(202, body)) == NoTexter().send(PHONE, TEXT)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_a_busy_gateway_is_tried_later(status: int) -> None:
    with pytest.raises(TryLater, match="稍后再发"):
        send(Gateway(status))


@pytest.mark.parametrize("status", [301, 302, 401, 403])
def test_what_is_wrong_with_our_settings_loses_no_message(status: int) -> None:
    gateway = Gateway(status, more="Location: http://127.0.0.1:1/\r\n")
    with pytest.raises(TryLater, match="请核对地址"):
        send(gateway)
    assert len(gateway.asked) == 1


@pytest.mark.parametrize("status", [400, 404, 422])
def test_a_refusal_is_final(status: int) -> None:
    with pytest.raises(Refused, match="请核对手机号码"):
        send(Gateway(status))


def test_no_gateway_a_silent_one_and_one_that_hangs_up() -> None:
    with pytest.raises(TryLater):
        HttpTexter(f"http://127.0.0.1:{closed_port()}", "k", "s").send(PHONE, TEXT)
    with served(silent) as port, pytest.raises(TryLater):
        HttpTexter(f"http://127.0.0.1:{port}", "k", "s", seconds=0.05).send(PHONE, TEXT)
    with served(lambda file: None) as port, pytest.raises(TryLater):
        HttpTexter(f"http://127.0.0.1:{port}", "k", "s").send(PHONE, TEXT)
    with served(lambda file: file.write(b"SSH-2.0\r\n") and None) as port, pytest.raises(TryLater):
        HttpTexter(f"http://127.0.0.1:{port}", "k", "s").send(PHONE, TEXT)


def test_a_gateway_has_to_prove_who_it_is(tmp_path: Path) -> None:
    context, trusted = certified(tmp_path)
    gateway = Gateway()
    with served(gateway, context) as port:
        url = f"https://127.0.0.1:{port}/"
        assert HttpTexter(url, "k", "s", ca_file=str(trusted)).send(PHONE, TEXT) == "g-1"
        with pytest.raises(TryLater, match="certificate"):
            HttpTexter(url, "k", "s").send(PHONE, TEXT)
    assert len(gateway.asked) == 1


@pytest.mark.parametrize(
    "phone", ["", "110", "12800138000", "138001380001", "１３８００１３８０００", "a"]
)
def test_what_is_no_mobile_number(phone: str) -> None:
    with pytest.raises(Refused, match="手机号码"):
        NoTexter().send(phone, TEXT)


@pytest.mark.parametrize("text", ["", "  ", "字" * 501, "a\r\nb", "a\x00b", "a\ud800"])
def test_what_is_no_message(text: str) -> None:
    with pytest.raises(Refused, match="短信"):
        NoTexter().send(PHONE, text)


def test_the_folder_keeps_messages(tmp_path: Path) -> None:
    ours = FolderTexter(tmp_path)
    identity = ours.send(f"+86 {PHONE}", TEXT)
    (file,) = tmp_path.iterdir()
    said = {"id": identity, "phone": PHONE, "text": TEXT}
    assert json.loads(file.read_text("utf-8")) == said


def test_settings_choose_the_texter(tmp_path: Path) -> None:
    assert texter({"kind": "none"}) == NoTexter()
    assert texter({"kind": "folder", "folder": tmp_path}) == FolderTexter(tmp_path)
    chosen = texter(
        {"kind": "http", "url": "https://sms.example.gov.cn/", "key": "k", "secret": "s"}
    )
    assert isinstance(chosen, HttpTexter)
    assert "'s'" not in repr(chosen)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("", "k"),
        ("sms.example.gov.cn", "k"),
        ("http://sms.example.gov.cn/", "k"),
        ("https://user:secret@sms.example.gov.cn/", "k"),
        ("file:///etc/passwd", "k"),
        ("https://sms.example.gov.cn:port/", "k"),
        ("https://[::1", "k"),
        ("https://sms.example.gov.cn/", ""),
    ],
)
def test_settings_that_describe_no_gateway(url: str, key: str) -> None:
    with pytest.raises(SettingsError, match="GONGKAI_TEXTER"):
        texter({"kind": "http", "url": url, "key": key, "secret": "s"})
