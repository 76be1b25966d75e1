"""A township's stale column: scanned, told in the bulletin, ordered, re-checked, closed, again.

The site is served by the test and inspected over HTTP as any other; officials use the pages.
"""

from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.adapters.crawler.runfile import RunFile
from gongkai.files.tests.factories import pdf
from gongkai.inspections.actions.scanning import record_scan
from gongkai.inspections.models import Bulletin, Finding, Run, Site
from gongkai.inspections.sources.outside import Wanted, inspect
from gongkai.outbox.actions import run_due
from tests.journeys.publishing_driver import Press
from tests.journeys.request_pages import text_of_docx, words

RULE = frozenset({"column-stale"})
COLUMN = "罗湾乡动态"
_PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{name}</title>'
    '<meta name="ColumnName" content="{name}"></head><body><header><nav><a href="/">首页</a>'
    '<a href="/lwx/">罗湾乡动态</a><a href="/slj/">水利动态</a></nav></header><main>'
    "<h1>{name}</h1><ul>{rows}</ul></main></body></html>"
)
_ROW = '<li><a href="{at}{place}.html">第{place}次会议召开</a><span>{on}</span></li>'


class Served:
    """A small site whose columns show the days that a test says."""

    def __init__(self) -> None:
        self.newest = {"/lwx/": date(2026, 8, 20), "/slj/": date(2026, 9, 18)}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = site.page(self.path).encode()
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page)))
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_: Any) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"

    def page(self, path: str) -> str:
        """Return a page, "" where there is none."""
        if path == "/":
            return _PAGE.format(name="靖安县人民政府网", rows="")
        if path in self.newest:
            name = COLUMN if path == "/lwx/" else "水利动态"
            rows = [_ROW.format(at=path, place=n, on=self.newest[path]) for n in (1, 2, 3)]
            return _PAGE.format(name=name, rows="".join(rows))
        return (
            "<!doctype html><title>会议</title><main><p>会议召开</p></main>" if "/" in path else ""
        )


@pytest.fixture
def served() -> Iterator[Served]:
    site = Served()
    Thread(target=site.server.serve_forever, args=(0.01,), daemon=True).start()
    yield site
    site.server.shutdown()
    site.server.server_close()


class Round:
    """The county's site under inspection, and what its people do about it."""

    def __init__(self, press: Press, served: Served, folder: Path) -> None:
        self.press, self.served, self.folder, self.scans = press, served, folder, 0
        sites = reverse("inspections:sites")
        told = {"name": "靖安县人民政府网", "address": f"{served.origin}/"}
        press.send("office", sites, has="address", organ=press.county.pk, **told)
        self.site = Site.objects.get()
        column = {"name": COLUMN, "prefix": f"{served.origin}/lwx/"}
        place = reverse("inspections:site", args=[self.site.pk])
        press.send("office", place, has="prefix", organ=press.organs["lwx"].pk, **column)

    def scan(self) -> Run:
        """Inspect the site as the night does and record what was found."""
        self.scans += 1
        run = RunFile(self.folder / f"{self.scans}.sqlite3", f"{self.served.origin}/")
        now = self.press.now
        told = inspect(
            Wanted(
                site=f"{self.served.origin}/", today=now.date(), at=now,
                only=RULE, visits=1, rate=0, workers=1,
            ),
            run,
        )  # fmt: skip
        run.close()
        return record_scan(self.site, told, rules=RULE, whole=True, at=now)

    @property
    def finding(self) -> Finding:
        """The newest finding."""
        return Finding.objects.latest("pk")

    def act(self, who: str, slug: str, **typed: Any) -> Any:
        """Fill in the form of an act as the finding's page offers it."""
        finding = reverse("inspections:finding", args=[self.finding.pk])
        address = f"{reverse('inspections:act', args=[slug])}?f={self.finding.pk}"
        assert (
            reverse("inspections:act", args=[slug])
            in self.press.page(who, finding).content.decode()
        )
        return self.press.send(who, address, has=next(iter(typed), "f"), **typed)


@pytest.fixture
def under_way(press: Press, served: Served, tmp_path: Path) -> Round:
    press.on(9, 21)
    return Round(press, served, tmp_path)


def issue(press: Press) -> Bulletin:
    """Draft the bulletin of September, issue it, let the jobs order what it lists."""
    bulletins = reverse("inspections:bulletins")
    press.send("office", bulletins, has="month", period="MONTH", month="2026-09", workdays=5)
    drafted = Bulletin.objects.get()
    place = reverse("inspections:bulletin", args=[drafted.pk])
    told = press.send("office", place, has="number", number="靖府办字〔2026〕31号")
    assert "已印发" in words(told)
    assert not [each for each in run_due(at=press.now) if each.error]
    return drafted


def test_from_the_scan_through_the_bulletin_to_the_closed_finding_and_again(
    under_way: Round, press: Press, served: Served
) -> None:
    assert under_way.scan().new == 1
    found = under_way.finding
    assert (found.rule, found.organ) == ("column-stale", press.organs["lwx"])
    page = reverse("inspections:finding", args=[found.pk])
    assert press.browser("township").get(page).status_code == 404  # the office's to look at first

    press.on(10, 9)
    bulletin = reverse("inspections:bulletin", args=[issue(press).pk])
    shown = words(press.page("township", bulletin))
    assert found.number in shown
    press.press("township", bulletin, f"{bulletin}sign/")
    copy = press.browser("township").get(f"{bulletin}docx/")
    assert COLUMN in text_of_docx(copy.content)
    assert "由罗小湾签收" in words(press.page("office", bulletin))
    assert press.browser("clerk").get(page).status_code == 404  # not the finance bureau's
    press.read("/zwgk/tongbao/", 404)
    press.press("office", bulletin, f"{bulletin}publish/")
    public = press.read(f"/zwgk/tongbao/{Bulletin.objects.get().pk}.html")
    assert "罗湾乡人民政府1个" in public
    assert served.origin not in public
    assert "（0/1）" in public  # nothing of one is put right yet

    found.refresh_from_db()
    assert (found.state, found.due_on) == ("RECTIFYING", date(2026, 10, 15))
    proof = SimpleUploadedFile("截图.pdf", pdf())
    under_way.act("township", "answer", result="已更新", measures="专人负责", proofs=proof)
    press.on(10, 10)
    served.newest["/slj/"] = date(2026, 10, 9)
    assert under_way.scan().again == 1  # it said so and did nothing
    found.refresh_from_db()
    assert found.state == "RECTIFYING"
    told = words(press.page("township", page))
    assert "再次巡查仍然存在" in told
    assert "截图.pdf" in told

    served.newest = {"/lwx/": date(2026, 10, 10), "/slj/": date(2026, 10, 10)}
    press.on(10, 12)
    under_way.act("township", "answer", result="已更新动态3条")
    early = press.page("office", page).content.decode()
    assert reverse("inspections:act", args=["close"]) not in early
    press.on(10, 13)
    assert under_way.scan().gone == 1
    found.refresh_from_db()
    assert found.state == "RECHECKED"
    under_way.act("office", "close")
    found.refresh_from_db()
    assert found.state == "CLOSED"

    press.on(11, 16)
    served.newest["/slj/"] = date(2026, 11, 15)
    assert under_way.scan().new == 1
    again = under_way.finding
    assert again.repeated
    assert again.number != found.number
    told = words(press.page("office", reverse("inspections:finding", args=[again.pk])))
    assert "重复出现" in told
    assert found.number in told
    told = words(press.page("office", reverse("inspections:trends")))
    assert "栏目未按期更新" in told


def test_an_objection_upheld_is_remembered(under_way: Round, press: Press) -> None:
    under_way.scan()
    under_way.act("office", "send")
    under_way.act("township", "object", reason="罗湾乡已撤并，栏目改为归档")
    number = under_way.finding.number
    page = reverse("inspections:act", args=["rule"])
    turned = press.browser("township").get(f"{page}?f={under_way.finding.pk}")
    assert turned.status_code == 302  # sent home: nobody rules on their own objection
    under_way.act("office", "rule", upheld="yes", reason="经核实栏目已归档")
    assert under_way.finding.state == "UPHELD"
    press.on(9, 22)
    run = under_way.scan()
    assert (run.new, run.again, run.silenced) == (0, 0, 1)
    assert under_way.finding.number == number
    assert number not in words(press.page("office", reverse("inspections:ledger")))
