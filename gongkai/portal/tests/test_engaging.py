"""Telling an error, following it, commenting on a draft: as a reader without scripts does it."""

import re
import uuid
from datetime import date, timedelta

import lxml.html
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.disclosure.tests import factories as entries
from gongkai.engagement import actions
from gongkai.engagement.models import Comment, ErrorReport
from gongkai.engagement.tests import factories as made
from gongkai.engagement.tests.factories import AFTER, CLOSES, ME, MONDAY, OPENS, moment
from gongkai.portal.documents import ERRORS
from gongkai.portal.engaging import errors
from gongkai.portal.requests import doors
from gongkai.portal.tests.factories import open_county
from gongkai.portal.tests.requests_made import proof
from gongkai.portal.tests.selecting import select

pytestmark = pytest.mark.django_db
FOLLOW, RECEIPT = f"{ERRORS}chaxun/", f"{ERRORS}huizhi/"


@pytest.fixture
def clock(monkeypatch):
    def at(day, hour=9):
        monkeypatch.setattr(timezone, "now", lambda: moment(day, hour))

    at(MONDAY, 17)
    return at


@pytest.fixture
def place(clock):
    cache.clear()
    return open_county()


def found(**changes):
    told = {
        "page": "/zwdt/",
        "kind": "MISSPELLING",
        "text": "第二段“按排”应为“安排”",
        "contact": "13800001234",
        "submission_key": str(uuid.uuid4()),
    }
    return told | changes


def words(**changes):
    told = {
        "comment": "建议第五条增加免费时长",
        "commenter": "",
        "contact": "",
        "submission_key": str(uuid.uuid4()),
    }
    return told | changes


def text(answer):
    return answer.content.decode()


def figures(answer):
    tree = lxml.html.fromstring(text(answer))
    return [each.text_content().strip() for each in select(tree, "dd.figure")]


def address(row):
    return f"/hdjl/yjzj/{row.pk}/yijian/"


def test_a_reader_tells_an_error_and_follows_it(client, place):
    page = client.get(ERRORS, {"ye": "/zwdt/"})
    assert 'value="/zwdt/"' in text(page)
    answer = client.post(ERRORS, found())
    assert (answer.status_code, answer.url) == (303, RECEIPT)
    receipt = client.get(RECEIPT)
    number, code = figures(receipt)
    assert number == "JC2026-0001"
    assert "2026年9月24日" in text(receipt)
    assert client.get(RECEIPT).status_code == 410
    assert code not in text(client.get(RECEIPT))
    asked = {"number": number, "code": code.lower()}
    assert "待核实" in text(client.post(FOLLOW, asked))
    report = ErrorReport.objects.get()
    assert report.title == "政务动态"
    told = {"result": actions.Result.CORRECTED, "answer": "已改为“安排”"}
    actions.answer_error(report, **told, by=ME, at=moment(MONDAY, 18))
    result = text(client.post(FOLLOW, asked))
    assert "已改为“安排”" in result
    assert "13800001234" not in result


def test_every_document_leads_to_the_form_and_its_organ_answers(client, place):
    where = entries.Section.objects.get(path="zwdt/tzgg")
    page = entries.published(place.finance, where, at=moment(MONDAY, 8), title="停水通知")
    shown = text(client.get(page.address))
    link = re.search(r'href="(/jiucuo/\?ye=[^"]*html)"', shown)[1]
    form = lxml.html.fromstring(text(client.get(link))).get_element_by_id("id_page")
    assert form.get("value") == page.address
    client.post(ERRORS, found(page=f"http://testserver{page.address}"))
    report = ErrorReport.objects.get()
    assert (report.organ, report.title, report.page) == (place.finance, "停水通知", page.address)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "请填写“问题描述”"),
        ({"text": "长" * 1001}, "不能超过1000字"),
        ({"text": "\x00"}, "看不见的字符"),
        ({"kind": ""}, "请选择“问题类型”"),
        ({"kind": "RUMOUR"}, "所列选项"),
        ({"page": "https://evil.example/"}, "不是本网站的网址"),
        ({"page": "javascript:alert(1)"}, "不是本网站的网址"),
        ({"page": "/a\nb"}, "看不见的字符"),
        ({"contact": "1" * 101}, "不能超过100字"),
        ({"submission_key": "x"}, ""),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_lost(client, place, changes, said):
    told = found(text="一处<script>错</script>") | changes
    answer = client.post(ERRORS, told)
    assert answer.status_code == 422
    assert said in text(answer)
    assert "<script>错" not in text(answer)
    assert "13800001234" in text(answer) or "contact" in changes
    assert not ErrorReport.objects.exists()


def test_a_form_sent_twice_is_one_report(client, place):
    told = found()
    codes = []
    for _ in range(2):
        client.post(ERRORS, told)
        codes.append(figures(client.get(RECEIPT)))
    assert codes[0] == codes[1]
    assert ErrorReport.objects.count() == 1


def test_senders_are_limited_and_proof_of_work_lets_more_in(client, place):
    for number in range(doors.SUBMISSIONS_BARE):
        assert client.post(ERRORS, found(text=f"第{number}处")).status_code == 303
    answer = client.post(ERRORS, found())
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "次数过多" in text(answer)
    assert "按排" in text(answer)
    assert client.post(ERRORS, found(altcha="x")).status_code == 429
    proved = found(altcha=proof(timezone.now()))
    assert client.post(ERRORS, proved).status_code == 303
    used = found(altcha=proved["altcha"], text="别的错")
    assert client.post(ERRORS, used).status_code == 429
    assert ErrorReport.objects.count() == doors.SUBMISSIONS_BARE + 1


def test_guessing_a_code_is_stopped_and_a_wrong_number_looks_like_a_wrong_code(client, place):
    report = actions.report_error(place.county, told=made.told(), by=made.READER, at=timezone.now())
    for told in (
        {"number": report.number, "code": "AAAAAAAAAA"},
        {"number": "JC2026-0999", "code": report.query_code},
        {"number": "' OR 1=1", "code": "\u202e"},
    ):
        answer = client.post(FOLLOW, told)
        assert answer.status_code == 422
    assert errors.WRONG in text(client.post(FOLLOW, {"number": "JC2026-0999", "code": "A"}))
    assert "请填写“查询码”" in text(client.post(FOLLOW, {"number": "1"}))
    for _ in range(doors.QUERIES_OF_ONE):
        answer = client.post(FOLLOW, {"number": report.number, "code": "AAAAAAAAAA"})
    assert answer.status_code == 429
    right = {"number": report.number, "code": report.query_code}
    assert client.post(FOLLOW, right).status_code == 429


def test_another_countys_report_is_not_told(client, place):
    other = entries.county("fengxin", name="奉新县人民政府", short_name="县政府", credit_code="")
    report = actions.report_error(other, told=made.told(), by=made.READER, at=timezone.now())
    asked = {"number": report.number, "code": report.query_code}
    assert client.post(FOLLOW, asked).status_code == 422


def test_the_answers_are_private_and_forms_are_protected(client, place):
    for path in (ERRORS, FOLLOW, RECEIPT):
        answer = client.get(path)
        assert answer["Cache-Control"] == "no-store, private"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ERRORS, found()).status_code == 403
    assert client.put(ERRORS).status_code == 405
    client.cookies["gk_error"] = "forged"
    assert client.get(RECEIPT).status_code == 410


def test_a_notice_shows_its_term_and_leads_to_the_form(client, place, clock):
    row = made.opened(place.finance)
    page = client.get(row.entry.address)
    assert "征集尚未开始" in text(page)
    assert "我要提意见</a>" not in text(page)
    clock(OPENS)
    with CaptureQueriesContext(connection) as asked:
        page = text(client.get(row.entry.address))
    tables = [each["sql"] for each in asked if "engagement_" in each["sql"]]
    assert len(tables) == 1
    assert "2026-09-22至2026-10-25" in page
    assert "征集中" in page
    assert f'href="{address(row)}"' in page
    assert "不再作为行政管理的依据" not in page
    clock(AFTER)
    page = text(client.get(row.entry.address))
    assert "已截止" in page
    assert "我要提意见</a>" not in page
    assert row.entry.title in text(client.get("/hdjl/yjzj/"))


def test_a_reader_comments_within_the_term(client, place, clock):
    row = made.opened(place.finance)
    assert "征集尚未开始" in text(client.get(address(row)))
    clock(OPENS)
    answer = client.post(address(row), words(commenter="万里", contact="13800001234"))
    assert (answer.status_code, answer.url) == (303, f"{address(row)}huizhi/")
    assert "第1条意见" in text(client.get(answer.url))
    assert client.get(answer.url).status_code == 410
    assert Comment.objects.get().who == ("万里", "13800001234")
    for page in (row.entry.address, address(row), "/hdjl/yjzj/"):
        assert "免费时长" not in text(client.get(page))
    clock(AFTER)
    late = client.post(address(row), words())
    assert late.status_code == 409
    assert "截止" in text(late)
    assert "免费时长" in text(late)
    assert "不再接收意见" in text(client.get(address(row)))
    assert Comment.objects.count() == 1


def test_the_receipt_of_one_is_not_that_of_another(client, place, clock):
    row, other = made.opened(place.finance), made.opened(place.township)
    clock(OPENS)
    client.post(address(row), words())
    assert client.get(f"{address(other)}huizhi/").status_code == 410


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"comment": " "}, "请填写“意见”"),
        ({"comment": "长" * 5001}, "不能超过5000字"),
        ({"comment": "\x00"}, "看不见的字符"),
        ({"commenter": "换\n行"}, "看不见的字符"),
        ({"contact": "1" * 101}, "不能超过100字"),
    ],
)
def test_hostile_comments_change_nothing(client, place, clock, changes, said):
    row = made.opened(place.finance)
    clock(OPENS)
    events = LoggedEvent.objects.count()
    answer = client.post(address(row), words() | changes)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Comment.objects.exists()
    assert LoggedEvent.objects.count() == events


def test_comments_are_limited_apart_from_error_reports(client, place, clock):
    row = made.opened(place.finance)
    clock(OPENS)
    for number in range(doors.SUBMISSIONS_BARE):
        client.post(address(row), words(comment=f"第{number}条"))
    assert client.post(address(row), words()).status_code == 429
    assert client.post(ERRORS, found()).status_code == 303
    told = words(altcha=proof(timezone.now()))
    assert client.post(address(row), told).status_code == 303
    assert client.post(address(row), told).status_code == 303
    assert Comment.objects.count() == doors.SUBMISSIONS_BARE + 1


def test_only_what_is_public_in_this_county_takes_comments(client, place, clock):
    draft = made.drafted(place.finance)
    other = made.county(code="fengxin", name="奉新县人民政府", credit_code="")
    foreign = made.opened(other)
    clock(OPENS)
    gone = made.opened(place.township)
    made.withdraw(gone.entry, moment(OPENS, 8))
    for row in (draft, foreign, gone):
        for answer in (client.get(address(row)), client.post(address(row), words())):
            assert answer.status_code == 404
    assert client.get("/hdjl/yjzj/999999999999999999/yijian/").status_code == 404
    assert client.get(f"/hdjl/yjzj/{'9' * 40}/yijian/").status_code == 404
    assert not Comment.objects.exists()


def test_ways_that_are_not_open_are_told(client, place, clock):
    row = made.opened(place.finance)
    clock(OPENS)
    off = actions.Terms(OPENS, CLOSES, online=False, phone="0795-4662133", affects_market=True)
    actions.change_term(row, terms=off, why="平台维护", by=ME, at=moment(OPENS, 8))
    assert "没有开通网上提交" in text(client.get(address(row)))
    assert client.post(address(row), words()).status_code == 409
    actions.cancel(row, why="不再制定", by=ME, at=moment(OPENS, 9))
    assert "已经终止" in text(client.get(address(row)))
    assert "已终止" in text(client.get(row.entry.address))


def test_the_feedback_and_the_document_are_linked_both_ways(client, place, clock):
    row = made.fed_back(place.finance)
    where = entries.Section.objects.get(path="zwgk/fdzdgknr/zcwj/gfxwj")
    at = moment(AFTER, 12)
    document = entries.published(
        place.finance, where, at=at, genre="NOTICE", subject="0201", title="城市停车管理办法"
    )
    actions.link_document(row, document=document, by=ME, at=moment(AFTER, 13))
    clock(AFTER, 14)
    notice, feedback = row.entry.address, row.feedback_entry.address
    page = text(client.get(notice))
    assert "已反馈" in page
    assert f'href="{feedback}"' in page
    assert f'href="{document.address}"' in page
    page = text(client.get(feedback))
    assert "共收到意见1条，其中采纳1条" in page
    assert f'href="{notice}"' in page


def test_every_page_leads_to_the_form(client, place):
    assert f'href="{ERRORS}"' in text(client.get("/"))
    came = text(client.get(ERRORS, HTTP_REFERER="http://testserver/zwdt/tzgg/"))
    assert 'value="/zwdt/tzgg/"' in came
    assert "elsewhere" not in text(client.get(ERRORS, HTTP_REFERER="http://example.com/elsewhere/"))
    assert date.fromisoformat("2026-09-24") == MONDAY + timedelta(days=3)
