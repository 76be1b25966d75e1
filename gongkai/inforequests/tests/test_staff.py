"""The screens: journeys through HTTP, every state rendered, the wrong person on every door."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import DeadlineChange, InfoRequest
from gongkai.inforequests.staff.act_forms import FORMS
from gongkai.inforequests.tests.factories import (
    IN_STATE,
    RECEIVED,
    an_official,
    an_organ,
    closed,
    consulting,
    do,
    processing,
    registered,
    submitted,
)
from gongkai.orgs.models import OrganKind, Role
from gongkai.statute.grounds import Ground

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
TYPED = {
    "channel": "IN_PERSON",
    "arrived_on": "2026-03-10",
    "requester_kind": "NATURAL_PERSON",
    "name": "万里",
    "identity_number": "360925199001010010",
    "description": "城西地块征收公告",
    "carrier": "PAPER",
    "delivery": "POST",
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


def act_url(info_request, event):
    return reverse("inforequests:act", args=[info_request.pk, event.value.lower()])


def record_url(info_request):
    return reverse("inforequests:record", args=[info_request.pk])


def test_a_request_is_taken_in_assigned_answered_and_archived(desk, organ):
    response = desk.post(reverse("inforequests:add"), TYPED | {"organ": organ.pk}, follow=True)
    info_request = InfoRequest.objects.get()
    assert "已登记，申请编号 360925001-2026-0001" in response.content.decode()
    assert (info_request.state, info_request.due_on) == (State.REGISTERED, date(2026, 4, 8))
    desk.post(act_url(info_request, Event.ASSIGN), {"on": "2026-03-10", "unit": "利用股"})
    answer = {"on": "2026-03-10", "ground_1": "GRANTED"}
    page = desk.post(act_url(info_request, Event.REPLY), answer, follow=True).content.decode()
    assert "已答复" in page
    page = desk.post(act_url(info_request, Event.CLOSE), {"on": "2026-03-10"}, follow=True)
    info_request.refresh_from_db()
    assert (info_request.state, info_request.ground) == (State.CLOSED, Ground.GRANTED)
    verbs = LoggedEvent.objects.filter(chain=organ.code).values_list("verb", flat=True)
    assert list(verbs.order_by("sequence")) == [
        f"inforequests.{verb}" for verb in ("submit", "register", "assign", "reply", "close")
    ]


def test_an_unconfirmed_online_request_stands_first_and_is_confirmed(desk, organ):
    registered(organ, RECEIVED)
    typed = TYPED | {"organ": organ.pk, "channel": "ONLINE", "arrived_on": "2026-03-09"}
    desk.post(reverse("inforequests:add"), typed)
    waiting = InfoRequest.objects.get(state=State.SUBMITTED)
    page = desk.get(reverse("inforequests:index")).content.decode()
    assert "尚未确认收到" in page
    assert page.index(waiting.number) < page.index("360925001-2026-0001")
    page = desk.post(act_url(waiting, Event.REGISTER), {}).content.decode()
    assert "请填写“与申请人确认收到的日期”" in page
    desk.post(act_url(waiting, Event.REGISTER), {"on": "2026-03-10"})
    waiting.refresh_from_db()
    assert waiting.received_on == TODAY


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"description": ""}, "请填写“所需政府信息"),
        ({"name": ""}, "请填写“姓名或者名称”"),
        ({"arrived_on": "2026-03-11"}, "晚于登记时间"),
        ({"arrived_on": "昨天"}, "应当是日期"),
        ({"email": "没有域名"}, "“电子邮箱”格式不对"),
        ({"channel": "ONLINE", "confirmed_on": "2026-03-09"}, "早于到达日期"),
        ({"channel": "PIGEON"}, "请重新选择"),
        ({"organ": "999"}, "请选择您可以登记申请的机关"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_loses_nothing(desk, organ, wrong, message):
    response = desk.post(reverse("inforequests:add"), TYPED | {"organ": organ.pk} | wrong)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "360925199001010010" in page
    assert not InfoRequest.objects.exists()


def test_a_refused_verb_says_the_article_and_keeps_what_was_typed(desk, organ):
    info_request = processing(organ, date(2026, 2, 10))
    typed = {"on": "2026-03-10", "what": "地块的四至", "due_on": "2026-03-31"}
    response = desk.post(act_url(info_request, Event.ASK_SUPPLEMENT), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "第三十条" in page
    assert "地块的四至" in page
    info_request.refresh_from_db()
    assert info_request.state == State.PROCESSING


def test_a_verb_that_the_state_refuses_leads_back_to_the_case(desk, organ):
    response = desk.get(act_url(closed(organ), Event.REPLY), follow=True)
    assert "不再变动" in response.content.decode()


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_page_and_its_row(desk, organ, state):
    info_request = IN_STATE[state](organ)
    page = desk.get(record_url(info_request)).content.decode()
    assert state.label in page
    assert info_request.number in page
    assert "万里" not in page
    done = "1" if state.is_concluded else ""
    assert (
        info_request.number
        in desk.get(reverse("inforequests:index"), {"done": done}).content.decode()
    )


@pytest.mark.parametrize("event", FORMS)
def test_every_verb_has_its_form(desk, organ, event):
    makers = {
        Event.REGISTER: submitted,
        Event.SPLIT: registered,
        Event.SERVE_CONSULTATION: consulting,
        Event.RECORD_OPINION: consulting,
        Event.RECEIVE_SUPPLEMENT: IN_STATE[State.AWAITING_SUPPLEMENT],
        Event.LAPSE_SUPPLEMENT: IN_STATE[State.AWAITING_SUPPLEMENT],
        Event.RECORD_PAYMENT: IN_STATE[State.AWAITING_PAYMENT],
        Event.LAPSE_FEE: IN_STATE[State.AWAITING_PAYMENT],
        Event.CLOSE: IN_STATE[State.REPLIED],
    }
    info_request = makers.get(event, processing)(organ)
    response = desk.get(act_url(info_request, event))
    assert response.status_code == 200
    assert event.label in response.content.decode()


def test_a_consultation_runs_through_the_screens(desk, organ):
    info_request = processing(organ, date(2026, 3, 2))
    desk.post(act_url(info_request, Event.CONSULT_THIRD_PARTY), {"on": "2026-03-05", "whom": "甲"})
    desk.post(
        act_url(info_request, Event.SERVE_CONSULTATION), {"on": "2026-03-06", "consultation": "4"}
    )
    told = {"on": "2026-03-10", "consultation": "4", "opinion": "REFUSES", "note": "商业秘密"}
    desk.post(act_url(info_request, Event.RECORD_OPINION), told)
    info_request.refresh_from_db()
    assert (info_request.state, info_request.due_on) == (State.PROCESSING, date(2026, 4, 2))
    page = desk.get(record_url(info_request)).content.decode()
    assert "不同意公开" in page
    assert "第3个工作日，共20个" in page
    assert "征求第三方意见" in page


def test_splitting_and_replying_item_by_item_through_the_screens(desk, organ):
    whole = registered(organ, items=("征收公告", "补偿方案"))
    page = desk.get(act_url(whole, Event.SPLIT)).content.decode()
    assert "征收公告\n补偿方案" in page
    desk.post(act_url(whole, Event.SPLIT), {"on": "2026-03-10", "parts": "征收公告\n补偿方案"})
    assert InfoRequest.objects.filter(split_from=whole).count() == 2
    other = processing(organ, items=("甲", "乙"))
    told = {"on": "2026-03-10", "ground_1": "GRANTED", "ground_2": "NOT_HELD"}
    page = desk.post(act_url(other, Event.REPLY), {"on": "2026-03-10"}).content.decode()
    assert "请选择“第2项的办理结果”" in page
    desk.post(act_url(other, Event.REPLY), told)
    other.refresh_from_db()
    assert other.ground == Ground.PARTIAL


def test_who_asks_is_masked_until_shown_and_each_showing_is_logged(desk, organ):
    info_request = registered(organ)
    page = desk.get(record_url(info_request)).content.decode()
    assert "万*" in page
    assert "13800000000" not in page
    page = desk.post(reverse("inforequests:requester", args=[info_request.pk])).content.decode()
    assert "13800000000" in page
    last = LoggedEvent.objects.latest("pk")
    assert (last.verb, last.account) == ("inforequests.show_requester", "handler")
    url = reverse("inforequests:requester", args=[info_request.pk])
    assert desk.get(url).status_code == 405


def test_late_requests_are_called_late(desk, organ):
    late = registered(organ, date(2026, 1, 5))
    page = desk.get(reverse("inforequests:index")).content.decode()
    assert "本页有1件申请已超过答复期限" in page
    assert "已超期" in desk.get(record_url(late)).content.decode()


def test_moved_deadlines_are_listed_old_against_new(desk, organ):
    info_request = registered(organ)
    DeadlineChange.objects.create(
        info_request=info_request,
        old_due_on=date(2026, 3, 30),
        old_provisional=False,
        new_due_on=date(2026, 3, 27),
        new_provisional=False,
        notice="2026 年 9号",
        changed_at=timezone.now(),
    )
    page = desk.get(reverse("inforequests:changes")).content.decode()
    assert "2026-03-30" in page
    assert "提前，请抓紧办理" in page


def test_the_list_costs_the_same_however_long(desk, organ):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("inforequests:index"))
        return len(queries)

    registered(organ)
    desk.get(reverse("inforequests:index"))  # content types and the like, once a process
    short = cost()
    for place in range(12):
        registered(organ, RECEIVED + timedelta(days=place % 4))
    assert cost() == short


# -- the wrong person ------------------------------------------------------------------------


def every_url(info_request):
    yield record_url(info_request), "get"
    yield reverse("inforequests:requester", args=[info_request.pk]), "post"
    for event in FORMS:
        yield act_url(info_request, event), "get"
        yield act_url(info_request, event), "post"


def sent_home(response):
    """Say whether Wagtail's admin refused: it leads back to its home with a message."""
    return response.status_code == 302 and response.url == reverse("wagtailadmin_home")


def test_another_department_sees_nothing_and_does_nothing(client, organ):
    info_request = processing(organ)
    client.force_login(an_official(an_organ("other")))
    events = LoggedEvent.objects.count()
    for url, method in every_url(info_request):
        assert getattr(client, method)(url).status_code == 404, url
    page = client.get(reverse("inforequests:index")).content.decode()
    assert info_request.number not in page
    typed = TYPED | {"organ": organ.pk}
    assert client.post(reverse("inforequests:add"), typed).status_code == 422
    assert LoggedEvent.objects.count() == events


def test_a_superuser_without_a_post_sees_nothing(client, organ):
    info_request = processing(organ)
    user = an_official(organ)
    user.posts.all().delete()
    user.is_superuser = True
    user.save()
    client.force_login(user)
    for url, method in every_url(info_request):
        assert getattr(client, method)(url).status_code == 404, url
    assert sent_home(client.get(reverse("inforequests:add")))


@pytest.mark.parametrize("role", [Role.LEADER, Role.REVIEWER])
def test_who_only_looks_cannot_act_nor_see_who_asks(client, organ, role):
    info_request = processing(organ)
    client.force_login(an_official(organ, role))
    urls = dict(every_url(info_request))
    assert client.get(record_url(info_request)).status_code == 200
    for url in urls:
        if url != record_url(info_request):
            assert sent_home(client.post(url)), url
    assert sent_home(client.get(reverse("inforequests:add")))
    page = client.get(record_url(info_request)).content.decode()
    assert "可以办理" not in page
    assert "显示申请人信息" not in page


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.HOTLINE_CLERK, Role.AUDITOR])
def test_other_posts_have_no_business_here(client, organ, role):
    info_request = processing(organ)
    client.force_login(an_official(organ, role))
    for url, method in every_url(info_request):
        assert getattr(client, method)(url).status_code == 404, url
    assert sent_home(client.get(reverse("inforequests:add")))


def test_the_window_takes_in_and_registers_but_answers_nothing(client, organ):
    waiting, running = submitted(organ, RECEIVED), processing(organ)
    client.force_login(an_official(organ, Role.WINDOW_CLERK))
    client.post(act_url(waiting, Event.REGISTER), {"on": "2026-03-10"})
    waiting.refresh_from_db()
    assert waiting.state == State.REGISTERED
    told = {"on": "2026-03-10", "ground_1": "GRANTED"}
    assert sent_home(client.post(act_url(running, Event.REPLY), told))
    page = client.get(record_url(submitted(organ, RECEIVED))).content.decode()
    assert "确定收到申请之日" in page


def test_the_county_office_handles_every_organs_case(client):
    county = an_organ("county", kind=OrganKind.COUNTY_GOVERNMENT)
    office = an_organ("office", kind=OrganKind.OFFICE, county=county)
    department = an_organ("bureau", county=county)
    info_request = processing(department)
    client.force_login(an_official(office, Role.OGI_OFFICE))
    client.post(act_url(info_request, Event.REPLY), {"on": "2026-03-10", "ground_1": "GRANTED"})
    info_request.refresh_from_db()
    assert info_request.state == State.REPLIED


def test_nobody_enters_without_signing_in(client, organ):
    info_request = do(actions.close, IN_STATE[State.REPLIED](organ), RECEIVED)
    for url, method in every_url(info_request):
        assert getattr(client, method)(url).status_code == 302, url
    assert client.get(reverse("inforequests:index")).status_code == 302


def test_an_address_that_leads_nowhere(desk, organ):
    info_request = processing(organ)
    url = reverse("inforequests:act", args=[info_request.pk, "explode"])
    assert desk.get(url).status_code == 404
    assert desk.get(reverse("inforequests:index"), {"organ": "x", "p": "9999"}).status_code == 200
