"""Figures that cannot be: shares above the whole, wrong sums, units of old.

Units: 国务院关于在我国统一实行法定计量单位的命令 (1984-02-27). Growth, fulfilment of a plan and
gross enrolment may pass 100 %, so only shares of a whole are judged.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.text.levels import Level
from gongkai.text.wording.rules import WordingFinding

_SHARES = (
    "办结率|回复率|答复率|办复率|满意率|满意度|覆盖率|合格率|达标率|出勤率|参保率|公开率|及时率|按时率|签收率|参与率|普及率|占比|比重|正确率"
    "|准确率|优良率|知晓率|整改率|采纳率|接通率|结案率|空置率|死亡率|失业率|完好率|绿化率|录取率|通过率|响应率|接种率|入户率|登记率|治愈率"
)
_RATE = re.compile(
    rf"(?:{_SHARES})(?:[^，。；、0-9%％\n]{{0,6}})(?P<rate>[0-9]{{1,6}}(?:\.[0-9]+)?)[%％](?!以[下内])"
)
_LISTED = re.compile(
    r"(?P<first>[0-9]{1,12}(?:\.[0-9]+)?)(?P<unit>件|条|项|次|个|篇|期|宗|起|份|人次|人|户|亩|万元|亿元|元|吨)"
    r"(?P<more>(?:[、和][0-9]{1,12}(?:\.[0-9]+)?(?P=unit))+)，?(?:合计|共计|总计|合共)(?:为|达)?(?P<total>[0-9]{1,12}(?:\.[0-9]+)?)(?P=unit)"
)
_WHOLE = re.compile(
    r"(?P<total>[0-9]{1,9})件[，（(]其中[：:，]?[^。；0-9]{0,6}自然人(?:申请|提出)?(?P<one>[0-9]{1,9})件"
    r"[、，和]法人(?:或者?|和)?(?:其他组织)?(?:申请|提出)?(?P<other>[0-9]{1,9})件"
)
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_UNITS = {
    "平方公尺": "平方米",
    "立方公尺": "立方米",
    "平方公分": "平方厘米",
    "公尺": "米",
    "公分": "厘米",
    "公厘": "毫米",
    "公哩": "公里",
    "英哩": "英里",
    "公亩": "平方米（1公亩等于100平方米）",
    "市亩": "亩",
    "市斤": "千克（1市斤等于0.5千克）",
    "市尺": "米（1市尺等于1/3米）",
    "市里": "千米（1市里等于0.5千米）",
    "公担": "千克（1公担等于100千克）",
    "公升": "升",
    "瓩": "千瓦",
    "吋": "英寸",
}
_UNIT = re.compile(
    rf"(?<=[0-9〇一二三四五六七八九十百千万亿余多半几])(?P<unit>{'|'.join(_UNITS)})(?!级)"
)


def wrong_rates(text: str) -> Iterator[WordingFinding]:
    """Yield shares of a whole above 100 %."""
    if "%" not in text and "％" not in text:
        return
    for match in _RATE.finditer(text):
        if Decimal(match["rate"]) > 100:
            yield WordingFinding(
                match.start("rate"), match.end(), match[0][match.start("rate") - match.start() :],
                "", "rate_above_whole", Level.BLOCKING, "这类比率不会超过100%，请核对",
            )  # fmt: skip


def wrong_sums(text: str) -> Iterator[WordingFinding]:
    """Yield lists with a total that is not their sum."""
    for match in _LISTED.finditer(text):
        parts = [Decimal(match["first"]), *map(Decimal, _FIGURE.findall(match["more"]))]
        if sum(parts) != Decimal(match["total"]):
            yield _sum(match, f"各项相加为{sum(parts)}{match['unit']}，与合计不符，请核对")
    for match in _WHOLE.finditer(text):
        added = int(match["one"]) + int(match["other"])
        if added != int(match["total"]):
            yield _sum(match, f"自然人与法人或者其他组织相加为{added}件，与总数不符，请核对")


def _sum(match: re.Match[str], message: str) -> WordingFinding:
    return WordingFinding(match.start(), match.end(), match[0], "", "sum", Level.BLOCKING, message)


def wrong_units(text: str) -> Iterator[WordingFinding]:
    """Yield units that are no longer legal, where a figure stands before them."""
    for match in _UNIT.finditer(text):
        right = _UNITS[match["unit"]]
        yield WordingFinding(
            match.start(), match.end(), match[0], right, "old_unit", Level.ADVISORY,
            f"“{match[0]}”不是法定计量单位，改用“{right}”",
        )  # fmt: skip
