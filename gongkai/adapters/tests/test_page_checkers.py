"""The W3C's checker and the browser: what is told, what is lacking, what a page must not do."""

import json
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from gongkai.adapters import browser as browsers
from gongkai.adapters.axe import SOURCE
from gongkai.adapters.browser import NotShown, browser, program
from gongkai.adapters.htmlchecker import CheckFailed, NoChecker, Remark, Vnu, html_checker

SAID = {
    "messages": [
        {"type": "error", "url": "file:/x/1.html", "lastLine": 3, "firstColumn": 7,
         "message": "Stray end tag “span”."},
        {"type": "info", "subType": "warning", "url": "file:/x/0.html", "message": "warning"},
        {"type": "error", "url": "file:/x/nothing-of-ours.html", "message": "?"},
    ]
}  # fmt: skip


def java(folder: Path, body: str) -> str:
    """Return a program that stands in for Java."""
    path = folder / "java"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


class TestHtml:
    def test_errors_are_told_at_the_address_of_their_page(self, tmp_path: Path) -> None:
        (tmp_path / "said.json").write_text(json.dumps(SAID))
        checker = Vnu(java(tmp_path, f"cat {tmp_path}/said.json"), "vnu.jar")
        told = checker.check({"http://a/": b"<p>", "http://a/1": b"</span>"})
        assert told == [Remark("http://a/1", 3, 7, "Stray end tag “span”.")]
        assert checker.check({}) == []

    @pytest.mark.parametrize("body", ["exit 1", "echo '<html>'", "echo '[]x'"])
    def test_no_answer_is_told_as_such(self, tmp_path: Path, body: str) -> None:
        with pytest.raises(CheckFailed, match="没有完成"):
            Vnu(java(tmp_path, body), "vnu.jar").check({"http://a/": b""})

    def test_what_is_not_installed_is_named(self, monkeypatch: Any) -> None:
        monkeypatch.setattr("gongkai.adapters.htmlchecker.shutil.which", lambda _: None)
        monkeypatch.setattr("gongkai.adapters.htmlchecker._JARS", ())
        monkeypatch.setenv("GONGKAI_VNU_JAR", "/no/such.jar")
        checker = html_checker()
        assert isinstance(checker, NoChecker)
        assert checker.lacking == "java、vnu.jar"
        assert checker.check({"http://a/": b"</span>"}) == []


PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>甲</title></head>
<body><main><h1>甲</h1><img src="http://10.0.0.8/inner.png"><img src="/x.png">
<script>alert(1); fetch('file:///etc/passwd')</script></main></body></html>"""


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    """A page that asks for what it must not have, and one that never comes."""
    asked: list[str] = []
    over = threading.Event()

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if self.path == "/never":
                over.wait(20)
                return
            body = PAGE.encode() if self.path == "/" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    over.set()
    server.shutdown()
    server.server_close()


class TestBrowser:
    def test_without_one_nothing_is_shown(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(browsers, "program", lambda: "")
        with browser() as shown:
            assert shown.lacking == "Chromium"
            assert shown.hurdles("http://a/") == []
            assert shown.picture("http://a/") == b""

    def test_one_that_does_not_begin_is_told_as_such(
        self, monkeypatch: Any, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(browsers, "program", lambda: java(tmp_path, "exit 3"))
        with pytest.raises(NotShown, match="已退出"), browser():
            pass

    def test_axe_ships_with_its_notice(self) -> None:
        assert "Mozilla Public" in SOURCE.read_text("utf-8")[:800]
        assert "MPL" in SOURCE.with_name("NOTICE.md").read_text("utf-8") or "Mozilla Public" in (
            SOURCE.with_name("NOTICE.md").read_text("utf-8")
        )

    @pytest.mark.browser
    @pytest.mark.skipif(not program(), reason="Chromium is not here")
    def test_a_page_is_judged_and_pictured_and_held_in_bounds(
        self, site: tuple[str, list[str]]
    ) -> None:
        origin, asked = site
        with browser(seconds=8) as shown:
            (hurdle,) = shown.hurdles(f"{origin}/")
            assert (hurdle.rule, hurdle.count) == ("image-alt", 2)
            assert shown.picture(f"{origin}/").startswith(b"\x89PNG")
            shown._seconds = 1.0  # type: ignore[attr-defined]
            with pytest.raises(NotShown, match="规定时间"):
                shown.picture(f"{origin}/never")
            shown._seconds = 8.0  # type: ignore[attr-defined]
            assert shown.picture(f"{origin}/").startswith(b"\x89PNG")  # one page ends no other
        assert set(asked) <= {"/", "/x.png", "/never", "/favicon.ico"}
