"""Accounts of new media in the ledger and in the bulletin."""

from datetime import date
from typing import Any

import pytest

from gongkai.inspections import actions
from gongkai.inspections.lifecycle import BulletinPeriod, FindingState
from gongkai.inspections.models import Finding
from gongkai.inspections.tests.factories import MONDAY, OFFICE, county, department, moment
from gongkai.newmedia.tests import factories as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Any:
    return county()


def test_a_silent_account_is_a_finding_until_it_speaks_and_a_row_of_the_bulletin(home: Any) -> None:
    water = department(home)
    account = made.registered(water)
    made.posted(account, day=date(2026, 9, 1))
    actions.look_inside(home, at=moment(MONDAY, 2))
    finding = Finding.objects.get(rule="M2")
    assert (finding.organ, finding.indicator, finding.item) == (
        water,
        "政务新媒体单项否决",
        "内容不更新",
    )
    assert "微博“靖安水利”最近一次更新是2026年9月1日，超过2周未更新" in finding.why
    told = actions.take_figures(
        home, period=BulletinPeriod.MONTH, starts_on=date(2026, 9, 1), by=OFFICE, at=moment(MONDAY)
    ).content
    assert told["title"].endswith("政府网站与政务新媒体检查情况的通报")
    [basics, _] = told["sections"]
    assert any("检查账号1个，合格0个，合格率0.00%（0/1）" in line for line in basics["paragraphs"])
    assert [annex["title"] for annex in told["annexes"]][2] == "政务新媒体情况表"
    [row] = told["annexes"][2]["rows"]
    assert row == ["靖安水利（微博）", "水利局", "2026-09-01", "1", "不合格：超过2周未更新"]
    actions.order([finding], requirement="请更新", by=OFFICE, at=moment(MONDAY, 10))
    answer = actions.Answer("已更新", "", "")
    actions.answer(finding, told=answer, by=made.CLERK, at=moment(MONDAY, 11))
    made.posted(account, "节水宣传", MONDAY)
    actions.look_inside(home, at=moment(MONDAY, 20))
    finding.refresh_from_db()
    assert finding.state == FindingState.RECHECKED
