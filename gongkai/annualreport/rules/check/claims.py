"""From sentences to claims: what each figure told in prose says, and of whom.

Scopes that people really use: the whole report, the county level proper (县本级), a part
of the bodies or of the year. Only figures of the whole report can contradict a table.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.annualreport.rules.check import subjects
from gongkai.annualreport.rules.check.readings import Reading
from gongkai.tables.forms import FormEdition
from gongkai.text.quantities import Quantity, quantities
from gongkai.text.sentences import is_heading


class Scope(StrEnum):
    """Of whom a figure speaks; the value is shown as the reading."""

    WHOLE = ""
    OWN_LEVEL = "本级"
    PART = "部分单位或部分时段"


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure told and how it may be read; `sure` when no other meaning is usual."""

    quantity: Quantity
    measure: str | None
    readings: tuple[Reading, ...] = ()
    sure: bool = False
    scope: Scope = Scope.WHOLE
    family: str = ""
    spoken_of: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with its claims in order."""

    sentence: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Setting:
    """What the reader of a report knows: the form, the year and who reports."""

    edition: FormEdition
    year: int | None
    organ: str


_OWN = re.compile(
    "[县市区镇乡省州旗]?本级|[县市区]级(?=单位|部门)?(?=.{0,3}(?:收到|受理|办理|接收|接到))|(?:县|市|区)(?:人民)?政府办(?:公室)?(?=共?(?:收|受|办|接))"
)
_WHOLE = re.compile(
    "全[县市区镇乡省州旗局系街]|我[县市区镇乡局委办街]|本(?:机关|单位|局|委|办|镇|乡|街)"
)
_PART = re.compile(
    "(?:部门|单位|乡镇|镇街|街道|局|委|办|乡|镇)(?:共|合计)?(?:收到|受理|办理|接收|办结|答复)"
    "|上半年|下半年|季度|(?<!\\d)[1-9]月份?至|1[-—至]1?\\d月"
)
_COMPARED = re.compile("同比|环比|[比较](?:上年|去年|上一年)|增加|增长|减少|下降|上升|提高|提升")
_LAST_YEAR = re.compile("去年|往年|上一?年度?(?!度|转|遗留|未)")
_OTHER_YEAR = re.compile("(20\\d\\d)年")
# Several years together, and what happened on one day, are not the year's figure.
_BEYOND = re.compile(
    "近[两二三四五六七八九十几\\d]+年|以来|历年|20\\d\\d年?(?:至|到|—|-|~)20\\d\\d年"
    "|(?<!\\d)(?!1月1日|12月31日)\\d{1,2}月\\d{1,2}日(?!起?(?:至|到|止|前|—|~|-))"
    "|(?<!\\d)\\d{1,2}月份?(?=,|，|共|收到|受理|办)"
)
_UNTIL = re.compile("[截至到止—~-][^,，;；。]{0,12}$")
_THIS_YEAR = re.compile("本年|今年|全年|年内|本年度")


def claims_of(paragraphs: Sequence[Sequence[str]], setting: Setting) -> tuple[Told, ...]:
    """Return what is told, sentence by sentence; paragraphs are lists of sentences."""
    told: list[Told] = []
    heading = ""
    for sentences in paragraphs:
        if len(sentences) == 1 and is_heading(sentences[0]):
            heading = "requests" if "依申请公开" in sentences[0] else ""
        state = subjects.State(heading)
        for sentence in sentences:
            state = state.next_sentence()
            claims = tuple(_claims(sentence, state, setting))
            if claims:
                told.append(Told(sentence, claims))
    return tuple(told)


def _claims(sentence: str, state: subjects.State, setting: Setting) -> Iterator[Claim]:
    scope, level, beyond = Scope.WHOLE, "", False
    sentence = unicodedata.normalize("NFKC", sentence)
    end = 0
    for quantity in quantities(sentence):
        passed = _without_organ(sentence[end : quantity.start], setting.organ)
        state.sentence = sentence[: quantity.end] + quantity.after
        scope, level = _scope(passed, (scope, level))
        beyond = _is_beyond(passed, beyond)
        if beyond:
            scope, level = Scope.PART, ""
        yield from _zeros(sentence[end : quantity.start], scope, setting, state)
        end = quantity.end
        if quantity.is_rate or _is_beside_the_year(quantity, setting):
            yield Claim(quantity, "rate" if quantity.is_rate else None, scope=scope)
            continue
        before = _without_organ(quantity.before, setting.organ)
        subject = subjects.subject(quantity, before, passed, state, setting.edition, setting.year)
        if subject is None:
            yield Claim(quantity, None, scope=scope)
            continue
        readings = subject.readings if scope is Scope.WHOLE else ()
        yield Claim(quantity, subject.measure, readings, subject.sure, scope, subject.family, level)
    rest, state.sentence = sentence[end:], sentence
    scope, _ = _scope(_without_organ(rest, setting.organ), (scope, level))
    yield from _zeros(rest, scope, setting, state)


def _scope(passed: str, before: tuple[Scope, str]) -> tuple[Scope, str]:
    """Return the scope in force after these words, with the words that set it."""
    found = [
        (match.end(), scope, match[0] if scope is Scope.OWN_LEVEL else "")
        for pattern, scope in ((_OWN, Scope.OWN_LEVEL), (_WHOLE, Scope.WHOLE), (_PART, Scope.PART))
        for match in pattern.finditer(passed)
    ]
    return max(found)[1:] if found else before


def _is_beyond(passed: str, before: bool) -> bool:
    """Say whether these words turn to several years or to one day, or back to the year."""
    found = [
        (match.start(), beyond)
        for pattern, beyond in ((_BEYOND, True), (_THIS_YEAR, False))
        for match in pattern.finditer(passed)
        if not (beyond and _UNTIL.search(passed[: match.start()]))
    ]
    return max(found)[1] if found else before


def _without_organ(words: str, organ: str) -> str:
    for name in (organ, organ.removesuffix("人民政府")):
        if len(name) >= 3:
            words = words.replace(name, "")
    return words


def _is_beside_the_year(quantity: Quantity, setting: Setting) -> bool:
    """Say whether a figure compares with, or speaks of, another year."""
    if "结转" in quantity.before:
        return False
    if _COMPARED.search(quantity.before) or _LAST_YEAR.search(quantity.before):
        return True
    years = {int(year) for year in _OTHER_YEAR.findall(quantity.before)}
    return bool(years) and setting.year is not None and setting.year not in years


_CLAUSE = re.compile("[^，,；;。]+")
_NONE = re.compile(
    "未发生|未出现|没有发生|没有收到|没有因|未被|未收到|未接到|未受理|未产生|未有|无(?=因|政府信息公开"
    "|行政复议|行政诉讼|依申请|信息公开|被)"
)
_NOT_A_COUNT = re.compile(
    "败诉|纠正|逾期|超期|超过|撤销|违法|更正|涉及|减免|大量|重复|恶意|收费|收取"
)


def _zeros(words: str, scope: Scope, setting: Setting, state: subjects.State) -> Iterator[Claim]:
    """Yield the claims of clauses that say there was none."""
    for clause in _CLAUSE.finditer(words):
        none = _NONE.search(clause[0])
        if none is None or _NOT_A_COUNT.search(clause[0]):
            continue
        start = clause.start()
        quantity = Quantity(
            Decimal(0), "件", clause[0].strip(), "", start, start, 0, "", 0, about=False
        )
        for subject in subjects.none_of(clause[0][none.start() :], setting.edition, state):
            readings = subject.readings if scope is Scope.WHOLE else ()
            yield Claim(quantity, subject.measure, readings, True, scope, "none")
