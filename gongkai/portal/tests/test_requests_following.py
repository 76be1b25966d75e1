"""Asking for the result: the right pair opens it, nothing else does, and tries are counted."""

import io
import uuid
from datetime import date, timedelta

import lxml.html
import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from PIL import Image

from gongkai.audit.models import Event as LogEvent
from gongkai.files.actions import release, store
from gongkai.files.models import Purpose, StoredFile
from gongkai.inforequests import actions
from gongkai.inforequests.models import IncomingMail, InfoRequest, PublicAttempt
from gongkai.inforequests.tests import factories
from gongkai.orgs.tests.factories import make_county
from gongkai.portal.requests import doors, tickets
from gongkai.portal.tests.requests_made import BASE, FOLLOW, open_requests_county, picture
from gongkai.portal.tests.selecting import select
from gongkai.portal.tests.test_views import texts
from gongkai.statute.grounds import Ground

pytestmark = pytest.mark.django_db
RESULT, OFFER, LEAVE = f"{FOLLOW}jieguo/", f"{FOLLOW}jieguo/buchong/", f"{FOLLOW}tuichu/"
DAY = date(2026, 3, 2)


@pytest.fixture
def place():
    return open_requests_county()


def tree_of(response):
    return lxml.html.fromstring(response.content.decode())


def renewed(case: InfoRequest) -> str:
    """Return a query code of a case made in a test."""
    return actions.renew_query_code(case, by=factories.ME, at=timezone.now())


def online(case: InfoRequest) -> InfoRequest:
    """Return the case with its answer asked for online."""
    InfoRequest.objects.filter(pk=case.pk).update(delivery="ONLINE")
    case.refresh_from_db()
    return case


def ask(client, number, code, **headers):
    return client.post(FOLLOW, {"number": number, "code": code}, **headers)


def opened(client, case):
    """Return the result page of a case, asked for with its code."""
    assert ask(client, case.number, renewed(case)).status_code == 303
    return tree_of(client.get(RESULT))


def test_number_and_code_open_the_result(client, place):
    case = factories.submitted(place.finance)
    response = ask(client, case.number, case.query_code)
    assert (response.status_code, response.url) == (303, RESULT)
    tree = tree_of(client.get(RESULT))
    assert "尚未确认" in tree.text_content()
    assert "集体土地征收公告" in tree.text_content()
    for secret in ("万里", "13800000000", "360925199001010010", case.query_code, "经办人"):
        assert secret not in tree.text_content()
    attempt = PublicAttempt.objects.get(door="query")
    assert (attempt.ok, attempt.about) == (True, case.number)


def test_a_code_may_be_typed_in_small_letters_with_blanks(client, place):
    case = factories.submitted(place.finance)
    typed = f" {case.query_code[:5].lower()} {case.query_code[5:]} "
    assert ask(client, f" {case.number} ", typed).status_code == 303


def test_secrets_go_by_post_only(client, place):
    case = factories.submitted(place.finance)
    response = client.get(FOLLOW, {"number": case.number, "code": case.query_code})
    assert response.status_code == 200
    assert tree_of(response).get_element_by_id("id_code").get("value") is None
    assert not PublicAttempt.objects.exists()
    prefilled = tree_of(client.get(f"{FOLLOW}?bh={case.number}"))
    assert prefilled.get_element_by_id("id_number").get("value") == case.number
    assert client.get(RESULT).status_code == 403


@pytest.mark.parametrize(("number", "code"), [("", ""), ("360925001-2026-0001", ""), ("", "AAAA")])
def test_both_are_needed(client, place, number, code):
    response = ask(client, number, code)
    assert response.status_code == 422
    assert "请填写" in response.content.decode()
    assert not PublicAttempt.objects.exists()


def test_a_wrong_number_looks_like_a_wrong_code(client, place):
    case = factories.submitted(place.finance)
    wrong_code = ask(client, case.number, "AAAAAAAAAA")
    wrong_number = ask(client, "360925001-2026-9999", case.query_code)
    assert wrong_code.status_code == wrong_number.status_code == 422
    said = [texts(tree_of(each), ".summary li") for each in (wrong_code, wrong_number)]
    assert said[0] == said[1]
    assert "AAAAAAAAAA" not in said[0][0]


def test_a_case_without_a_code_opens_to_nobody(client, place):
    case = factories.submitted(place.finance)
    InfoRequest.objects.filter(pk=case.pk).update(query_code_digest="")
    for code in ("0", "-", "0" * 64):
        assert ask(client, case.number, code).status_code == 422


def test_five_wrong_codes_of_one_number_close_the_door_for_an_hour(client, place):
    case = factories.submitted(place.finance)
    for _ in range(doors.QUERIES_OF_ONE):
        assert ask(client, case.number, "AAAAAAAAAA").status_code == 422
    closed = ask(client, case.number, case.query_code)
    assert closed.status_code == 429
    assert "次数过多" in closed.content.decode()
    assert closed["Retry-After"] == "3600"
    other = factories.submitted(place.finance)
    assert ask(client, other.number, other.query_code).status_code == 303
    assert ask(client, case.number, case.query_code, REMOTE_ADDR="203.0.113.9").status_code == 303
    hour_ago = timezone.now() - timedelta(minutes=61)
    PublicAttempt.objects.update(at=hour_ago)
    assert ask(client, case.number, case.query_code).status_code == 303


def test_going_through_numbers_is_stopped_too(client, place):
    for place_in_row in range(doors.QUERIES_OF_ALL):
        ask(client, f"360925001-2026-{place_in_row:04d}", "AAAAAAAAAA")
    assert ask(client, "360925001-2026-9999", "AAAAAAAAAA").status_code == 429


def test_right_answers_do_not_close_the_door(client, place):
    case = factories.submitted(place.finance)
    for _ in range(doors.QUERIES_OF_ONE + 3):
        assert ask(client, case.number, case.query_code).status_code == 303


def test_a_case_of_another_county_is_not_shown_here(client, place):
    other = make_county("fengxin", "奉新县")
    case = factories.submitted(other.finance)
    assert ask(client, case.number, case.query_code).status_code == 422


def test_a_renewed_code_ends_the_old_one_and_open_pages(client, place):
    case = factories.submitted(place.finance)
    old = case.query_code
    ask(client, case.number, old)
    renewed(case)
    assert client.get(RESULT).status_code == 403
    assert ask(client, case.number, old).status_code == 422


def test_leaving_takes_the_result_away(client, place):
    opened(client, factories.submitted(place.finance))
    assert "没有留下" in client.post(LEAVE).content.decode()
    assert client.get(RESULT).status_code == 403


def test_a_ticket_ends_and_cannot_be_forged(client, place, monkeypatch):
    case = factories.submitted(place.finance)
    told = {"case": str(case.pk), "mark": case.query_code_digest[:16]}
    client.cookies[tickets.RESULT.cookie] = signing.dumps(told, salt="other")
    assert client.get(RESULT).status_code == 403
    client.cookies[tickets.RESULT.cookie] = "rubbish"
    assert client.get(RESULT).status_code == 403
    opened(client, case)
    assert client.cookies[tickets.RESULT.cookie]["httponly"]
    assert client.cookies[tickets.RESULT.cookie]["samesite"] == "Strict"
    monkeypatch.setattr(
        tickets, "RESULT", tickets.Kind(tickets.RESULT.cookie, timedelta(seconds=-1))
    )
    assert client.get(RESULT).status_code == 403


def test_the_answer_is_never_kept_by_browser_or_proxy(client, place):
    opened(client, factories.submitted(place.finance))
    for url in (FOLLOW, RESULT):
        response = client.get(url)
        assert response["Cache-Control"] == "no-store, private"
        assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("state", sorted(factories.IN_STATE))
def test_every_state_has_its_page(client, place, state):
    case = factories.IN_STATE[state](place.finance)
    tree = opened(client, case)
    assert texts(tree, ".state") != [""]
    assert select(tree, ".timeline li")
    assert "None" not in tree.text_content()


def test_what_to_supplement_and_by_when_is_told_and_taken(client, place):
    case = factories.awaiting_supplement(place.finance)
    tree = opened(client, case)
    warning = texts(tree, ".warning")[0]
    assert "2026年3月23日（含当日）" in warning
    assert "地块位置" in warning
    told = {
        "what": "SUPPLEMENT",
        "supplement-text": "双溪镇河北村三组",
        "supplement-attachments": [picture("图.png")],
    }
    assert "已提交补正" in client.post(OFFER, told).content.decode()
    files = StoredFile.objects.filter(about=case.typed_id, purpose=Purpose.SUPPLEMENT)
    assert sorted(file.kind for file in files) == ["png", "txt"]
    event = LogEvent.objects.get(verb="inforequests.offer")
    assert event.chain == place.finance.code
    assert (
        IncomingMail.objects.get(info_request=case).state == "ATTACHED"
    )  # the handler hears of it
    case.refresh_from_db()
    assert case.state == "AWAITING_SUPPLEMENT"  # the office decides whether it is one


def test_a_withdrawal_is_told_to_the_office_which_records_it(client, place):
    case = factories.processing(place.finance)
    opened(client, case)
    assert client.post(OFFER, {"what": "WITHDRAWAL", "withdrawal-text": ""}).status_code == 422
    client.post(OFFER, {"what": "WITHDRAWAL", "withdrawal-text": "不再需要"})
    case.refresh_from_db()
    assert case.pending
    assert LogEvent.objects.filter(verb="inforequests.offer").count() == 1


def test_nothing_is_taken_that_is_not_awaited(client, place):
    opened(client, factories.processing(place.finance))
    told = {"what": "SUPPLEMENT", "supplement-text": "多余的补正"}
    assert client.post(OFFER, told).status_code == 422
    assert not StoredFile.objects.exists()
    assert client.post(OFFER, {"what": "PIGEON"}).status_code == 404
    opened(client, factories.replied(place.finance))
    assert client.post(OFFER, {"what": "WITHDRAWAL", "withdrawal-text": "x"}).status_code == 422
    assert client.get(OFFER).status_code == 405
    assert Client().post(OFFER, told).status_code == 403


def test_hostile_papers_of_a_supplement_are_refused(client, place):
    opened(client, factories.awaiting_supplement(place.finance))
    bad = picture("图.png", b"MZ\x90\x00" + b"\x00" * 99)
    told = {"what": "SUPPLEMENT", "supplement-text": "见附件", "supplement-attachments": [bad]}
    response = client.post(OFFER, told)
    assert response.status_code == 422
    assert "见附件" in response.content.decode()
    assert not StoredFile.objects.exists()
    assert not LogEvent.objects.filter(verb="inforequests.offer").exists()


def test_a_provisional_deadline_is_never_told_as_a_date(client, place):
    case = factories.processing(place.finance)
    InfoRequest.objects.filter(pk=case.pk).update(provisional=True, due_on=date(2027, 1, 15))
    text = opened(client, case).text_content()
    assert "2027年1月15日" not in text
    assert "日期待定" in text


@pytest.fixture
def answered(place):
    """A case granted online, with its letter and one released file."""
    case = online(factories.processing(place.finance))
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PNG")
    at = factories.moment(DAY, 16)
    source = store(
        organ=case.organ,
        about=case.typed_id,
        purpose=Purpose.SOURCE,
        name="征收公告.png",
        content=out.getvalue(),
        by=factories.ME,
        at=at,
    )
    given = release(source, by=factories.ME, at=at)
    factories.a_profile(case.organ)
    answer = actions.Answer(
        1, Ground.GRANTED, "A2", details={"supplied": "见附件"}, released=(str(given.pk),)
    )
    factories.do(actions.draft_reply, case, DAY, answers=[answer])
    factories.do(actions.pass_draft, case, DAY, by=factories.REVIEWER)
    factories.do(actions.sign, case, DAY, by=factories.HEAD)
    return factories.do(actions.issue_reply, case, DAY)


def serve(case):
    return factories.do(actions.serve, case, DAY, how=factories.ServiceWay.ONLINE, tracking="")


def downloads(tree):
    return [link.get("href") for link in select(tree, ".downloads a")]


def test_letters_and_files_may_be_fetched_once_served_and_each_time_is_logged(client, answered):
    assert downloads(opened(client, answered)) == []
    serve(answered)
    tree = tree_of(client.get(RESULT))
    links = downloads(tree)
    assert len(links) == 2
    assert "予以公开" in tree.text_content()
    assert "行政复议" in tree.text_content()
    letter, file = (client.get(link) for link in links)
    assert letter.content.startswith(b"%PDF")
    assert file.content.startswith(b"\x89PNG")
    for response in (letter, file):
        assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
        assert response["Cache-Control"] == "no-store, private"
        assert (
            "sandbox" in response["Content-Security-Policy"] or response["X-Content-Type-Options"]
        )
    assert LogEvent.objects.filter(account="portal", verb="files.open").count() == 1
    assert LogEvent.objects.filter(account="portal", verb__startswith="letters.").count() == 1


def test_what_was_asked_by_post_is_not_offered_online(client, answered):
    serve(answered)
    InfoRequest.objects.filter(pk=answered.pk).update(delivery="POST")
    tree = opened(client, answered)
    assert downloads(tree) == []
    assert "邮寄" in tree.text_content()


def test_nobody_fetches_the_papers_of_another(client, place, answered):
    serve(answered)
    links = downloads(opened(client, answered))
    stranger = Client()
    assert [stranger.get(link).status_code for link in links] == [403, 403]
    opened(stranger, online(factories.replied(place.finance)))
    assert [stranger.get(link).status_code for link in links] == [404, 404]
    for key in (f"f{uuid.uuid4()}", "l", "x", "..", "f' OR 1=1"):
        assert client.get(f"{RESULT}wenjian/{key}/").status_code == 404
    proofs = StoredFile.objects.exclude(purpose=Purpose.RELEASED)
    for file in proofs:
        assert client.get(f"{RESULT}wenjian/f{file.pk}/").status_code == 404


def test_the_result_costs_a_fixed_number_of_queries(client, place, django_assert_num_queries):
    opened(client, factories.processing(place.finance))
    with django_assert_num_queries(10):
        client.get(RESULT)


def test_links_on_the_way_lead_somewhere(client, place):
    for link in select(opened(client, factories.processing(place.finance)), "a"):
        url = link.get("href")
        if url.startswith(BASE):
            assert client.get(url).status_code == 200


def test_a_code_typed_into_the_wrong_field_is_not_kept(client, place):
    case = factories.submitted(place.finance)
    assert ask(client, case.query_code, case.number).status_code == 422
    assert PublicAttempt.objects.get().about == ""


def test_a_withdrawal_is_for_the_handlers_eyes_and_goes_with_the_requester(client, place):
    case = factories.processing(place.finance)
    opened(client, case)
    told = {"what": "WITHDRAWAL", "withdrawal-text": "本人万里撤回申请"}
    assert client.post(OFFER, told).status_code == 200
    assert StoredFile.objects.get().purpose == Purpose.REQUEST_ATTACHMENT
