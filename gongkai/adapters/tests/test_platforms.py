"""Publishing on platforms: the whole way, each real refusal, lost answers, nothing twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from gongkai.adapters.mail import SettingsError
from gongkai.adapters.platforms import (
    Article,
    Busy,
    Picture,
    Refused,
    Sent,
    Stage,
    key_of,
    publisher,
)
from gongkai.adapters.platforms.bodies import wechat_body
from gongkai.adapters.platforms.pictures import fitted
from gongkai.adapters.platforms.wechat import WeChat, forget_tokens
from gongkai.adapters.platforms.weibo import Weibo, mid_of
from gongkai.adapters.tests.loopback import closed_port, served
from gongkai.adapters.tests.platforms_faked import FakedWeChat, FakedWeibo

LINK = "https://www.example.gov.cn/zwgk/zcwj/202611/17.html"
SUBMIT, DRAFT = "/cgi-bin/freepublish/submit", "/cgi-bin/draft/add"
SHARE = "/2/statuses/share.json"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget_tokens()


def picture(width: int = 40, kind: str = "PNG") -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, 30), (180, 20, 20)).save(made, kind)
    return made.getvalue()


def article(**values: Any) -> Article:
    told = {
        "title": "关于调整城乡居民医保缴费标准的通知",
        "link": LINK,
        "author": "县医保局",
        "digest": "明年起执行",
        "html": '<p>各乡镇：<a href="/x.html">见附件</a></p>'
        '<p><img src="/zwgk/a.png" alt="流程"></p>'
        '<script>alert(1)</script><p><img src="/zwgk/lost.png" alt=""></p>',
        "text": f"【医保缴费标准调整】明年起执行 {LINK}",
        "cover": picture(),
        "pictures": (Picture("/zwgk/a.png", picture(60)),),
    }
    return Article(**(told | values))


class Kept:
    """Keeps how far an article has come, as the chapter does."""

    def __init__(self) -> None:
        self.sent = Sent()

    def __call__(self, sent: Sent) -> None:
        self.sent = sent


@contextmanager
def wechat(server: FakedWeChat, seconds: float = 5) -> Iterator[WeChat]:
    with served(server) as port:
        yield WeChat("wx1", "s3cret", base=f"http://127.0.0.1:{port}", seconds=seconds)
        server.release.set()


@contextmanager
def weibo(server: FakedWeibo, seconds: float = 5) -> Iterator[Weibo]:
    with served(server) as port:
        yield Weibo("t0ken", base=f"http://127.0.0.1:{port}", seconds=seconds)
        server.release.set()


def test_an_article_goes_from_pictures_to_its_link_and_down_again() -> None:
    server, kept = FakedWeChat(), Kept()
    with wechat(server) as account:
        sent = account.send(article(), Sent(), kept)
        assert (sent.stage, sent.link) == (Stage.PUBLISHED, "http://mp.weixin.qq.com/s/1")
        assert server.paths() == [
            "cgi-bin/stable_token",
            "material/add_material",
            "media/uploadimg",
            "draft/add",
            "freepublish/submit",
            "freepublish/get",
        ]
        told = server.asked[3][1]["articles"][0]
        assert told["thumb_media_id"] == "cover-1"
        assert told["content_source_url"] == LINK
        assert 'src="https://mmbiz.qpic.cn/3"' in told["content"]
        assert "script" not in told["content"]
        assert "<a " not in told["content"]
        assert "lost.png" not in told["content"]
        assert LINK in told["content"]
        assert account.is_there(sent)
        gone = account.take_down(sent)
        assert gone.stage is Stage.GONE
        assert not account.is_there(sent)
        assert account.take_down(sent).stage is Stage.GONE


@pytest.mark.parametrize("code", [40001, 42001])
def test_a_stale_token_is_renewed_once_and_the_call_repeated(code: int) -> None:
    server = FakedWeChat()
    server.script[DRAFT] = [{"errcode": code, "errmsg": "access_token expired"}]
    with wechat(server) as account:
        assert account.send(article(), Sent(), Kept()).stage is Stage.PUBLISHED
    renewed = [told["force_refresh"] for path, told in server.asked if "stable_token" in path]
    assert renewed == [False, True]
    assert len([path for path in server.paths() if path == "draft/add"]) == 2


def test_a_token_that_stays_stale_is_refused_not_asked_for_without_end() -> None:
    server = FakedWeChat()
    stale = {"errcode": 40001, "errmsg": "invalid credential"}
    server.script["/cgi-bin/material/add_material"] = [stale, stale, stale]
    with wechat(server) as account, pytest.raises(Refused, match="核对 AppID"):
        account.send(article(), Sent(), Kept())


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        (SUBMIT, 53503, "没有通过平台的发布检查"),
        (SUBMIT, 48001, "没有发布接口的权限"),
        (SUBMIT, 53500, "封禁"),
        (DRAFT, 45166, "不接受的内容"),
        (DRAFT, 99999, "平台不接受"),
        ("/cgi-bin/stable_token", 40164, "白名单"),
        ("/cgi-bin/stable_token", 40125, "AppSecret"),
    ],
)
def test_a_refusal_says_what_to_do(path: str, code: int, words: str) -> None:
    server, kept = FakedWeChat(), Kept()
    server.script[path] = [{"errcode": code, "errmsg": "no"}]
    with wechat(server) as account:
        with pytest.raises(Refused, match=words) as refused:
            account.send(article(), Sent(), kept)
        assert f"代码{code}" in str(refused.value)
        # What had been done is kept, so that the next attempt goes on from there.
        assert account.send(article(), kept.sent, kept).stage is Stage.PUBLISHED
    assert len([each for each in server.paths() if each == "material/add_material"]) == 1
    assert len(server.articles) == 1


@pytest.mark.parametrize(
    ("code", "least"), [(45009, timedelta(hours=1)), (53501, timedelta(minutes=5)), (-1, None)]
)
def test_limits_are_waited_for(code: int, least: timedelta | None) -> None:
    server = FakedWeChat()
    server.script[SUBMIT] = [{"errcode": code, "errmsg": "reach max api daily quota limit"}]
    with wechat(server) as account, pytest.raises(Busy) as busy:
        account.send(article(), Sent(), Kept())
    assert busy.value.after >= (least or timedelta(0))


@pytest.mark.parametrize("answer", [500, 502, 429])
def test_a_server_in_trouble_is_tried_later(answer: int) -> None:
    server = FakedWeChat()
    server.script[DRAFT] = [answer]
    with wechat(server) as account, pytest.raises(Busy):
        account.send(article(), Sent(), Kept())


def test_nobody_there_is_tried_later() -> None:
    account = WeChat("wx1", "s", base=f"http://127.0.0.1:{closed_port()}", seconds=1)
    with pytest.raises(Busy, match="连接不上"):
        account.send(article(), Sent(), Kept())


def test_a_lost_answer_to_submitting_never_publishes_twice() -> None:
    server, kept = FakedWeChat(), Kept()
    server.script[SUBMIT] = ["slow"]
    with wechat(server, seconds=0.3) as account:
        with pytest.raises(Busy):
            account.send(article(), Sent(), kept)
        assert kept.sent.stage is Stage.SUBMITTING
        sent = account.send(article(), kept.sent, kept)
    assert (sent.stage, sent.link) == (Stage.PUBLISHED, "http://mp.weixin.qq.com/s/1")
    assert len(server.articles) == 1
    assert server.paths().count("freepublish/submit") == 1


def test_after_a_submission_that_never_came_the_draft_is_submitted_again() -> None:
    server, kept = FakedWeChat(), Kept()
    server.script[SUBMIT] = [503]
    with wechat(server) as account:
        with pytest.raises(Busy):
            account.send(article(), Sent(), kept)
        assert account.send(article(), kept.sent, kept).stage is Stage.PUBLISHED
        lost = Sent(Stage.SUBMITTING, {"draft": "draft-of-nobody"})
        with pytest.raises(Busy, match="核实"):
            account.send(article(title="另一篇"), lost, kept)
    assert len(server.articles) == 1


@pytest.mark.parametrize(("status", "words"), [(2, "原创"), (3, "发布失败"), (4, "审核不通过")])
def test_what_the_platform_reviews_is_asked_for_and_told(status: int, words: str) -> None:
    server, kept = FakedWeChat(), Kept()
    server.status = 1
    with wechat(server) as account:
        sent = account.send(article(), Sent(), kept)
        assert (sent.stage, account.look(article(), sent).stage) == (Stage.SUBMITTED,) * 2
        server.status = status
        with pytest.raises(Refused, match=words):
            account.look(article(), sent)
        server.status = 0
        assert account.look(article(), sent).stage is Stage.PUBLISHED


def test_an_article_without_a_cover_or_too_long_is_refused_before_the_draft() -> None:
    server = FakedWeChat()
    with wechat(server) as account:
        with pytest.raises(Refused, match="封面"):
            account.send(article(cover=b""), Sent(), Kept())
        with pytest.raises(Refused, match="人工发布"):
            account.send(article(html="<p>字</p>" * 5000), Sent(), Kept())
    assert "draft/add" not in server.paths()


def test_a_text_is_shared_with_its_link_and_taken_down() -> None:
    server, kept = FakedWeibo(), Kept()
    with weibo(server) as account:
        sent = account.send(article(), Sent(), kept)
        assert sent.link == f"https://weibo.com/1404376560/{mid_of('3501756485200075')}"
        assert server.asked[0][1]["status"] == article().text
        assert "pic" in server.asked[0][1]
        assert account.is_there(sent)
        account.take_down(sent)
        assert not account.is_there(sent)
        assert account.send(article(cover=b""), Sent(), kept).stage is Stage.PUBLISHED


def test_the_short_form_of_a_number_is_weibos_own() -> None:
    assert mid_of("3501756485200075") == "z0JH2lOMb"


def test_a_lost_or_repeated_text_is_found_and_not_said_twice() -> None:
    server, kept = FakedWeibo(), Kept()
    server.script[SHARE] = ["slow"]
    with weibo(server, seconds=0.3) as account:
        with pytest.raises(Busy):
            account.send(article(cover=b""), Sent(), kept)
        assert account.send(article(cover=b""), kept.sent, kept).stage is Stage.PUBLISHED
        # A worker that knows of nothing is told by the platform, and finds it.
        assert account.send(article(cover=b""), Sent(), Kept()).stage is Stage.PUBLISHED
    assert len(server.statuses) == 1


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        (21327, Refused, "授权已经失效"),
        (21332, Refused, "授权已经失效"),
        (20012, Refused, "140字"),
        (20019, Refused, "重复"),
        (10014, Refused, "权限"),
        (10023, Busy, "稍后"),
        (20016, Busy, "稍后"),
    ],
)
def test_what_weibo_answers_otherwise(code: int, error: type[Exception], words: str) -> None:
    server = FakedWeibo()
    server.script[SHARE] = [{"error": "x", "error_code": code}]
    with weibo(server) as account, pytest.raises(error, match=words):
        account.send(article(cover=b""), Sent(), Kept())


def test_a_text_that_shows_late_is_looked_for() -> None:
    server, kept = FakedWeibo(), Kept()
    server.script[SHARE] = [{"error": "slow", "error_code": 20032}]
    with weibo(server) as account:
        sent = account.send(article(cover=b""), Sent(), kept)
        assert sent.stage is Stage.SUBMITTED
        assert account.look(article(), sent) == sent
        server.answer(SHARE, {"status": article().text})
        assert account.look(article(), sent).stage is Stage.PUBLISHED


def test_pictures_are_made_small_and_what_is_none_is_refused() -> None:
    kind, content = fitted(picture(4000), 1024 * 1024)
    assert kind == "image/jpeg"
    with Image.open(BytesIO(content)) as made:
        assert made.width == 1920
    for wrong in (b"", b"GIF89a broken", b"<svg/>"):
        with pytest.raises(Refused, match="打不开"):
            fitted(wrong, 1024)
    with pytest.raises(Refused, match="过大"):
        fitted(picture(2000), 100)


def test_a_body_keeps_tables_and_words_and_no_ways_out() -> None:
    html = (
        '<table><tr><td colspan="2" onclick="x()">金额</td></tr></table>'
        '<a href="javascript:alert(1)">点</a><iframe src="http://x"></iframe><img src="data:x">'
    )
    body = wechat_body(html, {}, LINK)
    assert '<td colspan="2">金额</td>' in body
    for word in ("href", "javascript", "iframe", "<img", "onclick"):
        assert word not in body


def test_settings_name_who_speaks_for_an_account() -> None:
    told: dict[str, Any] = {
        "WECHAT:gh_1": {"kind": "wechat", "appid": "a", "secret": "b"},
        "WEIBO:2": {"kind": "weibo", "token": "t", "base": "http://api.weibo.com"},
        "DOUYIN:3": {"kind": "none"},
        "APP:4": {"kind": "wechat", "appid": "a"},
    }
    assert isinstance(publisher(told, key_of("WECHAT", "gh_1")), WeChat)
    assert publisher(told, key_of("WECHAT", "gh_2")) is None
    twin = publisher(told, "DOUYIN:3")
    assert twin is not None
    kept = Kept()
    sent = twin.send(article(), Sent(), kept)
    assert (sent.stage, sent.link, twin.is_there(sent)) == (Stage.PUBLISHED, LINK, True)
    assert twin.take_down(sent).stage is Stage.GONE
    for key, words in (("WEIBO:2", "https"), ("APP:4", "缺少")):
        with pytest.raises(SettingsError, match=words):
            publisher(told, key)
    assert "s3cret" not in repr(WeChat("wx1", "s3cret"))
