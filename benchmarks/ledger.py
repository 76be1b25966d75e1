"""The ledger of 100,000 findings: recording a run of them, and the office's list over its filters.

Findings are recorded as an inspector hands them in; the list is asked for as a browser does.
"""

import os
import statistics
import time
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- after Django is set up
from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.counting import open_county  # noqa: E402
from benchmarks.emptying import empty_database  # noqa: E402
from benchmarks.measuring import Measured, hand_over  # noqa: E402
from gongkai.audit import Actor  # noqa: E402
from gongkai.inforequests.tests.factories import an_official  # noqa: E402
from gongkai.inspections import actions  # noqa: E402
from gongkai.inspections.actions import Laid, Look, Source  # noqa: E402
from gongkai.inspections.models import Finding  # noqa: E402
from gongkai.inspections.rules.faults import Fault  # noqa: E402
from gongkai.orgs.models import Organ, OrganKind, Role  # noqa: E402

DATABASE = os.environ["GONGKAI_TEST_DATABASE"]
FINDINGS = int(os.environ.get("GONGKAI_BENCH_FINDINGS", "100000"))
RUNS = 50
BY = Actor("bench", "性能测试", "测试")
AT = datetime(2026, 10, 20, 1, tzinfo=UTC)
BASE = "https://www.example.gov.cn"
_RULES = ("link-dead", "column-stale", "wording", "tag-missing", "mobile_phone")
_BY_KIND = ("", "?state=", "?overdue=1", "?state=RECTIFYING", "?state=FOUND&source=SCAN",
            "?indicator=功能设计", "?repeated=1", "?q=WT2026-00777", "?organ={organ}",
            "?organ={organ}&overdue=1", "?state=CLOSED", "?like={kind}")  # fmt: skip
_EACH = tuple(f"{asked or '?state=STANDING'}&view=each" for asked in _BY_KIND[:-1])
_ASKED = (*_BY_KIND, *_EACH, "?state=&p=1999&view=each")


def fill(home: Organ) -> Measured:
    """Record the findings in runs of equal size; return how many a second of CPU came in."""
    organs = list(Organ.objects.exclude(pk=home.pk))
    site = actions.register_site(
        home, organ=home, name="县政府网", address=BASE, by=BY, at=AT - timedelta(days=RUNS + 1)
    )
    start = time.process_time()
    for run in range(RUNS):
        at = AT - timedelta(days=RUNS - run)
        look = Look(source=Source.SCAN, started_at=at, ended_at=at, rules=frozenset(), site=site)
        laid = [
            Laid(_fault(run, place, at), organs[place % len(organs)].pk)
            for place in range(FINDINGS // RUNS)
        ]
        actions.record_run(home, laid, look=look, by=BY, at=at)
    return Measured(
        "findings recorded",
        DATABASE,
        FINDINGS / (time.process_time() - start),
        1000,
        "findings a CPU s",
        at_most=False,
    )


def _fault(run: int, place: int, at: datetime) -> Fault:
    return Fault(
        rule=_RULES[place % len(_RULES)],
        address=f"{BASE}/zwgk/{run}/{place}.html",
        why=f"第{place}处链接打不开，请更换或者删除",
        evidence=f"<a href='/gone/{run}/{place}.html'>关于做好有关工作的通知</a>",
        found_at=at,
        target=f"{BASE}/gone/{run}/{place}.html",
        status=404,
    )


def spread() -> None:
    """Let the findings stand in every state, with dates before and after today."""
    states = ("FOUND", "SENT", "RECTIFYING", "RECTIFYING", "ANSWERED", "CLOSED", "CLOSED", "CLOSED")
    due = AT.date()
    for rest, state in enumerate(states):
        dated = {"due_on": due + timedelta(days=3 - rest)} if state == "RECTIFYING" else {}
        part = Finding.objects.alias(place=F("pk") % len(states)).filter(place=rest)
        part.update(state=state, repeated=rest == 1, **dated)
    with connection.cursor() as cursor:  # as the server's own upkeep leaves it overnight
        cursor.execute("VACUUM ANALYZE" if DATABASE == "postgresql" else "ANALYZE")


def lists(home: Organ) -> list[Measured]:
    """Measure the list by kinds and one by one over filters, words and pages: wall clock."""
    client = Client()
    client.force_login(an_official(home, Role.OGI_OFFICE, "office"))
    base, organ = reverse("inspections:ledger"), Organ.objects.exclude(pk=home.pk).first()
    one = Finding.objects.filter(organ=organ).first()
    kind = f"{one.organ_id}.{one.alike}"
    took: dict[str, list[float]] = {asked: [] for asked in _ASKED}
    for _ in range(8):
        for asked in _ASKED:
            start = time.perf_counter()
            answer = client.get(base + asked.format(organ=organ.pk, kind=kind))
            took[asked].append((time.perf_counter() - start) * 1000)
            assert answer.status_code == 200, asked
    every = [each for asked in _ASKED for each in took[asked][1:]]
    p95 = statistics.quantiles(every, n=20)[-1]
    slowest = max(statistics.median(times[1:]) for times in took.values())
    what = f"the ledger of {FINDINGS:,} findings"
    return [
        Measured(f"{what}: 95th of 164", DATABASE, p95, 300, "ms"),
        Measured(f"{what}: slowest filter", DATABASE, slowest, 300, "ms"),
    ]


def main() -> None:
    """Fill and measure."""
    empty_database()
    call_command("migrate", verbosity=0)
    open_county()
    home = Organ.objects.get(kind=OrganKind.COUNTY_GOVERNMENT)
    found = [fill(home)]
    spread()
    hand_over([*found, *lists(home)])


if __name__ == "__main__":
    main()
