"""Entries on platforms: from the entry's page to the link, refusals, withdrawal, nothing twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from gongkai.adapters.platforms import Article, Busy, Sent, Stage
from gongkai.adapters.platforms import Refused as PlatformRefused
from gongkai.adapters.platforms.wechat import forget_tokens
from gongkai.adapters.tests.loopback import served
from gongkai.adapters.tests.platforms_faked import FakedWeChat
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.models import Entry, WithdrawalReason
from gongkai.disclosure.tests import factories as entries
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.newmedia import actions, tasks
from gongkai.newmedia.actions import Proof, Refused, ToldWrongly, Wording
from gongkai.newmedia.actions.delivering import MOST_ATTEMPTS
from gongkai.newmedia.lifecycle.publications import (
    PUBLICATION_TRANSITIONS,
    PublicationEvent,
    PublicationState,
    next_publication_state,
)
from gongkai.newmedia.models import Account, Post, Publication
from gongkai.newmedia.queries import publishing as reading
from gongkai.newmedia.rules.platforms import Platform
from gongkai.newmedia.rules.publishing import counted, faults_of_wording, suggested
from gongkai.newmedia.tests import factories as made
from gongkai.newmedia.tests.factories import MONDAY, NOW, moment
from gongkai.orgs.models import Organ, Role
from gongkai.outbox.actions import run_due
from gongkai.outbox.models import Job

S = PublicationState
WORDING = Wording(title="节水通知", digest="明年起执行")
LINK = "https://www.example.gov.cn/a/202609/1.html"


def test_every_arrow_is_followed_and_every_other_refused() -> None:
    for state in PublicationState:
        for event in PublicationEvent:
            arrow = PUBLICATION_TRANSITIONS.get((state, event))
            if arrow is not None:
                assert next_publication_state(state, event) is arrow.target
            else:
                with pytest.raises(Refused, match=f"不能{event.label}"):
                    next_publication_state(state, event)


def test_weibo_counts_two_letters_as_one_and_an_address_as_ten() -> None:
    assert counted("节水宣传") == 4
    assert counted("abcd") == 2
    assert counted(f"节水 {LINK}") == 2 + 1 + 10
    for title, plain in (
        ("题" * 200, "正文" * 200),
        ("节水", "每人每天少用一升水"),
        ("a" * 90, ""),
    ):
        told = suggested(Platform.WEIBO, title, plain, LINK)
        assert counted(told.text) <= 140
        assert told.text.endswith(LINK)
        assert not list(
            faults_of_wording(Platform.WEIBO, told, LINK, has_cover=False, by_hand=False)
        )
        told = suggested(Platform.WECHAT, title, plain, LINK)
        assert len(told.title) <= 64
        assert len(told.digest) <= 120


@pytest.mark.parametrize(
    ("platform", "wording", "field", "words"),
    [
        (Platform.WECHAT, Wording(title=""), "title", "请填写"),
        (Platform.WECHAT, Wording(title="题" * 65), "title", "最多64字"),
        (Platform.WECHAT, Wording(title="题", digest="摘" * 121), "digest", "最多120字"),
        (Platform.WECHAT, Wording(title="题"), "cover", "封面"),
        (Platform.WEIBO, Wording(text="字" * 131 + LINK), "text", "最多140字"),
        (Platform.WEIBO, Wording(text="没有链接"), "text", "原文链接"),
        (Platform.TOUTIAO, Wording(title="题" * 31), "title", "最多30字"),
    ],
)
def test_what_a_platform_does_not_take(
    platform: Platform, wording: Wording, field: str, words: str
) -> None:
    faults = faults_of_wording(platform, wording, LINK, has_cover=False, by_hand=False)
    assert any(name == field and words in message for name, message in faults)


@pytest.fixture
def home(db: Any) -> Organ:
    return made.county()


@pytest.fixture
def water(home: Organ) -> Organ:
    return made.department(home)


@pytest.fixture
def entry(home: Organ, water: Organ) -> Entry:
    where = entries.section(home, "zwgk/tzgg")
    at = moment(MONDAY, 1)
    return entries.published(water, where, at=at, title="关于节约用水的通知")


@pytest.fixture
def account(water: Organ, settings: Any) -> Account:
    told = made.registered(water, Platform.WECHAT, platform_id="gh_1", name="靖安水利")
    settings.GONGKAI_PLATFORMS = {"WECHAT:gh_1": {"kind": "none"}}
    return told


def picture() -> bytes:
    data = BytesIO()
    Image.new("RGB", (60, 30), (10, 90, 160)).save(data, "PNG")
    return data.getvalue()


def send(entry: Entry, account: Account, **values: Any) -> Publication:
    told = {"wording": WORDING, "cover": Proof("封面.png", picture()), **values}
    return actions.publish(entry, account, **told, **NOW)


@dataclass
class Scripted:
    """A platform that does what it is told to: one act a call."""

    acts: list[Callable[[Any], Sent]] = field(default_factory=list)
    calls: int = 0

    def send(self, article: Article, known: Sent, keep: Any) -> Sent:
        self.calls += 1
        return self.acts.pop(0)(keep)

    def look(self, article: Article, known: Sent) -> Sent:
        return self.send(article, known, None)

    def is_there(self, known: Sent) -> bool:
        return True

    def take_down(self, known: Sent) -> Sent:
        return self.send(Article(title="", link=""), known, None)


def raises(error: Exception) -> Callable[[Any], Sent]:
    def act(keep: Any) -> Sent:
        raise error

    return act


def gives(stage: Stage, link: str = "", **ids: str) -> Callable[[Any], Sent]:
    return lambda keep: Sent(stage, ids, link)


def test_what_the_public_does_not_see_goes_nowhere(entry: Entry, account: Account) -> None:
    draft = entries.draft(entry.organ, entry.section, title="草稿")
    with pytest.raises(Refused, match="没有在网站公开"):
        send(draft, account)
    with pytest.raises(ToldWrongly, match="封面"):
        send(entry, account, cover=None)
    with pytest.raises(ToldWrongly, match="封面"):
        send(entry, account, cover=Proof("封面.png", b"MZ program"))
    with pytest.raises(ToldWrongly, match="看不见"):
        send(entry, account, wording=Wording(title="节水\x00"))
    send(entry, account)
    with pytest.raises(Refused, match="不能重复发布"):
        send(entry, account)
    assert Publication.objects.count() == 1
    assert Job.objects.filter(kind="newmedia.send").count() == 1


def test_a_busy_platform_is_tried_again_and_given_up_in_the_end(
    entry: Entry, account: Account
) -> None:
    sent = send(entry, account)
    busy = raises(Busy("微信公众号：今天的调用次数已经用完（45009）。", timedelta(hours=6)))
    via = Scripted([busy] * MOST_ATTEMPTS)
    actions.deliver(sent, via, at=moment())
    sent.refresh_from_db()
    assert (sent.state, sent.attempts, sent.next_at) == (S.QUEUED, 1, moment(hour=15))
    assert "45009" in sent.problem
    for _ in range(MOST_ATTEMPTS):
        actions.deliver(sent, via, at=moment())
    sent.refresh_from_db()
    assert (sent.state, via.calls) == (S.FAILED, MOST_ATTEMPTS)
    again = actions.retry(sent, wording=Wording(title="另一个标题"), **NOW)
    assert (again.state, again.title, again.attempts) == (S.QUEUED, "另一个标题", 0)
    [notice] = actions.deliver(sent, Scripted([raises(PlatformRefused("48001"))]), at=moment())
    assert "48001" in notice.text
    by_hand = actions.hand_over(sent, **NOW)
    with pytest.raises(ToldWrongly, match="截图"):
        actions.record_by_hand(by_hand, link="", posted_at=moment(), **NOW)
    done = actions.record_by_hand(
        by_hand, link="", posted_at=moment(), proofs=[Proof("截图.png", picture())], **NOW
    )
    assert (done.state, Post.objects.get().source) == (S.PUBLISHED, "PUBLISHED")


def test_what_was_cancelled_meanwhile_is_not_submitted(entry: Entry, account: Account) -> None:
    sent = send(entry, account)

    def cancelled(keep: Any) -> Sent:
        keep(Sent(Stage.DRAFTED, {"draft": "1"}))
        actions.cancel_publication(sent, why="领导要求暂缓", **NOW)
        keep(Sent(Stage.SUBMITTING, {"draft": "1"}))
        raise AssertionError("submitted all the same")

    assert not actions.deliver(sent, Scripted([cancelled]), at=moment())
    sent.refresh_from_db()
    assert (sent.state, sent.remote["stage"]) == (S.CANCELLED, "DRAFTED")
    assert send(entry, account).pk != sent.pk


def test_a_submission_whose_answer_was_lost_cannot_be_cancelled_and_counts_once(
    entry: Entry, account: Account
) -> None:
    sent = send(entry, account)

    def lost(keep: Any) -> Sent:
        keep(Sent(Stage.SUBMITTING, {"draft": "1"}))
        raise Busy("没有及时应答")

    actions.deliver(sent, Scripted([lost]), at=moment())
    with pytest.raises(Refused, match="核实结果"):
        actions.cancel_publication(sent, why="x", **NOW)
    out = gives(Stage.PUBLISHED, "https://mp.weixin.qq.com/s/1", article="1")
    for _ in range(2):
        actions.deliver(sent, Scripted([out]), at=moment())
    sent.refresh_from_db()
    assert (sent.state, sent.link) == (S.PUBLISHED, "https://mp.weixin.qq.com/s/1")
    assert Post.objects.filter(account=account).count() == 1


@pytest.fixture
def wechat(settings: Any, account: Account) -> Iterator[FakedWeChat]:
    forget_tokens()
    server = FakedWeChat()
    with served(server) as port:
        keys = {"appid": "wx1", "secret": "s", "base": f"http://127.0.0.1:{port}", "seconds": 5}
        settings.GONGKAI_PLATFORMS = {"WECHAT:gh_1": {"kind": "wechat", **keys}}
        yield server
        server.release.set()


def test_from_the_jobs_to_the_platform_and_off_it_when_the_website_withdraws(
    entry: Entry, account: Account, wechat: FakedWeChat
) -> None:
    sent = send(entry, account)
    wechat.status = 1
    run_due(at=moment())
    sent.refresh_from_db()
    assert sent.state == S.SUBMITTED
    wechat.status = 0
    run_due(at=moment(hour=10))
    sent.refresh_from_db()
    assert (sent.state, sent.link) == (S.PUBLISHED, "http://mp.weixin.qq.com/s/1")
    assert sent.post is not None
    assert wechat.drafts == {}
    [published] = wechat.articles.values()
    assert published["title"] == "节水通知"
    assert published["content_source_url"].endswith(entry.address)
    told = {"reason": WithdrawalReason.IN_ERROR, "note": "内容有误"}
    disclosure.withdraw(entry, **told, by=entries.PUBLISHER, at=moment(hour=11))
    actions.follow_entry(entry.pk, at=moment(hour=11))
    actions.follow_entry(entry.pk, at=moment(hour=11))
    run_due(at=moment(hour=12))
    sent.refresh_from_db()
    assert (sent.state, wechat.articles) == (S.WITHDRAWN, {})


def test_what_vanished_from_the_platform_is_found_out(
    entry: Entry, account: Account, wechat: FakedWeChat
) -> None:
    sent = send(entry, account)
    run_due(at=moment())
    via = reading.publisher_of(account)
    sent.refresh_from_db()
    assert via is not None
    assert via.is_there(reading.sent_of(sent))
    assert not actions.check(sent, None, at=moment())
    wechat.articles.clear()
    [notice] = actions.check(sent, via.is_there(reading.sent_of(sent)), at=moment())
    assert notice.grave
    sent.refresh_from_db()
    assert sent.state == S.WITHDRAWN


def test_the_screens_from_the_entry_to_its_link(
    home: Organ, entry: Entry, account: Account, monkeypatch: Any
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY, 17))
    clerk = client_of(person("clerk1", (entry.organ, Role.DEPARTMENT_CLERK)))
    other = made.department(home, "forest", "靖安县林业局")
    stranger = client_of(person("clerk2", (other, Role.DEPARTMENT_CLERK)))
    page = clerk.get(reverse("disclosure:entry", args=[entry.pk])).content.decode()
    assert reverse("newmedia:publish", args=[entry.pk]) in page
    assert "准备发布" in clerk.get(reverse("newmedia:publish", args=[entry.pk])).content.decode()
    url = reverse("newmedia:send", args=[entry.pk, account.pk])
    form = clerk.get(url).content.decode()
    assert "关于节约用水的通知" in form
    refused = clerk.post(url, {"title": "题" * 70, "digest": ""})
    assert refused.status_code == 422
    assert "最多64字" in refused.content.decode()
    told = {"title": "节水通知", "digest": ""}
    assert stranger.get(url).status_code == 404
    assert stranger.post(url, told).status_code == 404
    cover = SimpleUploadedFile("a.png", picture(), "image/png")
    assert clerk.post(url, {**told, "upload": cover}).status_code == 302
    sent = Publication.objects.get()
    where = reverse("newmedia:publication", args=[sent.pk])
    assert "待发布" in clerk.get(where).content.decode()
    assert stranger.get(where).status_code == 404
    run_due(at=moment(MONDAY, 17))
    shown = clerk.get(where).content.decode()
    assert "发布成功" in shown
    assert clerk.get(url).status_code == 404
    act = reverse("newmedia:publication_act", args=[sent.pk, "take-down"])
    assert stranger.post(act, {"why": "x"}).status_code == 404
    looker = client_of(person("leader", (entry.organ, Role.LEADER)))
    assert looker.get(where).status_code == 200
    assert looker.post(act, {"why": "x"}).status_code == 302
    sent.refresh_from_db()
    assert sent.state == S.PUBLISHED
    assert clerk.post(act, {"why": ""}).status_code == 422
    assert clerk.post(act, {"why": "内容有误"}).status_code == 302
    run_due(at=moment(MONDAY, 18))
    sent.refresh_from_db()
    assert sent.state == S.WITHDRAWN


@pytest.mark.parametrize(
    ("body", "state"),
    [("<p>节水通知</p>", S.PUBLISHED), ("<p>该内容已被发布者删除</p>", S.WITHDRAWN)],
)
def test_each_day_a_link_is_opened_as_a_visitor_does(
    entry: Entry, account: Account, body: str, state: S
) -> None:
    def page(file: Any) -> None:
        while file.readline().strip():
            pass
        said = body.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(said)}\r\n\r\n"
        file.write(head.encode() + said)

    sent = send(entry, account, by_hand=True)
    with served(page) as port:
        link = f"http://127.0.0.1:{port}/s/1"
        actions.record_by_hand(sent, link=link, posted_at=moment(), **NOW)
        tasks.check_links(moment(hour=20))
        run_due(at=moment(hour=20))
    sent.refresh_from_db()
    assert (sent.state, sent.checked_at) == (state, moment(hour=20))
