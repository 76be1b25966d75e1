"""Days that do not exist, weekdays of other days, periods that end before they begin."""

import re
from collections.abc import Iterator
from datetime import date

from gongkai.text.levels import Level
from gongkai.text.numerals import parse_numeral
from gongkai.text.wording.rules import WordingFinding

_CHINESE = "〇零一二三四五六七八九十"
_DAY = re.compile(
    rf"(?:(?<![0-9])(?P<year>[0-9]{{4}})年|(?P<hanyear>[{_CHINESE}]{{4}})年)?"
    rf"(?:(?<![0-9.])(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})日"
    rf"|(?<![{_CHINESE}第])(?P<hanmonth>[{_CHINESE}]{{1,3}})月(?P<handay>[{_CHINESE}]{{1,3}})日)"
    r"(?:[（(](?:星期|周|礼拜)(?P<week>[一二三四五六日天])[）)])?"
)
_MONTH = re.compile(
    r"(?<=[0-9〇零一二三四五六七八九]年)(?P<month>1[3-9]|[2-9][0-9]|0|00|十[三四五六七八九])月"
)
_PERIOD = re.compile(
    r"(?<![0-9])([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日(?:起)?(?:至|到|—|－|-|~)([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日"
)
_WEEK = "一二三四五六日"
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def wrong_days(text: str) -> Iterator[WordingFinding]:
    """Yield days and months that no calendar has, wrong weekdays and reversed periods."""
    if "月" not in text:
        return
    for match in _DAY.finditer(text):
        told = _wrong(match)
        if told:
            yield _finding(match, told)
    for match in _MONTH.finditer(text):
        yield _finding(match, "没有这个月份，请核对")
    for match in _PERIOD.finditer(text):
        days = [_date(*map(int, match.groups()[at : at + 3])) for at in (0, 3)]
        if days[0] and days[1] and days[1] < days[0]:
            yield _finding(match, "起止日期颠倒，结束早于开始，请核对")


def _wrong(match: re.Match[str]) -> str:
    year = _number(match["year"] or match["hanyear"] or "")
    month = _number(match["month"] or match["hanmonth"])
    day = _number(match["day"] or match["handay"])
    if month is None or day is None:
        return ""
    if not 1 <= month <= 12:
        return "没有这个月份，请核对"
    if not 1 <= day <= _LENGTHS[month - 1]:
        return "没有这一天，请核对"
    if year is None:
        return ""
    on = _date(year, month, day)
    if on is None:
        return "没有这一天，请核对" if 1 <= year <= 9999 else ""
    if match["week"] and _WEEK[on.weekday()] != match["week"].replace("天", "日"):
        return f"{on.year}年{on.month}月{on.day}日是星期{_WEEK[on.weekday()]}，请核对"
    return ""


def _number(text: str) -> int | None:
    if not text:
        return None
    value = parse_numeral(text)
    return None if value is None else int(value)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _finding(match: re.Match[str], message: str) -> WordingFinding:
    return WordingFinding(
        match.start(), match.end(), match[0], "", "impossible_day", Level.BLOCKING, message
    )
