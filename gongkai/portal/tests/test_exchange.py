"""Messages, surveys, questions and emergency notices as a reader without scripts meets them."""

import io
import json
import re
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from gongkai.audit.models import Event
from gongkai.engagement import actions
from gongkai.engagement.models import Ballot, Exchange, Message
from gongkai.engagement.tests import made
from gongkai.engagement.tests.factories import ME, MONDAY, moment, publish
from gongkai.outbox.actions import run_due
from gongkai.portal.publishing import building, keeping
from gongkai.portal.publishing.place import site_trees
from gongkai.portal.publishing.table import touched_by
from gongkai.portal.publishing.view import views
from gongkai.portal.requests import doors
from gongkai.portal.tests.factories import open_county

pytestmark = pytest.mark.django_db
WRITE, FOLLOW = "/hdjl/liuyan/xie/", "/hdjl/liuyan/chaxun/"
OWN = "/hdjl/wodexinxi/"
NOW = moment(MONDAY, 17)


@pytest.fixture
def place(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cache.clear()
    return open_county()


def text(answer):
    return answer.content.decode()


def letter(**changes):
    told = {
        "to": "office:",
        "kind": "ENQUIRY",
        "message_title": "公交改线",
        "message_text": "3路公交何时恢复？",
        "asker": "张小明",
        "contact": "13800001234",
        "consent": "1",
        "submission_key": str(uuid.uuid4()),
    }
    return told | changes


def test_a_message_is_written_answered_and_read(client, place):
    assert "我要写信" in text(client.get("/hdjl/liuyan/"))
    refused = client.post(WRITE, letter(to="", consent="", message_text=""))
    assert refused.status_code == 422
    for said in ("请选择“写给谁”", "请填写“内容”", "请选择“答复以后能不能公开”", "公交改线"):
        assert said in text(refused)
    answer = client.post(WRITE, letter(to=f"organ:{place.finance.pk}"))
    assert answer.status_code == 303
    receipt = text(client.get(answer.url))
    code = re.search(r"查询码</dt>\s*<dd class=\"figure\">\s*(\w+)", receipt)[1]
    assert client.get(answer.url).status_code == 410
    row = Message.objects.get()
    assert row.organ == place.finance
    assert "待办理" in text(client.post(FOLLOW, {"number": row.number, "code": code}))
    wrong = client.post(FOLLOW, {"number": row.number, "code": "AAAAAAAAAA"})
    assert (wrong.status_code, "公交改线" in text(wrong)) == (422, False)
    assert client.get(row.address).status_code == 404
    at = NOW + timedelta(hours=1)
    row = actions.answer_message(row, answer="8日恢复。", by=ME, at=at)
    assert "8日恢复。" in text(client.post(FOLLOW, {"number": row.number, "code": code}))
    words = {"title": "公交改线", "text": "3路何时恢复？", "answer": "8日恢复。"}
    actions.publish_message(row, **words, by=made.OTHER, at=at)
    page = text(client.get(row.address))
    assert "3路何时恢复？" in page
    assert not any(each in page for each in ("张小明", "13800001234"))
    listed = text(client.get("/hdjl/liuyan/"))
    assert (row.address in listed, "按期答复1条（100.0%）" in listed) == (True, True)
    assert client.get(row.address.replace("ly", "LY")).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "organ:999999"},
        {"to": "box:1 OR 1=1"},
        {"kind": "<script>"},
        {"message_text": "长" * 3001},
        {"message_title": "标题\x00"},
        {"submission_key": "not-a-key", "kind": ""},
    ],
)
def test_hostile_letters_change_nothing(client, place, changes):
    assert client.post(WRITE, letter(**changes)).status_code == 422
    assert not Message.objects.exists()


def test_letters_without_proof_are_few_an_hour(client, place):
    statuses = [client.post(WRITE, letter()).status_code for _ in range(doors.SUBMISSIONS_BARE + 1)]
    assert statuses == [303] * doors.SUBMISSIONS_BARE + [429]


def test_codes_are_not_guessed(client, place):
    tries = [
        client.post(FOLLOW, {"number": "LY2026-0001", "code": f"AAAAAAAAA{n}"}).status_code
        for n in range(doors.QUERIES_OF_ONE + 1)
    ]
    assert tries == [422] * doors.QUERIES_OF_ONE + [429]


def test_a_survey_is_answered_once_by_a_browser(client, place):
    assert client.get("/hdjl/wsdc/").status_code == 404
    row = made.survey(place.finance)
    assert "正在进行" in text(client.get("/hdjl/wsdc/"))
    assert "每天" in text(client.get(row.address))
    form = text(client.get(f"{row.address}da/"))
    once = row.questions.get(place=1)
    pick = once.choices.first()
    assert f'name="q{once.pk}"' in form
    empty = client.post(f"{row.address}da/", {"submission_key": str(uuid.uuid4())})
    assert (empty.status_code, "请选择“您多久坐一次公交？”" in text(empty)) == (422, True)
    told = {f"q{once.pk}": pick.pk, "submission_key": str(uuid.uuid4())}
    answer = client.post(f"{row.address}da/", told)
    assert (answer.status_code, answer.url) == (303, f"{row.address}xiexie/")
    assert "已经参加过" in text(client.get(f"{row.address}da/"))
    client.post(f"{row.address}da/", told | {"submission_key": str(uuid.uuid4())})
    assert Ballot.objects.count() == 1


def test_results_are_shown_with_their_charts(client, place, monkeypatch):
    row = made.survey(place.finance)
    once = row.questions.get(place=1)
    for choice in once.choices.all():
        actions.answer_survey(row, picks={once.pk: frozenset({choice.pk})}, by=ME, at=NOW)
    after = moment(row.closes_on + timedelta(days=1))
    actions.publish_results(row, conclusion="增开一班", by=ME, at=after)
    monkeypatch.setattr(timezone, "now", lambda: after)
    page = text(client.get(row.address))
    assert ("50.0%" in page, "增开一班" in page, 'width="100"' in page) == (True, True, True)


def test_a_question_is_asked_until_its_moment(client, place, monkeypatch):
    row = made.interview(place.finance)
    address = f"/hdjl/zxft/{row.pk}/tiwen/"
    assert client.get(address).status_code == 404
    publish(row.entry, moment(MONDAY, 11))
    row.entry.refresh_from_db()
    assert address in text(client.get(row.entry.address))
    told = {"asked": "3路何时恢复？", "submission_key": str(uuid.uuid4())}
    assert client.post(address, told).status_code == 303
    assert Exchange.objects.get().text == "3路何时恢复？"
    monkeypatch.setattr(timezone, "now", lambda: made.plan().held_at)
    assert client.post(address, told | {"submission_key": str(uuid.uuid4())}).status_code == 409
    assert "现在不接收网上提问" in text(client.get(address))


def test_an_emergency_notice_stands_on_the_home_and_in_the_list(client, place):
    told = {"text": "河水上涨<b>", "until": NOW + timedelta(hours=3), "link": "/zwdt/tzgg/"}
    row = actions.raise_banner(place.county, **told, by=ME, at=NOW)
    assert "河水上涨&lt;b&gt;" in text(client.get("/"))
    assert "河水上涨" in text(client.get("/jinji/"))
    (notice,) = json.loads(client.get("/jinji/list.json").content)["notices"]
    assert notice == {"text": "河水上涨<b>", "link": "/zwdt/tzgg/", "until": notice["until"]}
    other = text(client.get("/hdjl/liuyan/"))
    assert ('data-urgent="/jinji/list.json"' in other, "河水上涨" in other) == (True, False)
    actions.lift_banner(row, by=ME, at=NOW)
    assert "河水上涨" not in text(client.get("/"))
    assert json.loads(client.get("/jinji/list.json").content) == {"notices": []}


def test_files_follow_messages_and_notices(place, settings, tmp_path):
    settings.GONGKAI_SITE, settings.GONGKAI_SITE_DIR = "files", tmp_path / "site"
    building.build(processes=1, tell=lambda progress: None)
    tree, view = site_trees().current(), views()[0]

    def file(address):
        body = tree.read(view.place(address))
        return body.decode() if body is not None else None

    row = made.public(place.county)
    banner = {"text": "河水上涨", "until": NOW + timedelta(hours=3)}
    actions.raise_banner(place.county, **banner, by=ME, at=NOW)
    keeping.publish_changes()
    assert "请问3路公交什么时候恢复？" in file(row.address)
    assert row.address in file("/hdjl/liuyan/")
    assert "河水上涨" in file("/")
    assert "河水上涨" in file("/jinji/list.json")
    actions.take_message_off(row, why="有误", by=ME, at=NOW + timedelta(days=1))
    run_due(at=NOW + timedelta(hours=4))  # the notice's time is over
    keeping.publish_changes()
    assert file(row.address) is None
    assert row.address not in file("/hdjl/liuyan/")
    assert "河水上涨" not in file("/jinji/list.json")


def test_a_writer_reads_corrects_and_erases_what_is_held(client, place):
    answer = client.post(WRITE, letter(to=f"organ:{place.finance.pk}"))
    code = re.search(r"查询码</dt>\s*<dd class=\"figure\">\s*(\w+)", text(client.get(answer.url)))[
        1
    ]
    row = Message.objects.get()
    asked = {"number": row.number, "code": code}
    assert "我的个人信息" in text(client.get(OWN))
    for wrong, said in (
        ({**asked, "code": "AAAAAAAAAA", "want": "see"}, "查询码不对"),
        (asked, "请选择“办理事项”"),
        ({**asked, "want": "all"}, "请在所列选项中选择"),
        ({**asked, "want": "correct"}, "请填写姓名或者联系方式"),
        ({**asked, "want": "forget"}, "尚未答复"),
        ({"want": "see"}, "请填写“编号”"),
    ):
        refused = client.post(OWN, wrong)
        assert (refused.status_code, said in text(refused)) == (422, True), wrong
        assert "13800001234" not in text(refused)
    sent = client.post(OWN, {**asked, "want": "see"})
    with zipfile.ZipFile(io.BytesIO(sent.content)) as package:
        held = json.loads(package.read("个人信息.json"))
        assert "13800001234" in package.read("个人信息.html").decode()
    assert (held["姓名"], held["标题"], held["编号"]) == ("张小明", "公交改线", row.number)
    told = {"want": "correct", "name": "张晓明", "contact": "13900001234"}
    assert "已经更正" in text(client.post(OWN, asked | told))
    assert Message.objects.get().who == ("张晓明", "13900001234")
    actions.answer_message(row, answer="8日恢复。", by=ME, at=NOW)
    assert "已经删除" in text(client.post(OWN, {**asked, "want": "forget"}))
    left = Message.objects.get()
    assert (left.who, left.answer, left.has_contact) == (("", ""), "8日恢复。", False)
    assert client.post(OWN, {**asked, "want": "forget"}).status_code == 422
    logged = Event.objects.filter(target=row.typed_id, actor_name="本人").order_by("pk")
    assert [event.verb.partition(".")[2] for event in logged] == [
        *("export_own_data", "correct_asker", "forget_asker")
    ]
    assert "13900001234" not in str([event.after for event in logged])


@pytest.mark.parametrize("verb", ["collect_opinion", "judge_opinion", "show_asker"])
def test_what_is_private_touches_no_page(verb):
    assert touched_by(f"engagement.{verb}") == frozenset()
