"""The screens: a proposal's journey between office, organs and reviewer; the wrong person."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.orgs.models import Organ, Role
from gongkai.proposals.lifecycle import ProposalState
from gongkai.proposals.models import Proposal, YearSummary
from gongkai.proposals.staff.acts import ACTS
from gongkai.proposals.tests import factories as made
from gongkai.proposals.tests.factories import LIVES, PHONE, TODAY, moment

pytestmark = pytest.mark.django_db
TOLD = {
    "kind": "SUGGESTION",
    "year": "2026",
    "session": "县十七届人大六次会议",
    "number": "12",
    "subject": "关于修缮<堤防>的建议",
    "proposer": "陈代表",
    "cosigners": "4",
    "received_on": "2026-03-02",
    "phone": PHONE,
    "address": LIVES,
}


@pytest.fixture(autouse=True)
def clock(monkeypatch: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment(TODAY, 17))


@pytest.fixture
def home() -> Organ:
    return made.county()


@pytest.fixture
def water(home: Organ) -> Organ:
    return made.department(home)


@pytest.fixture
def forest(home: Organ) -> Organ:
    return made.department(home, "forest", "靖安县林业局")


@pytest.fixture
def office(home: Organ) -> Client:
    return client_of(person("office1", (home, Role.OGI_OFFICE)))


@pytest.fixture
def clerk(water: Organ) -> Client:
    return client_of(person("clerk1", (water, Role.DEPARTMENT_CLERK)))


def url(name: str, *args: Any) -> str:
    return reverse(f"proposals:{name}", args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def turned_away(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer.url == reverse("wagtailadmin_home"))


def test_a_proposal_goes_its_way_through_the_screens(
    office: Client, clerk: Client, water: Organ, forest: Organ
) -> None:
    joined = client_of(person("clerk2", (forest, Role.DEPARTMENT_CLERK)))
    reader = client_of(person("reader1", (water, Role.REVIEWER)))
    kept = office.post(url("register"), {**TOLD, "number": "十二"})
    assert kept.status_code == 422
    assert "关于修缮&lt;堤防&gt;的建议" in text(kept)
    assert office.post(url("register"), TOLD).status_code == 302
    row = Proposal.objects.get()
    for browser in (clerk, joined):
        assert browser.get(url("record", row.pk)).status_code == 404

    def act(browser: Client, slug: str, **told: Any) -> str:
        assert browser.get(url("act", row.pk, slug)).status_code == 200, slug
        answer = browser.post(url("act", row.pk, slug), told)
        assert answer.status_code == 302, text(answer)
        row.refresh_from_db()
        return str(row.state)

    organs = {"lead": water.pk, "joint": [forest.pk], "assigned_on": "2026-03-09"}
    assert act(office, "assign", **organs) == "ASSIGNED"
    assert act(clerk, "accept") == "HANDLING"
    assert act(joined, "opinion", organ=forest.pk, opinion="同意") == "HANDLING"
    act(clerk, "talk", way="MEETING", on="2026-04-01", words="听取意见")
    page = text(clerk.get(url("record", row.pk)))
    assert PHONE not in page
    shown = text(clerk.post(url("contact", row.pk)))
    assert PHONE in shown
    assert joined.post(url("contact", row.pk)).status_code == 302
    reply = {
        "number": "靖水复〔2026〕12号",
        "replied_on": "2026-05-20",
        "result": "B",
        "body": "列入计划。",
        "openness": "ABRIDGED",
    }
    wrong = clerk.post(url("act", row.pk, "reply"), reply)
    assert wrong.status_code == 422
    assert "计划解决日期" in text(wrong)
    more = {"promised_on": "2026-12-31", "openness_why": "规划未定", "abridged": "列入计划。"}
    assert act(clerk, "reply", **reply, **more) == "REPLIED"
    assert "公开属性待审核1件" in text(office.get(url("index")))
    assert "列入计划" in text(reader.get(url("act", row.pk, "confirm")))
    act(reader, "confirm")
    act(clerk, "draft")
    assert "答复摘要" in text(clerk.get(url("record", row.pk)))
    assert act(office, "rate", satisfaction="SATISFIED", on="2026-06-01") == "SETTLED"
    act(clerk, "follow-up", on="2026-07-01", progress="已开工")
    figures = text(office.get(url("figures")))
    assert "figure=satisfied&amp;side=whole" in figures
    listed = text(office.get(f"{url('index')}?year=2026&figure=satisfied&side=part"))
    assert "满意率" in listed
    assert "共1件" in listed
    assert office.post(url("draft_summary", 2026)).status_code == 302
    assert YearSummary.objects.get().entry is not None


@pytest.mark.parametrize("state", [ProposalState.REPLIED])
def test_the_wrong_person_finds_every_door_closed(
    state: ProposalState, home: Organ, water: Organ, forest: Organ, clerk: Client
) -> None:
    row = made.in_state(state, home, water)
    stranger = client_of(person("clerk2", (forest, Role.DEPARTMENT_CLERK)))
    leader = client_of(person("leader1", (home, Role.LEADER)))
    for slug in ACTS:
        address = url("act", row.pk, slug)
        assert stranger.get(address).status_code == 404
        assert stranger.post(address).status_code == 404
        assert turned_away(leader.post(address))
    for name in ("amend", "contact"):
        assert stranger.post(url(name, row.pk)).status_code == 404
        assert turned_away(leader.post(url(name, row.pk)))
    for name in ("register", "import", "template"):
        assert turned_away(clerk.get(url(name)))
    assert turned_away(clerk.post(url("draft_summary", 2026)))
    before = (row.state, row.steps.count())
    row.refresh_from_db()
    assert (row.state, row.steps.count()) == before
    assert leader.get(url("record", row.pk)).status_code == 200


def test_what_is_not_open_now_is_refused_in_words(
    home: Organ, water: Organ, office: Client
) -> None:
    row = made.registered(home)
    answer = office.get(url("act", row.pk, "rate"), follow=True)
    assert "不能登记反馈意见：现在是“待交办”" in text(answer)
    assert office.get(url("act", row.pk, "nothing")).status_code == 404
    for query in ("year=99999&organ=²&state=X&figure=nothing", "q=%00&p=-1&kind=X"):
        assert office.get(f"{url('index')}?{query}").status_code == 200
    assert office.get(f"{url('figures')}?year=²").status_code == 200
    told = {**TOLD, "subject": "改过的案由", "phone": "", "address": ""}
    assert office.post(url("amend", row.pk), told).status_code == 302
    assert PHONE in text(office.post(url("contact", row.pk)))


def test_a_table_goes_in_after_a_preview_and_comes_out_without_contacts(
    office: Client, home: Organ, water: Organ
) -> None:
    heads = ("类型", "届次会议", "编号", "案由", "领衔代表", "联系电话", "主办单位", "交办日期")
    rows = [
        ("人大建议", "县十七届人大六次会议", "7", "修路", "陈代表", PHONE, "水利局", "2026-03-09")
    ]

    def upload(values: list[tuple[str, ...]]) -> Any:
        sheet = SheetOut("表", tuple(Column(head) for head in heads), tuple(values))
        return office.post(
            url("import"), {"file": SimpleUploadedFile("表.xlsx", write_tables([sheet]))}
        )

    wrong = upload([(*rows[0][:6], "外县局", "2026-03-09")])
    assert wrong.status_code == 422
    assert "不是本县机关" in text(wrong)
    seen = upload(rows)
    assert "将导入1件" in text(seen)
    token = seen.context["token"]
    assert office.post(url("import"), {"token": token[:-2]}).status_code == 302
    assert not Proposal.objects.exists()
    assert office.post(url("import"), {"token": token}).status_code == 302
    assert Proposal.objects.get().state == "ASSIGNED"
    broken = {"file": SimpleUploadedFile("表.xlsx", b"PK\x03\x04broken")}
    assert office.post(url("import"), broken).status_code == 422
    book = load_workbook(BytesIO(office.get(url("export")).content))
    cells = [[cell.value for cell in line] for line in book["建议提案"].iter_rows()]
    assert cells[1][3:5] == ["7", "修路"]
    assert PHONE not in str(cells)
    assert office.get(url("template")).status_code == 200
