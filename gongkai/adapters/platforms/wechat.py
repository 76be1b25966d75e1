"""WeChat Official Accounts (微信公众号): pictures, a draft, its publication, its withdrawal.

Steps and codes are those of developers.weixin.qq.com: stable_token, media/uploadimg,
material/add_material, draft/add, freepublish/submit, get, batchget, getarticle and delete. That
submitting was answered does not mean that it is published: `look` asks.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from gongkai.adapters.platforms.bodies import wechat_body
from gongkai.adapters.platforms.pictures import fitted
from gongkai.adapters.platforms.talking import Line
from gongkai.adapters.platforms.types import Article, Busy, Keep, Refused, Sent, Stage

NAME = "微信公众号"
MOST_TITLE, MOST_AUTHOR, MOST_DIGEST = 64, 8, 120
MOST_PICTURES = 30
_PICTURE_BYTES, _COVER_BYTES = 1024 * 1024 - 1, 2 * 1024 * 1024
_EARLY = 300  # a token is renewed this many seconds before it ends
_STALE = (40001, 40014, 42001)
_GONE = (53600,)  # no such article any more
_NO_DRAFT = (40007, 53502)
_BUSY = {
    -1: timedelta(minutes=1),
    45009: timedelta(hours=6),  # the day's calls are used up
    45011: timedelta(minutes=2),
    53501: timedelta(minutes=10),
}
_WORDS = {
    40001: "凭证无效，请核对 AppID 和 AppSecret。",
    40013: "AppID 不正确，请核对设置。",
    40125: "AppSecret 不正确，请核对设置。",
    40164: "本服务器的 IP 不在公众号的白名单中，请到公众平台添加。",
    45003: "标题过长，请缩短。",
    45004: "摘要过长，请缩短。",
    45166: "正文有平台不接受的内容，请修改。",
    48001: "公众号没有发布接口的权限，请核对认证情况，或者改用人工发布。",
    53500: "公众号的发布功能已被封禁，请到公众平台查看。",
    53503: "草稿没有通过平台的发布检查，请修改标题、封面或者正文。",
    53504: "平台要求到公众平台官网使用草稿，请在官网发布后登记。",
    53505: "平台要求到公众平台官网保存后再发布，请在官网发布后登记。",
}
_STATUS = {
    2: "平台没有通过原创声明。",
    3: "平台发布失败，没有说明原因，请到公众平台查看。",
    4: "平台审核不通过，请修改内容。",
    5: "发布后又被删除。",
    6: "发布后被平台封禁。",
}
_tokens: dict[tuple[str, str], tuple[str, float]] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class WeChat:
    """One account, by its AppID and AppSecret."""

    appid: str
    secret: str = field(repr=False)
    base: str = "https://api.weixin.qq.com"
    seconds: float = 20.0
    ca_file: str = field(default="", repr=False)
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)

    @property
    def line(self) -> Line:
        """The line to the platform."""
        return Line(self.base, NAME, self.seconds, self.ca_file)

    def send(self, article: Article, known: Sent, keep: Keep) -> Sent:
        """Upload, draft and submit, from where it stands; raises Busy, Refused."""
        sent = known
        if sent.stage is Stage.SUBMITTING:
            found = self._found(article)
            if found is not None:
                return found
            self._expect_draft(sent)
        if sent.stage is Stage.NEW:
            sent = self._draft(article, sent, keep)
        if sent.stage in (Stage.DRAFTED, Stage.SUBMITTING):
            sent = self._submit(sent, keep)
        return self.look(article, sent)

    def look(self, article: Article, known: Sent) -> Sent:
        """Ask how far the publication has come; raises Busy, Refused."""
        said = self._post("/cgi-bin/freepublish/get", {"publish_id": known.ids["publish"]})
        status = said.get("publish_status")
        if status == 1:
            return known
        if status != 0:
            raise Refused(f"{NAME}：{_STATUS.get(status, f'发布状态{status}，请到公众平台查看。')}")
        items = (said.get("article_detail") or {}).get("item") or [{}]
        ids = {**known.ids, "article": str(said.get("article_id", ""))}
        return Sent(Stage.PUBLISHED, ids, str(items[0].get("article_url", "")))

    def is_there(self, known: Sent) -> bool:
        """Ask for the article; raises Busy, Refused."""
        told = {"article_id": known.ids["article"]}
        said = self._post("/cgi-bin/freepublish/getarticle", told, allowed=_GONE)
        items = said.get("news_item") or []
        return bool(items) and not any(each.get("is_deleted") for each in items)

    def take_down(self, known: Sent) -> Sent:
        """Delete the article, or the draft when it was not published; raises Busy, Refused."""
        if known.ids.get("article"):
            told: dict[str, Any] = {"article_id": known.ids["article"], "index": 0}
            self._post("/cgi-bin/freepublish/delete", told, allowed=_GONE)
        elif known.ids.get("draft"):
            told = {"media_id": known.ids["draft"]}
            self._post("/cgi-bin/draft/delete", told, allowed=_NO_DRAFT)
        return Sent(Stage.GONE, known.ids, known.link)

    def _draft(self, article: Article, known: Sent, keep: Keep) -> Sent:
        ids = dict(known.ids)
        if "cover" not in ids:
            ids["cover"] = self._cover(article)
            keep(Sent(Stage.NEW, dict(ids)))
        addresses = {}
        for place, picture in enumerate(article.pictures[:MOST_PICTURES]):
            name = f"picture{place}"
            if name not in ids:
                kind, content = fitted(picture.content, _PICTURE_BYTES)
                said = self._upload("/cgi-bin/media/uploadimg", {}, kind, content)
                ids[name] = str(said.get("url", ""))
                keep(Sent(Stage.NEW, dict(ids)))
            addresses[picture.address] = ids[name]
        told = {
            "title": article.title,
            "author": article.author[:MOST_AUTHOR],
            "digest": article.digest,
            "content": wechat_body(article.html, addresses, article.link),
            "content_source_url": article.link,
            "thumb_media_id": ids["cover"],
            "need_open_comment": 1,
        }
        said = self._post("/cgi-bin/draft/add", {"articles": [told]})
        sent = Sent(Stage.DRAFTED, {**ids, "draft": str(said["media_id"])})
        keep(sent)
        return sent

    def _cover(self, article: Article) -> str:
        if not article.cover:
            raise Refused(f"{NAME}的图文必须有封面图片，请选择或者上传封面。")
        kind, content = fitted(article.cover, _COVER_BYTES)
        said = self._upload("/cgi-bin/material/add_material", {"type": "image"}, kind, content)
        return str(said["media_id"])

    def _submit(self, known: Sent, keep: Keep) -> Sent:
        keep(Sent(Stage.SUBMITTING, known.ids))
        try:
            told = {"media_id": known.ids["draft"]}
            said = self._post("/cgi-bin/freepublish/submit", told)
        except Refused:
            keep(Sent(Stage.DRAFTED, known.ids))  # the platform said no: nothing is under way
            raise
        sent = Sent(Stage.SUBMITTED, {**known.ids, "publish": str(said["publish_id"])})
        keep(sent)
        return sent

    def _found(self, article: Article) -> Sent | None:
        """Return this article among the newest published ones: a lost answer had gone well."""
        told = {"offset": 0, "count": 20, "no_content": 1}
        for item in self._post("/cgi-bin/freepublish/batchget", told).get("item") or []:
            for each in (item.get("content") or {}).get("news_item") or []:
                same = each.get("content_source_url") == article.link
                if same and each.get("title") == article.title and not each.get("is_deleted"):
                    ids = {"article": str(item.get("article_id", ""))}
                    return Sent(Stage.PUBLISHED, ids, str(each.get("url", "")))
        return None

    def _expect_draft(self, known: Sent) -> None:
        """Say Busy while the draft is gone from the box and the article is not out yet."""
        told = {"media_id": known.ids["draft"]}
        said = self._post("/cgi-bin/draft/get", told, allowed=_NO_DRAFT)
        if not said.get("news_item"):
            why = f"{NAME}：上次提交没有得到应答，正在核实是否已经发布，请到公众平台查看。"
            raise Busy(why, timedelta(minutes=10))

    def _post(
        self, path: str, told: Mapping[str, Any], allowed: tuple[int, ...] = ()
    ) -> dict[str, Any]:
        return self._asked(lambda token: self.line.post(path, token, told), allowed)

    def _upload(
        self, path: str, query: Mapping[str, str], kind: str, content: bytes
    ) -> dict[str, Any]:
        files = {"media": (f"picture.{kind.rpartition('/')[2]}", kind, content)}
        return self._asked(lambda token: self.line.upload(path, {**query, **token}, {}, files))

    def _asked(
        self, ask: Callable[[Mapping[str, str]], dict[str, Any]], allowed: tuple[int, ...] = ()
    ) -> dict[str, Any]:
        """Ask with a token, once more with a new one when the old has become stale."""
        said = ask({"access_token": self._token()})
        if said.get("errcode") in _STALE:
            said = ask({"access_token": self._token(renewed=True)})
        return _checked(said, allowed)

    def _token(self, *, renewed: bool = False) -> str:
        """Return the token of the account, asked for anew when it ends or is said to be stale."""
        key = (self.base, self.appid)
        with _lock:
            held, until = _tokens.get(key, ("", 0.0))
            if held and not renewed and self.clock() < until:
                return held
            told = {
                "grant_type": "client_credential",
                "appid": self.appid,
                "secret": self.secret,
                "force_refresh": renewed,
            }
            said = _checked(self.line.post("/cgi-bin/stable_token", {}, told))
            token = str(said["access_token"])
            seconds = float(said.get("expires_in", 7200)) - _EARLY
            _tokens[key] = (token, self.clock() + max(seconds, 0))
            return token


def forget_tokens() -> None:
    """Forget every token of this process."""
    _tokens.clear()


def _checked(said: dict[str, Any], allowed: tuple[int, ...] = ()) -> dict[str, Any]:
    code = said.get("errcode", 0)
    if not code or code in allowed:
        return said
    if code in _BUSY:
        more = "今天的调用次数已经用完，" if code == 45009 else ""
        raise Busy(f"{NAME}：{more}平台要求稍后再试（{code}）。", _BUSY[code])
    words = _WORDS.get(40001 if code in _STALE else code)
    told = str(said.get("errmsg", ""))[:100]
    raise Refused(f"{NAME}：{words or f'平台不接受（{told}）。'}（代码{code}）")
