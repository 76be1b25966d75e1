"""A matter told online and followed by its code; published orders; nothing of anybody else."""

import uuid

import pytest
from django.core.cache import cache
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.hotline import actions
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.tests.factories import ME, RECEIVED_ON, closed, do, moment, received
from gongkai.portal.publishing.changes import Changes, note, touched_on
from gongkai.portal.publishing.view import views
from gongkai.portal.tests.factories import open_county

pytestmark = pytest.mark.django_db
COLUMN = "/hdjl/rexian/"
FORM, FOLLOW, RECEIPT = f"{COLUMN}tijiao/", f"{COLUMN}chaxun/", f"{COLUMN}huizhi/"
NOW = moment(RECEIVED_ON, 10)
WORDS = actions.PublicText("村道路灯", "某村路灯坏了<b>很久</b>", "已经修好")


@pytest.fixture
def place(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cache.clear()
    return open_county()


def typed(**changes):
    told = {
        "kind": "HELP",
        "category": "01",
        "subject": "路灯坏了",
        "content": "三组路灯坏了半个月",
        "phone": "13800001234",
        "submission_key": str(uuid.uuid4()),
    }
    return told | changes


def test_a_matter_is_told_followed_and_answered_in_public(client, place):
    assert FORM in client.get(COLUMN).content.decode()
    assert client.get(FORM).status_code == 200
    told = typed(may_publish="on")
    sent = client.post(FORM, told)
    assert (sent.status_code, sent.url) == (303, RECEIPT)
    client.post(FORM, told)  # once more, by a nervous finger
    order = WorkOrder.objects.get()
    page = client.get(RECEIPT).content.decode()
    assert order.number in page
    code = page.split("查询码</dt>")[1].split("<dd")[1].split(">")[1].split("<")[0].strip()
    assert client.get(RECEIPT).status_code == 410
    asked = {"number": order.number, "code": code.lower()}
    assert "待派单" in client.post(FOLLOW, asked).content.decode()
    wrong = client.post(FOLLOW, asked | {"code": "AAAAAAAAAA"})
    assert wrong.status_code == 422
    assert "三组" not in wrong.content.decode()
    for verb, words in (
        (actions.answer, {"text": "已经更换灯泡"}),
        (actions.pass_answer, {}),
        (actions.call_back, {"reached": True}),
        (actions.close, {}),
    ):
        do(verb, order, RECEIVED_ON, **words)
    assert "已经更换灯泡" in client.post(FOLLOW, asked).content.decode()
    url = f"{COLUMN}{order.pk}.html"
    assert client.get(url).status_code == 404
    actions.publish(order, told=WORDS, by=ME, at=moment(RECEIVED_ON, 18))
    assert url in client.get(COLUMN).content.decode()
    page = client.get(url).content.decode()
    assert "某村路灯坏了&lt;b&gt;" in page
    for secret in ("13800001234", "三组"):
        assert secret not in page
    own = "/hdjl/wodexinxi/"
    assert client.post(own, asked | {"want": "see"}).content[:2] == b"PK"
    refused = client.post(own, asked | {"want": "correct"})
    assert (refused.status_code, "请填写“联系电话”" in refused.content.decode()) == (422, True)
    told = {"want": "correct", "name": "李四", "contact": "13900001234"}
    assert client.post(own, asked | told).status_code == 200
    assert WorkOrder.objects.get().caller == actions.Caller("李四", "13900001234")
    assert client.post(own, asked | {"want": "forget"}).status_code == 200
    assert WorkOrder.objects.get().caller_erased


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"phone": ""}, "请填写“联系电话”"),
        ({"content": ""}, "请填写“诉求内容”"),
        ({"kind": "RUMOUR"}, "诉求类型"),
        ({"content": "长" * 4001}, "不能超过4000字"),
    ],
)
def test_a_wrong_form_says_so_and_keeps_what_was_typed(client, place, wrong, message):
    page = client.post(FORM, typed(**wrong))
    assert page.status_code == 422
    assert message in page.content.decode()
    assert "路灯坏了" in page.content.decode()
    assert not WorkOrder.objects.exists()


def test_what_is_published_or_taken_off_is_written_again(client, place):
    order = closed(place.finance, may_publish=True)
    actions.publish(order, told=WORDS, by=ME, at=NOW)
    received(place.finance)
    actions.unpublish(order, reason="撤回同意", by=ME, at=NOW)
    (view,) = views()
    for event in LoggedEvent.objects.filter(verb__startswith="hotline."):
        changes = Changes()
        note(changes, event.verb, event.target, event.chain)
        touched = touched_on(view, changes).addresses
        public = event.verb in ("hotline.publish", "hotline.unpublish")
        assert (f"{COLUMN}{order.pk}.html" in touched) is public, event.verb
        assert (COLUMN in touched) is public
    assert client.get(f"{COLUMN}{order.pk}.html").status_code == 404
