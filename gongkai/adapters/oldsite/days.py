"""Days and moments in every usual writing: 2020-01-02 10:20, 2020年1月2日, 二〇二〇年一月二日."""

import re
import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
FIRST, LAST = 1949, 2100
_DIGITAL = re.compile(
    r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?"
    r"(?:[T\s]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?)?"
)
_CLOSED_UP = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?!\d)")
_SPELT = re.compile(
    r"([一二][〇○零Oo0一二三四五六七八九]{3})\s*年\s*([正元一二三四五六七八九十]{1,3})\s*月\s*"
    r"([一二三四五六七八九十]{1,3})\s*日"
)
_DIGITS = {char: at for at, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零Oo0", 0)


def moment(text: str) -> datetime | None:
    """Return the first moment in a text, midnight where only a day stands, in China's time."""
    plain = unicodedata.normalize("NFKC", text.replace("○", "〇"))[:200]
    for form in (_DIGITAL, _CLOSED_UP):
        for found in form.finditer(plain):
            if (made := _moment([int(each or 0) for each in found.groups()])) is not None:
                return made
    spelt = _SPELT.search(plain)
    if spelt is None:
        return None
    year = int("".join(str(_DIGITS[char]) for char in spelt[1]))
    return _moment([year, _numeral(spelt[2]), _numeral(spelt[3])])


def day(text: str) -> date | None:
    """Return the first day in a text."""
    found = moment(text)
    return found.date() if found else None


def is_day(text: str) -> bool:
    """Say whether a text is a day and nothing else."""
    plain = unicodedata.normalize("NFKC", text.replace("○", "〇")).strip()
    return bool(_DIGITAL.fullmatch(plain) or _SPELT.fullmatch(plain))


def in_china(given: datetime | date) -> datetime:
    """Return a moment or a day of a sheet's cell as a moment in China's time."""
    if isinstance(given, datetime):
        return given.replace(tzinfo=CHINA) if given.tzinfo is None else given.astimezone(CHINA)
    return datetime(given.year, given.month, given.day, tzinfo=CHINA)


def _moment(parts: list[int]) -> datetime | None:
    if not FIRST <= parts[0] <= LAST:
        return None
    try:
        return datetime(*parts, tzinfo=CHINA)  # type: ignore[arg-type,misc]
    except ValueError:
        return None


def _numeral(text: str) -> int:
    if text in ("正", "元"):
        return 1
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + _DIGITS.get(ones, 0)
