"""What an address answered: links, pictures, attachments that do not open (law.md 4.3)."""

import re
from datetime import datetime
from urllib.parse import unquote, urlsplit

from gongkai.inspections.rules.faults import Fault
from gongkai.text.sitepages import Answer, Trouble

FILES = frozenset(
    ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "ofd", "zip", "rar", "7z",
     "txt", "csv", "rtf", "mp4", "mp3", "apk", "exe", "tif", "ceb", "jpg", "jpeg", "png", "gif",
     "bmp", "dps", "webp", "tiff"]
)  # fmt: skip
_ARTICLE = re.compile(r"\.(?:s?html?|jsp|aspx?|php)$|\d{4,}", re.I)
_PAGES = ("text/html", "application/xhtml+xml", "")


def ending(address: str, name: str = "") -> str:
    """Return what a file's name promises, "" for nothing; the header's name goes first."""
    for told in (name, unquote(urlsplit(address).path)):
        end = told.rpartition(".")[2].strip().lower()
        if "." in told and end in FILES:
            return end
    return ""


def is_file(answer: Answer) -> bool:
    """Say whether an address is that of an attachment, by its name or by what came."""
    if answer.trouble in (Trouble.LOCAL, Trouble.INSIDE):
        return False
    if ending(answer.asked, answer.name) or ending(answer.address):
        return True
    return answer.is_open and answer.media not in _PAGES and not answer.media.startswith("text/")


def link(answer: Answer, found_on: str, words: str, at: datetime) -> Fault | None:
    """Return what is wrong with the target of a link, None where it opens."""
    rule, why = _wrong_file(answer) if is_file(answer) else _wrong_page(answer)
    return _fault(rule, why, answer, f"链接“{words}”在 {found_on}", at) if rule else None


def picture(answer: Answer, found_on: str, broken: str, at: datetime) -> Fault | None:
    """Return what is wrong with a picture; `broken` says why its bytes are none."""
    if answer.trouble is Trouble.LOOP:
        return _fault("redirect-loop", "图片地址循环跳转。", answer, f"图片在 {found_on}", at)
    why = _not_open(answer) or ("图片没有内容" if not answer.size else broken)
    return _fault("image-dead", why + "。", answer, f"图片在 {found_on}", at) if why else None


def led_home(answer_address: str, asked: str, *, is_home: bool) -> bool:
    """Say whether an article's address leads to the home page instead."""
    return is_home and asked != answer_address and bool(_ARTICLE.search(urlsplit(asked).path))


def _wrong_page(answer: Answer) -> tuple[str, str]:
    by_trouble = {
        Trouble.LOOP: "redirect-loop", Trouble.TIMEOUT: "link-timeout",
        Trouble.TRUNCATED: "link-truncated",
    }  # fmt: skip
    if why := _not_open(answer):
        return by_trouble.get(answer.trouble, "link-dead"), f"链接打不开：{why}。"
    if not answer.size and answer.status not in (204, 304):
        return "link-dead", "链接打开后没有任何内容。"
    return "", ""


def _wrong_file(answer: Answer) -> tuple[str, str]:
    if answer.trouble is Trouble.LOOP:
        return "redirect-loop", "附件地址循环跳转。"
    if why := _not_open(answer):
        return "attachment-dead", f"附件打不开：{why}。"
    return ("attachment-empty", "附件没有内容（0字节）。") if not answer.size else ("", "")


def _not_open(answer: Answer) -> str:
    if answer.trouble is not Trouble.NONE:
        return answer.trouble.label
    return "" if answer.is_open else f"服务器返回{answer.status}"


def _fault(rule: str, why: str, answer: Answer, evidence: str, at: datetime) -> Fault:
    return Fault(
        rule=rule, address=answer.asked, why=why, evidence=evidence, found_at=at,
        status=answer.status, seconds=round(answer.seconds, 3), target=answer.asked,
    )  # fmt: skip
