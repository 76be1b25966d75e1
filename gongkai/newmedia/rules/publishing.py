"""What a platform takes: lengths, a cover, and a wording made of an entry to begin with."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from gongkai.newmedia.lifecycle import ToldWrongly
from gongkai.newmedia.rules.platforms import Platform

_ADDRESS = re.compile(r"https?://[^\s一-鿿，。；！？、）】]+")
_ADDRESS_COUNTS = 10
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LONGEST_TITLE, LONGEST_DIGEST, LONGEST_TEXT = 300, 500, 2000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform takes at most; None: the part is not used there."""

    title: int | None = None
    digest: int | None = None
    text: int | None = None
    cover: bool = False  # must have one


_USUAL = Limits(title=64, digest=120)
LIMITS: Mapping[Platform, Limits] = {
    Platform.WECHAT: Limits(title=64, digest=120, cover=True),
    Platform.WEIBO: Limits(text=140),
    Platform.TOUTIAO: Limits(title=30, digest=120),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person may change for one platform: title and digest, or the text of a short one."""

    title: str = ""
    digest: str = ""
    text: str = ""


def limits_of(platform: Platform) -> Limits:
    """Return what a platform takes."""
    return LIMITS.get(platform, _USUAL)


def counted(text: str) -> int:
    """Return how long Weibo counts a text: a letter of ASCII half, an address ten."""
    plain, addresses = _ADDRESS.subn("", text)
    letters = sum(1 if ord(each) > 127 else 0.5 for each in plain)
    return math.ceil(letters) + addresses * _ADDRESS_COUNTS


def suggested(platform: Platform, title: str, plain: str, link: str) -> Wording:
    """Return a wording that fits, made of an entry's title and text; `link` is our page."""
    limits, lines = limits_of(platform), " ".join(plain.split())
    if limits.text is not None:
        return Wording(title=title, text=_short(title, lines, link, limits.text))
    return Wording(_cut(title, limits.title or 64), _cut(lines, limits.digest or 120))


def faults_of_wording(
    platform: Platform, wording: Wording, link: str, *, has_cover: bool, by_hand: bool
) -> Iterator[tuple[str, str]]:
    """Yield what stands against a wording: the field and the message with its remedy.

    By hand nothing must have a cover, for whoever publishes adds one there.
    """
    limits = limits_of(platform)
    if limits.text is not None:
        length = counted(wording.text)
        if not wording.text.strip():
            yield "text", "请填写“微博文字”"
        elif length > limits.text:
            yield "text", f"“微博文字”有{length}字，最多{limits.text}字，请缩短"
        elif link not in wording.text:
            yield "text", f"“微博文字”应当带有原文链接：{link}"
    else:
        for name, label, most in (
            ("title", "标题", limits.title),
            ("digest", "摘要", limits.digest),
        ):
            value = getattr(wording, name)
            if name == "title" and not value.strip():
                yield name, "请填写“标题”"
            elif most is not None and len(value) > most:
                yield name, f"“{label}”有{len(value)}字，{platform.label}最多{most}字，请缩短"
    if limits.cover and not has_cover and not by_hand:
        yield "cover", f"{platform.label}必须有封面图片，请选择或者上传"


def tidy(wording: Wording) -> Wording:
    """Return a wording without outer blanks.

    Raises:
        ToldWrongly: a part is longer than any platform takes or has characters nobody sees.
    """
    parts = (
        ("title", "标题", LONGEST_TITLE),
        ("digest", "摘要", LONGEST_DIGEST),
        ("text", "微博文字", LONGEST_TEXT),
    )
    for name, label, longest in parts:
        value = getattr(wording, name)
        if len(value) > longest:
            raise ToldWrongly(f"“{label}”过长，请缩短", name)
        if _HIDDEN.search(value):
            raise ToldWrongly(f"“{label}”含有看不见的字符，请重新输入", name)
    return replace(wording, **{name: getattr(wording, name).strip() for name, _, _ in parts})


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _short(title: str, lines: str, link: str, most: int) -> str:
    """Return a text of a title, as much of the beginning as fits, and the link."""
    room = most - _ADDRESS_COUNTS - 6
    head = f"【{_cut(title, room - 10)}】"
    left = room - counted(head)
    body = lines
    while body and counted(body) > left:
        body = body[: max(len(body) - max(1, (counted(body) - left) // 2), 0)]
    more = f"{body}…" if body and body != lines else body
    return f"{head}{more} {link}"
