"""What an indicator is worth on a day: the national table, and what the county says before it.

Points that nobody could read in 国办秘函〔2019〕19号 are None (law.md 4.3): the office enters them
from its own copy, from a day on. Our own checks of records have indicators here as well, so that
each finding of a rule has one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from gongkai.inspections.lifecycle import ToldWrongly
from gongkai.inspections.rules.indicators import INDICATORS, RULES, Indicator, Part
from gongkai.inspections.rules.inside import INSIDE

MOST_POINTS = Decimal(100)
MOST_WEIGHT = Decimal(10)
_LAW = "政府信息公开条例"
_OWN = (
    Indicator("N1", "目录事项公开", Part.COUNTY, "主动公开", basis="国办发〔2019〕54号"),
    Indicator("N2", "目录事项更新", Part.COUNTY, "主动公开", basis="国办发〔2019〕54号"),
    Indicator("N3", "公开时限", Part.COUNTY, "主动公开", basis=f"{_LAW}第二十六条"),
    Indicator("N4", "信息准确", Part.COUNTY, "主动公开", basis=_LAW),
    Indicator("N5", "解读与文件关联", Part.COUNTY, "政策解读", basis="国办发〔2016〕80号"),
    Indicator("N6", "征集反馈", Part.COUNTY, "互动交流"),
    Indicator("N7", "答复期限", Part.COUNTY, "依申请公开", basis=f"{_LAW}第三十三条"),
    Indicator("N8", "我为政府网站找错", Part.COUNTY, "互动交流", basis="国办发〔2017〕47号"),
    Indicator("N9", "答复和公开", Part.COUNTY, "建议提案办理", basis="国办函〔2014〕46号"),
    Indicator("N10", "留言答复", Part.COUNTY, "互动交流", basis="国办发〔2017〕47号"),
)
EVERY: Mapping[str, Indicator] = MappingProxyType(
    {**INDICATORS, **{each.code: each for each in _OWN}}
)
_BY_ITEM = {each.name: each.code for each in _OWN} | {
    "征集调查": "N6",
    "账号管理": "D7",
    "互动回应差": "W5",
    "办事指南": "S22",
}
CODES: Mapping[str, str] = MappingProxyType(
    {name: rule.indicator for name, rule in RULES.items()}
    | {name: _BY_ITEM[rule.item] for name, rule in INSIDE.items()}
)  # the indicator under which a rule's findings are scored


@dataclass(frozen=True, slots=True)
class Terms:
    """An indicator on a day: `points` of the whole item, `each` what one fault costs of them.

    `each` None: one fault costs the whole item. Both are multiplied by `weight`.
    """

    indicator: Indicator
    points: Decimal | None
    each: Decimal | None = None
    weight: Decimal = Decimal(1)
    standard: str = ""
    basis: str = ""
    since: date | None = None  # None: as the national table has it

    def lost(self, faults: int) -> Decimal | None:
        """Return what so many faults cost, never more than the item; None where unknown."""
        if not faults:
            return Decimal(0)
        if self.points is None:
            return None
        whole = self.points if self.each is None else min(self.points, self.each * faults)
        return whole * self.weight


def by_default(indicator: Indicator) -> Terms:
    """Return an indicator as the national table has it."""
    points = None if indicator.points is None else Decimal(indicator.points)
    return Terms(indicator, points, standard=indicator.limit, basis=indicator.basis)


def checked(code: str, points: Decimal | None, each: Decimal | None, weight: Decimal) -> Indicator:
    """Return the indicator of a code if these numbers can be its own.

    Raises:
        ToldWrongly: no such indicator, or numbers out of range.
    """
    known = EVERY.get(code)
    if known is None:
        raise ToldWrongly("没有这个指标，请从指标表中选择", "code")
    for value, field, label in ((points, "points", "分值"), (each, "each", "每处扣分")):
        if value is not None and not (value.is_finite() and 0 <= value <= MOST_POINTS):
            raise ToldWrongly(f"“{label}”应当在0至{MOST_POINTS}之间，请修改", field)
    if each is not None and points is None:
        raise ToldWrongly("填了“每处扣分”的，还要填“分值”，扣分不超过分值", "points")
    if each is not None and points is not None and each > points:
        raise ToldWrongly("“每处扣分”不能大于“分值”，请修改", "each")
    if not (weight.is_finite() and 0 < weight <= MOST_WEIGHT):
        raise ToldWrongly(f"“权重”应当大于0、不大于{MOST_WEIGHT}，请修改", "weight")
    return known


def plain(number: Decimal) -> str:
    """Return a number without noughts that say nothing: 97, 97.5."""
    told = f"{number:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told
