"""200 citizens at the door at once: the public form over HTTP, two workers, PostgreSQL.

Each sends the whole form with its pictures and a solved proof of work, all at the same moment,
and then sends it again, as an impatient finger does. None may be lost and none doubled.
"""

import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- after Django is set up
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.emptying import empty_database  # noqa: E402
from benchmarks.measuring import Measured, hand_over  # noqa: E402
from gongkai.inforequests.models import InfoRequest, NumberSeries, Requester  # noqa: E402
from gongkai.portal.tests import requests_made as made  # noqa: E402

CITIZENS = 200
HOST, PORT = "127.0.0.1", 8753
WORKERS = 2
STARTS_WITHIN = 90  # seconds
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Citizen:
    """One visitor with a form filled in and ready to send."""

    def __init__(self, place: int) -> None:
        self.key = str(uuid.uuid4())
        self.form: dict[str, Any] = made.filled(
            person_name=f"演示申请人{place}",
            phone=f"138{place:08d}",
            description=f"第{place}号地块征收公告",
            submission_key=self.key,
            altcha=made.proof(timezone.now()),
        )
        # As nginx tells it: each citizen from an address of their own.
        self.address = f"198.51.100.{place % 250}"
        self.cookie = ""
        self.seconds = 0.0
        self.told: list[int] = []

    def open_form(self) -> None:
        """Open the page, as a browser does before it sends."""
        answer, page = self._ask("GET", {}, b"")
        self.cookie = answer.getheader("Set-Cookie", "").partition(";")[0]
        token = _TOKEN.search(page)
        if token is None:
            raise RuntimeError(f"{answer.status} instead of the form")
        self.form["csrfmiddlewaretoken"] = token.group(1)
        self.body = encode_multipart(BOUNDARY, self.form)

    def send(self) -> None:
        """Send the form once."""
        start = time.perf_counter()
        answer, _ = self._ask("POST", {"Content-Type": MULTIPART_CONTENT}, self.body)
        self.seconds = self.seconds or time.perf_counter() - start
        self.told.append(answer.status)

    def _ask(
        self, method: str, headers: dict[str, str], body: bytes
    ) -> tuple[http.client.HTTPResponse, str]:
        line = http.client.HTTPConnection(HOST, PORT, timeout=120)
        headers = headers | {"X-Forwarded-For": self.address}
        headers |= {"Cookie": self.cookie} if self.cookie else {}
        line.request(method, made.FORM, body=body, headers=headers)
        answer = line.getresponse()
        page = answer.read().decode()
        line.close()
        return answer, page


@contextmanager
def serving() -> Iterator[None]:
    """Run the product's own server for a while, from when it answers."""
    code = (
        "from gongkai.adapters.serving import serve;"
        f"serve('gongkai.config.wsgi:application', {PORT}, workers={WORKERS})"
    )
    server = subprocess.Popen(  # noqa: S603 -- our own words
        [sys.executable, "-c", code], start_new_session=True
    )
    try:
        _wait_for_answer()
        yield
    finally:
        os.killpg(server.pid, signal.SIGKILL)  # nothing of it is needed any more
        server.wait()


def _wait_for_answer() -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        line = http.client.HTTPConnection(HOST, PORT, timeout=STARTS_WITHIN)
        try:
            line.request("GET", made.BASE)
            line.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            line.close()
    raise RuntimeError("the server does not answer")


def at_once(citizens: list[Citizen]) -> float:
    """Let all send at the same moment; return the seconds until the last has its answer."""
    gate = Barrier(len(citizens) + 1)

    def go(citizen: Citizen) -> None:
        gate.wait()
        citizen.send()

    with ThreadPoolExecutor(len(citizens)) as pool:
        waiting = [pool.submit(go, citizen) for citizen in citizens]
        gate.wait()
        start = time.perf_counter()
        for each in waiting:
            each.result()
        return time.perf_counter() - start


def wrong(citizens: list[Citizen]) -> int:
    """Return how many requests are lost, doubled or half there."""
    cases = list(InfoRequest.objects.values_list("submission_key", flat=True))
    lost = sum(citizen.key not in set(cases) for citizen in citizens)
    doubled = len(cases) - len(set(cases)) + sum(len(each.told) != 2 for each in citizens)
    refused = sum(status != 303 for each in citizens for status in each.told)
    series = NumberSeries.objects.get()
    numbers = set(InfoRequest.objects.values_list("number", flat=True))
    apart = abs(series.last - len(numbers)) + abs(Requester.objects.count() - len(cases))
    return lost + doubled + refused + apart


def main() -> None:
    """Open a county, send, judge."""
    empty_database()
    call_command("migrate", verbosity=0)
    made.open_requests_county()
    citizens = [Citizen(place) for place in range(CITIZENS)]
    with serving():
        for citizen in citizens:
            citizen.open_form()
        seconds = at_once(citizens)
        at_once(citizens)
    spent = statistics.quantiles([each.seconds for each in citizens], n=20)
    where = os.environ["GONGKAI_TEST_DATABASE"]
    hand_over(
        [
            Measured("200 submissions at once, lost or doubled", where, wrong(citizens), 0, ""),
            Measured("200 submissions at once, p95", where, spent[-1], 30, "s"),
            Measured("submissions a second", where, CITIZENS / seconds, 5, "/s", at_most=False),
        ]
    )


if __name__ == "__main__":
    main()
