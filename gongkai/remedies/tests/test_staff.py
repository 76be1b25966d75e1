"""The screens of remedies: a journey, every state rendered, the wrong person on every door."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests.tests.factories import an_official, an_organ, registered
from gongkai.orgs.models import OrganKind, Role
from gongkai.remedies.lifecycle import Event, Result, State
from gongkai.remedies.models import Litigation, Reconsideration
from gongkai.remedies.tests.factories import IN_STATE, accepted, decided, filed, sued

pytestmark = pytest.mark.django_db
TYPED = {
    "on": "2026-03-02",
    "subject": "不服政府信息公开答复",
    "authority": "靖安县人民政府",
    "procedure": "SIMPLE",
}
SUIT = {
    "on": "2026-03-02",
    "subject": "不服政府信息公开答复",
    "court": "县人民法院",
    "route": "DIRECT",
}


@pytest.fixture(autouse=True)
def _on_the_tenth(monkeypatch):
    now = timezone.make_aware(timezone.datetime(2026, 3, 10, 10))
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def organ():
    return an_organ()


@pytest.fixture
def desk(client, organ):
    client.force_login(an_official(organ))
    return client


def step_url(remedy, event):
    return reverse("remedies:step", args=[remedy.pk, event.value.lower()])


def record_url(remedy):
    return reverse("remedies:record", args=[remedy.pk])


def sent_home(response):
    return response.status_code == 302 and response.url == reverse("wagtailadmin_home")


def test_a_reconsideration_runs_through_the_screens(desk, organ):
    number = registered(organ).number
    typed = TYPED | {"organ": organ.pk, "request_number": number}
    desk.post(reverse("remedies:add_reconsideration"), typed)
    remedy = Reconsideration.objects.get()
    told = {
        "on": "2026-03-03",
        "copy_received_on": "2026-03-04",
        "case_number": "靖府复〔2026〕1号",
    }
    desk.post(step_url(remedy, Event.ACCEPT), told)
    page = desk.get(record_url(remedy)).content.decode()
    assert "提交书面答复的期限：2026年3月11日" in page
    assert "查看申请" in page
    desk.post(step_url(remedy, Event.ANSWER), {"on": "2026-03-09"})
    desk.post(step_url(remedy, Event.DECIDE), {"on": "2026-03-10", "result": "UPHELD"})
    remedy.refresh_from_db()
    assert (remedy.state, remedy.result) == (State.DECIDED, Result.UPHELD)
    assert remedy.decided_on == date(2026, 3, 10)
    page = desk.get(reverse("remedies:index")).content.decode()
    assert "靖府复〔2026〕1号" in page
    assert "结果维持" in page


def test_a_suit_is_recorded_and_links_its_reconsideration(desk, organ):
    earlier = decided(organ)
    typed = SUIT | {
        "organ": organ.pk,
        "route": "AFTER_RECONSIDERATION",
        "reconsideration": earlier.pk,
        "on": "2026-03-05",
    }
    desk.post(reverse("remedies:add_suit"), typed)
    page = desk.get(record_url(Litigation.objects.get())).content.decode()
    assert "复议后起诉" in page
    assert record_url(earlier) in page
    assert "登记延长审理期限" not in page


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("add_reconsideration", TYPED | {"subject": ""}, "请填写“案由”"),
        ("add_reconsideration", TYPED | {"on": "2026-03-11"}, "晚于登记当日"),
        ("add_reconsideration", TYPED | {"request_number": "无此号"}, "没有这一编号的申请"),
        ("add_reconsideration", TYPED | {"procedure": "FAST"}, "请重新选择"),
        ("add_suit", SUIT | {"court": ""}, "请填写“受理法院”"),
        ("add_suit", SUIT | {"route": "SIDEWAYS"}, "请重新选择"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_loses_nothing(desk, organ, name, typed, message):
    response = desk.post(reverse(f"remedies:{name}"), typed | {"organ": organ.pk})
    assert response.status_code == 422
    page = response.content.decode()
    assert message in page
    assert typed["on"] in page
    assert not Reconsideration.objects.exists()
    assert not Litigation.objects.exists()


def test_a_refused_step_says_why(desk, organ):
    remedy = filed(organ)
    told = {"on": "2026-03-03", "result": "UPHELD"}
    response = desk.post(step_url(remedy, Event.DECIDE), told)
    assert response.status_code == 422
    assert "其他结果" in response.content.decode()
    response = desk.post(step_url(accepted(organ), Event.EXTEND), {"on": "2026-03-03", "days": 31})
    assert "0至30日" in response.content.decode()
    page = desk.get(step_url(remedy, Event.ANSWER), follow=True).content.decode()
    assert "尚未受理" in page


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_page_its_row_and_its_forms(desk, organ, state):
    remedy = IN_STATE[state](organ)
    assert state.label in desk.get(record_url(remedy)).content.decode()
    assert str(remedy) in desk.get(reverse("remedies:index")).content.decode()
    for event in Event:
        response = desk.get(step_url(remedy, event), follow=True)
        assert response.status_code == 200


def every_url(remedy):
    yield record_url(remedy), "get"
    for event in Event:
        yield step_url(remedy, event), "get"
        yield step_url(remedy, event), "post"


def test_another_department_sees_nothing_and_does_nothing(client, organ):
    cases = [accepted(organ), sued(organ)]
    client.force_login(an_official(an_organ("other")))
    events = LoggedEvent.objects.count()
    for remedy in cases:
        for url, method in every_url(remedy):
            assert getattr(client, method)(url).status_code == 404, url
        assert record_url(remedy) not in client.get(reverse("remedies:index")).content.decode()
    typed = TYPED | {"organ": organ.pk}
    assert client.post(reverse("remedies:add_reconsideration"), typed).status_code == 422
    assert LoggedEvent.objects.count() == events


@pytest.mark.parametrize("role", [Role.LEADER, Role.OGI_HEAD, Role.REVIEWER])
def test_who_only_looks_records_nothing(client, organ, role):
    remedy = accepted(organ)
    client.force_login(an_official(organ, role))
    page = client.get(record_url(remedy)).content.decode()
    assert "可以办理" not in page
    for url, _ in list(every_url(remedy))[1:]:
        assert sent_home(client.post(url)), url
    for name in ("add_reconsideration", "add_suit"):
        assert sent_home(client.get(reverse(f"remedies:{name}")))


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.WINDOW_CLERK, Role.AUDITOR])
def test_other_posts_have_no_business_here(client, organ, role):
    remedy = accepted(organ)
    client.force_login(an_official(organ, role))
    for url, method in every_url(remedy):
        assert getattr(client, method)(url).status_code in (302, 404), url


def test_a_superuser_without_a_post_sees_nothing(client, organ):
    remedy = accepted(organ)
    user = an_official(organ)
    user.posts.all().delete()
    user.is_superuser = True
    user.save()
    client.force_login(user)
    for url, method in every_url(remedy):
        assert getattr(client, method)(url).status_code in (302, 404), url


def test_the_county_office_records_every_organs_case(client):
    county = an_organ("county", kind=OrganKind.COUNTY_GOVERNMENT)
    office = an_organ("office", kind=OrganKind.OFFICE, county=county)
    remedy = accepted(an_organ("bureau", county=county))
    client.force_login(an_official(office, Role.OGI_OFFICE))
    client.post(step_url(remedy, Event.ANSWER), {"on": "2026-03-04"})
    remedy.refresh_from_db()
    assert remedy.state == State.ANSWERED


def test_an_address_that_leads_nowhere(desk, organ):
    remedy = accepted(organ)
    assert desk.get(reverse("remedies:step", args=[remedy.pk, "explode"])).status_code == 404
    unknown = "00000000-0000-0000-0000-000000000000"
    assert desk.get(reverse("remedies:record", args=[unknown])).status_code == 404
