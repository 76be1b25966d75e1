"""What somebody types into a search box, read: words, quoted phrases, document numbers, dates.

A word is looked for as a phrase. Alternatives of one word are its `forms`: a day is written in
many ways, a document number with and without 第.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from gongkai.text.docnumbers import CLOSING, OPENING, DocumentNumberError, normalise
from gongkai.text.numerals import parse_numeral
from gongkai.text.phrases import phrase
from gongkai.text.segmentation import fold

LONGEST = 200
MOST_WORDS = 12
_QUOTED = re.compile('["“”„‟「『]([^"“”„‟「」『』]+)["“”„‟」』]')
_NUMBER = re.compile(
    rf"\s*[{re.escape(OPENING)}]\s*(?P<year>(?:19|20)\d\d)\s*年?\s*[{re.escape(CLOSING)}]"
    r"\s*第?\s*0*(?P<serial>\d{1,6})\s*[号號]"
)
_CHINESE_DAY = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号])?"
)
_DAY = re.compile(
    r"((?:19|20)\d\d)(?:年(\d{1,2})月(?:(\d{1,2})[日号]?)?|([-./])(\d{1,2})(?:\4(\d{1,2}))?)"
)
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that must be found: any of its forms, or a day of publication in between.

    `number` is a whole document number in its official form, else "".
    """

    forms: tuple[str, ...]
    number: str = ""
    since: date | None = None
    until: date | None = None


def read_words(typed: str) -> tuple[Word, ...]:
    """Return the words of what was typed, in their order; what holds nothing to find is left out.

    Blanks part words; within quotation marks and within a document number they do not.
    """
    plain = _NUMBER.sub(r"〔\g<year>〕\g<serial>号", unicodedata.normalize("NFKC", typed[:LONGEST]))
    words: list[Word] = []
    end = 0
    for quoted in _QUOTED.finditer(plain):
        words += _loose(plain[end : quoted.start()])
        words.append(Word((quoted[1].strip(),)))
        end = quoted.end()
    words += _loose(plain[end:])
    there = dict.fromkeys(word for word in words if phrase(word.forms[0]))
    return tuple(there)[:MOST_WORDS]


def _loose(text: str) -> list[Word]:
    return [_word(each) for each in text.split()]


def _word(text: str) -> Word:
    try:
        number = normalise(text)
    except DocumentNumberError:
        number = ""
    if _NUMBER.search(text):
        return Word((text, _NUMBER.sub(r"〔\g<year>〕第\g<serial>号", text)), number)
    return _day(text) or Word((text,))


def _day(text: str) -> Word | None:
    """Return the word for a day or a month of a year, in whatever way it is written."""
    year, month, day = _parts(text)
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if not 0 <= day <= last:
        return None
    forms = _month_forms(year, month) if not day else _day_forms(year, month, day)
    since, until = date(year, month, day or 1), date(year, month, day or last)
    return Word(tuple(dict.fromkeys((text, *forms))), since=since, until=until)


def _parts(text: str) -> tuple[int, int, int]:
    """Return year, month and day (0: none) of a written date; month 0: it is none."""
    if found := _DAY.fullmatch(text):
        year, month, day, _, other_month, other_day = found.groups()
        return int(year), int(month or other_month), int(day or other_day or 0)
    if found := _CHINESE_DAY.fullmatch(text):
        year = "".join(str(_DIGITS.index(fold(char))) for char in found[1])
        month, day = (parse_numeral(part) if part else 0 for part in (found[2], found[3]))
        if 1900 <= int(year) < 2100 and month is not None and day is not None:
            return int(year), int(month), int(day)
    return 0, 0, 0


def _month_forms(year: int, month: int) -> tuple[str, ...]:
    return (
        f"{year}年{month}月",
        f"{year}年{month:02}月",
        f"{_spelled(year)}年{_in_words(month)}月",
        f"{year}-{month:02}",
    )


def _day_forms(year: int, month: int, day: int) -> tuple[str, ...]:
    return (
        f"{year}年{month}月{day}日",
        f"{year}年{month:02}月{day:02}日",
        f"{_spelled(year)}年{_in_words(month)}月{_in_words(day)}日",
        f"{year}-{month:02}-{day:02}",
        f"{year}.{month}.{day}",
        f"{year}.{month:02}.{day:02}",
        f"{year}/{month}/{day}",
    )


def _spelled(year: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(year))


def _in_words(number: int) -> str:
    """Return a number up to 31 as it is spelled out: 5 五, 12 十二, 20 二十, 31 三十一."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 0 else "十") if tens < 2 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
