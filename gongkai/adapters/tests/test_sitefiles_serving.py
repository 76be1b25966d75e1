"""The demo's front: the rules of nginx before granian, in WSGI."""

import gzip
from pathlib import Path

import brotli
import pytest

from gongkai.adapters.sitefiles.places import file_of, place_of
from gongkai.adapters.sitefiles.serving import ServeFiles
from gongkai.adapters.sitefiles.trees import Trees

HOST, PAGE, DOCUMENT = "127.0.0.1", "<p>通知</p>".encode() * 90, "/zwdt/tzgg/202611/7.html"
GONE = "/zwdt/tzgg/202611/8.html"


@pytest.fixture
def front(tmp_path: Path) -> ServeFiles:
    trees = Trees(tmp_path)
    tree = trees.start()
    bodies = {"/": PAGE, DOCUMENT: PAGE, "/a/2026/list.csv": b"a", "/a/x.docx": b"PK", "/f/": b"f"}
    tree.write(file_of(HOST, address, body) for address, body in bodies.items())
    place = place_of(HOST, GONE)
    tree.take_off([place], {place: b"gone"})
    trees.switch(tree)

    def dynamic(environ, start):
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"dynamic"]

    return ServeFiles(dynamic, tmp_path, {"X-Content-Type-Options": "nosniff"})


def ask(front, address, method="GET", query="", **headers):
    told = {"REQUEST_METHOD": method, "PATH_INFO": address, "QUERY_STRING": query}
    told |= {
        "HTTP_HOST": f"{HOST}:8000",
        **{f"HTTP_{name}": each for name, each in headers.items()},
    }
    got: dict[str, object] = {}

    def start(status, lines):
        got.update(status=int(status[:3]), headers=dict(lines))

    body = b"".join(front(told, start))
    return got["status"], got["headers"], body


def test_a_page_is_sent_as_the_client_takes_it(front):
    assert ask(front, DOCUMENT)[2] == PAGE
    status, headers, body = ask(front, DOCUMENT, ACCEPT_ENCODING="gzip, deflate")
    assert (status, headers["Content-Encoding"], gzip.decompress(body)) == (200, "gzip", PAGE)
    status, headers, body = ask(front, "/", ACCEPT_ENCODING="gzip, deflate, br")
    assert (headers["Content-Encoding"], brotli.decompress(body)) == ("br", PAGE)
    assert headers["Content-Length"] == str(len(body))
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Vary"] == "Accept-Encoding, Cookie"
    assert headers["X-Content-Type-Options"] == "nosniff"
    refused = ask(front, "/", ACCEPT_ENCODING="gzip;q=0, br;q=0")
    assert refused[2] == PAGE


def test_it_is_asked_for_each_time_and_sent_once(front):
    _, headers, _ = ask(front, DOCUMENT)
    assert headers["Cache-Control"] == "no-cache"
    for told in (
        {"IF_NONE_MATCH": headers["ETag"]},
        {"IF_NONE_MATCH": f'"x", W/{headers["ETag"]}'},
        {"IF_MODIFIED_SINCE": headers["Last-Modified"]},
    ):
        assert ask(front, DOCUMENT, **told)[::2] == (304, b"")
    assert ask(front, DOCUMENT, IF_NONE_MATCH='"x"')[0] == 200
    assert ask(front, DOCUMENT, IF_MODIFIED_SINCE="nonsense")[0] == 200
    assert ask(front, DOCUMENT, "HEAD")[::2] == (200, b"")


def test_what_was_taken_off_says_so(front):
    status, headers, body = ask(front, GONE)
    assert (status, body) == (410, b"gone")
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_attachments_and_sheets_are_saved(front):
    assert ask(front, "/a/x.docx")[1]["Content-Disposition"] == "attachment"
    sheet = ask(front, "/a/2026/list.csv")[1]
    assert sheet["Content-Disposition"] == 'attachment; filename="a-2026.csv"'
    assert "Content-Disposition" not in ask(front, DOCUMENT)[1]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/staff/", {}),
        ("/f", {}),
        ("/a/", {}),
        (DOCUMENT, {"method": "POST"}),
        (DOCUMENT, {"query": "riqi=2026-01-01"}),
        (DOCUMENT, {"COOKIE": "a=b; gk_size=large"}),
        (DOCUMENT, {"HOST": "other.example"}),
        (DOCUMENT, {"HOST": "../x"}),
        ("/../.told.json", {}),
        (f"{DOCUMENT}.gz", {}),
        (f"{GONE}.gone", {}),
        ("/中/", {}),
    ],
)
def test_the_rest_goes_on_to_the_application(front, address, told):
    assert ask(front, address, **told)[2] == b"dynamic"


def test_a_tail_of_a_chat_program_changes_nothing(front):
    assert ask(front, DOCUMENT, query="from=timeline&isappinstalled=0")[2] == PAGE


@pytest.mark.parametrize("length", [300, 5000])
def test_an_address_too_long_for_a_disk_goes_on_to_the_application(front, length):
    assert ask(front, f"/{'a' * length}.html")[2] == b"dynamic"
    assert ask(front, f"/{'a/' * length}")[2] == b"dynamic"


def test_what_is_being_written_is_not_served(front):
    place = Path(f"{front._base}{place_of(HOST, DOCUMENT)}.new-17")
    place.write_bytes(b"not yet")
    assert ask(front, f"{DOCUMENT}.new-17")[2] == b"dynamic"
