"""Marks of half width or doubled among Chinese (GB/T 15834), and characters said twice."""

import re
from collections.abc import Iterator

from gongkai.text.levels import Level
from gongkai.text.wording.rules import WordingFinding

_HAN = "一-鿿"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF = re.compile(
    rf"(?<=[{_HAN}”》）])[,;:](?=[{_HAN}“《（])|(?<=[{_HAN}”》）])[?!](?=[{_HAN}“《（”\s]|$)"
)
_DOUBLED = re.compile(r"([，。；：、])[，。；：、？！]+|([？！])[，。；：、]")
# A character that nobody says twice, unless the word before ends or the word behind begins with it.
_TWICE = {
    "的": ("目|标|[小打]", "确|士"),
    "了": ("为|不|[一明]目|罢|不得", "[之解却断结然事无如悟]"),
    "是": ("", "非|的"),
    "在": ("[存现所正实内潜自好总]", ""),
    "和": ("[共缓温平中饱调谐祥柔人总随附亲]", "[美睦气谐平缓解]"),
    "与": ("[参给授赋施准]", ""),
    "对": ("[针反相核绝应面校比]", "[子联照]"),
    "为": ("[作行成认以视称人因分更极较最变改名]", "[了民何人]"),
    "要": ("[需主重必只还纪摘概想首提简]", ""),
    "被": ("[棉]", ""),
    "及": ("[以涉波普顾危触]", "[时格第早]"),
    "该": ("应", ""),
    "由": ("[自理事经缘]", "[于此]"),
    "将": ("[即必]", "[来军领]"),
    "于": ("[由关对属基等终至位处鉴利便在急善过]", "[是]"),
    "不": ("", ""),
    "或": ("", ""),
    "把": ("", "[关握手控]"),
    "从": ("[服听跟自]", "[业事而此]"),
    "也": ("", ""),
    "并": ("[合归一]", "[不且非]"),
}
_REPEAT = re.compile("(?P<one>[" + "".join(_TWICE) + "])(?P=one)")
_WORDS = (
    "进行|开展|加强|推进|落实|认真|我们|全面|积极|切实|按照|根据|关于|通过|提高|完善|做好|以及|并且|同时|其中|由于|应当|必须|可以|没有|贯彻"
    "|坚持|深入|持续|确保|工作|为了|因此|但是|所以|如果|严格|及时"
)
_WORD_TWICE = re.compile(rf"(?P<word>{_WORDS})(?P=word)")
_UNIT_TWICE = re.compile(
    r"(?<=[0-9万亿])(?P<unit>公斤|公里|平方米|万元|亿元|小时|件|元|亩|米|吨|户(?!户均)|名|项|个|篇|条|%|次)(?P=unit)(?!均)"
)


def wrong_marks(text: str) -> Iterator[WordingFinding]:
    """Yield half-width marks between Chinese characters, and two marks in a row."""
    for match in _HALF.finditer(text):
        yield WordingFinding(
            match.start(), match.end(), match[0], _WIDE[match[0]], "marks.half_width",
            Level.ADVISORY, f"汉字之间用全角标点“{_WIDE[match[0]]}”",
        )  # fmt: skip
    for match in _DOUBLED.finditer(text):
        yield WordingFinding(
            match.start(), match.end(), match[0], match[0][0], "marks.doubled",
            Level.ADVISORY, "标点符号重复或者连用",
        )  # fmt: skip


def repeated(text: str) -> Iterator[WordingFinding]:
    """Yield characters, words and units that stand twice."""
    for match in _REPEAT.finditer(text):
        one = match["one"]
        not_after, not_before = _TWICE[one]
        if not_after and re.search(
            f"(?:{not_after})$", text[max(0, match.start() - 3) : match.start()]
        ):
            continue
        if not_before and re.compile(not_before).match(text, match.end()):
            continue
        yield _twice(match.start(), match.end(), one, Level.ADVISORY)
    for pattern in (_WORD_TWICE, _UNIT_TWICE):
        for match in pattern.finditer(text):
            yield _twice(match.start(), match.end(), match[1], Level.ADVISORY)


def _twice(start: int, end: int, once: str, level: Level) -> WordingFinding:
    return WordingFinding(start, end, once * 2, once, "repeated", level, f"“{once}”重复，疑为多字")
