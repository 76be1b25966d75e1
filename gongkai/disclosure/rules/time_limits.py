"""公开时限 in words made into a limit, an update interval or a fixed day, never by guessing.

"信息形成或变更之日起20个工作日内" is a limit; "每季度" an interval; "公示期不少于7日" is how long
something hangs out and no limit at all. What cannot be read stays as words and Art. 26 (20 working
days from the day formed or changed) holds, as it does for 及时公开 and 实时公开, whose own term is
shorter but not a number.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum

from gongkai.statute.articles import REGULATIONS, Article
from gongkai.statute.limits import Limit, Unit
from gongkai.text.numerals import NUMERAL_CHARACTERS, parse_numeral

OWN_TERM = Article(REGULATIONS, "第二十六条", "法律、法规另有规定的，按照规定的期限公开")
_LONGEST = 3650
_USUAL_YEAR = 2023


class LimitKind(StrEnum):
    """What a catalogue's words on time say."""

    TERM = "TERM"
    AT_ONCE = "AT_ONCE"
    PROMPTLY = "PROMPTLY"
    PERIODIC = "PERIODIC"
    YEARLY_DAY = "YEARLY_DAY"
    WORDS = "WORDS"

    @property
    def label(self) -> str:
        """Return the Chinese name."""
        return _KINDS[self]


_KINDS = {
    LimitKind.TERM: "限期公开",
    LimitKind.AT_ONCE: "实时公开",
    LimitKind.PROMPTLY: "及时公开",
    LimitKind.PERIODIC: "定期更新",
    LimitKind.YEARLY_DAY: "每年定日公开",
    LimitKind.WORDS: "按文字掌握",
}


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """What the words say. `value`, `unit` and `event` of a term; `update_days` of an interval;
    `month_day` (month, day) of a day in every year. `words` are kept as printed.
    """

    words: str
    kind: LimitKind
    value: int | None = None
    unit: Unit | None = None
    event: str = ""
    update_days: int | None = None
    month_day: tuple[int, int] | None = None

    @property
    def own_limit(self) -> Limit | None:
        """Return the item's own limit; None when that of Art. 26 holds."""
        return limit_of(self.value, str(self.unit or ""))

    @property
    def falls_back(self) -> bool:
        """Say whether the limit of Art. 26 holds because the words give none."""
        return self.own_limit is None


_NUMBER = f"(?:[0-9０-９]+|[{NUMERAL_CHARACTERS}]+)"
_UNITS = (
    (r"个?工作日", Unit.WORKDAYS, 1),
    (r"个?(?:自然|日历)日|日|天", Unit.CALENDAR_DAYS, 1),
    (r"(?:个|周岁)?(?:星期|周)", Unit.CALENDAR_DAYS, 7),
    (r"个?小时", Unit.CALENDAR_DAYS, 0),
    (r"个月", Unit.MONTHS, 1),
)
_TERM = re.compile(
    rf"(?P<number>{_NUMBER})(?P<unit>个?工作日|个?(?:自然|日历)日|个?小时|个?星期|个?周|个月|日|天)"
    r"(?P<within>以?之?内)?"
)
_EVENT = re.compile(
    r"(?:自|于|在|从)?(?P<event>[^，。；,;\n自从]{2,40}?)(?:之日|当日|之后|后)?起?(?:的)?$"
)
_SHOWN = re.compile(r"公示期|公示时间|公示[^，。；]{0,6}(?:不少于|不得少于)|不少于|不得少于|至少")
_ONCE = re.compile(r"实时|即时|当日|当天|随时")
_PROMPT = re.compile(r"及时|尽快|第一时间")
_YEARLY = re.compile(
    rf"每年(?P<month>{_NUMBER})月(?:(?P<day>{_NUMBER})日|(?P<end>底))?(?P<before>之?以?前|底前)?"
)
_PERIODS = (
    (re.compile(r"每(?:个)?工作?日|每天|每日|按日"), 1),
    (re.compile(r"每周|每星期|按周"), 7),
    (re.compile(r"每(?:个)?月|按月|月度"), 31),
    (re.compile(r"每(?:个)?季|按季|季度"), 92),
    (re.compile(r"每半年|半年一次|每年.*次以上"), 184),
    (re.compile(r"每(?:一)?年|按年|年度|每年度"), 366),
)


def parse_limit(words: str) -> TimeLimit:
    """Return what a catalogue's words on time say; `WORDS` when they cannot be read.

    Two different terms in one cell are not read either: which of them holds is for people.
    """
    plain = re.sub(r"\s+", "", words)
    term = _term(plain)
    yearly = _yearly(plain)
    update_days = 366 if yearly else _interval(plain)
    if term is not None:
        value, unit, event = term
        return TimeLimit(words, LimitKind.TERM, value, unit, event, update_days)
    if yearly:
        return TimeLimit(words, LimitKind.YEARLY_DAY, update_days=366, month_day=yearly)
    if update_days:
        return TimeLimit(words, LimitKind.PERIODIC, update_days=update_days)
    if _ONCE.search(plain):
        return TimeLimit(words, LimitKind.AT_ONCE)
    if _PROMPT.search(plain):
        return TimeLimit(words, LimitKind.PROMPTLY)
    return TimeLimit(words, LimitKind.WORDS)


def limit_of(value: int | None, unit: str) -> Limit | None:
    """Return an item's own limit from its stored parts; None when Art. 26 holds."""
    if value is None or unit not in set(Unit):
        return None
    return Limit(value, Unit(unit), OWN_TERM)


def _term(plain: str) -> tuple[int, Unit, str] | None:
    found = []
    for match in _TERM.finditer(plain):
        before = plain[: match.start()]
        if _SHOWN.search(re.split("[，。；,;]", before)[-1] + match[0]) or before.endswith("第"):
            continue
        if not match["within"] and plain not in (match[0], f"{match[0]}公开"):
            continue
        read = _counted(match["number"], match["unit"])
        if read is not None:
            found.append((*read, _event(before)))
    if len({(value, unit) for value, unit, _ in found}) != 1:
        return None
    return found[0]


def _counted(number: str, unit: str) -> tuple[int, Unit] | None:
    told = parse_numeral(number)
    if told is None:
        return None
    for pattern, kind, times in _UNITS:
        if re.fullmatch(pattern, unit):
            # A term in hours ends on the day itself or, past 24 hours, as many days later.
            value = -(-int(told) // 24) if times == 0 else int(told) * times
            return (value, kind) if 0 < value <= _LONGEST else None
    return None


def _event(before: str) -> str:
    clause = re.split("[，。；,;：:]", before)[-1]
    match = _EVENT.fullmatch(clause)
    return match["event"].removesuffix("之日") if match else ""


def _yearly(plain: str) -> tuple[int, int] | None:
    match = _YEARLY.search(plain)
    if match is None:
        return None
    month = int(parse_numeral(match["month"]) or 0)
    if not 1 <= month <= 12:
        return None
    last = monthrange(_USUAL_YEAR, month)[1]
    day = int(parse_numeral(match["day"]) or 0) if match["day"] else last
    return (month, day) if 1 <= day <= last else None


def _interval(plain: str) -> int | None:
    told = [days for pattern, days in _PERIODS if pattern.search(plain)]
    return min(told) if told else None
