"""A complaint told on the site and followed by its code (Art. 47, 51), as without scripts."""

import uuid
from datetime import date

import lxml.html
import pytest
from django.core.cache import cache
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests.tests.factories import ME, moment, submitted
from gongkai.orgs.models import Organ, OrganKind
from gongkai.portal.requests import doors
from gongkai.portal.tests.factories import open_county
from gongkai.portal.tests.requests_made import proof
from gongkai.portal.tests.selecting import select
from gongkai.remedies import actions
from gongkai.remedies.lifecycle import Measure, Verdict
from gongkai.remedies.models import Complaint

pytestmark = pytest.mark.django_db
FORM = "/zwgk/tsjb/"
FOLLOW, RECEIPT = f"{FORM}chaxun/", f"{FORM}huizhi/"
MONDAY = date(2026, 3, 2)


@pytest.fixture
def place(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY, 10))
    cache.clear()
    return open_county()


@pytest.fixture
def office(place):
    return Organ.objects.get(kind=OrganKind.OFFICE, county=place.county)


def typed(place, **changes):
    told = {
        "kind": "COMPLAINT",
        "about": str(place.finance.pk),
        "ground": "NOT_ANSWERED",
        "subject": "申请逾期没有答复",
        "content": "1月申请公开，至今<script>没有</script>答复",
        "complainant": "王小明",
        "contact": "13800001234",
        "submission_key": str(uuid.uuid4()),
    }
    return told | changes


def text(answer):
    return answer.content.decode()


def figures(answer):
    tree = lxml.html.fromstring(text(answer))
    return [each.text_content().strip() for each in select(tree, "dd.figure")]


def told(client, place, **changes):
    """Send the form and return what it is asked for with."""
    assert client.post(FORM, typed(place, **changes)).url == RECEIPT
    number, code = figures(client.get(RECEIPT))
    return {"number": number, "code": code}


def test_a_complaint_is_told_followed_and_answered(client, place, office):
    page = text(client.get(FORM))
    assert f"由{office.name}核查处理" in page
    assert "15日" in page
    asked = told(client, place)
    assert client.get(RECEIPT).status_code == 410
    row = Complaint.objects.get()
    assert (row.organ, row.about, row.channel) == (office, place.finance, "ONLINE")
    result = text(client.post(FOLLOW, asked | {"code": asked["code"].lower()}))
    assert "待受理" in result
    assert "2026年3月17日" in result
    assert "<script>没有" not in result
    done = {"on": MONDAY, "by": ME, "at": moment(MONDAY, 17)}
    row = actions.accept_complaint(row, **done)
    found = {"verdict": Verdict.TRUE, "measure": Measure.RECTIFY, "rectify_by": date(2026, 3, 9)}
    row = actions.find_on_complaint(row, finding="经办人遗漏", **found, **done)
    waiting = text(client.post(FOLLOW, asked))
    assert "已认定，待答复" in waiting
    assert "督促整改" not in waiting
    actions.answer_complaint(row, answer="已督促财政局答复", **done)
    answered = text(client.post(FOLLOW, asked))
    for words in ("已督促财政局答复", "属实", "督促整改", "要求2026年3月9日前完成"):
        assert words in answered
    for secret in ("经办人遗漏", "13800001234", "王小明"):
        assert secret not in answered


def test_who_is_turned_away_reads_why(client, place):
    asked = told(client, place)
    done = {"on": MONDAY, "by": ME, "at": moment(MONDAY, 17)}
    actions.decline_complaint(Complaint.objects.get(), reason="属于信访事项", **done)
    result = text(client.post(FOLLOW, asked))
    assert "不予受理的理由" in result
    assert "属于信访事项" in result


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"content": " "}, "请填写“事实和理由”"),
        ({"content": "长" * 3001}, "不能超过3000字"),
        ({"content": "\x00"}, "看不见的字符"),
        ({"subject": "a\nb"}, "看不见的字符"),
        ({"kind": ""}, "请选择“类别”"),
        ({"ground": "RUMOUR"}, "所列选项"),
        ({"about": "1' OR 1=1"}, "所列选项"),
        ({"complainant": ""}, "投诉请填写“姓名（名称）”"),
        ({"request_number": "1" * 41}, "不能超过40字"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_lost(client, place, changes, said):
    answer = client.post(FORM, typed(place) | changes)
    assert answer.status_code == 422
    assert said in text(answer)
    assert "13800001234" in text(answer)
    assert "<script>没有" not in text(answer)
    assert not Complaint.objects.exists()


def test_neither_the_county_nor_the_office_checks_itself(client, place, office):
    for organ in (place.county, office):
        assert client.post(FORM, typed(place, about=str(organ.pk))).status_code == 422
    assert "向上一级政府信息公开工作主管部门提出" in text(client.get(FORM))


def test_a_report_needs_no_name(client, place):
    asked = told(client, place, kind="REPORT", complainant="", contact="")
    assert Complaint.objects.get().anonymous
    assert "举报（匿名）" in " ".join(text(client.post(FOLLOW, asked)).split())


def test_a_form_sent_twice_is_one_complaint_and_a_changed_one_another(client, place):
    form = typed(place)
    codes = []
    for _ in range(2):
        client.post(FORM, form)
        codes.append(figures(client.get(RECEIPT)))
    assert codes[0] == codes[1]
    client.post(FORM, form | {"content": "别的事"})
    assert figures(client.get(RECEIPT)) != codes[0]
    assert Complaint.objects.count() == 2


def test_the_number_of_a_request_leads_the_office_to_it_and_tells_strangers_nothing(client, place):
    request = submitted(place.finance)
    told(client, place, request_number=request.number)
    other = told(client, place, request_number="没有这个号")
    kept = {row.info_request for row in Complaint.objects.all()}
    assert kept == {request.typed_id, ""}
    assert "申请编号：没有这个号" in text(client.post(FOLLOW, other))


def test_senders_are_limited_and_proof_of_work_lets_more_in(client, place):
    for number in range(doors.SUBMISSIONS_BARE):
        assert client.post(FORM, typed(place, content=f"第{number}件")).status_code == 303
    answer = client.post(FORM, typed(place))
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "王小明" in text(answer)
    proved = typed(place, altcha=proof(timezone.now()))
    assert client.post(FORM, proved).status_code == 303


def test_guessing_is_stopped_and_what_the_office_recorded_has_no_code(client, place, office):
    asked = told(client, place)
    held = Complaint.objects.get()
    Complaint.objects.filter(pk=held.pk).update(code_digest="")
    for tried in (
        asked,
        {"number": "TS-none-2026-001", "code": asked["code"]},
        {"number": "' OR 1=1", "code": "\u202e"},
        {"number": asked["number"], "code": "AAAAAAAAAA"},
    ):
        answer = client.post(FOLLOW, tried)
        assert answer.status_code == 422
        assert "申请逾期" not in text(answer)
    for _ in range(doors.QUERIES_OF_ONE):
        answer = client.post(FOLLOW, {"number": asked["number"], "code": "AAAAAAAAAA"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")


def test_nothing_that_was_written_is_in_the_clear(client, place):
    asked = told(client, place)
    row = Complaint.objects.get()
    clear = " ".join(str(value) for value in row.__dict__.values())
    logged = " ".join(str(each.__dict__) for each in LoggedEvent.objects.all())
    for secret in ("王小明", "13800001234", "至今", asked["code"]):
        assert secret not in clear
        assert secret not in logged
    answer = client.get(FORM)
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_form_is_found_from_where_citizens_look(client, place):
    link = f'href="{FORM}"'
    assert link in text(client.get("/"))
    assert link in text(client.get("/zwgk/"))
    assert link in text(client.get("/wzdt/"))
