"""Weibo (微博): a short text with the link to our page, by the open platform's statuses/share.

The text must hold a link of the domain bound to the app. Weibo has no draft: what was asked and not
answered is looked for in the account's own timeline before it is asked again.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from gongkai.adapters.platforms.pictures import fitted
from gongkai.adapters.platforms.talking import Line
from gongkai.adapters.platforms.types import Article, Busy, Keep, Refused, Sent, Stage

NAME = "微博"
_PICTURE_BYTES = 5 * 1024 * 1024 - 1
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LATE = 20032  # taken, and shown in a minute or two
_REPEATED = (20017, 20019)
_GONE = (20101,)
_BUSY = {
    10001: timedelta(minutes=5),
    10009: timedelta(minutes=5),
    10010: timedelta(minutes=5),
    10011: timedelta(minutes=5),
    10022: timedelta(hours=1),
    10023: timedelta(hours=1),
    10024: timedelta(hours=1),
    20016: timedelta(hours=1),
}
_STALE = frozenset({21314, 21315, 21316, 21317, 21319, 21327, 21332})
_WORDS = {
    10014: "应用没有这个接口的权限，请到微博办理后登记。",
    20012: "文字超过140字，请缩短。",
    20018: "文字中有平台不接受的网址，请核对应用绑定的安全域名。",
    20020: "平台认为文字像广告，请修改。",
    20021: "平台认为内容不合规，请修改。",
}


@dataclass(frozen=True, slots=True)
class Weibo:
    """One account, by the token that its keeper granted to the county's app."""

    token: str = field(repr=False)
    base: str = "https://api.weibo.com"
    seconds: float = 20.0
    ca_file: str = field(default="", repr=False)

    @property
    def line(self) -> Line:
        """The line to the platform."""
        return Line(self.base, NAME, self.seconds, self.ca_file)

    def send(self, article: Article, known: Sent, keep: Keep) -> Sent:
        """Publish the text, unless it stands there already; raises Busy, Refused."""
        if known.stage is Stage.SUBMITTED:
            return self.look(article, known)
        if known.stage is Stage.SUBMITTING:
            found = self._found(article)
            if found is not None:
                return found
        keep(Sent(Stage.SUBMITTING, known.ids))
        said = self._share(article)
        code = said.get("error_code", 0)
        if code == _LATE:
            sent = Sent(Stage.SUBMITTED, known.ids)
            keep(sent)
            return sent
        if code in _REPEATED:
            found = self._found(article)
            if found is not None:
                return found
            raise Refused(f"{NAME}：平台认为与已经发布的内容重复，请修改文字。（代码{code}）")
        return _sent(_checked(said))

    def look(self, article: Article, known: Sent) -> Sent:
        """Look for the text in the account's timeline; raises Busy, Refused."""
        return self._found(article) or known

    def is_there(self, known: Sent) -> bool:
        """Ask for the status; raises Busy, Refused."""
        query = {"access_token": self.token, "id": known.ids["status"]}
        said = self.line.get("/2/statuses/show.json", query)
        return bool(_checked(said, _GONE).get("idstr"))

    def take_down(self, known: Sent) -> Sent:
        """Delete the status; raises Busy, Refused."""
        told = {"access_token": self.token, "id": known.ids["status"]}
        _checked(self.line.form("/2/statuses/destroy.json", told), _GONE)
        return Sent(Stage.GONE, known.ids, known.link)

    def _share(self, article: Article) -> dict[str, Any]:
        told = {"access_token": self.token, "status": article.text}
        if not article.cover:
            return self.line.form("/2/statuses/share.json", told)
        kind, content = fitted(article.cover, _PICTURE_BYTES)
        files = {"pic": ("picture.jpg", kind, content)}
        return self.line.upload("/2/statuses/share.json", {}, told, files)

    def _found(self, article: Article) -> Sent | None:
        """Return this text among the account's newest; links there are shortened, words are not."""
        query = {"access_token": self.token, "count": "20"}
        said = _checked(self.line.get("/2/statuses/user_timeline.json", query))
        words = _words(article.text, article.link)
        for each in said.get("statuses") or []:
            if words and _words(str(each.get("text", "")), article.link).startswith(words):
                return _sent(each)
        return None


def mid_of(number: str) -> str:
    """Return the short form of a status's number, as it stands in addresses."""
    parts = []
    rest = number
    while rest:
        head, tail = rest[:-7], rest[-7:]
        value, made = int(tail), ""
        while value:
            value, digit = divmod(value, 62)
            made = _DIGITS[digit] + made
        parts.append(made.rjust(4, "0") if head else made or "0")
        rest = head
    return "".join(reversed(parts))


def _sent(said: dict[str, Any]) -> Sent:
    number = str(said.get("idstr") or said.get("id") or "")
    user = said.get("user") or {}
    holder = str(user.get("idstr") or user.get("id") or "")
    if not (number.isascii() and number.isdigit()):
        raise Busy(f"{NAME}的应答没有给出微博编号。")
    link = f"https://weibo.com/{holder}/{mid_of(number)}" if holder else ""
    return Sent(Stage.PUBLISHED, {"status": number}, link)


def _words(text: str, link: str) -> str:
    return "".join(text.replace(link, " ").split("http")[0].split())


def _checked(said: dict[str, Any], allowed: tuple[int, ...] = ()) -> dict[str, Any]:
    code = said.get("error_code", 0)
    if not code or code in allowed:
        return said
    if code in _BUSY:
        raise Busy(f"{NAME}：平台要求稍后再试（{code}）。", _BUSY[code])
    if code in _STALE:
        raise Refused(f"{NAME}：授权已经失效，请账号保管人重新授权，更换令牌。（代码{code}）")
    told = _WORDS.get(code) or f"平台不接受（{str(said.get('error', ''))[:100]}）。"
    raise Refused(f"{NAME}：{told}（代码{code}）")
