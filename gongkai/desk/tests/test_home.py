"""The staff home: what waits today, worst first, each person their own, nothing foreign."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.annualreport import actions as annualreport
from gongkai.annualreport.tests.factories import small_county, user
from gongkai.desk.today import requests_today, returns_today, sent_back_today
from gongkai.inforequests.models import IntakeChannel
from gongkai.inforequests.tests.factories import (
    an_official,
    moment,
    registered,
    replied,
    submitted,
)
from gongkai.orgs.models import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch):
    now = datetime(2026, 3, 31, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def county():
    return small_county()


def figures(tiles) -> dict[str, int]:
    return {tile.words: tile.figure for tile in tiles}


def test_requests_are_counted_by_urgency_and_the_worst_stand_first(county) -> None:
    organ = county.finance
    clerk = user("clerk", organ, Role.DEPARTMENT_CLERK)
    late = registered(organ, date(2026, 3, 2))  # due 2026-03-30
    today = registered(organ, date(2026, 3, 3))
    soon = registered(organ, date(2026, 3, 6))
    registered(organ, date(2026, 3, 24))
    replied(organ, date(2026, 3, 2))
    unconfirmed = submitted(organ, date(2026, 3, 30), channel=IntakeChannel.ONLINE)
    waiting = requests_today(clerk, TODAY)
    assert figures(waiting.tiles) == {
        "件尚未确认收到": 1,
        "件已超期": 1,
        "件今天到期": 1,
        "件 5 个工作日内到期": 1,
        "件正在办理": 5,
    }
    numbers = [row.number for row in waiting.rows]
    assert numbers[:4] == [unconfirmed.number, late.number, today.number, soon.number]


def test_the_list_is_short_and_says_how_many_more(county) -> None:
    organ = county.finance
    for day in range(11):
        registered(organ, date(2026, 3, 9) + timedelta(days=day))
    waiting = requests_today(user("clerk", organ, Role.DEPARTMENT_CLERK), TODAY)
    assert (len(waiting.rows), waiting.more) == (8, 3)


def test_nobody_sees_what_waits_in_another_organ(county) -> None:
    mine, other = county.finance, county.housing
    registered(other, date(2026, 3, 2))
    clerk = user("clerk", mine, Role.DEPARTMENT_CLERK)
    assert figures(requests_today(clerk, TODAY).tiles)["件正在办理"] == 0
    evaluator = user("evaluator", county.government, Role.EVALUATOR)
    assert requests_today(evaluator, TODAY) is None


def test_the_year_tells_a_unit_its_own_and_the_office_all(county) -> None:
    office = user("office", county.government, Role.OGI_OFFICE)
    clerk = user("clerk", county.finance, Role.DEPARTMENT_CLERK)
    assert returns_today(office, TODAY) == []
    year = annualreport.open_year(
        county.government, 2025, by=office.actor(), at=moment(date(2026, 1, 5))
    )
    (told,) = returns_today(office, TODAY)
    assert figures(told.tiles)["个单位填报中"] == year.returns.count()
    assert told.tiles[0].tone == "bad"
    assert "报送期限 2026-01-31 已过" in told.words
    (own,) = returns_today(clerk, TODAY)
    assert figures(own.tiles)["个单位填报中"] == 1
    assert "公布期限 2026-03-31" in returns_today(office, date(2026, 1, 20))[0].words


def test_a_return_that_was_sent_back_shows_its_reason(county, client) -> None:
    office = user("office", county.government, Role.OGI_OFFICE)
    clerk = an_official(county.finance, Role.DEPARTMENT_CLERK)
    year = annualreport.open_year(
        county.government, 2025, by=office.actor(), at=moment(date(2026, 1, 5))
    )
    unit = year.returns.get(organ=county.finance)
    unit.sent_back_reason = "收费金额与台账不符"
    unit.save()
    assert sent_back_today(clerk, TODAY) == [unit]
    client.force_login(clerk)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "收费金额与台账不符" in page
    assert reverse("annualreport:return", args=[unit.pk]) in page


def test_the_home_is_the_countys_and_leads_nowhere_outside(county, client) -> None:
    organ = county.finance
    case = registered(organ, date(2026, 3, 2))
    client.force_login(an_official(organ, Role.DEPARTMENT_CLERK))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "政务公开平台" in page
    assert case.number in page
    assert "今天是2026年3月31日" in page
    assert "wagtail.org" not in page.lower()


def test_who_has_no_post_is_told_what_to_do(client, django_user_model) -> None:
    stranger = django_user_model.objects.create(
        username="root", name="管理员", is_superuser=True, is_staff=True
    )
    client.force_login(stranger)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "您还没有岗位" in page


def test_who_audits_is_not_told_to_get_a_post(county, client) -> None:
    client.force_login(an_official(county.office, Role.AUDITOR))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "您还没有岗位" not in page
    assert "审计管理员" in page
