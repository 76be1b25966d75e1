"""Disclosure upon request among 100,000 cases: a state change, a letter, the staff's lists."""

import os
import statistics
import time
from collections.abc import Callable
from datetime import date

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- after Django is set up
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.counting import open_county  # noqa: E402
from benchmarks.emptying import empty_database  # noqa: E402
from benchmarks.measuring import Measured, cpu_seconds, hand_over  # noqa: E402
from gongkai.inforequests import actions  # noqa: E402
from gongkai.inforequests.models import InfoRequest  # noqa: E402
from gongkai.inforequests.tests import factories as make  # noqa: E402
from gongkai.orgs.models import Organ, OrganKind, Role  # noqa: E402
from gongkai.statute.grounds import Ground  # noqa: E402

DATABASE = os.environ["GONGKAI_TEST_DATABASE"]
CASES = 100_000
TRIES = 40
ON = date(2026, 3, 2)


def fill() -> Organ:
    """Fill a fresh database with a county and its cases; return its county government."""
    call_command("migrate", verbosity=0)
    open_county()
    make.many_requests(CASES, list(Organ.objects.all()), years=(2018, 2019, 2020, 2021, 2022))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Organ.objects.get(kind=OrganKind.COUNTY_GOVERNMENT)


def _each(cases: list[InfoRequest], verb: Callable[[InfoRequest], object]) -> tuple[float, int]:
    """Return the median CPU milliseconds and the most queries of `verb` over the cases."""
    spent, queries = [], []
    for case in cases[: len(cases) // 2]:
        start = time.process_time()
        verb(case)
        spent.append((time.process_time() - start) * 1000)
    for case in cases[len(cases) // 2 :]:
        with CaptureQueriesContext(connection) as asked:
            verb(case)
        statements = [each["sql"] for each in asked.captured_queries]
        queries.append(sum(not _of_the_transaction(sql) for sql in statements))
    return statistics.median(spent), max(queries)


def _of_the_transaction(sql: str) -> bool:
    return sql.split()[0].upper() in {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"}


def state_change(organ: Organ) -> list[Measured]:
    """Measure one act from the verb to its audit event, among all those cases."""
    cases = [make.registered(organ, ON) for _ in range(TRIES)]
    spent, queries = _each(cases, lambda case: make.do(actions.assign, case, ON, unit="政务公开股"))
    answered = [make.processing(organ, ON) for _ in range(TRIES)]
    grounds = {1: Ground.GRANTED}
    _, asked = _each(answered, lambda case: make.do(actions.reply, case, ON, grounds=grounds))
    return [
        Measured("a state change", DATABASE, spent, 5, "ms CPU"),
        Measured("a state change", DATABASE, queries, 8, "queries"),
        Measured("an answer", DATABASE, asked, 8, "queries"),
    ]


def answer_letter(organ: Organ) -> list[Measured]:
    """Measure the making of an answer's letter: number, docx, PDF, seal, files, log."""
    make.a_profile(organ)
    cases = [make.signed(organ, ON) for _ in range(12)]
    spent, _ = _each(cases, lambda case: make.do(actions.issue_reply, case, ON))
    return [Measured("an answer letter, sealed and frozen", DATABASE, spent, 1000, "ms CPU")]


def staff_home(organ: Organ) -> list[Measured]:
    """Measure the page that the county's office opens in the morning."""
    client = Client()
    client.force_login(make.an_official(organ, Role.OGI_OFFICE, "morning"))
    address = reverse("wagtailadmin_home")

    def open_page() -> None:
        assert client.get(address).status_code == 200

    spent = cpu_seconds(open_page, runs=9) * 1000
    with CaptureQueriesContext(connection) as asked:
        open_page()
    return [
        Measured("the staff home, 100,000 cases", DATABASE, spent, 100, "ms CPU"),
        Measured("the staff home, 100,000 cases", DATABASE, len(asked), 12, "queries"),
        *_open_list(client),
    ]


def _open_list(client: Client) -> list[Measured]:
    """Measure the list of all that is open in the county, its worst page."""
    address = reverse("inforequests:index")
    spent = cpu_seconds(lambda: client.get(address).content, runs=9) * 1000
    return [Measured("the open list, 100,000 cases", DATABASE, spent, 150, "ms CPU")]


def main() -> None:
    """Fill once, measure each."""
    empty_database()
    organ = fill()
    hand_over([*state_change(organ), *answer_letter(organ), *staff_home(organ)])


if __name__ == "__main__":
    main()
