"""Handing orders over by key, and Open311: conforming, idempotent, nothing private to be seen."""

import json

import pytest
from django.core.cache import cache
from django.utils import timezone
from lxml import etree

from gongkai.hotline import actions
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.tests.factories import (
    ME,
    RECEIVED_ON,
    an_organ,
    assigned,
    closed,
    moment,
    received,
)
from gongkai.orgs.models import OrganKind

pytestmark = pytest.mark.django_db
NOW = moment(RECEIVED_ON.replace(day=10), 10)
BODY = {
    "number": "YC20260302001",
    "received_at": "2026-03-02T09:30:00+08:00",
    "kind": "求助",
    "category": "路灯照明",
    "subject": "路灯损坏",
    "content": "白鹭村路灯坏了",
    "name": "万里",
    "phone": "13800001234",
}


@pytest.fixture(autouse=True)
def _on_the_tenth(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cache.clear()


@pytest.fixture
def office():
    home = an_organ("jaxrmzf", kind=OrganKind.COUNTY_GOVERNMENT)
    return an_organ("office", kind=OrganKind.OFFICE, county=home)


@pytest.fixture
def opened(office):
    return actions.open_client(office, name="市热线平台", by=ME, at=NOW)


def hand(client, key, body=BODY, *, once="a", county="jaxrmzf"):
    return client.post(
        f"/api/v1/{county}/hotline/orders",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}", "Idempotency-Key": once},
    )


def test_an_order_handed_over_twice_is_one_order(client, office, opened):
    _, key = opened
    first, again = hand(client, key), hand(client, key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["due_at"] == "2026-03-10T00:00:00+08:00"
    order = WorkOrder.objects.get()
    assert (order.organ, order.category, order.caller.name) == (office, "0102", "万里")
    assert hand(client, key, BODY | {"content": "另一件事"}).status_code == 409
    assert hand(client, key, once="b").status_code == 422  # the number is taken
    assert hand(client, key, BODY | {"number": "YC2"}, once="b").status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "谣言"},
        {"source": "鸽子"},
        {"category": "外星事务"},
        {"received_at": "2026-03-02T09:30:00"},
        {"received_at": "2026-04-02T09:30:00+08:00"},
        {"content": "坏\x00字"},
        {"subject": "长" * 101},
        {"content": ""},
    ],
)
def test_an_order_told_wrongly_is_refused(client, opened, wrong):
    answer = hand(client, opened[1], BODY | wrong)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert not WorkOrder.objects.exists()


def test_without_the_right_key_nothing_comes_in(client, office, opened):
    found, key = opened
    an_organ("elsewhere", kind=OrganKind.COUNTY_GOVERNMENT)
    assert hand(client, "gk00").status_code == 401
    assert hand(client, "").status_code == 401
    assert hand(client, key, county="elsewhere").status_code == 404
    assert hand(client, key, once=" ").status_code == 422
    actions.close_client(found, by=ME, at=NOW)
    assert hand(client, key).status_code == 401
    assert not WorkOrder.objects.exists()


def published(office, **told):
    order = closed(office, category="0102", may_publish=True, **told)
    words = actions.PublicText("村道路灯", "某村路灯坏了", "已经修好", "香田乡")
    return actions.publish(order, told=words, by=ME, at=NOW)


def test_discovery_and_services_in_both_formats(client, office):
    told = client.get("/open311/discovery.json").json()
    assert told["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    services = client.get("/open311/v2/services.json").json()
    needed = {"service_code", "service_name", "description", "metadata", "type", "keywords"}
    assert all(needed <= set(each) for each in services)
    assert {each["type"] for each in services} == {"batch"}
    answer = client.get("/open311/v2/services.xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    root = etree.fromstring(answer.content)
    assert (root.tag, root[0].tag, len(root)) == ("services", "service", len(services))
    definition = client.get("/open311/v2/services/0102.xml").content
    root = etree.fromstring(definition)
    assert root.tag == "service_definition"
    assert root.find("attributes/attribute/values/value/key").text == "HELP"
    assert client.get("/open311/v2/services/9999.json").status_code == 404


def test_only_published_orders_are_listed(client, office):
    order = published(office)
    private = received(office, number="SECRET-1")
    rows = client.get("/open311/v2/requests.json").json()
    assert [row["service_request_id"] for row in rows] == [order.number]
    row = rows[0]
    assert (row["status"], row["service_code"], row["address"]) == ("closed", "0102", "香田乡")
    assert row["requested_datetime"] == "2026-03-02T09:00:00+08:00"
    text = client.get("/open311/v2/requests.xml").content.decode()
    assert "<service_requests><request><service_request_id>" in text
    for secret in ("万里", "13800001234", "白鹭村", "SECRET-1"):
        assert secret not in text
    for url in (f"requests/{private.number}.json", "requests/%00.json", "requests/x'--.xml"):
        assert client.get(f"/open311/v2/{url}").status_code == 404
    assert client.get(f"/open311/v2/requests/{order.number}.json").json() == rows
    found = f"/open311/v2/requests.json?service_request_id={order.number},{private.number}"
    assert len(client.get(found).json()) == 1
    for query, number in (
        ("status=open", 0),
        ("status=closed", 1),
        ("service_code=0102,0108", 1),
        ("service_code=0108", 0),
        ("start_date=2026-03-01T00:00:00%2B08:00&end_date=2026-03-03T00:00:00Z", 1),
        ("end_date=2026-03-01T00:00:00Z", 0),
    ):
        assert len(client.get(f"/open311/v2/requests.json?{query}").json()) == number, query


@pytest.mark.parametrize(
    "query",
    [
        "status=half",
        "start_date=yesterday",
        "start_date=2026-03-01",
        "start_date=2026-13-01T00:00:00Z",
        "start_date=2025-01-01T00:00:00Z&end_date=2026-03-01T00:00:00Z",
    ],
)
def test_a_question_that_cannot_be_read_is_an_error_of_the_specification(client, office, query):
    answer = client.get(f"/open311/v2/requests.xml?{query}")
    assert answer.status_code == 400
    assert etree.fromstring(answer.content).find("error/code").text == "400"


def test_a_report_gets_a_token_and_the_token_its_number_when_dispatched(client, office, opened):
    told = {
        "api_key": opened[1],
        "service_code": "0102",
        "address_string": "香田乡白鹭村",
        "description": "路灯坏了",
        "last_name": "万",
        "first_name": "里",
        "phone": "13800001234",
        "attribute[KIND]": "COMPLAINT",
        "attribute[PUBLISH]": "yes",
    }
    post = "/open311/v2/requests.json"
    answer = client.post(post, told)
    assert answer.status_code == 201
    token = answer.json()[0]["token"]
    order = WorkOrder.objects.get()
    assert (order.kind, order.source, order.may_publish) == ("COMPLAINT", "APP", True)
    assert order.place == "香田乡白鹭村"
    url = f"/open311/v2/tokens/{token}.json"
    assert client.get(url).json() == [{"service_request_id": None, "token": token}]
    actions.assign(order, unit="路灯所", on=NOW.date(), by=ME, at=NOW)
    assert client.get(url).json()[0]["service_request_id"] == order.number
    assert client.get(f"/open311/v2/requests/{order.number}.json").status_code == 404
    assert client.get("/open311/v2/tokens/nobody.xml").status_code == 404
    for wrong, status in (
        ({"api_key": "x"}, 403),
        ({"api_key": ""}, 403),
        ({"service_code": ""}, 400),
        ({"service_code": "0103"}, 404),
        ({"address_string": ""}, 400),
        ({"address_string": "", "lat": "1", "long": "x"}, 400),
        ({"lat": "nan", "long": "1"}, 400),
        ({"attribute[KIND]": "X"}, 400),
        ({"description": "坏\x00字"}, 400),
        ({"jurisdiction_id": "nowhere"}, 404),
    ):
        failed = client.post(post, told | wrong)
        assert failed.status_code == status, wrong
        assert failed.json()[0]["code"] == status
    assert WorkOrder.objects.count() == 1


def test_where_there_are_several_counties_one_is_named(client, office):
    an_organ("elsewhere", kind=OrganKind.COUNTY_GOVERNMENT)
    assigned(office)
    assert client.get("/open311/v2/services.json").status_code == 400
    assert client.get("/open311/v2/services.json?jurisdiction_id=jaxrmzf").status_code == 200
    assert client.get("/open311/v2/requests.json?jurisdiction_id=elsewhere").json() == []
