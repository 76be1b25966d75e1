"""The screens of turning over: a journey each way, the wrong person, nothing typed lost."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.tests.factories import a_person, answered, assigned, received
from gongkai.inforequests.models import InfoRequest, State
from gongkai.inforequests.tests.factories import (
    an_official,
    an_organ,
    moment,
    processing,
    replied,
)
from gongkai.orgs.models import OrganKind, Role
from gongkai.statute.grounds import Ground

pytestmark = pytest.mark.django_db
TYPED = {
    "reason": "要求公开政府信息",
    "description": "香田乡白鹭村2025年征地补偿安置方案",
    "channel": "ORAL",
    "requester_kind": "NATURAL_PERSON",
    "carrier": "PAPER",
    "delivery": "POST",
    "address": "香田乡白鹭村三组",
}
PETITION = {"on": "2026-03-10", "where": "县信访局", "note": ""}


@pytest.fixture(autouse=True)
def _on_the_tenth(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(date(2026, 3, 10)))


@pytest.fixture
def organ():
    return an_organ()


def order_url(order):
    return reverse("desk:order_to_request", args=[order.pk])


def request_urls(info_request):
    return [
        reverse(f"desk:{name}", args=[info_request.pk])
        for name in ("request_to_order", "refer_to_petition")
    ]


def sent_home(response):
    return response.status_code == 302 and response.url == reverse("wagtailadmin_home")


def test_a_clerk_turns_an_order_over_and_is_told_number_and_code(client, organ):
    client.force_login(a_person(organ))
    order = assigned(organ)
    page = client.get(reverse("hotline:record", args=[order.pk])).content.decode()
    assert order_url(order) in page
    page = client.get(order_url(order)).content.decode()
    assert order.content in page
    assert "万*" in page
    assert order.caller.phone not in page
    page = client.post(order_url(order), TYPED).content.decode()
    info_request = InfoRequest.objects.get()
    assert info_request.number in page
    assert "口头申请" in page
    assert "查询码" in page
    page = client.get(reverse("hotline:record", args=[order.pk])).content.decode()
    assert info_request.number in page
    assert reverse("inforequests:record", args=[info_request.pk]) not in page


def test_the_county_office_follows_the_link_and_prints_the_sheet(client):
    county = an_organ("county", kind=OrganKind.COUNTY_GOVERNMENT)
    office = an_organ("office", kind=OrganKind.OFFICE, county=county)
    client.force_login(an_official(office, Role.OGI_OFFICE))
    order = received(office)
    page = client.post(order_url(order), TYPED).content.decode()
    info_request = InfoRequest.objects.get()
    case = reverse("inforequests:record", args=[info_request.pk])
    assert reverse("inforequests:sheet", args=[info_request.pk]) in page
    assert case in client.get(reverse("hotline:record", args=[order.pk])).content.decode()
    page = client.get(case).content.decode()
    assert reverse("hotline:record", args=[order.pk]) in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"description": ""}, "请填写“所需政府信息"),
        ({"reason": ""}, "请填写“转办理由”"),
        ({"channel": "PIGEON"}, "请重新选择"),
        ({"email": "不是邮箱"}, "电子邮箱"),
    ],
)
def test_a_wrong_form_loses_nothing_and_changes_nothing(client, organ, typed, message):
    client.force_login(a_person(organ))
    order = assigned(organ)
    response = client.post(order_url(order), TYPED | typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert message in page
    assert "香田乡白鹭村三组" in page
    order.refresh_from_db()
    assert order.state == "ASSIGNED"
    assert not InfoRequest.objects.exists()


def test_an_order_done_with_offers_nothing_and_says_why(client, organ):
    client.force_login(a_person(organ))
    order = answered(organ)
    page = client.get(reverse("hotline:record", args=[order.pk])).content.decode()
    assert order_url(order) not in page
    assert "只能办结" in client.get(order_url(order), follow=True).content.decode()
    assert client.post(order_url(order), TYPED).status_code == 422


def test_a_handler_passes_a_complaint_on_and_both_pages_say_so(client, organ):
    client.force_login(an_official(organ))
    info_request = replied(organ, ground=Ground.PETITION)
    case = reverse("inforequests:record", args=[info_request.pk])
    page = client.get(case).content.decode()
    for url in request_urls(info_request):
        assert url in page
        assert client.get(url).status_code == 200
    to_order, petition = request_urls(info_request)
    page = client.post(to_order, {"kind": "REPORT", "reason": "实为举报"}, follow=True).content
    order = WorkOrder.objects.get()
    assert (order.kind, order.linked) == ("REPORT", info_request.typed_id)
    assert f"已转为热线工单{order.number}" in page.decode()
    assert client.post(to_order, {"kind": "REPORT", "reason": "再转"}).status_code == 422
    assert client.post(petition, PETITION).status_code == 302
    client.force_login(a_person(organ))
    page = client.get(reverse("hotline:record", args=[order.pk])).content.decode()
    assert info_request.number in page
    assert "退单" not in page


@pytest.mark.parametrize("typed", [{"on": "", "where": "县信访局"}, {"on": "2026-03-10"}])
def test_a_referral_must_say_where_and_when(client, organ, typed):
    client.force_login(an_official(organ))
    url = request_urls(replied(organ, ground=Ground.PETITION))[1]
    response = client.post(url, typed)
    assert response.status_code == 422
    assert "请填写" in response.content.decode()


def test_a_request_that_is_no_petition_offers_nothing(client, organ):
    client.force_login(an_official(organ))
    for info_request in (processing(organ), replied(organ)):
        page = client.get(reverse("inforequests:record", args=[info_request.pk])).content.decode()
        for url, typed in zip(
            request_urls(info_request),
            ({"kind": "REPORT", "reason": "实为举报"}, PETITION),
            strict=True,
        ):
            assert url not in page
            assert client.post(url, typed).status_code == 422


def test_referring_to_the_hotline_leads_to_where_the_order_is_made(client, organ):
    client.force_login(an_official(organ))
    petition, other = replied(organ, ground=Ground.PETITION), replied(organ)
    refer = reverse("inforequests:act", args=[petition.pk, "refer"])
    page = client.get(refer).content.decode()
    assert request_urls(petition)[0] in page
    assert 'value="HOTLINE"' not in page
    typed = {"on": "2026-03-10", "to": "HOTLINE", "where": "12345", "note": ""}
    assert client.post(refer, typed).status_code == 422
    page = client.get(reverse("inforequests:act", args=[other.pk, "refer"])).content.decode()
    assert request_urls(other)[0] not in page
    assert not WorkOrder.objects.exists()


def test_the_wrong_person_gets_nowhere(client, organ):
    order, info_request = assigned(organ), replied(organ, ground=Ground.PETITION)
    urls = [order_url(order), *request_urls(info_request)]
    before = LoggedEvent.objects.count()
    for url in urls:
        assert "login" in client.get(url).url
    strangers = [
        a_person(an_organ("other"), username="other-hotline"),
        an_official(an_organ("third"), username="other-handler"),
        an_official(organ, Role.AUDITOR, username="auditor"),
    ]
    for person in strangers:
        client.force_login(person)
        for url in urls:
            assert client.get(url).status_code == 404, url
            assert client.post(url).status_code == 404, url
    client.force_login(an_official(organ, Role.LEADER, username="leader"))
    for url in urls:
        assert sent_home(client.post(url)), url
    client.force_login(a_person(organ, username="own-hotline"))
    assert [client.post(url).status_code for url in urls[1:]] == [404, 404]
    client.force_login(an_official(organ, username="own-handler"))
    assert client.post(urls[0]).status_code == 404
    assert LoggedEvent.objects.count() == before
    assert InfoRequest.objects.get().state == State.REPLIED
