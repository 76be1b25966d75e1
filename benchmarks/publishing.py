"""The public site and the desk among 100,000 documents (1,000,000 with SCALE=1m on PostgreSQL).

Pages are asked for as a browser does; queries of the kept tree of sections count where they fall.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- after Django is set up
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.counting import open_county  # noqa: E402
from benchmarks.emptying import empty_database  # noqa: E402
from benchmarks.measuring import Measured, hand_over  # noqa: E402
from gongkai.audit import Actor  # noqa: E402
from gongkai.disclosure import actions  # noqa: E402
from gongkai.disclosure.models import Entry, Section, SectionContent, Version  # noqa: E402
from gongkai.disclosure.queries import lists  # noqa: E402
from gongkai.disclosure.rules import Told  # noqa: E402
from gongkai.inforequests.tests.factories import an_official  # noqa: E402
from gongkai.orgs.models import Organ, OrganKind, Role  # noqa: E402
from gongkai.portal.actions import Profile, open_site  # noqa: E402

DATABASE = os.environ["GONGKAI_TEST_DATABASE"]
DOCUMENTS = int(os.environ.get("GONGKAI_BENCH_DOCUMENTS", "100000"))
TIMES = 10 if os.environ.get("SCALE") == "1m" and DATABASE == "postgresql" else 1
PAGES = 300
BUSY = "zwdt/tzgg"
BY = Actor("bench", "性能测试", "测试")
AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
_SENTENCE = "各乡镇人民政府、县直各单位要按照职责分工，认真抓好贯彻落实，及时报送工作情况。"


def county(hostname: str = "testserver") -> Organ:
    """Open the county and its site; return the county government."""
    call_command("migrate", verbosity=0)
    open_county()
    home = Organ.objects.get(kind=OrganKind.COUNTY_GOVERNMENT)
    profile = Profile(name="靖安县人民政府", sponsor="靖安县人民政府", demonstration=True)
    open_site(home, profile, hostname=hostname, port=80, by=BY, at=AT)
    return home


def _texts(organ: Organ, number: int, sections: Sequence[Section]) -> Iterator[actions.Imported]:
    """Yield an organ's texts of 2008 to 2026, 1,500 characters on the average."""
    chance = random.Random(organ.pk)
    span = (AT - datetime(2008, 1, 1, tzinfo=UTC)).days
    for place in range(number):
        at = AT - timedelta(days=chance.randrange(span), minutes=place % 500)
        blocks = ["".join([_SENTENCE] * chance.randint(1, 6)) for _ in range(chance.randint(4, 18))]
        yield actions.Imported(
            source=f"bench/{organ.pk}/{place}",
            section=sections[0] if place % 4 == 0 else chance.choice(sections),
            told=Told(
                title=f"{organ.name}关于做好第{place}号工作的通知",
                formed_on=(at - timedelta(days=3)).date(),
                body="".join(f"<p>{block}</p>" for block in blocks),
                keywords="工作，通知",
            ),
            published_at=at,
            clean=True,
        )


def fill(home: Organ) -> Measured:
    """Import the documents; return how many a second of CPU came in."""
    organs = list(Organ.objects.all())
    sections = list(Section.objects.of(home).filter(content=SectionContent.ENTRIES))
    sections.sort(key=lambda section: section.path != BUSY)
    each = DOCUMENTS // len(organs)
    start = time.process_time()
    for place, organ in enumerate(organs):
        number = each + (DOCUMENTS - each * len(organs) if place == 0 else 0)
        actions.import_entries(organ, _texts(organ, number, sections), by=BY, at=AT, settle=False)
    actions.settle_import(home.pk)
    rate = DOCUMENTS / (time.process_time() - start)
    return Measured("import, checks off", DATABASE, rate, 200, "documents a CPU s", at_most=False)


def multiply(home: Organ) -> None:
    """Copy each document under new keys and addresses: a million rows without objects.

    Keys go on without gaps, as they do in service: the maps of a site are cut by key.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        step = {}
        for table in ("entry", "version", "placement"):
            cursor.execute(f"SELECT max(id) FROM disclosure_{table}")  # noqa: S608 -- our own words
            (step[table],) = cursor.fetchone()
        by = step["entry"]
        for table, change in (
            ("entry", {"published_id": f"published_id + n * {step['version']}",
                       "index_number": "index_number || '-' || n",
                       "imported_from": "imported_from || '-' || n",
                       "address": f"regexp_replace(address, '[0-9]+[.]html$', "
                                  f"(id + n * {by}) || '.html')"}),
            ("version", {"entry_id": f"entry_id + n * {by}"}),
            ("placement", {"entry_id": f"entry_id + n * {by}", "serial": "0"}),
        ):  # fmt: skip
            name = f"disclosure_{table}"
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [name]
            )
            columns = [row[0] for row in cursor.fetchall() if row[0] != "id"]
            values = ", ".join(change.get(column, f'"{column}"') for column in columns)
            names = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(
                f"INSERT INTO {name} (id, {names}) "  # noqa: S608 -- names from the catalogue
                f"SELECT id + n * {step[table]}, {values} FROM {name}, generate_series(1, %s) AS n",
                [TIMES - 1],
            )
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM {name}",  # noqa: S608 -- as above
                [name],
            )
    actions.settle_import(home.pk)


def _cpu(ask: Callable[[int], object], tries: int = PAGES) -> float:
    """Return the median CPU milliseconds of `ask`, after a third of the tries to warm it."""
    spent = []
    for place in range(tries + tries // 3):
        start = time.process_time()
        ask(place)
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent[tries // 3 :])


def _queries(ask: Callable[[int], object]) -> int:
    counts = []
    for place in range(5):
        with CaptureQueriesContext(connection) as asked:
            ask(place)
        counts.append(len(asked))
    return max(counts)


def _page(what: str, addresses: Sequence[str], bar: float, queries: int = 3) -> list[Measured]:
    client = Client()

    def ask(place: int) -> None:
        answer = client.get(addresses[place % len(addresses)])
        assert answer.status_code == 200, addresses[place % len(addresses)]

    return [
        Measured(what, DATABASE, _cpu(ask), bar, "ms CPU"),
        Measured(what, DATABASE, _queries(ask), queries, "queries"),
    ]


def public_pages() -> Iterator[Measured]:
    """Measure a document, and a long list at its ends, in its middle and by year."""
    keys = random.Random(1).sample(range(1, DOCUMENTS), min(PAGES * 2, DOCUMENTS - 1))
    documents = list(Entry.objects.filter(pk__in=keys).values_list("address", flat=True)[:PAGES])
    documents += list(Entry.objects.order_by("-pk").values_list("address", flat=True)[:20])
    yield from _page("a document's page", documents, 3)
    pages = {
        "newest page": "",
        "page 50": "50.html",
        "page 1": "1.html",
        "a year": "2015/",
        "a year's page 2": "2015/2.html",
    }
    for name, address in pages.items():
        yield from _page(f"a list of {_in(BUSY):,}: {name}", [f"/{BUSY}/{address}"], 5)
    yield from _page(f"a group of {_in('zwdt'):,}, its newest", ["/zwdt/"], 5)


def beside_sql() -> Iterator[Measured]:
    """Compare the list of a section, as values, with its statement asked through the driver."""
    section = Section.objects.get(path=BUSY)
    last = lists.list_of(section.pk).last
    for name, page in (("newest page", None), ("page in the middle", last // 2)):
        told = {"section": section.pk, "organ": None, "year": 0, "size": lists.PAGE}
        told["from"] = lists.PAGE * ((page or 1) - 1)
        statement = lists._statement(False, page is not None)

        def bare(_: int, statement: str = statement, told: dict[str, Any] = told) -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement, told)
                cursor.fetchall()

        theirs = _cpu(bare)
        ours = _cpu(lambda _, page=page: lists.list_of(section.pk, page=page))
        yield Measured(f"a list beside bare SQL, {name}", DATABASE, ours / theirs, 8, "x")


def _in(path: str) -> int:
    from gongkai.disclosure.queries import live_counts

    section = Section.objects.get(path=path)
    return live_counts(section.county_id)[section.pk]


def staff_list(home: Organ) -> Measured:
    """Measure the officials' list over its views, words and pages: wall, 95th of 100."""
    client = Client()
    client.force_login(an_official(home, Role.OGI_OFFICE, "office"))
    base = reverse("disclosure:entries")
    asked = ["", "?view=all", "?view=published", "?view=late", "?view=soon", "?view=drafts",
             "?view=all&words=第77号"]  # fmt: skip
    took = []
    for place in range(len(asked) * 15):
        start = time.perf_counter()
        assert client.get(base + asked[place % len(asked)]).status_code == 200
        took.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(took[len(asked) :], n=20)[-1]
    return Measured("the officials' list of entries, p95", DATABASE, p95, 300, "ms")


def main() -> None:
    """Fill once, measure each; with TIMES, again among ten times as many."""
    empty_database()
    home = county()
    hand_over([fill(home)])
    if TIMES > 1:
        multiply(home)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with override_settings(GONGKAI_SITE_KEPT_SECONDS=10):
        hand_over(public_pages())
    hand_over(beside_sql())
    hand_over([staff_list(home)])
    average = _average()
    assert 1200 < average < 1800, average


def _average() -> float:
    texts = Version.objects.order_by("pk").values_list("text", flat=True)[:2000]
    return statistics.mean(len(text) for text in texts)


if __name__ == "__main__":
    main()
