"""What the home tells of disclosure: figures of own organs, one query, none for others."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.desk.counting import counts
from gongkai.desk.disclosure_today import DisclosureToday, disclosure_today, entries_waiting
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.tests import factories as make
from gongkai.disclosure.tests.staffing import HOME, client_of, person
from gongkai.orgs.models import OrganKind, Role

pytestmark = pytest.mark.django_db
TODAY = make.NOON.date()


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOON + make.MINUTE)


def told(user) -> DisclosureToday | None:
    return disclosure_today(counts(entries_waiting(user, TODAY)))


def figures(user) -> list[int]:
    return [tile.figure for tile in told(user).tiles]


def test_each_sees_what_waits_in_their_own_organs(django_assert_max_num_queries) -> None:
    county = make.county()
    office = make.department(county, "zfb", kind=OrganKind.OFFICE, short_name="县府办")
    finance, town = make.department(county), make.department(county, "luowan")
    section = make.section(county)
    make.draft(finance, section)
    make.draft(finance, section, formed_on=TODAY - timedelta(days=200))
    make.forward(make.draft(finance, section), EntryState.FIRST_REVIEW)
    make.published(finance, section)
    make.draft(town, section)
    reviewer = person("审核人", (finance, Role.REVIEWER))
    assert figures(reviewer) == [1, 1, 0, 2, 0]
    assert figures(person("信息员", (finance, Role.DEPARTMENT_CLERK))) == [0, 1, 0, 2, 0]
    assert figures(person("乡镇", (town, Role.TOWNSHIP_CLERK))) == [0, 0, 0, 1, 0]
    assert figures(person("公开办", (office, Role.OGI_OFFICE))) == [1, 1, 0, 3, 0]
    window = person("窗口", (finance, Role.WINDOW_CLERK))
    with django_assert_max_num_queries(1):  # the posts
        assert told(window) is None


def test_the_home_shows_the_figures_and_leads_to_the_lists() -> None:
    county = make.county()
    finance = make.department(county)
    make.draft(finance, make.section(county), formed_on=date(2026, 1, 5))
    page = client_of(person("信息员", (finance, Role.DEPARTMENT_CLERK))).get(HOME)
    assert "有 1 条已经超过条例第二十六条的期限" in page.content.decode()
    assert "/staff/disclosure/entries/?view=late" in page.content.decode()
