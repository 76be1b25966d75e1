"""Fixtures: a small county, its records, an opened year."""

from datetime import date

import pytest

from gongkai.annualreport import actions, sources
from gongkai.annualreport.tests import factories
from gongkai.tables.facts import Measure


@pytest.fixture
def county(db):
    return factories.small_county()


@pytest.fixture
def records(monkeypatch):
    made = factories.Records()
    monkeypatch.setattr(sources, "CHAPTERS", made.chapters)
    return made


@pytest.fixture
def filled(county, records):
    """Two requests at the county, one at the township, some licences and documents."""
    records.requests.ask(county.government, date(2020, 3, 2), date(2020, 3, 20))
    records.requests.ask(county.office, date(2020, 5, 6), date(2020, 6, 1), "NOT_HELD")
    records.requests.ask(
        county.township, date(2020, 7, 1), date(2020, 7, 20), "OTHER", factories.FIRM
    )
    records.documents.add(
        Measure("documents.NORMATIVE", "made"), county.office, date(2020, 4, 1), 1
    )
    records.register.add(
        Measure("register.LICENCE", "decisions"), county.inner, date(2020, 12, 31), 154
    )
    records.register.add(
        Measure("register.PROCUREMENT", "amount"), county.finance, date(2020, 12, 31), 200634964
    )
    return records


@pytest.fixture
def year(county, records):
    return actions.open_year(county.government, 2020, by=factories.OFFICE, at=factories.JANUARY)
