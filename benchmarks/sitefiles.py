"""The public site as files among 100,000 documents, 1,000,000 with SCALE=1m: made, written, seen.

Pages a second are of one core (CPU time of this process). "Visible" is from the click of the
publisher to the new bytes of the page and of its list over HTTP, through the shipped nginx where
it is installed, with the publishing service at work and a queue under load.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

os.environ["GONGKAI_BENCH_SITE"] = "files"

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import publishing  # noqa: E402
from benchmarks.emptying import empty_database  # noqa: E402
from benchmarks.measuring import Measured, hand_over  # noqa: E402
from gongkai.adapters.sitefiles.tree import Tree  # noqa: E402
from gongkai.adapters.tests import nginx  # noqa: E402
from gongkai.disclosure.models import Entry, Section  # noqa: E402
from gongkai.disclosure.tests import factories as made  # noqa: E402
from gongkai.orgs.models import Organ, OrganKind  # noqa: E402
from gongkai.outbox.actions import put  # noqa: E402
from gongkai.outbox.models import Job, JobState  # noqa: E402
from gongkai.portal.publishing import building  # noqa: E402
from gongkai.portal.publishing.place import site_trees  # noqa: E402
from gongkai.portal.publishing.view import views  # noqa: E402
from gongkai.portal.publishing.writing import write_portion  # noqa: E402
from gongkai.portal.tasks import PUBLISH  # noqa: E402

PAGES = 5000  # documents written to measure a core
TIMES = int(os.environ.get("GONGKAI_BENCH_PUBLICATIONS", "25"))
LOAD = 5  # other jobs put before each publication
HOST = nginx.HOST


def a_core(br: bool) -> Measured:
    """Return how many documents a second one core makes, packs and writes.

    What was written stays until the end: ext4 looks a millisecond for each new inode while those
    of files deleted a moment ago may not be used again, and no publication follows a deletion.
    """
    (view,) = views()
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True)[:PAGES])
    runs = [
        f"documents:{keys[i]}-{keys[min(i + 499, len(keys) - 1)]}" for i in range(0, len(keys), 500)
    ]
    place = tempfile.mkdtemp(dir=os.environ["GONGKAI_BENCH_DIR"])
    tree = Tree(Path(place), fresh=True, packing_br=br)
    write_portion(view, tree, runs[0])
    start = time.process_time()
    for run in runs:
        write_portion(view, tree, run)
    rate = len(keys) / (time.process_time() - start)
    name = "render, gzip, brotli 4 and write" if br else "render, gzip and write"
    return Measured(
        name, publishing.DATABASE, rate, 600 if br else 1000, "pages/CPU s", at_most=False
    )


def whole_site() -> Iterator[Measured]:
    """Build the whole site on two cores; measure time and memory."""
    start = time.perf_counter()
    tree = building.build(processes=2, tell=lambda progress: None)
    took = time.perf_counter() - start
    pages = sum(1 for _ in tree.walk())
    bar = 300 * publishing.DOCUMENTS * publishing.TIMES / 100_000
    yield Measured(f"whole site of {pages:,} pages", publishing.DATABASE, took, bar, "s")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Measured("memory of a process at work", publishing.DATABASE, used, 400, "MB")


@contextmanager
def publishing_service() -> Iterator[None]:
    """Run `gongkai tick --stay` until the block ends, as behind readers as its unit says."""
    program = "from gongkai.config.cli import main; main()"
    command = ["nice", "-n", "10", sys.executable, "-c", program, "tick", "--stay"]
    with subprocess.Popen(command) as service:  # noqa: S603 -- our own words
        try:
            yield
        finally:
            service.terminate()


@contextmanager
def web_server() -> Iterator[int | None]:
    """Run the shipped nginx over the tree; None where it is not installed."""
    if nginx.NGINX is None:
        yield None
        return
    folder, port = Path(tempfile.mkdtemp()), nginx.free_port()
    site = site_trees().root
    with nginx.running(folder, nginx.shipped(folder, site, port, nginx.free_port()), port):
        yield port


def wait_for_service() -> None:
    """Wait until the service has read its modules and done a first job."""
    job = put(PUBLISH, {}, at=timezone.now())
    while not Job.objects.filter(pk=job.pk, state=JobState.DONE).exists():
        time.sleep(0.05)


def _body(port: int | None, address: str) -> bytes:
    if port is None:
        tree = site_trees().current()
        assert tree is not None
        return tree.read(views()[0].place(address)) or b""
    asking = HTTPConnection("127.0.0.1", port, timeout=10)
    asking.request("GET", address)
    answer = asking.getresponse()
    body = answer.read()
    asking.close()
    return body if answer.status == 200 else b""


def visible(home: Organ) -> Iterator[Measured]:
    """Publish again and again; measure click to bytes of the page and its list."""
    organ = Organ.objects.filter(kind=OrganKind.DEPARTMENT, county=home).first() or home
    where = Section.objects.get(path=publishing.BUSY)
    took = []
    with publishing_service(), web_server() as port:
        wait_for_service()
        for each in range(TIMES):
            entry = made.draft(organ, where, title=f"第{each}次公布的通知")
            at = timezone.now() - made.MINUTE * 9
            made.forward(entry, made.EntryState.SIGNED, at=at)
            for job in range(LOAD):
                put(PUBLISH, {}, at=timezone.now(), dedupe_key=f"load {each} {job}")
            start = time.perf_counter()
            entry = made.actions.publish(entry, by=made.PUBLISHER, at=timezone.now())
            said = f"第{each}次公布的通知".encode()
            while time.perf_counter() - start < 60:
                if said in _body(port, f"/{where.path}/") and said in _body(port, entry.address):
                    break
                time.sleep(0.005)
            took.append(time.perf_counter() - start)
    place = f"{publishing.DATABASE}, nginx" if nginx.NGINX else publishing.DATABASE
    yield Measured("click to visible, median", place, statistics.median(took), 0.5, "s")
    yield Measured("click to visible, p95", place, statistics.quantiles(took, n=20)[-1], 2, "s")


def main() -> None:
    """Fill once, measure each."""
    empty_database()
    home = publishing.county(HOST)
    publishing.fill(home)
    if publishing.TIMES > 1:
        publishing.multiply(home)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    hand_over([a_core(br=False), a_core(br=True)])
    hand_over(whole_site())
    hand_over(visible(home))


if __name__ == "__main__":
    main()
