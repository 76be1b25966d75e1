"""Servers that speak as WeChat and Weibo do, as far as we ask them, with answers to be scripted."""

import json
import re
import threading
from typing import Any, BinaryIO
from urllib.parse import parse_qs, urlsplit

_DISPOSED = re.compile(rb'name="(\w+)"(?:; filename="[^"]*")?')


class Faked:
    """A server: `script[path]` is a list of answers given first, each JSON, "slow" or a status."""

    def __init__(self) -> None:
        """Begin with nothing asked and nothing scripted."""
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.script: dict[str, list[Any]] = {}
        self.release = threading.Event()

    def __call__(self, file: BinaryIO) -> None:
        """Talk to one client."""
        _, target, _ = file.readline().decode().split(" ", 2)
        length, kind = 0, ""
        while (line := file.readline().decode().strip()) != "":
            name, _, value = line.partition(": ")
            length = int(value) if name.lower() == "content-length" else length
            kind = value if name.lower() == "content-type" else kind
        body = b""
        while len(body) < length:
            body += file.read(length - len(body)) or b""
        address = urlsplit(target)
        told = {key: values[0] for key, values in parse_qs(address.query).items()}
        told |= _read(kind, body)
        self.asked.append((address.path, told))
        scripted = self.script.get(address.path, [])
        answer = scripted.pop(0) if scripted else self.answer(address.path, told)
        if answer == "slow":
            # As the platform does that takes what it is sent and never says so.
            self.answer(address.path, told)
            self.release.wait(5)
            return
        status = answer if isinstance(answer, int) else 200
        said = b"oops" if isinstance(answer, int) else json.dumps(answer).encode()
        file.write(f"HTTP/1.1 {status} x\r\nContent-Length: {len(said)}\r\n\r\n".encode() + said)

    def answer(self, path: str, told: dict[str, Any]) -> Any:
        """Return the usual answer."""
        raise NotImplementedError

    def paths(self) -> list[str]:
        """Return what was asked for, in order, by the last two parts of each path."""
        return ["/".join(path.split("/")[-2:]) for path, _ in self.asked]


class FakedWeChat(Faked):
    """A WeChat Official Account: a draft box, a list of published articles, tokens that end."""

    def __init__(self) -> None:
        """Begin with an empty box and the first token."""
        super().__init__()
        self.tokens, self.drafts, self.articles = 0, {}, {}
        self.status = 0

    def answer(self, path: str, told: dict[str, Any]) -> Any:
        """Answer as the platform does when all goes well."""
        name = "/".join(path.split("/")[-2:])
        if name == "cgi-bin/stable_token":
            self.tokens += bool(told["force_refresh"]) or not self.tokens
            return {"access_token": f"token{self.tokens}", "expires_in": 7200}
        if told.get("access_token") != f"token{self.tokens}":
            return {"errcode": 40001, "errmsg": "invalid credential, access_token is not latest"}
        return getattr(self, "_" + name.replace("/", "_"))(told)

    def _material_add_material(self, told: dict[str, Any]) -> Any:
        return {"media_id": "cover-1", "url": "https://mmbiz.qpic.cn/cover"}

    def _media_uploadimg(self, told: dict[str, Any]) -> Any:
        return {"url": f"https://mmbiz.qpic.cn/{len(self.asked)}"}

    def _draft_add(self, told: dict[str, Any]) -> Any:
        key = f"draft-{len(self.drafts) + 1}"
        self.drafts[key] = told["articles"][0]
        return {"media_id": key}

    def _draft_get(self, told: dict[str, Any]) -> Any:
        held = self.drafts.get(told["media_id"])
        return {"news_item": [held]} if held else {"errcode": 40007, "errmsg": "invalid media_id"}

    def _draft_delete(self, told: dict[str, Any]) -> Any:
        return {"errcode": 0} if self.drafts.pop(told["media_id"], None) else {"errcode": 40007}

    def _freepublish_submit(self, told: dict[str, Any]) -> Any:
        held = self.drafts.pop(told["media_id"], None)
        if held is None:
            return {"errcode": 53502, "errmsg": "draft is gone"}
        number = len(self.articles) + 1
        url = f"http://mp.weixin.qq.com/s/{number}"
        self.articles[f"article-{number}"] = {**held, "url": url, "is_deleted": False}
        return {"errcode": 0, "publish_id": f"10000{number}", "msg_data_id": "7"}

    def _freepublish_get(self, told: dict[str, Any]) -> Any:
        if self.status:
            return {"publish_id": told["publish_id"], "publish_status": self.status, "fail_idx": []}
        key = f"article-{told['publish_id'][5:]}"
        item = [{"idx": 1, "article_url": self.articles[key]["url"]}]
        return {"publish_status": 0, "article_id": key, "article_detail": {"item": item}}

    def _freepublish_batchget(self, told: dict[str, Any]) -> Any:
        rows = [
            {"article_id": key, "content": {"news_item": [each]}}
            for key, each in self.articles.items()
        ]
        return {"total_count": len(rows), "item": rows}

    def _freepublish_getarticle(self, told: dict[str, Any]) -> Any:
        held = self.articles.get(told["article_id"])
        return {"news_item": [held]} if held else {"errcode": 53600, "errmsg": "Article ID 无效"}

    def _freepublish_delete(self, told: dict[str, Any]) -> Any:
        gone = self.articles.pop(told["article_id"], None)
        return {"errcode": 0} if gone else {"errcode": 53600}


class FakedWeibo(Faked):
    """A Weibo account: a timeline, and no text twice."""

    def __init__(self) -> None:
        """Begin with an empty timeline."""
        super().__init__()
        self.statuses: list[dict[str, Any]] = []

    def answer(self, path: str, told: dict[str, Any]) -> Any:
        """Answer as the platform does when all goes well."""
        name = path.rpartition("/")[2]
        if name == "share.json":
            text = re.sub(r"https?://\S+", "http://t.cn/A6", told["status"])
            if any(each["text"] == text for each in self.statuses):
                return {"error": "repeat content!", "error_code": 20019, "request": path}
            made = {"idstr": str(3501756485200075 + len(self.statuses)), "text": text}
            self.statuses.insert(0, {**made, "user": {"idstr": "1404376560"}})
            return self.statuses[0]
        if name == "user_timeline.json":
            return {"statuses": self.statuses}
        found = next((each for each in self.statuses if each["idstr"] == told["id"]), None)
        if found is None:
            return {"error": "target weibo does not exist!", "error_code": 20101}
        if name == "destroy.json":
            self.statuses.remove(found)
        return found


def _read(kind: str, body: bytes) -> dict[str, Any]:
    if kind.startswith("application/json"):
        told: dict[str, Any] = json.loads(body)
        return told
    if kind.startswith("multipart/"):
        boundary = b"--" + kind.partition("boundary=")[2].encode()
        found = {}
        for part in body.split(boundary)[1:-1]:
            head, _, content = part.partition(b"\r\n\r\n")
            if named := _DISPOSED.search(head):
                found[named[1].decode()] = content.removesuffix(b"\r\n").decode("latin-1")
        return {name: _text(value) for name, value in found.items()}
    return {key: values[0] for key, values in parse_qs(body.decode()).items()}


def _text(value: str) -> str:
    try:
        return value.encode("latin-1").decode()
    except UnicodeDecodeError:
        return value
