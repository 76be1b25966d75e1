"""The screens: one journey of an item, a table, money, and the wrong person on every door."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.orgs.models import Organ, Role
from gongkai.servicehall.models import (
    Assistance,
    EnterprisePolicy,
    FulfilmentCase,
    OpenZone,
    ServiceItem,
)
from gongkai.servicehall.staff.case_acts import CASE_ACTS
from gongkai.servicehall.staff.item_acts import ITEM_ACTS
from gongkai.servicehall.staff.policy_acts import POLICY_ACTS
from gongkai.servicehall.tests import factories as made
from gongkai.servicehall.tests.factories import MONDAY, moment

pytestmark = pytest.mark.django_db
ROWS = {
    f"{name}-{key}": value
    for name in ("materials", "fees", "questions", "clauses")
    for key, value in (("TOTAL_FORMS", "1"), ("INITIAL_FORMS", "0"))
}
GUIDE = {
    **ROWS,
    "processing": "PROMISED",
    "audience": "BOTH",
    "legal_basis": "水法",
    "conditions": "取水的单位",
    "procedure": "申请\n受理",
    "place": "12号窗口",
    "hours": "工作日",
    "enquiry": "0795-4662000",
    "statutory": "45",
    "statutory_unit": "WORKDAY",
    "promised": "10",
    "promised_unit": "WORKDAY",
    "visits": "1",
    "themes": ["f26"],
    "materials-0-name": "申请书",
    "materials-0-kind": "COPY",
    "materials-0-form": "PAPER",
    "materials-0-need": "NEEDED",
}


@pytest.fixture(autouse=True)
def clock(monkeypatch: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY, 17))


@pytest.fixture
def home() -> Organ:
    return made.county()


@pytest.fixture
def water(home: Organ) -> Organ:
    return made.department(home)


@pytest.fixture
def clerk(water: Organ) -> Client:
    return client_of(person("clerk1", (water, Role.DEPARTMENT_CLERK)))


@pytest.fixture
def reviewer(water: Organ) -> Client:
    return client_of(person("reviewer1", (water, Role.REVIEWER)))


def url(name: str, *args: Any) -> str:
    return reverse(f"servicehall:{name}", args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def turned_away(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer.url == reverse("wagtailadmin_home"))


def test_an_item_is_written_reviewed_and_stands_in_the_hall(
    clerk: Client, reviewer: Client, water: Organ
) -> None:
    told = {**GUIDE, "organ": water.pk, "name": "取水许可", "kind": "LICENCE"}
    nameless = {"materials-TOTAL_FORMS": "2", "materials-1-basis": "水法"}
    kept = clerk.post(url("add_item"), {**told, **nameless})
    assert kept.status_code == 422
    assert "请填写“材料名称”" in text(kept)
    assert "取水的单位" in text(kept)
    kept = clerk.post(url("add_item"), {**told, "promised": "50"})
    assert "不能超过法定办结时限45工作日" in text(kept)
    assert clerk.post(url("add_item"), told).status_code == 302
    item = ServiceItem.objects.get()
    assert "申请书" in text(clerk.get(url("item", item.pk)))

    def act(browser: Client, slug: str, **told: Any) -> None:
        address = url("item_act", item.pk, slug)
        assert browser.get(address).status_code == 200
        answer = browser.post(address, told)
        assert answer.status_code == 302, text(answer)
        item.refresh_from_db()

    assert clerk.get(url("edit_guide", item.pk)).status_code == 200
    assert clerk.post(url("edit_guide", item.pk), {**GUIDE, "hours": ""}).status_code == 302
    assert "缺少办理时间" in text(clerk.post(url("item_act", item.pk, "submit")))
    clerk.post(url("edit_guide", item.pk), GUIDE)
    act(clerk, "submit")
    assert "1个办事指南等待审核" in text(reviewer.get(url("items")))
    assert turned_away(clerk.post(url("item_act", item.pk, "publish")))
    act(reviewer, "publish", effective_on="2026-09-21")
    assert item.state == "IN_FORCE"
    hall = made.hall(water)
    act(clerk, "move-in", hall=hall.pk, joined_on="2026-09-21")
    act(clerk, "revise")
    assert "第2版指南编制中" in text(clerk.get(url("item", item.pk)))
    assert "已发布" in text(clerk.get(url("item", item.pk) + "?ban=1"))
    act(clerk, "suspend", why="系统升级")
    act(clerk, "resume", why="已恢复")
    act(clerk, "cancel", why="国发", cancelled_on="2026-09-21")
    assert "取水许可" not in text(clerk.get(url("items")))
    assert "取水许可" in text(clerk.get(url("items") + "?state=CANCELLED&q=取水"))


def test_a_table_of_items_is_seen_before_it_comes_in(clerk: Client, water: Organ) -> None:
    heads = tuple(Column(each) for each in ("实施主体", "事项名称", "事项类型", "办理时间"))
    rows = (("水利局", "<b>取水</b>", "行政许可", "工作日"), ("水利局", "查询", "公共服务", ""))
    book = SimpleUploadedFile("表.xlsx", write_tables([SheetOut("事项", heads, rows)]))
    shown = clerk.post(url("import"), {"file": book, "hall": ""})
    assert "将导入2项" in text(shown)
    assert "&lt;b&gt;取水" in text(shown)
    assert ServiceItem.objects.count() == 0
    token = shown.context["token"]
    other = client_of(person("clerk2", (water, Role.DEPARTMENT_CLERK)))
    assert other.post(url("import"), {"token": token}).status_code == 302
    assert ServiceItem.objects.count() == 0
    assert clerk.post(url("import"), {"token": token}).status_code == 302
    assert ServiceItem.objects.filter(lacking__gt=0).count() == 2
    again = clerk.post(url("import"), {"token": token})
    assert "已经登记" in text(again)
    bad = clerk.post(url("import"), {"file": SimpleUploadedFile("a.xlsx", b"PK no")})
    assert bad.status_code == 422
    assert clerk.get(url("template")).status_code == 200
    assert "要素不全" in text(clerk.get(url("items") + "?lacking=1"))


def test_money_is_filed_judged_and_paid_and_the_account_is_opened_with_a_reason(
    clerk: Client, reviewer: Client, water: Organ, home: Organ
) -> None:
    clause = {
        "clauses-0-name": "稳岗返还",
        "clauses-0-way": "EXAMINED",
        "clauses-0-conditions": "在本县登记",
        "clauses-0-standard": "按比例",
    }
    told = {**ROWS, **clause, "organ": water.pk, "name": "稳岗", "issuer": "县政府"}
    told["valid_from"] = "2026-01-01"
    kept = clerk.post(url("add_policy"), {**told, "clauses-0-name": ""})
    assert "请填写“兑现点名称”" in text(kept)
    assert clerk.post(url("add_policy"), told).status_code == 302
    policy = EnterprisePolicy.objects.get()
    assert clerk.post(url("policy_act", policy.pk, "publish")).status_code == 302
    assert clerk.get(url("edit_policy", policy.pk)).status_code == 200
    row = policy.clauses.get()
    filing = {
        "enterprise": "演示企业",
        "credit_code": made.CODES[0],
        "legal_person": "张三丰",
        "bank": "农商行",
        "bank_account": made.ACCOUNT,
        "asked": "100.50",
        "filed_on": "2026-09-21",
    }
    kept = clerk.post(url("file_case", row.pk), {**filing, "asked": "1.234"})
    assert "最多两位小数" in text(kept)
    assert clerk.post(url("file_case", row.pk), filing).status_code == 302
    case = FulfilmentCase.objects.get()

    def act(browser: Client, slug: str, **told: Any) -> Any:
        assert browser.get(url("case_act", case.pk, slug)).status_code == 200
        return browser.post(url("case_act", case.pk, slug), told)

    act(clerk, "examine", opinion="符合", examined_on="2026-09-21")
    assert turned_away(clerk.get(url("case_act", case.pk, "approve")))
    told = {"granted": "100.50", "opinion": "同意", "approved_on": "2026-09-21"}
    assert act(reviewer, "approve", **told).status_code == 302
    told = {"notice_from": "2026-09-21", "notice_to": "2026-09-29"}
    assert act(clerk, "notice", **told).status_code == 302
    assert "期满后才能" in text(act(clerk, "clear"))
    page = clerk.get(url("case", case.pk))
    assert "公示中" in text(page)
    assert made.ACCOUNT not in text(page)
    assert "张三丰" not in text(page)
    assert made.ACCOUNT in text(act(clerk, "bank", why="核对"))
    office = client_of(person("office1", (home, Role.OGI_OFFICE)))
    assert "演示企业" in text(office.get(url("cases")))
    assert turned_away(office.post(url("case_act", case.pk, "bank"), {"why": "x"}))


def test_every_list_and_figure_opens_and_leads_to_its_records(
    clerk: Client, home: Organ, water: Organ
) -> None:
    hall = made.hall(water)
    told = {"organ": water.pk, "joined_on": "2026-09-21"}
    assert clerk.post(url("hall_act", hall.pk, "organ"), told).status_code == 302
    told = {"number": "1", "name": "水利", "kind": "DEPARTMENT", "joined_on": "2026-09-21"}
    assert clerk.post(url("hall_act", hall.pk, "window"), told).status_code == 302
    told = {"organ": water.pk, "name": "王代办", "agent": "on", "joined_on": "2026-09-21"}
    assert clerk.post(url("hall_act", hall.pk, "person"), told).status_code == 302
    agent = hall.attendants.get()
    told = {"applicant": "张三", "person": "on", "phone": "1", "project": "开店"}
    told |= {"agent": agent.pk, "accepted_on": "2026-09-21"}
    assert clerk.post(url("add_assistance"), told).status_code == 302
    matter = Assistance.objects.get()
    told = {"name": "执照", "body": "市监局", "begun_on": "2026-09-21"}
    assert clerk.post(url("assistance_act", matter.pk, "step"), told).status_code == 302
    step = matter.steps.get()
    assert clerk.post(url("finish_step", step.pk), {"finished_on": "2026-09-21"}).status_code == 302
    told = {"organ": water.pk, "place": "HALL", "name": "专区", "address": "a", "opening": "b"}
    assert clerk.post(url("add_zone"), {**told, "opened_on": "2026-09-01"}).status_code == 302
    zone = OpenZone.objects.get()
    told = {"month": "2026-09-02", "visits": "7"}
    assert clerk.post(url("zone_act", zone.pk, "visits"), told).status_code == 302
    for part in ("items", "halls", "policies", "cases", "assistances", "zones", "figures"):
        assert clerk.get(url(part)).status_code == 200, part
    for name, row in (("hall", hall), ("assistance", matter), ("zone", zone)):
        assert clerk.get(url(name, row.pk)).status_code == 200, name
    page = text(clerk.get(url("figures")))
    assert "6,000,000.00" in page
    assert "600.00万元" in page
    assert "王代办" in text(clerk.get(url("behind", "hall.people")))
    assert clerk.get(url("behind", "no.such")).status_code == 404
    leave = url("leave", "person", agent.pk)
    assert clerk.post(leave, {"why": "调岗", "left_on": "2026-09-21"}).status_code == 302
    assert "王代办" not in text(clerk.get(url("hall", hall.pk))).split("经过")[0]


def test_the_wrong_person_is_turned_away_at_every_door(home: Organ, water: Organ) -> None:
    other = made.department(home, "forest", "靖安县林业局")
    stranger = client_of(person("stranger", (other, Role.DEPARTMENT_CLERK)))
    item = made.published(water)
    policy = made.policy(water)
    case = made.filed(policy)
    unseen = [("item", item.pk), ("edit_guide", item.pk), ("policy", policy.pk)]
    unseen += [("edit_policy", policy.pk), ("case", case.pk), ("case", uuid4())]
    unseen += [("file_case", policy.clauses.get().pk), ("leave", "person", 1)]
    unseen += [("item_act", item.pk, slug) for slug in ITEM_ACTS]
    unseen += [("policy_act", policy.pk, slug) for slug in POLICY_ACTS]
    unseen += [("case_act", case.pk, slug) for slug in CASE_ACTS]
    for name, *args in unseen:
        assert stranger.get(url(name, *args)).status_code == 404, name
    assert "取水许可" not in text(stranger.get(url("items")))
    assert turned_away(stranger.get(url("figures")))
    looker = client_of(person("leader", (water, Role.LEADER)))
    assert looker.get(url("item", item.pk)).status_code == 200
    assert "取消事项" not in text(looker.get(url("item", item.pk)))
    for name in ("add_item", "add_hall", "add_policy", "add_zone", "add_assistance", "import"):
        assert turned_away(looker.get(url(name))), name
    for slug in CASE_ACTS:
        assert turned_away(looker.post(url("case_act", case.pk, slug), {"why": "x"})), slug
    for slug in ITEM_ACTS:
        assert turned_away(looker.post(url("item_act", item.pk, slug), {"why": "x"})), slug
    nobody = client_of(person("nobody"))
    for part in ("items", "halls", "policies", "cases", "assistances", "zones", "figures"):
        assert turned_away(nobody.get(url(part))), part
    item.refresh_from_db()
    case.refresh_from_db()
    assert (item.state, case.state) == ("IN_FORCE", "FILED")
