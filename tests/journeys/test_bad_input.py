"""What nobody should type: no error page, a Chinese message, the database unchanged."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from gongkai.annualreport import actions
from gongkai.audit.models import Event
from gongkai.orgs.models import Role
from gongkai.orgs.queries import organs_seen_by
from gongkai.orgs.tests.factories import make_county, make_post, make_user

AT = datetime(2021, 1, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def county(db):
    return make_county()


@pytest.fixture
def office(client, county):
    user = make_user("office")
    make_post(user, county.office, Role.OGI_OFFICE)
    client.force_login(user)
    return user


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_without_a_midnight_and_years_without_a_calendar(client, county, office, day):
    closed = {"day": day, "document_number": "靖府办〔2021〕1号"}
    answer = client.post(reverse("calendars:enter_closure"), closed)
    assert "请核对日期" in answer.content.decode()
    auditor = make_user("auditor")
    make_post(auditor, county.office, Role.AUDITOR)
    client.force_login(auditor)
    for bound in ("since", "until"):
        page = client.get(reverse("orgs:log"), {bound: day})
        assert "请核对" in page.content.decode()


@pytest.mark.parametrize("amount", ["1e400", "9" * 30])
def test_an_amount_past_all_money(client, county, office, amount):
    batch = {
        "organ": county.finance.pk, "period_start": "2020-01-01", "period_end": "2020-12-31",
        "projects": "1", "amount": amount, "source_name": "台账",
    }  # fmt: skip
    answer = client.post(reverse("registers:enter", args=["PROCUREMENT"]), batch)
    assert answer.status_code == 422
    assert "过大" in answer.content.decode()


def test_texts_that_no_database_keeps(client, county, office):
    year = actions.open_year(county.county, 2020, by=office.actor(), at=AT)
    prose = reverse("annualreport:report_prose", args=[year.reports.get().pk])
    before = Event.objects.count()
    for typed, said in (("甲\x00乙", "无法保存的字符"), ("长" * 20_001, "不能超过 20000 字")):
        answer = client.post(prose, {"verb": "write_prose", "problems": typed})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert typed.strip("\x00")[:10] in answer.content.decode()
    page = reverse("annualreport:report", args=[year.reports.get().pk])
    for finding in ("\x00", "x" * 10_000, "V5:<b>"):
        answer = client.post(page, {"verb": "explain", "finding": finding, "explanation": "已核"})
        assert answer.status_code == 422
    assert Event.objects.count() == before


@pytest.mark.parametrize("due", ["0001-01-01", "2020-12-31"])
def test_a_day_to_hand_in_before_the_year_has_ended(client, county, office, due):
    asked = {"verb": "open_year", "county": county.county.pk, "year": 2020, "returns_due_on": due}
    answer = client.post(reverse("annualreport:years"), asked)
    assert answer.status_code == 422
    assert "年度结束后才能报送" in answer.content.decode()


def test_who_assesses_from_outside_sees_no_organs_records(county):
    assessor = make_user("assessor")
    make_post(assessor, county.office, Role.EVALUATOR)
    assert not organs_seen_by(assessor, AT.date()).exists()
    assert organs_seen_by(assessor, AT.date(), {Role.EVALUATOR}).exists()


def test_a_key_of_five_thousand_digits(client, county, office):
    year = actions.open_year(county.county, 2020, by=office.actor(), at=AT)
    key = "9" * 5000
    cell = reverse("annualreport:cell", args=[year.pk, f"return-{key}", "requests/1/t"])
    record = reverse("annualreport:record", args=[f"return-{key}"])
    for url in (cell, record):
        assert client.get(url).status_code == 404
    assert client.get(reverse("inforequests:index"), {"organ": key}).status_code == 200
