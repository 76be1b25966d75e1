"""The screens of the hotline: a journey, every state rendered, the wrong person on every door."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.hotline.lifecycle import Event, State
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.staff.forms import FORMS
from gongkai.hotline.tests.factories import (
    IN_STATE,
    RECEIVED_ON,
    a_person,
    an_organ,
    assigned,
    moment,
    received,
)
from gongkai.orgs.models import OrganKind, Role

pytestmark = pytest.mark.django_db
TYPED = {
    "number": "YC20260302001",
    "source": "PHONE",
    "kind": "HELP",
    "received_at": "2026-03-02T09:30",
    "subject": "村道路灯损坏",
    "content": "白鹭村三组路灯坏了半个月",
    "name": "万里",
    "phone": "13800001234",
}


@pytest.fixture(autouse=True)
def _on_the_tenth(monkeypatch):
    now = moment(RECEIVED_ON.replace(day=10), 10)
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def organ():
    return an_organ()


@pytest.fixture
def desk(client, organ):
    client.force_login(a_person(organ))
    return client


def record_url(order):
    return reverse("hotline:record", args=[order.pk])


def step_url(order, event):
    return reverse("hotline:step", args=[order.pk, event.value.lower()])


def sent_home(response):
    return response.status_code == 302 and response.url == reverse("wagtailadmin_home")


def test_an_order_runs_through_the_screens(desk, organ):
    assert "没有未办结的工单" in desk.get(reverse("hotline:index")).content.decode()
    desk.post(reverse("hotline:add"), TYPED | {"organ": organ.pk})
    order = WorkOrder.objects.get()
    page = desk.get(record_url(order)).content.decode()
    assert "2026年3月9日" in page
    assert "已超过办理期限" in page
    assert "万*" in page
    assert "13800001234" not in page
    page = desk.post(reverse("hotline:caller", args=[order.pk])).content.decode()
    assert "13800001234" in page
    assert LoggedEvent.objects.latest("pk").verb == "hotline.show_caller"
    desk.post(step_url(order, Event.ASSIGN), {"on": "2026-03-10", "unit": "路灯管理所"})
    desk.post(step_url(order, Event.ANSWER), {"on": "2026-03-10", "text": "已经修好"})
    desk.post(step_url(order, Event.CLOSE), {"on": "2026-03-10"})
    order.refresh_from_db()
    assert order.state == State.CLOSED
    page = desk.get(record_url(order)).content.decode()
    assert "超期答复" in page
    assert "已经修好" in page
    assert "可以办理的事项" not in page
    page = desk.get(reverse("hotline:index"), {"ended": "1", "q": "13800001234"}).content.decode()
    assert "YC20260302001" in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"subject": ""}, "请填写“事由”"),
        ({"content": ""}, "请填写“诉求内容”"),
        ({"received_at": "昨天"}, "应当是日期和时间"),
        ({"received_at": "2026-03-10T10:01"}, "晚于登记时间"),
        ({"kind": "RUMOUR"}, "请重新选择"),
        ({"source": "TURNED_OVER"}, "请重新选择"),
        ({"number": "9" * 41}, "不能超过40字"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_loses_nothing(desk, organ, typed, message):
    response = desk.post(reverse("hotline:add"), TYPED | {"organ": organ.pk} | typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert message in page
    assert "13800001234" in page
    assert not WorkOrder.objects.exists()


def test_a_number_entered_twice_is_told_at_its_field(desk, organ):
    received(organ, number=TYPED["number"])
    response = desk.post(reverse("hotline:add"), TYPED | {"organ": organ.pk})
    assert response.status_code == 422
    assert "已经登记过" in response.content.decode()


def test_a_refused_step_says_why(desk, organ):
    order = received(organ)
    response = desk.post(step_url(order, Event.CLOSE), {"on": "2026-03-10"})
    assert response.status_code == 422
    assert "请先派单" in response.content.decode()
    page = desk.get(step_url(order, Event.CLOSE), follow=True).content.decode()
    assert "请先派单" in page
    typed = {"on": "2026-03-01", "text": "已经修好"}
    page = desk.post(step_url(order, Event.ANSWER), typed).content.decode()
    assert "早于上一步之日" in page
    assert "已经修好" in page


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_page_its_row_and_its_forms(desk, organ, state):
    order = IN_STATE[state](organ)
    assert state.label in desk.get(record_url(order)).content.decode()
    lists = [desk.get(reverse("hotline:index"), {"ended": ended}) for ended in ("", "1")]
    assert [order.number in page.content.decode() for page in lists].count(True) == 1
    for event in FORMS:
        assert desk.get(step_url(order, event), follow=True).status_code == 200


def every_url(order):
    yield record_url(order), "get"
    yield reverse("hotline:caller", args=[order.pk]), "post"
    for event in FORMS:
        yield step_url(order, event), "get"
        yield step_url(order, event), "post"


def test_another_organ_sees_nothing_and_does_nothing(client, organ):
    order = assigned(organ)
    client.force_login(a_person(an_organ("other")))
    events = LoggedEvent.objects.count()
    for url, method in every_url(order):
        assert getattr(client, method)(url).status_code == 404, url
    page = client.get(reverse("hotline:index"), {"q": order.number}).content.decode()
    assert record_url(order) not in page
    typed = TYPED | {"organ": organ.pk}
    assert client.post(reverse("hotline:add"), typed).status_code == 422
    assert LoggedEvent.objects.count() == events


def test_who_only_looks_records_nothing_and_sees_no_caller(client, organ):
    order = assigned(organ)
    client.force_login(a_person(organ, Role.LEADER))
    page = client.get(record_url(order)).content.decode()
    assert "可以办理的事项" not in page
    assert "查看姓名和电话" not in page
    events = LoggedEvent.objects.count()
    for url, _ in list(every_url(order))[1:]:
        assert sent_home(client.post(url)), url
    assert sent_home(client.get(reverse("hotline:add")))
    assert LoggedEvent.objects.count() == events


@pytest.mark.parametrize(
    "role", [Role.REQUEST_HANDLER, Role.WINDOW_CLERK, Role.DEPARTMENT_CLERK, Role.AUDITOR]
)
def test_other_posts_have_no_business_here(client, organ, role):
    order = assigned(organ)
    client.force_login(a_person(organ, role))
    for url, method in every_url(order):
        assert getattr(client, method)(url).status_code == 404, url
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "/hotline/" not in home


def test_a_superuser_without_a_post_sees_nothing(client, organ):
    order = assigned(organ)
    user = a_person(organ)
    user.posts.all().delete()
    user.is_superuser = True
    user.save()
    client.force_login(user)
    for url, method in every_url(order):
        assert getattr(client, method)(url).status_code == 404, url


def test_who_has_not_signed_in_is_sent_to_the_door(client, organ):
    order = assigned(organ)
    for url, method in every_url(order):
        assert "login" in getattr(client, method)(url).url


def test_the_county_office_handles_every_organs_orders(client):
    county = an_organ("county", kind=OrganKind.COUNTY_GOVERNMENT)
    office = an_organ("office", kind=OrganKind.OFFICE, county=county)
    order = assigned(an_organ("bureau", county=county))
    client.force_login(a_person(office, Role.OGI_OFFICE))
    client.post(step_url(order, Event.ANSWER), {"on": "2026-03-10", "text": "已经修好"})
    order.refresh_from_db()
    assert order.state == State.ANSWERED


def test_an_address_that_leads_nowhere(desk, organ):
    order = assigned(organ)
    assert desk.get(reverse("hotline:step", args=[order.pk, "explode"])).status_code == 404
    unknown = "00000000-0000-0000-0000-000000000000"
    assert desk.get(reverse("hotline:record", args=[unknown])).status_code == 404
