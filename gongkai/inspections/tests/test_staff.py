"""The screens: the office's journey, the organ's own view, the wrong person on every door."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.audit.models import Event
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.files.tests.factories import pdf
from gongkai.inspections import actions
from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.models import Bulletin, Finding, Site
from gongkai.inspections.staff.acts import ACTS
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import MONDAY, OFFICE, moment
from gongkai.orgs.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY, 17))


@pytest.fixture
def home() -> Any:
    return made.county()


@pytest.fixture
def water(home: Any) -> Any:
    return made.department(home)


@pytest.fixture
def where(home: Any, water: Any) -> Site:
    return made.site(home, water)


@pytest.fixture
def office(home: Any) -> Client:
    return client_of(person("office1", (home, Role.OGI_OFFICE)))


@pytest.fixture
def clerk(water: Any) -> Client:
    return client_of(person("clerk1", (water, Role.DEPARTMENT_CLERK)))


@pytest.fixture
def stranger(home: Any) -> Client:
    other = made.department(home, "forest", "靖安县林业局")
    return client_of(person("clerk2", (other, Role.DEPARTMENT_CLERK)))


def url(name: str, *args: Any) -> str:
    return reverse(f"inspections:{name}", args=args)


def text(answer: Any) -> str:
    return answer.content.decode()


def sent_home(answer: Any) -> bool:
    """Say whether a person was turned away: Wagtail's admin sends them to its home."""
    return bool(answer.status_code == 302 and answer.url == reverse("wagtailadmin_home"))


def act(browser: Client, slug: str, *findings: Finding, **told: Any) -> Any:
    return browser.post(url("act", slug), {"f": [each.pk for each in findings], **told})


def test_from_order_to_closing_over_two_desks(
    where: Site, office: Client, clerk: Client, water: Any
) -> None:
    finding = made.found(where)
    assert text(clerk.get(url("ledger"))).count(finding.number) == 0
    assert clerk.get(url("finding", finding.pk)).status_code == 404
    page = office.get(f"{url('act', 'order')}?f={finding.pk}")
    assert "请填写" not in text(page)
    assert act(office, "order", finding, workdays="10", requirement="按期整改").status_code == 302
    assert finding.number in text(clerk.get(url("ledger")))
    files = [SimpleUploadedFile("截图.pdf", pdf()), SimpleUploadedFile("说明.pdf", pdf() + b"\n")]
    answer = act(clerk, "answer", finding, result="已更换链接", person="张三", proofs=files)
    assert answer.status_code == 302
    finding.refresh_from_db()
    assert (finding.state, finding.person) == (FindingState.ANSWERED, "张三")
    page = text(office.get(url("finding", finding.pk)))
    assert page.count("截图.pdf") >= 1
    assert "已更换链接" in page
    assert act(office, "recheck", finding, passed="yes", words="").status_code == 302
    assert act(office, "close", finding).status_code == 302
    finding.refresh_from_db()
    assert finding.state == FindingState.CLOSED
    assert "已办结" in text(clerk.get(url("finding", finding.pk)))


def test_an_objection_is_ruled_on_by_the_office(where: Site, office: Client, clerk: Client) -> None:
    finding = made.sent(where)
    assert act(clerk, "object", finding, reason=" ").status_code == 422
    assert act(clerk, "object", finding, reason="该链接正常").status_code == 302
    assert sent_home(act(clerk, "rule", finding, upheld="yes", reason="对"))
    assert act(office, "rule", finding, upheld="yes", reason="经核实正常").status_code == 302
    finding.refresh_from_db()
    assert finding.state == FindingState.UPHELD


@pytest.mark.parametrize("slug", ACTS)
def test_no_act_is_done_by_another_organ_or_without_a_post(
    slug: str, where: Site, stranger: Client
) -> None:
    finding = made.sent(where)
    events = Event.objects.count()
    assert stranger.get(f"{url('act', slug)}?f={finding.pk}").status_code == 404
    assert act(stranger, slug, finding, why="x", reason="x", result="x").status_code == 404
    boss = User.objects.create_superuser("boss", password="for the tests only")
    assert sent_home(act(client_of(boss), slug, finding, why="x"))
    assert Client().post(url("act", slug), {"f": finding.pk}).status_code == 302
    assert Event.objects.count() == events


@pytest.mark.parametrize("slug", [slug for slug, each in ACTS.items() if each.office])
def test_the_organ_does_none_of_the_offices_acts(slug: str, where: Site, clerk: Client) -> None:
    finding = made.sent(where)
    assert sent_home(act(clerk, slug, finding, why="x", reason="x", upheld="yes"))


@pytest.mark.parametrize("slug", ["answer", "object"])
def test_the_office_does_not_answer_for_an_organ(slug: str, where: Site, office: Client) -> None:
    finding = made.sent(where)
    assert sent_home(act(office, slug, finding, result="x", reason="x"))


def test_a_leader_sees_what_was_sent_and_does_nothing(where: Site, home: Any) -> None:
    leader = client_of(person("leader", (home, Role.LEADER)))
    hidden, seen = made.found(where), made.sent(where, place="slj/2.html")
    page = text(leader.get(url("ledger")))
    assert (hidden.number in page, seen.number in page) == (False, True)
    assert sent_home(act(leader, "order", seen, workdays="5"))


@pytest.mark.parametrize("name", ["sites", "import"])
def test_only_the_office_keeps_sites_and_lists(name: str, clerk: Client, where: Site) -> None:
    assert sent_home(clerk.get(url(name)))
    assert sent_home(clerk.get(url("site", where.pk)))


def test_another_countys_office_sees_nothing_of_ours(where: Site) -> None:
    other = made.county(code="360999", name="外县人民政府")
    office = client_of(person("other", (other, Role.OGI_OFFICE)))
    finding = made.sent(where)
    assert office.get(url("finding", finding.pk)).status_code == 404
    assert office.get(url("site", where.pk)).status_code == 404
    assert finding.number not in text(office.get(url("ledger")))


def test_several_findings_of_several_organs_are_ordered_at_once(
    where: Site, office: Client, home: Any
) -> None:
    mine, theirs = made.found(where), made.found(where, place="lyj/1.html")
    forest = made.department(home, "lyj", "靖安县林业局")
    actions.pass_on(theirs, to=forest, why="林业局维护", by=OFFICE, at=moment(MONDAY))
    assert act(office, "order", mine, theirs, workdays="5", requirement="").status_code == 302
    assert set(Finding.objects.values_list("state", flat=True)) == {"RECTIFYING"}
    answer = act(office, "close", mine, theirs)
    assert answer.status_code == 422
    assert "请重新选择" in text(answer)
    assert act(office, "rule", mine, theirs, upheld="yes", reason="x").status_code == 404
    assert office.get(url("act", "order")).status_code == 302
    assert office.get(url("act", "nothing")).status_code == 404


def test_the_ledger_is_narrowed_and_bears_hostile_words(where: Site, office: Client) -> None:
    finding = made.ordered(where)
    hidden = {"state": "CLOSED"}, {"organ": "1"}, {"q": "没有的"}, {"overdue": "1"}
    for asked in (*hidden, {"repeated": "1"}, {"source": "INSIDE"}, {"indicator": "无"}):
        assert finding.number not in text(office.get(url("ledger"), asked))
    for asked in ({"q": "打不开"}, {"state": "?"}, {"organ": "x"}, {"source": "?"}, {"p": "-1"}):
        assert finding.number in text(office.get(url("ledger"), asked))
    for asked in ({"q": "\x00"}, {"indicator": "\x00"}, {"organ": "9" * 30}, {"q": "%_'\""}):
        assert office.get(url("ledger"), asked).status_code == 200
    Finding.objects.update(due_on=MONDAY - timedelta(days=1))
    assert "已超期" in text(office.get(url("ledger"), {"overdue": "1"}))


def _book(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    columns = tuple(Column(head) for head in ("责任单位", "一级指标", "问题明细"))
    return SimpleUploadedFile("清单.xlsx", write_tables([SheetOut("表", columns, rows)]))


def test_a_list_is_shown_and_then_taken_in_whole_or_not_at_all(
    water: Any, office: Client, stranger: Client
) -> None:
    bad = _book(("水利局", "主动公开", "缺少年报"), ("火星局", "主动公开", "缺少指南"))
    answer = office.post(url("import"), {"source": "THIRD_PARTY", "file": bad})
    assert answer.status_code == 422
    assert "第3行责任单位“火星局”" in text(answer)
    broken = SimpleUploadedFile("清单.xlsx", b"PK\x03\x04nothing")
    assert office.post(url("import"), {"source": "MUTUAL", "file": broken}).status_code == 422
    good = _book(("水利局", "主动公开", "缺少年报"))
    seen = office.post(url("import"), {"source": "THIRD_PARTY", "file": good})
    assert "“问题明细” → 问题明细" in " ".join(text(seen).split())
    assert not Finding.objects.exists()
    token = {"confirm": text(seen).split('name="confirm" value="')[1].split('"')[0]}
    assert stranger.post(url("import"), token).status_code == 302
    assert office.post(url("import"), {"confirm": token["confirm"] + "x"}).status_code == 422
    assert not Finding.objects.exists()
    assert office.post(url("import"), token).status_code == 302
    assert Finding.objects.get().why == "缺少年报"
    again = office.post(
        url("import"), {"source": "MUTUAL", "file": _book(("水利局", "主动公开", "缺少年报"))}
    )
    assert "台账中已有，只记发现次数" in text(again)


def test_the_form_comes_back_from_the_organ_and_from_nobody_else(
    where: Site, office: Client, clerk: Client, stranger: Client
) -> None:
    finding = made.ordered(where)
    assert office.get(url("export")).status_code == 200
    columns = (Column("问题编号"), Column("整改结果"))
    data = write_tables([SheetOut("表", columns, ((finding.number, "已改"),))])

    def upload(browser: Client) -> Any:
        return browser.post(url("back"), {"file": SimpleUploadedFile("台账.xlsx", data)})

    assert upload(stranger).status_code == 422
    assert upload(clerk).status_code == 302
    finding.refresh_from_db()
    assert finding.state == FindingState.ANSWERED


def test_the_office_registers_a_site_and_its_columns(home: Any, water: Any, office: Client) -> None:
    told = {"name": "县政府网", "address": made.ADDRESS, "organ": home.pk}
    assert office.post(url("sites"), {**told, "address": "网站"}).status_code == 422
    assert office.post(url("sites"), told).status_code == 302
    site = Site.objects.get()
    column = {"do": "column", "name": "水利", "prefix": f"{made.ADDRESS}slj/", "organ": water.pk}
    assert office.post(url("site", site.pk), column).status_code == 302
    assert "水利局" in text(office.get(url("site", site.pk)))
    key = site.columns.get().pk
    assert office.post(url("site", site.pk), {"do": "drop", "column": key}).status_code == 302
    assert office.post(url("site", site.pk), {"do": "stop", "why": ""}).status_code == 422
    assert office.post(url("site", site.pk), {"do": "stop", "why": "并入"}).status_code == 302
    assert office.post(url("site", site.pk), {"do": "resume"}).status_code == 302
    assert office.get(url("sites")).status_code == 200


def test_a_bulletin_goes_from_figures_to_signature(
    where: Site, office: Client, clerk: Client, stranger: Client, monkeypatch: Any
) -> None:
    made.ran(where, made.fault(), made.fault("slj/2.html"))
    form = {"period": "MONTH", "month": "2026-09", "workdays": "10"}
    assert sent_home(clerk.post(url("bulletins"), form))
    assert office.post(url("bulletins"), {**form, "month": "九月"}).status_code == 422
    assert office.post(url("bulletins"), {**form, "period": "QUARTER"}).status_code == 422
    assert office.post(url("bulletins"), form).status_code == 302
    [bulletin] = Bulletin.objects.all()
    assert clerk.get(url("bulletin", bulletin.pk)).status_code == 404
    assert office.post(url("issue", bulletin.pk), {"number": ""}).status_code == 422
    monkeypatch.setattr(timezone, "now", lambda: moment(date(2026, 10, 9)))
    for browser, name in ((office, "office1"), (clerk, "clerk1"), (stranger, "clerk2")):
        browser.force_login(User.objects.get(username=name))
    assert office.post(url("retake", bulletin.pk)).status_code == 302
    assert office.post(url("issue", bulletin.pk), {"number": ""}).status_code == 302
    assert "还没有签收" in text(office.get(url("bulletin", bulletin.pk)))
    assert "水利局有2个问题" in text(clerk.get(url("bulletin", bulletin.pk)))
    page = text(stranger.get(url("bulletin", bulletin.pk)))
    assert f"{made.ADDRESS}slj/" not in page
    assert sent_home(stranger.post(url("sign", bulletin.pk)))
    assert sent_home(clerk.post(url("issue", bulletin.pk)))
    assert clerk.post(url("sign", bulletin.pk)).status_code == 302
    for kind in ("docx", "pdf"):
        assert clerk.get(url("bulletin_file", bulletin.pk, kind)).status_code == 200
    assert clerk.get(url("bulletin_file", bulletin.pk, "exe")).status_code == 404
    assert "签收" in text(office.get(url("bulletin", bulletin.pk)))
