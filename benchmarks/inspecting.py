"""Inspecting a site on loopback: pages a second of the quick round, its memory, each slow check.

The site is served by a process of its own: 40 columns over 60 pages of lists, 2,400 articles of
some 12 kB, as county sites have them.
"""

import multiprocessing
import os
import resource
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from benchmarks.checking import prose
from benchmarks.measuring import Measured, cpu_seconds, hand_over, wall_seconds
from gongkai.adapters.crawler.crawl import Crawl, Found
from gongkai.adapters.crawler.files import examine
from gongkai.adapters.crawler.pages import read_page
from gongkai.adapters.crawler.runfile import RunFile, Todo
from gongkai.inspections.rules import prose as written
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.markup import markup
from gongkai.inspections.rules.views import Kind, Site, View
from gongkai.inspections.sources.outside import Wanted, inspect
from gongkai.inspections.sources.outside_behind import check_access, check_html
from gongkai.text.sitepages import Answer
from gongkai.text.wording import Wording
from tests.w3c import JARS

PICTURE = Path(__file__).parents[1] / "tests" / "garden" / "seeds" / "leak.png"
TODAY = date(2026, 11, 20)
COLUMNS, PAGES, ROWS = 40, 3, 20
SAMPLE = 60
QUICK = frozenset(
    ["link-dead", "link-timeout", "link-truncated", "link-soft-404", "link-soft-home",
     "redirect-loop", "image-dead", "tag-missing", "tag-empty", "tag-repeated", "tag-format",
     "element-missing", "column-stale", "column-empty", "W3", "W4", "charset-undeclared",
     "charset-mismatch", "link-hidden", "frame-hidden", "date-in-future", "W1"]
)  # fmt: skip
_SHELL = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}-青禾县人民政府</title>
<meta name="SiteName" content="青禾县人民政府"><meta name="SiteDomain" content="www.qinghe.gov.cn">
<meta name="SiteIDCode" content="3609990001">{tags}</head><body>
<header><p><a href="/">青禾县人民政府</a></p><nav><ul>{menu}</ul></nav></header>
<main><h1>{title}</h1>{main}</main>
<footer><p>主办单位：青禾县人民政府办公室</p><p>联系电话：0795-4660000</p>
<p>网站标识码：3609990001</p><p>赣ICP备20990001号</p><p>赣公网安备36099902000001号</p>
<p><a href="/mark">党政机关网站标识</a> <a href="/errors">我为政府网站找错</a>
<a href="/map">网站地图</a></p></footer></body></html>"""
_MENU = "".join(f'<li><a href="/c{each}/">栏目{each}</a></li>' for each in range(COLUMNS))
_DOCUMENTS = prose()


def page_at(path: str) -> str | None:
    """Return the page of the site at a path."""
    parts = path.strip("/").split("/")
    if path in ("/", "/map", "/mark", "/errors"):
        rows = "".join(_row(each, 0, 0) for each in range(COLUMNS))
        return _SHELL.format(title="首页", tags="", menu=_MENU, main=f"<ul>{rows}</ul>")
    column = int(parts[0].removeprefix("c"))
    last = parts[1] if len(parts) > 1 else "index_1.html"
    kind, _, number = last.removesuffix(".html").partition("_")
    if kind == "a":
        return _article(column, int(number))
    return _list(column, int(number))


def _list(column: int, number: int) -> str:
    rows = "".join(_row(column, number - 1, each) for each in range(ROWS))
    further = f'<p><a href="/c{column}/index_{number + 1}.html">下一页</a></p>'
    tags = "".join(
        f'<meta name="{name}" content="栏目{column}">'
        for name in ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
    )
    main = f"<ul>{rows}</ul>{further if number < PAGES else ''}"
    return _SHELL.format(title=f"栏目{column}", tags=tags, menu=_MENU, main=main)


def _row(column: int, page: int, row: int) -> str:
    number = page * ROWS + row
    on = TODAY - timedelta(days=number + 1)
    title = f"关于第{number}号事项的通知（栏目{column}）"
    return f'<li><a href="/c{column}/a_{number}.html">{title}</a><span>{on}</span></li>'


def _article(column: int, number: int) -> str:
    on = TODAY - timedelta(days=number + 1)
    text = "".join(_DOCUMENTS[(column * 7 + number + each) % len(_DOCUMENTS)] for each in range(2))
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    title = f"关于第{number}号事项的通知（栏目{column}）"
    tags = (
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{on} 09:30">'
        f'<meta name="ContentSource" content="青禾县"><meta name="Url" content="/c{column}/">'
    )
    main = f"<p>发布时间：{on} 09:30</p>{paragraphs}"
    return _SHELL.format(title=title, tags=tags, menu=_MENU, main=main)


class _Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer one page."""
        text = None if self.path in ("/robots.txt", "/favicon.ico") else page_at(self.path)
        body = (text or "").encode()
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def setup(self) -> None:
        """Send answers at once: a page is two packets, and the second must not wait."""
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _serve(told: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    told.send(server.server_address[1])
    server.serve_forever()


@contextmanager
def served() -> Iterator[str]:
    """Serve the site from a process of its own; yield its address."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    server.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}/"
    finally:
        server.terminate()
        server.join()


class _Everywhere:
    """A site on which every address opens."""

    site = "http://a.gov.cn"

    def get(self, address: str) -> Answer:
        """Answer at once."""
        return Answer(address, address, 200, size=1)


def queued() -> float:
    """Return by how many MB the process grows while 100,000 addresses are queued."""

    def handle(todo: Todo, answer: Answer, _: object) -> list[Found]:
        if not todo.depth:
            return [Found(f"{_Everywhere.site}/c{each}/") for each in range(400)]
        return [Found(f"{todo.address}art/{each}.html") for each in range(250)]

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with TemporaryDirectory() as folder:
        run = RunFile(Path(folder) / "run", _Everywhere.site)
        run.add(Todo(0, f"{_Everywhere.site}/", 0, 0, "", "", "", "link"))
        crawl = Crawl(_Everywhere(), run, most_pages=401, workers=1)  # type: ignore[arg-type]
        crawl.go(lambda *_: None, handle)
        assert run.counts() == (401, 100_000)
        run.close()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def crawled() -> tuple[float, float, int]:
    """Return pages a second of the quick round, the peak of memory in MB, the pages asked."""
    with served() as site, TemporaryDirectory() as folder:
        wanted = Wanted(
            site=site, today=TODAY, at=datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai")),
            only=QUICK, rate=0, visits=1,
        )  # fmt: skip
        start = time.perf_counter()
        run = RunFile(Path(folder) / "run", site)
        told = inspect(wanted, run)
        spent = time.perf_counter() - start
        run.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return told.asked / spent, peak, told.asked


def views() -> list[View]:
    """Return articles of the site, read, for the slow checks."""
    made = []
    at = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    for number in range(SAMPLE):
        address = f"http://127.0.0.1/c1/a_{number}.html"
        body = _article(1, number).encode()
        page = read_page(Answer(address, address, 200, size=len(body), body=body), TODAY)
        made.append(View(page, Kind.ARTICLE, TODAY, at, Site("http://127.0.0.1/")))
    return made


def checked_behind() -> list[Measured]:
    """Measure the W3C's checker and axe in a browser; what is not installed is said so, aside."""
    jar = next((each for each in JARS if each and Path(each).is_file()), "")
    if jar:
        os.environ.setdefault("GONGKAI_VNU_JAR", str(Path(jar).resolve()))
    at = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    made = []
    with served() as site:
        pages = [f"{site}c1/a_{number}.html" for number in range(20)]
        for name, check, most in (("W3C", check_html, 20), ("axe", check_access, 5)):
            start = time.perf_counter()
            told = check(site, pages[:most], at, rate=0)
            spent = time.perf_counter() - start
            sys.stderr.write("".join(f"{note}\n" for note in told.notes))
            if told.looked:
                made.append(
                    Measured(f"behind it: {name}, its start included", "plain",
                             len(told.looked) / spent, 0.1, "pages/s", at_most=False)
                )  # fmt: skip
    return made


def _read_picture() -> None:
    """Read a photograph of a list in a process of its own, as attachments are."""
    assert examine(PICTURE.read_bytes(), "png", read=True).parts


def main() -> None:
    """Measure the round, then each check that is queued behind it."""
    grown = queued()
    speed, peak, _ = crawled()
    sample = views()
    checker = Wording()

    def rate(check: Callable[[View], object]) -> float:
        return SAMPLE / cpu_seconds(lambda: [check(each) for each in sample], runs=3)

    def listed(rule: Callable[[View], object]) -> Callable[[View], list[Fault]]:
        return lambda view: list(rule(view))  # type: ignore[call-overload]

    hand_over(
        [
            Measured("crawl with links, tags, freshness, elements", "loopback", speed, 50,
                     "pages/s", at_most=False),
            Measured("its peak of memory", "loopback", peak, 300, "MB"),
            Measured("a queue of 100,000 addresses", "plain", grown, 30, "MB more"),
            Measured("behind it: HTML", "plain", rate(listed(markup)), 50, "pages/s CPU", False),
            Measured("behind it: OCR", "plain", 1 / wall_seconds(_read_picture, runs=1), 0.05,
                     "pictures/s", at_most=False),
            Measured("behind it: wording", "plain",
                     rate(lambda view: list(written.wording(view, checker))), 50,
                     "pages/s CPU", at_most=False),
            Measured("behind it: personal data", "plain", rate(listed(written.privacy)), 50,
                     "pages/s CPU", at_most=False),
            *checked_behind(),
        ]
    )  # fmt: skip


if __name__ == "__main__":
    main()
