"""The screens: the office's year with its organs through HTTP, the wrong person on every door."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.files.tests.factories import pdf
from gongkai.orgs.models import Role
from gongkai.oversight import actions
from gongkai.oversight.models import (
    AccountabilityCase,
    Appraisal,
    AppraisalUnit,
    Rating,
    WorkEvent,
    WorkPlan,
    WorkTask,
)
from gongkai.oversight.tests import factories as made
from gongkai.oversight.tests.factories import MONDAY, NOW, moment

pytestmark = pytest.mark.django_db
TABLE = [
    ("重点领域", "任务内容", "牵头单位", "配合单位", "完成时限"),
    ("一、主动公开", "公开河湖信息", "水利局", "各乡镇", "9月底前"),
    ("一、主动公开", "公开林长制信息", "林业局", "", "2026-10-31"),
]


@pytest.fixture(autouse=True)
def clock(monkeypatch: Any, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY, 17))
    settings.GONGKAI_FILE_DIR = tmp_path / "files"


@pytest.fixture
def place() -> Any:
    return made.county()


@pytest.fixture
def office(place: Any) -> Client:
    return client_of(person("office1", (place[0], Role.OGI_OFFICE)))


@pytest.fixture
def clerk(place: Any) -> Client:
    return client_of(person("clerk1", (place[1], Role.DEPARTMENT_CLERK)))


def url(name: str, *args: Any) -> str:
    return reverse(f"oversight:{name}", args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def docx(rows: list[tuple[str, ...]]) -> SimpleUploadedFile:
    document = Document()
    table = document.add_table(len(rows), len(rows[0]))
    for line, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(line.cells, values, strict=True):
            cell.text = value
    out = BytesIO()
    document.save(out)
    return SimpleUploadedFile("任务分工表.docx", out.getvalue())


def xlsx(rows: list[tuple[str, ...]]) -> SimpleUploadedFile:
    columns = tuple(Column(head) for head in rows[0])
    return SimpleUploadedFile("表.xlsx", write_tables([SheetOut("表", columns, tuple(rows[1:]))]))


def test_points_are_imported_issued_reported_with_proof_and_accepted(
    office: Client, clerk: Client, place: Any
) -> None:
    told = {"year": 2026, "title": "靖安县2026年政务公开工作要点", "number": ""}
    assert office.post(url("draft_plan"), told).status_code == 302
    plan = WorkPlan.objects.get()
    assert clerk.get(url("plan", plan.pk)).status_code == 404  # drafts are the office's
    wrong = [*TABLE, ("", "公开", "没有这个局", "", "尽快")]
    refused = office.post(url("import_tasks", plan.pk), {"file": docx(wrong)})
    assert refused.status_code == 422
    assert "没有找到单位" in text(refused) or "不是日期" in text(refused)
    assert not WorkTask.objects.exists()
    shown = office.post(url("import_tasks", plan.pk), {"file": docx(TABLE)})
    assert "确认导入2项任务" in text(shown)
    token = shown.context["token"]
    assert clerk.post(url("import_tasks", plan.pk), {"token": token}).status_code == 404
    assert office.post(url("import_tasks", plan.pk), {"token": token}).status_code == 302
    issue = {"issued_on": "2026-03-02", "number": "靖府办字〔2026〕12号"}
    assert office.post(url("issue_plan", plan.pk), issue).status_code == 302
    task = WorkTask.objects.get(content="公开河湖信息")
    assert [each.short_name for each in task.joint.all()] == ["罗湾乡"]
    assert "5个工作日内到期" not in text(office.get(reverse("wagtailadmin_home")))
    report = {"organ": task.lead_id, "words": "已公开32条河流信息", "claims": "on", "link": ""}
    kept = clerk.post(url("report_task", task.pk), report)
    assert kept.status_code == 422
    assert "已公开32条河流信息" in text(kept)
    proof = SimpleUploadedFile("佐证.pdf", pdf())
    sent = clerk.post(url("report_task", task.pk), {**report, "proofs": [proof]})
    assert sent.status_code == 302, text(sent)
    assert "佐证" in text(clerk.get(url("task", task.pk)))
    assert clerk.post(url("accept_task", task.pk), {"done_on": "2026-09-21"}).status_code != 200
    assert "项任务完成待核实" in text(office.get(reverse("wagtailadmin_home")))
    done = office.post(url("accept_task", task.pk), {"done_on": "2026-09-21", "ruling": ""})
    assert done.status_code == 302
    task.refresh_from_db()
    assert task.state == "DONE"
    assert "50.0%" in text(office.get(url("plan", plan.pk)))
    assert office.get(url("plan_xlsx", plan.pk)).content[:2] == b"PK"


def test_an_event_is_recorded_signed_in_and_told_in_a_sheet(
    office: Client, clerk: Client, place: Any
) -> None:
    home = place[0]
    event = {"organ": home.pk, "kind": "TRAINING", "title": "业务培训班", "held_on": "2026-08-10"}
    assert office.post(url("record_event"), event).status_code == 302
    row = WorkEvent.objects.get()
    assert clerk.get(url("event", row.pk)).status_code == 404  # another organ's
    people = [("姓名", "单位", "职务"), ("张三", "水利局", "信息员"), ("李四", "林业局", "")]
    shown = office.post(url("sign_in", row.pk), {"file": xlsx(people)})
    office.post(url("sign_in", row.pk), {"token": shown.context["token"]})
    page = text(office.get(url("event", row.pk)))
    assert "没有签到的单位" in page
    assert "罗湾乡" in page
    asked = "?sheet=oversight&span=quarter&from=2026-08-01"
    sheet = office.get(url("sheets") + asked)
    assert "监督保障情况统计表（2026年第3季度）" in text(sheet)
    behind = office.get(url("sheet_behind") + asked + "&name=oversight.trained")
    assert "业务培训班" in text(behind)
    for kind in ("docx", "xlsx"):
        for name in ("requests", "openness", "oversight"):
            answer = office.get(url("sheet_file", kind), {"sheet": name, "span": "year"})
            assert answer.content[:2] == b"PK"
    own = text(clerk.get(url("sheets") + asked))
    assert "责任追究" not in own  # private
    assert clerk.get(url("sheet_behind") + "?name=oversight.accountability&sheet=oversight")
    hostile = "?sheet=../x&span=eon&from=0000-99-99&organ=9999999999999999999999&p=-1"
    assert office.get(url("sheets") + hostile).status_code == 200
    assert office.get(url("sheet_behind") + hostile + "&name=x").status_code == 404


def test_an_appraisal_goes_its_way_and_each_score_opens_its_records(
    office: Client, clerk: Client, place: Any
) -> None:
    home, water, *_ = place
    made.issued(home, water)
    appraisal = made.drafted(home)
    assert clerk.get(url("appraisal", appraisal.pk)).status_code == 404
    for step in ("open_rating", "begin_review"):
        if step == "begin_review":
            unit = AppraisalUnit.objects.get(organ=water)
            hand = Rating.objects.get(unit=unit, indicator__item="制度建设")
            told = {f"points-{hand.pk}": "61", f"words-{hand.pk}": "有制度"}
            kept = clerk.post(url("rate_unit", unit.pk), told)
            assert kept.status_code == 422
            assert "0到60" in text(kept)
            assert "有制度" in text(kept)
            told[f"points-{hand.pk}"] = "55"
            assert clerk.post(url("rate_unit", unit.pk), told).status_code == 302
        assert office.post(url(step, appraisal.pk)).status_code == 302
    assert office.get(url("rate_unit", unit.pk)).status_code == 302  # not for another organ
    rate = Rating.objects.get(unit=unit, indicator__item="要点任务")
    page = office.get(url("rating", rate.pk), {"part": "below"})
    assert "推进河湖管理信息公开" in text(page)
    hidden = text(clerk.get(url("unit", unit.pk)))
    assert "0/1" not in hidden  # scores are told once they are shown
    score = {f"points-{hand.pk}": "50", f"words-{hand.pk}": "缺一项", f"points-{rate.pk}": "0"}
    assert office.post(url("score_unit", unit.pk), score).status_code == 302
    assert clerk.post(url("score_unit", unit.pk), score).status_code == 302  # sent home
    hand.refresh_from_db()
    assert hand.given == 50
    second = client_of(person("office2", (home, Role.OGI_OFFICE)))
    assert second.post(url("check_unit", unit.pk)).status_code == 302
    hand.refresh_from_db()
    assert hand.checked_by == "office2"
    assert office.get(url("appraisal_xlsx", appraisal.pk)).content[:2] == b"PK"
    assert Appraisal.objects.get().state == "REVIEW"


def test_every_door_is_closed_to_strangers_and_cases_to_organs(clerk: Client, place: Any) -> None:
    home, water, *_ = place
    plan = made.issued(home, water)
    case = actions.record_case(
        home, water, told=actions.CaseTold(
            fault="NOT_DONE", sanction="CRITICISED", facts="逾期", decided_on=MONDAY, people="李某",
        ), **NOW,
    )  # fmt: skip
    inside = reverse("wagtailadmin_home")
    for name, args in (("cases", ()), ("record_case", ()), ("draft_plan", ()),
                       ("draft_appraisal", ()), ("choose_survey", ()), ("case", (case.pk,)),
                       ("issue_plan", (plan.pk,)), ("add_task", (plan.pk,))):  # fmt: skip
        answer = clerk.get(url(name, *args))
        assert answer.status_code in (302, 404), name
        assert answer.status_code == 404 or answer.url == inside
    assert clerk.post(url("case_people", case.pk)).status_code == 302
    window = client_of(person("window", (water, Role.WINDOW_CLERK)))
    assert window.get(url("plans")).status_code == 302
    assert "login" in Client().get(url("plans")).url
    leader = client_of(person("leader", (home, Role.LEADER)))
    page = leader.get(url("case", case.pk))
    assert "李某" not in text(page)
    assert "李某" in text(leader.post(url("case_people", case.pk)))
    assert leader.get(url("record_case")).status_code == 302
    assert AccountabilityCase.objects.get().struck_at is None
