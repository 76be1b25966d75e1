"""What the home tells of policy documents: own organs, one query with the rest, lists behind."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.desk.counting import counts
from gongkai.desk.disclosure_today import entries_waiting
from gongkai.desk.errors_today import reports_waiting
from gongkai.desk.policy_today import documents_waiting, policy_today
from gongkai.disclosure.tests.staffing import HOME, client_of, person
from gongkai.orgs.models import OrganKind, Role
from gongkai.policy.tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = make.NOON.date()
SOON = TODAY + timedelta(days=100)


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOON)


@pytest.fixture
def county():
    return make.organ("county", kind=OrganKind.COUNTY_GOVERNMENT, name="靖安县人民政府")


@pytest.fixture
def finance(county):
    """The finance bureau: one document late in filing, one that expires, one repealed, one fine."""
    finance = make.organ("czj", county=county)
    make.published(finance)
    recent = {"published_on": TODAY - timedelta(days=3), "formed_on": TODAY - timedelta(days=9)}
    make.published(finance, ends_on=SOON, **recent)
    make.published(finance, **recent)
    make.repealed(finance, ends_on=SOON)
    return finance


def tiles(user):
    return policy_today(counts(documents_waiting(user, TODAY)))


def test_each_tile_opens_the_list_that_it_counts(county, finance):
    clerk = person("信息员", (finance, Role.DEPARTMENT_CLERK))
    browser = client_of(clerk)
    late, expiring = tiles(clerk)
    assert (late.figure, expiring.figure) == (2, 1)
    for tile in (late, expiring):
        page = browser.get(tile.url)
        counted = sum(row.late for row in page.context["rows"]) if tile is late else None
        assert tile.figure in (counted, page.context["items"].paginator.count)
    home = browser.get(HOME).content.decode()
    assert "件规范性文件逾期未备案" in home
    assert "件文件六个月内到期" in home


def test_others_are_told_nothing(county, finance):
    town = make.organ("lwx", county=county, kind=OrganKind.TOWNSHIP)
    assert tiles(person("乡镇", (town, Role.TOWNSHIP_CLERK))) == ()
    for role in (Role.REVIEWER, Role.WINDOW_CLERK, Role.AUDITOR):
        assert documents_waiting(person(role.value, (finance, role)), TODAY) == {}
    office = make.organ("zfb", county=county, kind=OrganKind.OFFICE)
    found = tiles(person("公开办", (office, Role.OGI_OFFICE)))
    assert [tile.figure for tile in found] == [2, 1]


def test_all_chapters_are_counted_in_one_query(county, finance):
    clerk = person("信息员", (finance, Role.DEPARTMENT_CLERK))
    parts = {}
    for waiting in (entries_waiting, reports_waiting, documents_waiting):
        parts |= waiting(clerk, date(2021, 1, 20))
    with CaptureQueriesContext(connection) as asked:
        counted = counts(parts)
    assert len(asked) == 1
    assert set(counted) == set(parts)
