"""The screens of the hotline: a journey, every state rendered, the wrong person on every door."""

import io

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.hotline.lifecycle import Event, Satisfaction, State, open_events
from gongkai.hotline.models import DispatchRule, IntakeClient, WorkOrder
from gongkai.hotline.rules.kpis import Kpi, Part
from gongkai.hotline.staff import listing
from gongkai.hotline.staff.steps import FORMS
from gongkai.hotline.tests.factories import (
    IN_STATE,
    RECEIVED_ON,
    a_person,
    an_organ,
    assigned,
    called_back,
    closed,
    moment,
    received,
)
from gongkai.orgs.models import Organ, OrganKind, Role

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
    day = {"on": "2026-03-10"}
    for event, typed in (
        (Event.ASSIGN, {"unit": "路灯管理所"}),
        (Event.SIGN_FOR, {}),
        (Event.ANSWER, {"text": "已经修好", "way": "PHONE", "contacted": "on"}),
        (Event.PASS_ANSWER, {}),
        (Event.CALL_BACK, {"reached": "on", "satisfaction": "SATISFIED", "solved": "SOLVED"}),
        (Event.CLOSE, {}),
    ):
        assert desk.post(step_url(order, event), day | typed).status_code == 302, event
    order.refresh_from_db()
    assert order.state == State.CLOSED
    page = desk.get(record_url(order)).content.decode()
    assert "超期答复" in page
    assert "已经修好" in page
    assert "满意" in page
    assert step_url(order, Event.REDO) in page
    page = desk.get(reverse("hotline:index"), {"ended": "1", "q": "13800001234"}).content.decode()
    searched = LoggedEvent.objects.get(verb="hotline.search_callers")
    assert "13800001234" not in str(searched.after)
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
    for event in open_events(state):
        assert desk.get(step_url(order, event)).status_code == 200


def every_url(order):
    yield record_url(order), "get"
    for name in ("caller", "publish", "unpublish"):
        yield reverse(f"hotline:{name}", args=[order.pk]), "post"
    for event in FORMS:
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


def test_words_are_found_in_either_case_and_counted_once_for_a_number(desk, organ):
    made = [received(organ, number=f"YC{place:04d}", subject="WiFi坏了") for place in range(3)]
    for words in ("yc00", "YC00", "wifi", "坏了"):
        page = desk.get(reverse("hotline:index"), {"q": words}).text
        assert "共3件" in page, words
    page = desk.get(reverse("hotline:index"), {"q": "yc0002"}).text
    assert "共1件" in page
    assert made[2].number in page
    assert made[1].number not in page


def test_more_orders_than_are_read_at_once_are_counted(desk, organ, monkeypatch):
    monkeypatch.setattr(listing, "_FEW", 2)
    for place in range(4):
        received(organ, number=f"YC{place:04d}")
    assert "共4件" in desk.get(reverse("hotline:index"), {"q": "YC00"}).text


def test_who_only_looks_records_nothing_and_sees_no_caller(client, organ):
    order = assigned(organ)
    client.force_login(a_person(organ, Role.LEADER))
    page = client.get(record_url(order)).content.decode()
    assert "可以办理的事项" not in page
    assert "查看姓名和电话" not in page
    assert "热线设置" not in client.get(reverse("hotline:index")).content.decode()
    events = LoggedEvent.objects.count()
    for url, _ in list(every_url(order))[1:]:
        assert sent_home(client.post(url)), url
    for name in ("settings", "add_rule", "add_limit", "add_calls", "add_client", "import"):
        assert sent_home(client.get(reverse(f"hotline:{name}"))), name
    assert sent_home(client.get(reverse("hotline:add")))
    assert LoggedEvent.objects.count() == events


@pytest.mark.parametrize(
    "role", [Role.REQUEST_HANDLER, Role.WINDOW_CLERK, Role.DEPARTMENT_CLERK, Role.AUDITOR]
)
def test_other_posts_have_no_business_here(client, organ, role):
    order = assigned(organ)
    client.force_login(a_person(organ, role))
    for url, method in every_url(order):
        assert sent_home(getattr(client, method)(url)), url
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
        assert sent_home(getattr(client, method)(url)), url


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


@pytest.fixture
def county():
    home = an_organ("county", kind=OrganKind.COUNTY_GOVERNMENT)
    an_organ("office", kind=OrganKind.OFFICE, county=home)
    an_organ("bureau", county=home)
    return home


def organ_of(code):
    return Organ.objects.get(code=code)


def test_the_organ_that_handles_signs_and_answers_and_does_not_steer(client, county):
    office, bureau = organ_of("office"), organ_of("bureau")
    order = assigned(office, RECEIVED_ON.replace(day=9), handler=bureau)
    secret = assigned(office, handler=bureau, confidential=True)
    client.force_login(a_person(bureau))
    page = client.get(record_url(order)).content.decode()
    assert step_url(order, Event.SIGN_FOR) in page
    for event in (Event.ASSIGN, Event.PASS_ANSWER, Event.URGE, Event.CLOSE, Event.MERGE):
        assert step_url(order, event) not in page
        assert sent_home(client.post(step_url(order, event), {"on": "2026-03-10"})), event
    client.post(step_url(order, Event.SIGN_FOR), {"on": "2026-03-10"})
    order.refresh_from_db()
    assert order.state == State.HANDLING
    assert "13800001234" in client.post(
        reverse("hotline:caller", args=[order.pk])
    ).content.decode().replace("-", "")
    assert sent_home(client.post(reverse("hotline:caller", args=[secret.pk])))
    assert "查看姓名和电话" not in client.get(record_url(secret)).content.decode()


def test_every_figure_leads_to_its_orders_and_to_a_paper(client, county):
    office, bureau = organ_of("office"), organ_of("bureau")
    closed(office, handler=bureau, category="0102")
    bad = called_back(office, satisfaction=Satisfaction.DISSATISFIED, handler=bureau)
    received(office, number="LATE-1", category="0603")
    client.force_login(a_person(office, Role.OGI_OFFICE))
    asked = {"span": "month", "from": "2026-03-01"}
    page = client.get(reverse("hotline:figures"), asked).content.decode()
    assert "66.67%" in page  # three were due, two answered in time
    assert "50.00%（1/2）" in page
    for kpi in Kpi:
        for part in Part:
            told = {**asked, "kpi": kpi.value, "part": part.value}
            assert client.get(reverse("hotline:behind"), told).status_code == 200
    behind = {**asked, "kpi": "SATISFIED", "part": "REST"}
    for more in ({}, {"handler": bureau.pk}, {"category": "none"}):
        page = client.get(reverse("hotline:behind"), behind | more).content.decode()
        assert bad.number in page
        assert "LATE-1" not in page
    late = {**asked, "kpi": "ON_TIME", "part": "REST"}
    assert "LATE-1" in client.get(reverse("hotline:behind"), late).content.decode()
    for wrong in ({"kpi": "X", "part": "REST"}, {"kpi": "ON_TIME", "part": "X"}):
        assert client.get(reverse("hotline:behind"), asked | wrong).status_code == 404
    for wrong in ({"handler": "x"}, {"handler": "9" * 30}, {"category": "zz"}, {"from": "0000"}):
        assert client.get(reverse("hotline:behind"), late | wrong).status_code == 200
    paper = client.get(reverse("hotline:figures_file", args=["docx"]), asked)
    texts = [each.text for each in docx.Document(io.BytesIO(paper.content)).paragraphs]
    assert any("承接热线工单3件" in text and "66.67%（2/3）" in text for text in texts)
    book = client.get(reverse("hotline:figures_file", args=["xlsx"]), asked)
    sheets = openpyxl.load_workbook(io.BytesIO(book.content))
    assert [sheet.title for sheet in sheets][:3] == ["主要指标", "各单位", "各分类"]
    assert sheets["各单位"]["B2"].value == 2


HEADS = "工单编号,受理时间,诉求类型,诉求内容,诉求人,联系电话,所在乡镇\n"


def upload(client, organ, text, name="工单.csv"):
    file = SimpleUploadedFile(name, text.encode("gb18030"))
    return client.post(reverse("hotline:import"), {"organ": organ.pk, "file": file})


def test_a_table_is_shown_before_it_is_taken_in_and_known_rows_are_passed_over(desk, organ):
    received(organ, number="YC1")
    rows = "YC1,2026-3-2 9:00,求助,路灯坏了,万里,13800001234,\nYC2,2026-3-9,投诉,噪声,,,\n"
    page = upload(desk, organ, HEADS + rows)
    assert page.status_code == 200
    assert "万里" not in page.content.decode()
    token = page.context["token"]
    assert "13800001234" not in token
    assert "已从“工单.csv”导入1件，另有1件已经登记过" in desk.post(
        reverse("hotline:import"), {"token": token}, follow=True
    ).content.decode().replace("&quot;", "“")
    assert WorkOrder.objects.count() == 2
    desk.post(reverse("hotline:import"), {"token": token + "x"})
    assert WorkOrder.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("没有表头", "没有找到表头"),
        (HEADS + "YC3,2026-3-2,求助,路灯坏了,,,火星镇", "不是本县现有的乡镇"),
        (HEADS + "YC3,2026-4-2,求助,路灯坏了,,,", "晚于现在"),
        (HEADS + "Y,2026-3-2,求助,坏了,,,\nY,2026-3-2,求助,坏了,,,", "编号相同"),
        (HEADS + f"Y,2026-3-2,求助,{'长' * 140_000},,,", "逗号分隔"),
    ],
)
def test_a_wrong_table_takes_nothing_in(desk, organ, text, message):
    page = upload(desk, organ, text)
    assert page.status_code == 422
    assert message in page.content.decode()
    assert not WorkOrder.objects.exists()
    broken = upload(desk, organ, "PK\x03\x04 broken", "工单.xlsx")
    assert broken.status_code == 422


def test_the_office_sets_rules_limits_calls_and_keys(client, county):
    office, bureau = organ_of("office"), organ_of("bureau")
    client.force_login(a_person(office, Role.OGI_OFFICE))
    for name, typed in (
        ("add_rule", {"category": "0102", "handler": bureau.pk, "unit": "路灯所"}),
        (
            "add_limit",
            {"kind": "HELP", "workdays": 3, "valid_from": "2026-03-01", "document": "市文件"},
        ),
        ("add_calls", {"month": "2026-03-09", "asked": 100, "answered": 98}),
        ("add_client", {"organ": office.pk, "client": "市热线平台"}),
    ):
        assert client.get(reverse(f"hotline:{name}")).status_code == 200
        assert client.post(reverse(f"hotline:{name}"), typed).status_code == 302, name
    page = client.get(reverse("hotline:settings")).content.decode()
    for word in ("路灯照明", "路灯所", "市文件", "市热线平台", "2026年3月"):
        assert word in page
    bad = {"month": "2026-03-09", "asked": 1, "answered": 98}
    assert client.post(reverse("hotline:add_calls"), bad).status_code == 422
    found = IntakeClient.objects.get()
    client.post(reverse("hotline:close_client", args=[found.pk]))
    found.refresh_from_db()
    assert found.closed_at
    client.post(reverse("hotline:drop_rule", args=[DispatchRule.objects.get().pk]))
    assert not DispatchRule.objects.exists()
    assert client.post(reverse("hotline:drop_rule", args=[1])).status_code == 404
    page = client.get(step_url(received(office, category="0102"), Event.ASSIGN))
    assert page.status_code == 200


def test_an_order_is_published_through_the_screen(desk, organ):
    order = closed(organ, may_publish=True)
    url = reverse("hotline:publish", args=[order.pk])
    page = desk.get(url).content.decode()
    assert "万里家门口" in page  # to be cleared by the official
    typed = {"title": "村道路灯", "public_text": "万里家路灯", "public_answer": "修好了"}
    refused = desk.post(url, typed)
    assert refused.status_code == 422
    assert "含有诉求人姓名" in refused.content.decode()
    assert desk.post(url, typed | {"public_text": "某村路灯坏了"}).status_code == 302
    order.refresh_from_db()
    assert order.published_at
    desk.post(reverse("hotline:unpublish", args=[order.pk]), {"reason": "撤回同意"})
    order.refresh_from_db()
    assert order.published_at is None
