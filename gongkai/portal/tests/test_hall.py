"""Public pages of the service hall: items, guides, halls, policies, zones; nothing sealed shows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.portal.publishing import keeping, portions
from gongkai.portal.publishing.changes import touched_on
from gongkai.portal.publishing.view import views
from gongkai.portal.tests.factories import open_county
from gongkai.servicehall import actions
from gongkai.servicehall.actions import Fee, ZonePlace, ZoneTold
from gongkai.servicehall.tests import factories as made
from gongkai.servicehall.tests.factories import MONDAY, NOW, UNTIL, moment

pytestmark = pytest.mark.django_db
HERE = "/zwgk/zwfwsx/"


def shown(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_a_guide_is_found_by_organ_theme_word_and_whom_it_serves(
    client: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY, 17))
    place = open_county()
    assert client.get(HERE).status_code == 404
    hall = made.hall(place.finance)
    item = made.published(
        place.finance,
        "代理<记账>许可",
        charged=True,
        fees=(Fee(name="工本费", standard="5元"),),
        online_address="https://zwfw.example.com/a",
    )
    item = actions.move_in(item, hall=hall, joined_on=MONDAY, **NOW)
    made.published(place.township, "低保申请", themes=("g15",))
    made.drafted(place.finance, "还没发布")
    page = shown(client, HERE)
    assert "共2项" in page
    guide = f"{HERE}{item.pk}.html"
    for address in ("bm/jingan-czj/", "zt/f26/", "faren/", "?gjc=记账"):
        found = shown(client, f"{HERE}{address}")
        assert guide in found, address
        assert "代理&lt;记账&gt;" in found
        assert "还没发布" not in found
    assert "没有找到" in shown(client, f"{HERE}?gjc=无此事项")
    for address in ("bm/none/", "zt/x1/", "zt/g01/", "99999.html"):
        assert client.get(f"{HERE}{address}").status_code == 404, address
    page = shown(client, guide)
    for words in ("10个工作日", "取水许可申请书", "工本费", "县政务服务中心", "0795-4662000"):
        assert words in page
    assert "/likai/?dao=https%3A%2F%2Fzwfw.example.com" in page
    assert "县政务服务中心" in shown(client, f"{HERE}dating/")
    heads = keeping.heads()
    actions.suspend(item, why="升级", **NOW)
    assert "暂停办理" in shown(client, guide)
    [one] = views()
    touched = touched_on(one, keeping.since(heads)[1]).addresses
    assert {HERE, guide, f"{HERE}bm/jingan-czj/", "/zwgk/"} <= touched
    actions.cancel(item, why="国发", cancelled_on=MONDAY, **NOW)
    assert client.get(guide).status_code == 410
    assert "代理" not in shown(client, HERE)
    assert guide in set(portions.addresses(one, f"service-guides:{item.pk}-{item.pk + 9}"))
    assert one.make(f"{HERE}dating/").body is not None


def test_names_stand_on_notice_for_its_days_and_the_account_never(
    client: Any, monkeypatch: Any
) -> None:
    now = {"at": moment(MONDAY, 17)}
    monkeypatch.setattr(timezone, "now", lambda: now["at"])
    place = open_county()
    page = "/zwgk/hqzcdx/"
    assert client.get(page).status_code == 404
    policy = made.policy(place.finance)
    made.on_notice(policy, 0)
    text = shown(client, page)
    assert "演示企业0" in text
    assert "10.00万元" in text
    now["at"] = moment(UNTIL + timedelta(days=1), 9)
    assert "演示企业0" not in shown(client, page)
    made.paid(policy, 1)
    paid = shown(client, f"{page}2026/")
    assert "共1件，10.00万元" in paid
    assert "100000.50元" in paid
    for each in (text, paid, shown(client, page)):
        for hidden in (made.ACCOUNT, "张三丰", "农商银行", *made.CODES):
            assert hidden not in each
    assert client.get(f"{page}2025/").status_code == 404
    told = ZoneTold(place=ZonePlace.HALL, name="公开专区", address="双溪镇", opening="每天")
    actions.open_zone(place.finance, told=told, opened_on=date(2026, 1, 5), **NOW)
    assert "公开专区" in shown(client, "/zwgk/zqml/")
