"""How each cell of a table is read: moments, days, platforms, functions, yes and no."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta

from gongkai.newmedia.rules.platforms import Platform, PostKind, platform_named
from gongkai.newmedia.rules.texts import used

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 -- day 0 of a spreadsheet, in the county's own time
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})"
    r"(?:\.\d+)?秒?|分)?)?"
)
_NOTHING = ("", "/", "-", "—", "--", "——", "无")
_YES, _NO = ("是", "有", "√"), ("否", "没有", "×")


def read_moment(text: str) -> datetime:
    """Return the moment that a cell names: 2020-3-5 10:30, 2020年3月5日, a serial number.

    A day alone is its noon, which is the same day in every way of counting.

    Raises:
        ValueError: it names none.
    """
    told = unicodedata.normalize("NFKC", text).strip()
    if _SERIAL.fullmatch(told):
        moment = _EPOCH + timedelta(minutes=round(float(told) * 24 * 60))
        return moment if "." in told else moment.replace(hour=12)
    found = _MOMENT.fullmatch(told)
    if found is None:
        raise ValueError(f"“{text[:30]}”不是日期和时间，请写成2020-12-31 09:30的样子")
    year, month, day, hour, minute, second = (
        int(part) if part else None for part in found.groups()
    )
    try:
        return datetime(  # noqa: DTZ001
            year or 0, month or 0, day or 0, 12 if hour is None else hour, minute or 0, second or 0
        )
    except ValueError:
        raise ValueError(f"“{text[:30]}”不是日历上有的时间，请核对") from None


def folded(text: str) -> str:
    """Return a head or a short word without blanks, widths and stars."""
    return re.sub(r"[\s*＊]", "", unicodedata.normalize("NFKC", text)).lower()


def blank(text: str) -> str:
    """Return a text without outer blanks, nothing for a dash or 无."""
    return "" if text.strip() in _NOTHING else text.strip()


def title(text: str) -> str:
    """Return a title; of a long text, such as a whole Weibo, its beginning."""
    line = " ".join(text.split())
    return used(line if len(line) <= 200 else f"{line[:199]}…", "title")


def platform(text: str) -> Platform:
    """Return the platform that a cell names; raises ValueError."""
    found = platform_named(text)
    if found is None:
        named = "、".join(each.label for each in Platform)
        raise ValueError(f"“{text[:20]}”不是平台类型，请填：{named}")
    return found


def kind(text: str) -> PostKind:
    """Return the kind of a post, its own words where nothing is said; raises ValueError."""
    told = folded(text)
    if told in ("", "原创", "是"):
        return PostKind.ORIGINAL
    if told in ("转载", "转发", "否"):
        return PostKind.RELAYED
    raise ValueError(f"“{text[:20]}”不是类型，请填：原创、转载")


def functions(text: str) -> dict[str, bool]:
    """Return the functions that a cell lists; raises ValueError."""
    named = {"信息发布": "publishes", "互动": "talks", "办事": "serves"}
    named |= {"发布": "publishes", "互动交流": "talks", "办事服务": "serves"}
    told = [each for each in re.split(r"[、,，;；/\s]+", blank(text)) if each]
    strange = [each for each in told if each not in named]
    if strange or not told:
        raise ValueError("请填功能类型：信息发布、互动、办事，几项的用顿号隔开")
    return {named[each]: True for each in told}


def yes_or_no(text: str) -> bool | None:
    """Return what a cell answers, None for nothing; raises ValueError."""
    told = folded(text)
    if told in _NOTHING:
        return None
    if told not in _YES + _NO:
        raise ValueError(f"“{text[:20]}”请改填：是、否")
    return told in _YES


def maybe_day(text: str) -> date | None:
    """Return the day that a cell names, None for nothing; raises ValueError."""
    return read_moment(text).date() if blank(text) else None


def past_day(today: date) -> Callable[[str], date | None]:
    """Return the reader of days that are not to come."""

    def read(text: str) -> date | None:
        day = maybe_day(text)
        if day is not None and day > today:
            raise ValueError(f"“{text[:30]}”晚于今天，请核对")
        return day

    return read


def past_moment(today: date) -> Callable[[str], datetime]:
    """Return the reader of moments of days that are not to come."""

    def read(text: str) -> datetime:
        moment = read_moment(text)
        if moment.date() > today:
            raise ValueError(f"“{text[:30]}”晚于今天，请核对")
        return moment

    return read


def number(name: str) -> Callable[[str], str]:
    """Return the reader of a number of a paper, by its field."""
    return lambda text: used(blank(text), name, required=False)
