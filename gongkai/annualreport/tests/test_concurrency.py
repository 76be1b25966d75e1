"""Two officials press at once on a database that locks rows: one verb, one event, one version."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections  # noqa: F401 -- skipif reads connection

from gongkai.annualreport import actions
from gongkai.annualreport.lifecycle import AnnualReportError
from gongkai.annualreport.models import Report, ReportYear
from gongkai.annualreport.tests.factories import (
    JANUARY,
    OFFICE,
    all_accepted,
    frozen_report,
    written,
)
from gongkai.audit.models import Event

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="SQLite in memory has one connection, one writer"
    ),
]
WHO = {"by": OFFICE, "at": JANUARY}


def won(verb: Callable[[], object], times: int = 4) -> int:
    """Return how many of `times` at once were not refused."""

    def run(_: int) -> bool:
        try:
            verb()
        except AnnualReportError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(times) as pool:
        return sum(pool.map(run, range(times)))


def events(verb: str) -> int:
    return Event.objects.filter(verb=f"annualreport.{verb}").count()


def test_a_year_is_opened_once(county, records):
    assert won(lambda: actions.open_year(county.government, 2020, **WHO)) == 1
    assert (ReportYear.objects.count(), events("open_year")) == (1, 1)


def test_a_report_is_frozen_and_published_once(filled, year):
    all_accepted(year)
    report = year.reports.get(organ=year.county)
    written(report)
    assert won(lambda: actions.freeze(report, **WHO)) == 1
    assert won(lambda: actions.publish(report, **WHO)) == 1
    assert (events("freeze"), events("publish")) == (1, 1)


def test_one_correction_is_opened(filled, year):
    report = frozen_report(year)
    assert won(lambda: actions.correct(report, reason="更正", **WHO)) == 1
    assert Report.objects.filter(organ=year.county).count() == 2
    assert events("correct") == 1
