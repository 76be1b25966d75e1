"""The public site under readers: our nginx beside a bare one, our view beside Wagtail's page.

The rates of the two nginx stand beside each other, taken in turn, seven times each: the machine's
noise meets both. The load is that of issue 5: a thousand kept connections, one page a second each,
with twenty publications a minute and fifty searches a second going on.
"""

import asyncio
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import quote

os.environ["GONGKAI_BENCH_SITE"] = "files"
os.environ["GONGKAI_BENCH_SEARCH"] = "tantivy"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Site  # noqa: E402

from benchmarks import load, publishing  # noqa: E402
from benchmarks.emptying import empty_database  # noqa: E402
from benchmarks.measuring import Measured, cpu_seconds, hand_over  # noqa: E402
from benchmarks.sitefiles import publishing_service, wait_for_service  # noqa: E402
from gongkai.adapters.tests import nginx  # noqa: E402
from gongkai.disclosure.models import Entry, Section, Version  # noqa: E402
from gongkai.disclosure.tests import factories as made  # noqa: E402
from gongkai.orgs.models import Organ, OrganKind  # noqa: E402
from gongkai.portal.models import SectionPage  # noqa: E402
from gongkai.portal.publishing import building  # noqa: E402
from gongkai.portal.publishing.place import site_trees  # noqa: E402

RUNS = 7
SECONDS = int(os.environ.get("GONGKAI_BENCH_LOAD_SECONDS", "60"))
READERS, SEARCHES, PUBLICATIONS = 1000, 50, 20  # a second, a second, a minute
WORDS = ("通知", "工作情况", "乡镇人民政府", "贯彻落实", "第77号")
_BARE = """
    server {{ listen 127.0.0.1:{port}; root {root}; index index.html; charset utf-8; {more} }}
"""
# As our configuration has it; a file made by hand may be served so too.
_KEPT_OPEN = "open_file_cache max=200 inactive=30s; open_file_cache_valid 0;"


def documents(number: int) -> list[str]:
    """Return the addresses of some documents."""
    found = Entry.objects.filter(live=True).order_by("-pk").values_list("address", flat=True)
    return list(found[:number])


def static_page() -> Iterator[Measured]:
    """Compare our nginx with a bare one at the same file, uncompressed and as browsers ask."""
    site = site_trees().root
    address = documents(1)[0]
    root = (site / "current" / nginx.HOST).resolve()
    names = ("ours", "bare", "kept")
    ports = {name: nginx.free_port() for name in names}
    folders = {name: Path(tempfile.mkdtemp()) for name in names}
    rates: dict[str, list[float]] = {name: [] for name in names}
    with ExitStack() as servers:
        for name in names:
            if name == "ours":
                served = nginx.shipped(folders[name], site, ports[name], nginx.free_port())
            else:
                more = _KEPT_OPEN if name == "kept" else ""
                bare = _BARE.format(port=ports[name], root=root, more=more)
                served = nginx.whole(folders[name], bare)
            servers.enter_context(nginx.running(folders[name], served, ports[name]))
        for _ in range(RUNS):
            for name, port in ports.items():
                url = f"http://127.0.0.1:{port}{address}"
                rates[name].append(load.wrk(url, seconds=3, fields=[f"Host: {nginx.HOST}"]))
    middle = {name: statistics.median(found) for name, found in rates.items()}
    for name, what in (("bare", "a bare nginx"), ("kept", "a bare one that keeps files open too")):
        yield Measured(
            f"a file through our nginx: share of {what} ({middle[name]:,.0f}/s)",
            "nginx", middle["ours"] / middle[name], 0.95, "x", at_most=False,
        )  # fmt: skip


def dynamic_page(home: Organ) -> Iterator[Measured]:
    """Compare our document view with a Wagtail page of the same text, served by Page.serve."""
    address = documents(1)[0]
    version = Version.objects.filter(entry__address=address).latest("pk")
    root = Site.objects.get(is_default_site=True).root_page
    page = SectionPage(
        title=version.title, slug="bench-page", description="性能测试", keywords="性能",
        body=version.body,
    )  # fmt: skip
    root.add_child(instance=page)
    client = Client(headers={"host": nginx.HOST})

    def ask(where: str) -> None:
        assert client.get(where).status_code == 200, where

    ours = cpu_seconds(lambda: [ask(address) for _ in range(100)]) * 10
    theirs = cpu_seconds(lambda: [ask(page.url) for _ in range(100)]) * 10
    where = publishing.DATABASE
    yield Measured("a document made anew", where, ours, 3, "ms CPU")
    yield Measured(
        f"Wagtail's Page.serve ({theirs:.1f} ms) beside it", where, theirs / ours, 4, "x",
        at_most=False,
    )  # fmt: skip


def _warm(port: int) -> None:
    """Wait until both workers have read modules and dictionaries: a service runs for weeks."""
    quick = 0
    while quick < 40:  # in a row; two workers take turns
        time.sleep(0.05)
        begun = time.monotonic()
        try:
            asking = HTTPConnection("127.0.0.1", port, timeout=30)
            where = f"/sousuo/?ci={quote('工作')}{quick}"
            asking.request("GET", where, headers={"Host": nginx.HOST})
            asking.getresponse().read()
            asking.close()
        except OSError:
            continue
        quick = quick + 1 if time.monotonic() - begun < 0.3 else 0


@contextmanager
def service() -> Iterator[int]:
    """Run the service with its two workers; nginx passes it what is no file."""
    port = nginx.free_port()
    command = [
        "nice", "-n", "5", str(Path(sys.executable).with_name("granian")), "--interface", "wsgi",
        "--port", str(port), "--workers", "2", "--log-level", "error",
        "gongkai.config.wsgi:application",
    ]  # fmt: skip
    with subprocess.Popen(command) as running:  # noqa: S603 -- our own words
        try:
            _warm(port)
            yield port
        finally:
            running.terminate()


def _publish(county: int, seconds: float, ready: Event, done: "Queue[int]") -> None:
    """Publish one text every three seconds for so long: an official's process of its own."""
    ready.set()
    home = Organ.objects.get(pk=county)
    organ = Organ.objects.filter(kind=OrganKind.DEPARTMENT, county=home).first() or home
    where = Section.objects.get(path=publishing.BUSY)
    number, until = 0, time.monotonic() + seconds
    while (begun := time.monotonic()) < until:
        entry = made.draft(organ, where, title=f"忙时公布的第{number}份通知")
        made.forward(entry, made.EntryState.SIGNED, at=timezone.now() - made.MINUTE * 9)
        made.actions.publish(entry, by=made.PUBLISHER, at=timezone.now())
        number += 1
        time.sleep(max(0.0, 60 / PUBLICATIONS - (time.monotonic() - begun)))
    done.put(number)


async def _readers(port: int, pages: Sequence[str]) -> tuple[load.Load, load.Load]:
    where = ("127.0.0.1", port)
    asked = [f"/sousuo/?ci={word}" for word in WORDS]
    return await asyncio.gather(
        load.steadily(
            where, nginx.HOST, pages, connections=READERS, every=1.0, seconds=SECONDS
        ),
        load.steadily(
            where, nginx.HOST, asked, connections=SEARCHES, every=1.0, seconds=SECONDS
        ),
    )  # fmt: skip


def under_load(home: Organ) -> Iterator[Measured]:
    """Let a thousand readers read and fifty search while texts are published."""
    pages = [*documents(900), "/", f"/{publishing.BUSY}/", "/zwgk/", "/zwdt/"]
    folder, port = Path(tempfile.mkdtemp()), nginx.free_port()
    spawn = multiprocessing.get_context("spawn")
    done: Queue[int] = spawn.Queue()
    ready = spawn.Event()
    with publishing_service(), service() as behind:
        wait_for_service()
        ours = nginx.shipped(folder, site_trees().root, port, behind)
        with nginx.running(folder, ours, port):
            publisher = spawn.Process(target=_publish, args=(home.pk, SECONDS, ready, done))
            publisher.start()
            ready.wait()  # reading its modules is no part of the minute
            reads, searches = asyncio.run(_readers(port, pages))
            published = done.get(timeout=60)
            publisher.join()
    for wrong in (reads.errors + searches.errors)[:5]:
        sys.stderr.write(f"{wrong}\n")
    where = f"{publishing.DATABASE}, nginx"
    minutes = SECONDS / 60
    yield Measured(
        "1,000 readers: answers", where, len(reads.took) / SECONDS, 950, "/s", at_most=False
    )
    yield Measured("1,000 readers: errors", where, len(reads.errors), 0, "")
    yield Measured("1,000 readers: p99", where, reads.p99, 100, "ms")
    yield Measured("50 searches a second beside: errors", where, len(searches.errors), 0, "")
    yield Measured("50 searches a second beside: p99", where, searches.p99, 1000, "ms")
    yield Measured("published meanwhile", where, published / minutes, 15, "/min", at_most=False)


def main() -> None:
    """Fill once, write the site, measure each."""
    if nginx.NGINX is None:
        sys.exit("nginx is not installed: nothing to measure")
    empty_database()
    home = publishing.county(nginx.HOST)
    publishing.fill(home)
    building.build(processes=2, tell=lambda progress: None)
    call_command("buildsearch", verbosity=0)
    hand_over(static_page())
    hand_over(dynamic_page(home))
    hand_over(under_load(home))


if __name__ == "__main__":
    main()
