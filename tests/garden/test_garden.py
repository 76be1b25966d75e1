"""The garden is as it is said to be: answers, evidence, no gate between a fault and its reader."""

import contextlib
import gzip
import http.client
import io
import json
import re
import socket
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

import pytest

from tests.garden.__main__ import told
from tests.garden.ground import NEVER_RESOLVES, Answer, Asked, Plan, Way
from tests.garden.judge import judge, plain
from tests.garden.server import EXPECTED, Garden, _found
from tests.garden.shell import column_tags, footer_parts, site_tags

pytestmark = pytest.mark.long  # of the test's own ground; `judge` alone is tried in a landing
README = Path(__file__).with_name("README.md").read_text("utf-8")
FROZEN: dict[str, Any] = json.loads(EXPECTED.read_text("utf-8"))
FAULTS, ALIKE = FROZEN["faults"], FROZEN["lookalikes"]
RULES = sorted({row["fault"] for row in FAULTS})
HELD = {"{down-silent}/", "{portal}/lj/silent.html", "{portal}/lj/stuck.html"}
NOWHERE = ("file:", "http:", "{refused}", "{down-refused}")
_LINK = re.compile(r"""(?:href|src|data-src)=(?:"([^"]*)"|'([^']*)')""")


@pytest.fixture(scope="module")
def garden() -> Iterator[Garden]:
    with Garden() as served:
        yield served


class Visitor:
    """A plain visitor who keeps connections and cookies and follows nothing by himself."""

    def __init__(self, garden: Garden) -> None:
        self.garden = garden
        self.kept: dict[str, http.client.HTTPConnection] = {}

    def get(self, written: str, method: str = "GET", **headers: str) -> tuple[int, Any, bytes]:
        address = urlsplit(self.garden.address(written))
        place = f"{address.hostname}:{address.port}"
        kept = self.kept.setdefault(
            place, http.client.HTTPConnection(address.hostname or "", address.port, timeout=3)
        )
        target = (address.path or "/") + (f"?{address.query}" if address.query else "")
        kept.request(method, target, headers=headers)
        answer = kept.getresponse()
        return answer.status, answer.headers, answer.read()

    def follow(self, written: str, most: int = 20) -> tuple[int, Any, bytes, str]:
        """Follow redirects, keep cookies, come again when asked to."""
        headers: dict[str, str] = {}
        for _ in range(most):
            status, told, body = self.get(written, **headers)
            if told.get("Set-Cookie"):
                headers["Cookie"] = told["Set-Cookie"]
            if status in (301, 302):
                here = self.garden.address(written)
                written = self.garden.written(urljoin(here, told["Location"]))
            elif not told.get("Retry-After"):
                return status, told, body, written
        return 0, None, b"", written


@pytest.fixture(scope="module")
def visitor(garden: Garden) -> Visitor:
    return Visitor(garden)


def read(plan: Plan, written: str, body: bytes) -> str:
    """Return a body as text: a page by its true encoding, a packet by what is in it."""
    name, _, path = written.partition("}")
    page = _found(plan.sites[name[1:]], unquote_to_bytes(path))
    if body[:4] == b"PK\3\4":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            inner = [packed.read(each) for each in packed.namelist()]
        return "".join(read(plan, written, each) + each.decode("gbk", "replace") for each in inner)
    return body.decode(page.charset if isinstance(page, Answer) else "utf-8", "replace")


def test_the_expectations_are_frozen(garden: Garden) -> None:
    assert json.loads(json.dumps(told(garden.plan))) == FROZEN, "a plan changed: see README.md"


def test_there_is_enough_and_nothing_is_both() -> None:
    faults = Counter((row["fault"], plain(row["address"])) for row in FAULTS)
    assert len(FAULTS) >= 120
    assert len(ALIKE) >= 120
    assert [each for each, times in faults.items() if times > 1] == []
    both = {place for _, place in faults} & {plain(row["address"]) for row in ALIKE}
    assert both == set()
    assert {row["lookalike_of"] for row in ALIKE} <= set(RULES)


def test_the_readme_lists_every_rule_with_its_count() -> None:
    faults = Counter(row["fault"] for row in FAULTS)
    alike = Counter(row["lookalike_of"] for row in ALIKE)
    rows = dict(re.findall(r"^\| `([^`]+)` \|.*\| (\d+ \| \d+) \|$", README, re.MULTILINE))
    assert rows == {rule: f"{faults[rule]} | {alike[rule]}" for rule in RULES}


def test_every_evidence_is_served(garden: Garden, visitor: Visitor) -> None:
    bad = []
    for row in FAULTS:
        at = row.get("at", row["address"])
        if at in HELD or at.startswith(NOWHERE):
            assert not row["evidence"]
            continue
        body = read(garden.plan, at, visitor.get(at)[2])
        lacking = [row[key] for key in ("evidence", "trap") if row.get(key, "") not in body]
        if row.get("absent") and row["absent"] in body:
            lacking.append(f"not {row['absent']}")
        bad += [(at, each) for each in lacking]
    assert bad == []


def test_every_lookalike_opens(garden: Garden, visitor: Visitor) -> None:
    garden.again()
    bad = []
    for row in ALIKE:
        if re.search(r"/never\d", row["address"]):
            continue
        status, _, body, end = visitor.follow(row["address"])
        at = row.get("at", end)
        if at != end:
            body = visitor.get(at)[2]
        text = read(garden.plan, at, body)
        if (
            status != 200
            or row.get("evidence", "") not in text
            or (row.get("absent") and row["absent"] in text)
        ):
            bad.append((row["address"], status, row.get("evidence")))
    assert bad == []


def _rows(rule: str) -> list[str]:
    found = [row["address"] for row in FAULTS if row["fault"] == rule]
    assert found
    return found


def test_dead_links_are_dead(garden: Garden, visitor: Visitor) -> None:
    garden.again()
    for rule in ("link-dead", "attachment-dead", "image-dead"):
        for address in _rows(rule):
            if address.startswith(NOWHERE) or address.endswith("cut.pdf"):
                continue
            status, _, body, _ = visitor.follow(address)
            picture = body[:8] == b"\x89PNG\r\n\x1a\n" and b"IEND" in body
            assert status >= 400 or not body or (rule == "image-dead" and not picture), address
    with pytest.raises(ConnectionRefusedError):
        visitor.get("{refused}/old/")
    with pytest.raises(ConnectionRefusedError):
        visitor.get("{down-refused}/")
    assert NEVER_RESOLVES.endswith(".invalid")


def test_redirects_lead_where_they_are_said_to(visitor: Visitor) -> None:
    for address in _rows("redirect-loop"):
        assert visitor.follow(address, most=25)[0] == 0, address
    refreshed = visitor.get("{portal}/lj/2018/older.html")[2]
    assert b'content="0;url=/"' in refreshed
    assert visitor.follow("{portal}/lj/2019/old.html")[3] == "{portal}/"
    assert visitor.follow("{portal}/lj/2020/moved.html")[3] == "{portal}/lj/new-place.html"
    assert visitor.follow("{portal}/lj/chain1")[3] == "{portal}/lj/chain-end.html"


def test_what_breaks_off_breaks_off(garden: Garden) -> None:
    for address in (*_rows("link-truncated"), "{portal}/fj/cut.pdf"):
        if address.endswith("gzip.html"):
            body = Visitor(garden).get(address)[2]
            with pytest.raises((EOFError, zlib.error)):
                gzip.decompress(body)
        else:
            with pytest.raises(http.client.IncompleteRead):
                Visitor(garden).get(address)


def test_answers_are_held_until_the_garden_is_released(garden: Garden) -> None:
    waiting = []
    for address in sorted(HELD):
        told = urlsplit(garden.address(address))
        one = socket.create_connection((told.hostname or "", told.port or 0), timeout=3)
        one.sendall(f"GET {told.path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        one.settimeout(0.03)
        waiting.append(one)
        head = b""
        with contextlib.suppress(TimeoutError):
            while part := one.recv(65536):
                head += part
            pytest.fail(f"{address} came to its end")
        assert bool(head) == address.endswith("stuck.html")
    garden.release()
    for one in waiting:
        one.settimeout(3)
        assert one.recv(65536)
        one.close()


def test_sites_answer_over_the_families_they_have(garden: Garden) -> None:
    for name, site in garden.plan.sites.items():
        if not site.listens:
            continue
        port = garden._ports[name]
        for family, host in ((4, "127.0.0.1"), (6, "::1")):
            if family in site.families:
                socket.create_connection((host, port), timeout=3).close()
            else:
                with pytest.raises(ConnectionRefusedError):
                    socket.create_connection((host, port), timeout=3)


def test_visits_fail_as_often_as_said(garden: Garden, visitor: Visitor) -> None:
    for name, failures in (("down-eight", 8), ("down-seven", 7), ("down-six", 6)):
        answers = Counter(visitor.get(f"{{{name}}}/")[0] for _ in range(140))
        assert answers[503] == failures


def test_pages_are_encoded_as_said(garden: Garden, visitor: Visitor) -> None:
    portal = garden.plan.sites["portal"]
    rows = {row["address"]: row for row in (*FAULTS, *ALIKE) if "}/bm/" in row["address"]}
    for address, row in rows.items():
        page = portal.pages[unquote_to_bytes(address.partition("}")[2])]
        assert isinstance(page, Answer)
        _, headers, body = visitor.get(address)
        said = headers.get_content_charset()
        head = re.search(rb'charset="?([\w-]+)"?', body[:1024])
        rule = row.get("fault") or row["lookalike_of"]
        mark = body[:3] == b"\xef\xbb\xbf" or body[:2] == b"\xff\xfe"
        if row.get("fault") == "charset-undeclared":
            assert (said, head, mark) == (None, None, False)
        elif row.get("fault") == "charset-mismatch":
            believed = said or (head and head[1].decode()) or ""
            assert "政务公开" not in body.decode(believed, "replace")
        else:
            assert said or head or mark, (address, rule)
        assert body.decode(page.charset)


def _links(text: str) -> Iterator[str]:
    text = re.sub(
        r"<!--.*?-->|<script>.*?</script>|<template>.*?</template>|<base.*?>", "", text, flags=re.S
    )
    text = re.sub(r"<textarea>.*?</textarea>", "", text, flags=re.S)
    for match in _LINK.finditer(text):
        yield unescape(match[1] or match[2] or "").strip()


def _walked(plan: Plan, name: str) -> Iterator[tuple[str, int, set[str]]]:
    """Yield every address of a site that links lead to from its home, its status, its links."""
    site, seen, queue = plan.sites[name], {"/"}, ["/"]
    while queue:
        path = queue.pop()
        page = _found(site, unquote_to_bytes(path))
        if not isinstance(page, Answer):
            page = page(Asked("GET", unquote_to_bytes(path), {}, b"", 2))
        links = set()
        if page.kind.startswith("text/html") and not page.headers and len(page.body) < 10**7:
            base = "/lj/base/" if b'<base href="/lj/base/">' in page.body else path
            for href in _links(page.body.decode(page.charset, "replace")):
                if re.match(r"\{\{|[a-z]+:", href):
                    links.add(href.replace("{{", "{").replace("}}", "}"))
                    href = href.removeprefix(f"{{{{{name}}}}}") if "{{" in href else "#"
                if href.startswith(("#", "{{")) or not href:
                    continue
                further = urljoin(base, href).partition("#")[0]
                links.add(f"{{{name}}}{further}")
                if further not in seen and not re.match(r"/(rl|hy)/.*\d{2}\d*", further):
                    seen.add(further)
                    queue.append(further)
        yield f"{{{name}}}{path}", page.status, links
        location = dict(page.headers).get("Location", "")
        if location.startswith("/") and location not in seen and "endless" not in location:
            seen.add(location)
            queue.append(location)


def _spelled(address: str) -> str:
    return plain(quote(address, safe="/?=&%:,;+~.-_{}"))


def test_links_lead_to_every_fault_and_nothing_else_is_dead(garden: Garden) -> None:
    plan, reached, dead = garden.plan, set(), []
    planned = {plain(row["address"]) for row in (*FAULTS, *ALIKE)}
    allowed = planned | {plain(row["address"]) for row in FROZEN["never_asked"]}
    for name in (site.name for site in plan.sites.values() if not site.bare):
        for address, status, links in _walked(plan, name):
            reached |= {_spelled(each) for each in (*links, address)}
            if status >= 400 and _spelled(address) not in allowed:
                dead.append(address)
    assert dead == ["{portal}/lj/really-not-there.html"]  # where a dead link's redirect leads
    started = {plain(f"{{{name}}}/") for name in plan.sites}
    lost = planned - reached - started
    assert [each for each in lost if not re.search(r"/never\d|/set\.png|^{media}", each)] == []


def test_pages_without_a_planned_gap_are_whole(garden: Garden) -> None:
    gaps = {
        plain(row["address"])
        for row in (*FAULTS, *ALIKE)
        if re.match("tag-|element-", row.get("fault", row.get("lookalike_of", "")))
    }
    for name, site in garden.plan.sites.items():
        if site.bare:
            continue
        for key, page in site.pages.items():
            written = plain(f"{{{name}}}{quote(key, safe='/?=&')}")
            if written in gaps or not isinstance(page, Answer) or page.charset == "big5":
                continue
            text = page.body.decode(page.charset, "replace")
            if "<header>" not in text or page.way is not Way.WHOLE:
                continue
            wanted = [*site_tags(site), *(f"{each}" for each in footer_parts(site).values())]
            if 'name="ArticleTitle"' in text:
                wanted += ["PubDate", "ContentSource", 'name="Url"']
            if key.decode("latin-1") in site.columns:
                wanted += column_tags(site.columns[key.decode("latin-1")])
            plainly = text.replace("</p>", "")  # an end that one page leaves out
            lacking = [each for each in wanted if each.replace("</p>", "") not in plainly]
            known = "0795-4660000" if name == "home-phone" else "</footer>"
            assert [each for each in lacking if known not in each] == [], written


def test_a_perfect_and_a_careless_inspector_are_judged() -> None:
    perfect = judge(FROZEN, [(row["fault"], row["address"]) for row in FAULTS])
    assert (perfect.recall, perfect.precision, perfect.false) == (1.0, 1.0, [])
    careless = judge(FROZEN, [(row["lookalike_of"], row["address"]) for row in ALIKE])
    assert careless.recall == 0
    assert careless.flagged == careless.false != []
    one = judge(FROZEN, [("W3", "{home-plain}/"), ("W4", "{home-plain}/")], rules={"W3"})
    assert one.false == []
    assert 0 < one.recall < 1
