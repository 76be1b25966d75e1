"""The shipped nginx configuration on loopback: files, packings, 410, what goes on to granian."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import brotli
import pytest
from django.conf import settings

from gongkai.adapters.sitefiles.places import file_of, place_of
from gongkai.adapters.sitefiles.tree import Tree
from gongkai.adapters.sitefiles.trees import Trees
from gongkai.adapters.tests import nginx

pytestmark = pytest.mark.skipif(nginx.NGINX is None, reason="nginx is not installed")
PAGE = ("<!DOCTYPE html><p>通知公告</p>" * 60).encode()
DOCUMENT = "/zwdt/tzgg/202611/7.html"
GONE = "/zwdt/tzgg/202611/8.html"


class Service(BaseHTTPRequestHandler):
    """Stands for granian: says what it was asked."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        sent = self.rfile.read(length)
        body = f"service {self.command} {self.path} {sent.decode()}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_HEAD = answer

    def log_message(self, *_: Any) -> None:
        """Be quiet."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Tree:
    trees = Trees(tmp_path_factory.mktemp("site"))
    tree = trees.start()
    bodies = {
        "/": PAGE,
        "/zwdt/tzgg/": PAGE,
        DOCUMENT: PAGE,
        "/zwdt/tzgg/feed.xml": b"<feed/>" * 50,
        "/zwdt/tzgg/list.json": b"{}",
        "/zwdt/tzgg/2026/list.csv": b"a,b\r\n",
        "/data/catalog.jsonld": b"{}",
        "/robots.txt": b"User-agent: *",
        f"{DOCUMENT[:-5]}/0b5e.pdf": b"%PDF",
        f"{DOCUMENT[:-5]}/0b5f.docx": b"PK",
    }
    tree.write(file_of(nginx.HOST, address, body) for address, body in bodies.items())
    place = place_of(nginx.HOST, GONE)
    tree.take_off([place], {place: "已经撤下".encode()})
    trees.switch(tree)
    return tree


@pytest.fixture(scope="module")
def site(tree, tmp_path_factory) -> Iterator[str]:
    service = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    folder, port = tmp_path_factory.mktemp("nginx"), nginx.free_port()
    root = Path(tree.root).parent.parent
    with nginx.running(folder, nginx.shipped(folder, root, port, service.server_port), port):
        yield f"http://127.0.0.1:{port}"
    service.shutdown()


@dataclass
class Answer:
    """What came back, as it came: nothing unpacked."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(
    site: str, address: str, method: str = "GET", sent: bytes | None = None, **headers: str
) -> Answer:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    where = urlsplit(site)
    with closing(HTTPConnection(where.hostname, where.port, timeout=10)) as asking:
        asking.putrequest(method, address, skip_accept_encoding=True)
        if sent is not None:
            told["Content-Length"] = str(len(sent))
        for name, value in told.items():
            asking.putheader(name, value)
        asking.endheaders(sent)
        answer = asking.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def test_a_page_is_sent_as_the_client_takes_it(site):
    plain = ask(site, DOCUMENT)
    assert plain.body == PAGE
    assert plain.headers["Content-Type"] == "text/html; charset=utf-8"
    answer = ask(site, DOCUMENT, Accept_Encoding="gzip, deflate")
    assert (answer.headers["Content-Encoding"], gzip.decompress(answer.body)) == ("gzip", PAGE)
    for accepted in ("gzip, deflate, br, zstd", "br", "gzip;q=0.5, br;q=1.0"):
        answer = ask(site, DOCUMENT, Accept_Encoding=accepted)
        assert (answer.headers["Content-Encoding"], brotli.decompress(answer.body)) == ("br", PAGE)
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    answer = ask(site, DOCUMENT, Accept_Encoding="gzip, br;q=0")
    assert answer.headers["Content-Encoding"] == "gzip"
    for address in ("/", "/zwdt/tzgg/"):
        answer = ask(site, address, Accept_Encoding="br")
        assert brotli.decompress(answer.body) == PAGE


@pytest.mark.parametrize("packing", ["identity", "gzip", "br"])
def test_every_file_has_its_type_and_says_how_to_take_it(site, packing):
    told = {
        "/zwdt/tzgg/feed.xml": ("application/atom+xml; charset=utf-8", None),
        "/zwdt/tzgg/list.json": ("application/json", None),
        "/data/catalog.jsonld": ("application/ld+json", None),
        "/robots.txt": ("text/plain; charset=utf-8", None),
        "/zwdt/tzgg/2026/list.csv": (
            "text/csv; charset=utf-8",
            'attachment; filename="tzgg-2026.csv"',
        ),
        f"{DOCUMENT[:-5]}/0b5e.pdf": ("application/pdf", None),
        f"{DOCUMENT[:-5]}/0b5f.docx": ("application/octet-stream", "attachment"),
    }
    for address, (kind, disposition) in told.items():
        answer = ask(site, address, Accept_Encoding=packing)
        assert answer.status == 200, address
        assert answer.headers.get_all("Content-Type") == [kind], address
        assert answer.headers.get("Content-Disposition") == disposition, address


@pytest.mark.parametrize("packing", ["identity", "gzip", "br"])
def test_a_file_bears_the_headers_of_a_page_and_is_asked_for_each_time(site, packing):
    answer = ask(site, DOCUMENT, Accept_Encoding=packing)
    told = answer.headers
    assert told["Cache-Control"] == "no-cache"
    assert told.get_all("Vary") == ["Accept-Encoding, Cookie"]
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "same-origin"
    assert told["X-Frame-Options"] == "SAMEORIGIN"
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["Strict-Transport-Security"] == "max-age=31536000"
    assert told["Content-Security-Policy"] == settings.GONGKAI_PUBLIC_POLICY
    assert told["Permissions-Policy"] == settings.GONGKAI_PERMISSIONS
    shown = ask(site, f"{DOCUMENT[:-5]}/0b5e.pdf", Accept_Encoding=packing).headers
    assert "Content-Security-Policy" not in shown  # the browser's own page shows it
    assert told["Server"] == "nginx"
    again = ask(site, DOCUMENT, Accept_Encoding=packing, If_None_Match=told["ETag"])
    assert (again.status, again.body) == (304, b"")
    since = {"If-Modified-Since": told["Last-Modified"], "Accept-Encoding": packing}
    assert ask(site, DOCUMENT, **since).status == 304


@pytest.mark.parametrize("packing", ["identity", "gzip", "br"])
def test_what_was_taken_off_says_so(site, packing):
    answer = ask(site, GONE, Accept_Encoding=packing)
    assert (answer.status, answer.text) == (410, "已经撤下")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for inner in (f"{GONE}.gone", f"{DOCUMENT}.br", f"{DOCUMENT}.gz"):
        assert ask(site, inner, Accept_Encoding=packing).text == f"service GET {inner} "
    for inner in (f"/.gone{GONE}", f"/.br{DOCUMENT}"):
        answer = ask(site, inner)
        assert answer.status == 404 or answer.text == f"service GET {inner} "


@pytest.mark.parametrize("packing", ["identity", "gzip", "br"])
def test_the_rest_is_asked_of_the_service_as_it_was_asked(site, packing):
    asked = (
        "/zwdt/tzgg/202611/9.html",
        "/zwdt/",
        "/zwdt/tzgg/202611/",
        f"{DOCUMENT}?riqi=2026-01-01",
        "/?id=5&from=timeline",
        "/sousuo/?q=" + quote("通知"),
        "/api/v1/entries",
        "/zwgk/ysqgk/zxsq/",
        "/staff/",
        "/a%20b/%E4%B8%AD.html",
        "/zwdt//tzgg/x.html",
    )
    for address in asked:
        answer = ask(site, address, Accept_Encoding=packing)
        assert answer.text == f"service GET {address} ", address


def test_chat_programs_may_hang_tails_on_an_address(site):
    for tail in ("from=timeline&isappinstalled=0", "utm_source=wx", "scene=1&"):
        assert ask(site, f"{DOCUMENT}?{tail}").body == PAGE


def test_a_reader_with_another_display_gets_the_page_made_for_them(site):
    for cookie in ("gk_size=large", "a=b; gk_contrast=high", "gk_kiosk=1; x=y"):
        assert ask(site, DOCUMENT, Cookie=cookie).text == f"service GET {DOCUMENT} "
    assert ask(site, DOCUMENT, Cookie="notgk_size=large; sessionid=1").body == PAGE


def test_a_form_goes_to_the_service_with_what_was_typed(site):
    assert ask(site, DOCUMENT, "POST", b"words").text == f"service POST {DOCUMENT} words"
    head = ask(site, DOCUMENT, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(PAGE))


def test_no_way_leads_out_of_the_site(site):
    for address in ("/../../.told.json", "/%2e%2e/%2e%2e/.told.json", "/..%2f.told.json"):
        answer = ask(site, address)
        assert answer.status == 400 or "service" in answer.text


def test_it_listens_on_ipv6(site):
    port = site.rpartition(":")[2]
    assert ask(f"http://[::1]:{port}", DOCUMENT).body == PAGE


def test_without_the_service_files_are_served_and_the_rest_is_told(tree, tmp_path):
    port = nginx.free_port()
    root = Path(tree.root).parent.parent
    with nginx.running(tmp_path, nginx.shipped(tmp_path, root, port, nginx.free_port()), port):
        assert ask(f"http://127.0.0.1:{port}", DOCUMENT).body == PAGE
        for address in ("/sousuo/", "/no.html", "/staff/"):
            answer = ask(f"http://127.0.0.1:{port}", address)
            assert answer.status == 503
            assert "已经公开的信息仍可查阅" in answer.text


@pytest.mark.parametrize("packing", ["identity", "gzip", "br"])
def test_what_is_being_written_is_not_served(site, tree, packing):
    for suffix in ("", ".gz", ".br"):
        name = f"{DOCUMENT}{suffix}.new-17"
        (tree.root / place_of(nginx.HOST, DOCUMENT)).with_name(name.rpartition("/")[2]).touch()
        assert ask(site, name, Accept_Encoding=packing).text == f"service GET {name} "


@pytest.mark.parametrize("packing", ["identity", "gzip", "br"])
def test_a_file_kept_open_is_never_served_after_its_time(tmp_path, packing):
    """nginx keeps files open that are asked for often and looks each time whether they stand."""
    trees, port = Trees(tmp_path / "site"), nginx.free_port()
    tree, folder = trees.start(), tmp_path / "nginx"
    folder.mkdir()
    tree.write([file_of(nginx.HOST, DOCUMENT, PAGE)])
    trees.switch(tree)
    shipped = nginx.shipped(folder, tmp_path / "site", port, nginx.free_port())
    packed = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[packing]
    with nginx.running(folder, shipped, port):

        def often() -> list[bytes]:
            asked = [
                ask(f"http://127.0.0.1:{port}", DOCUMENT, Accept_Encoding=packing) for _ in range(5)
            ]
            assert {answer.status for answer in asked} == {200}
            return [packed(answer.body) for answer in asked]

        assert often() == [PAGE] * 5
        for number in range(3):
            words = f"{number}".encode() + PAGE  # of one length, and within one second
            tree.write([file_of(nginx.HOST, DOCUMENT, words)])
            assert often() == [words] * 5
        other = trees.start()
        other.write([file_of(nginx.HOST, DOCUMENT, PAGE)])
        trees.switch(other)
        assert often() == [PAGE] * 5
        place = place_of(nginx.HOST, DOCUMENT)
        other.take_off([place], {place: "已经撤下".encode()})
        gone = ask(f"http://127.0.0.1:{port}", DOCUMENT, Accept_Encoding=packing)
        assert (gone.status, gone.text) == (410, "已经撤下")
