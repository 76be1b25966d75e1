"""Figures by name: what the prose may tell, each with its unit and, for rates, two counts.

A figure's name is its measure ("documents.NORMATIVE.made", "requests.received",
"requests.received.NATURAL_PERSON"); with "@own_level", "@departments" or "@townships"
it speaks of one layer of the county. Figures that the office states itself from other
sources (for instance what a website counted) are named "自报.…" and keep their source.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from gongkai.annualreport.rules.named_figures import NAMED
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.editions import EDITIONS
from gongkai.tables.facts import Facts, Measure

SCOPES = {"own_level": "县本级", "departments": "县直部门", "townships": "乡镇"}
STATED_PREFIX = "自报."
_YUAN_PER_WAN = Decimal(10000)
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that prose may tell; a rate keeps its numerator and denominator."""

    value: Decimal
    unit: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def digits(self) -> str:
        """Return the value as printed: plain digits, no trailing zeros."""
        return plain(self.value)

    def to_json(self) -> dict[str, Any]:
        """Return the contract's shape: counts as numbers, amounts and rates as decimal strings."""
        return {
            "value": _number(self.value),
            "numerator": None if self.numerator is None else _number(self.numerator),
            "denominator": None if self.denominator is None else _number(self.denominator),
            "unit": self.unit,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Figure":
        """Return the figure that `to_json` wrote."""
        counts = [
            None if value[key] is None else Decimal(str(value[key]))
            for key in ("numerator", "denominator")
        ]
        return cls(Decimal(str(value["value"])), str(value["unit"]), *counts)


def plain(value: Decimal) -> str:
    """Return `value` in plain digits without trailing zeros."""
    return format(value.normalize(), "f") if value else "0"


def _number(value: Decimal) -> int | str:
    return int(value) if value == value.to_integral_value() else plain(value)


def rate(numerator: Decimal, denominator: Decimal) -> Figure:
    """Return a percentage to two places with the two counts behind it.

    Raises:
        ValueError: the denominator is not above zero, or the numerator beyond it.
    """
    if denominator <= 0 or not 0 <= numerator <= denominator:
        raise ValueError("比率的分母须大于 0，分子须在 0 与分母之间，请核对两个数。")
    value = (numerator * 100 / denominator).quantize(_HUNDREDTH, ROUND_HALF_UP)
    return Figure(value, "%", numerator, denominator)


_SUBJECTS = {
    "documents.RULES": "规章",
    "documents.NORMATIVE": "行政规范性文件",
    "register.LICENCE": "行政许可",
    "register.OUTWARD_SERVICE": "其他对外管理服务事项",
    "register.PENALTY": "行政处罚",
    "register.COERCION": "行政强制",
    "register.FEE": "行政事业性收费",
    "register.PROCUREMENT": "政府集中采购",
    "remedies.RECONSIDERATION": "行政复议",
    "remedies.DIRECT": "未经复议直接起诉",
    "remedies.AFTER_RECONSIDERATION": "复议后起诉",
}
_ASPECTS = {
    "made": ("本年新制作", "件"),
    "published": ("本年新公开", "件"),
    "public_total": ("对外公开总数", "件"),
    "repealed": ("本年废止", "件"),
    "in_force": ("现行有效", "件"),
    "opening_items": ("上一年项目数", "项"),
    "item_change": ("本年增减项目数", "项"),
    "decisions": ("本年处理决定", "件"),
    "projects": ("采购项目", "个"),
    "amount": ("金额", "万元"),
    "UPHELD": ("结果维持", "件"),
    "CORRECTED": ("结果纠正", "件"),
    "OTHER": ("其他结果", "件"),
    "PENDING": ("尚未审结", "件"),
}
_REQUEST_ASPECTS = {
    "received": "本年新收申请",
    "carried_in": "上年结转申请",
    "carried_out": "结转下年度申请",
    "handled": "本年度办结申请",
    "outcome.WITHHELD": "不予公开",
    "outcome.UNAVAILABLE": "无法提供",
    "outcome.DECLINED": "不予处理",
    "outcome.OTHERWISE": "其他处理",
}
_GROUND_LABELS = {
    Ground.GRANTED: "予以公开",
    Ground.PARTIAL: "部分公开",
    Ground.STATE_SECRET: "属于国家秘密",
    Ground.PROHIBITED_BY_LAW: "其他法律行政法规禁止公开",
    Ground.SECURITY_AND_STABILITY: "危及“三安全一稳定”",
    Ground.THIRD_PARTY_RIGHTS: "保护第三方合法权益",
    Ground.INTERNAL_AFFAIRS: "属于三类内部事务信息",
    Ground.DELIBERATIVE: "属于四类过程性信息",
    Ground.ENFORCEMENT_FILE: "属于行政执法案卷",
    Ground.ADMINISTRATIVE_ENQUIRY: "属于行政查询事项",
    Ground.NOT_HELD: "本机关不掌握相关政府信息",
    Ground.NEEDS_CREATION: "没有现成信息需要另行制作",
    Ground.STILL_UNCLEAR: "补正后申请内容仍不明确",
    Ground.PETITION: "信访举报投诉类申请",
    Ground.REPEAT: "重复申请",
    Ground.PUBLICATION: "要求提供公开出版物",
    Ground.EXCESSIVE: "无正当理由大量反复申请",
    Ground.RECONFIRMATION: "要求确认或重新出具已获取信息",
    Ground.NOT_SUPPLEMENTED: "逾期不补正不再处理",
    Ground.FEE_UNPAID: "逾期不缴费不再处理",
    Ground.OTHER: "其他",
}
_GROUPS = {
    "outcome.WITHHELD": (Ground.STATE_SECRET, Ground.ADMINISTRATIVE_ENQUIRY),
    "outcome.UNAVAILABLE": (Ground.NOT_HELD, Ground.STILL_UNCLEAR),
    "outcome.DECLINED": (Ground.PETITION, Ground.RECONFIRMATION),
    "outcome.OTHERWISE": (Ground.NOT_SUPPLEMENTED, Ground.OTHER),
}
_GROUNDS = tuple(Ground)


_GROUP_OF = {
    f"outcome.{ground.name}": group
    for group, (first, last) in _GROUPS.items()
    for ground in _GROUNDS[_GROUNDS.index(first) : _GROUNDS.index(last) + 1]
}
_BY_KIND = ("received", "carried_in", "handled", "carried_out")
REPORTED: frozenset[Measure] = frozenset(
    measure
    for edition in EDITIONS.values()
    for path in edition.paths()
    for measure in edition.measures(path)
)


def figures_of(facts: Facts, extra: Mapping[str, Figure] | None = None) -> dict[str, Figure]:
    """Return every figure that `facts` give; a measure of the form that is not told counts 0.

    `extra` are further figures of the same organ, such as fees charged.
    """
    figures: dict[str, Figure] = {}
    for measure, value in (dict.fromkeys(REPORTED, Decimal(0)) | dict(facts)).items():
        if measure.kind is not None:
            _add_requests(figures, measure.aspect, measure.kind, value)
        else:
            unit = _ASPECTS.get(measure.aspect, ("", "件"))[1]
            amount = value / _YUAN_PER_WAN if unit == "万元" else value
            _add(figures, f"{measure.subject}.{measure.aspect}", amount, unit)
            if measure.subject.startswith("remedies."):
                _add(figures, measure.subject, value, unit)
                if measure.subject != "remedies.RECONSIDERATION":
                    _add(figures, "remedies.litigation", value, unit)
    return dict(sorted((figures | dict(extra or {})).items()))


def _add(figures: dict[str, Figure], name: str, value: Decimal, unit: str) -> None:
    before = figures[name].value if name in figures else Decimal(0)
    figures[name] = Figure(before + value, unit)


def _add_requests(
    figures: dict[str, Figure], aspect: str, kind: RequesterKind, value: Decimal
) -> None:
    _add(figures, f"requests.{aspect}", value, "件")
    if aspect.startswith("outcome."):
        group = _GROUP_OF.get(aspect)
        if group:
            _add(figures, f"requests.{group}", value, "件")
        aspect = "handled"
        _add(figures, "requests.handled", value, "件")
    if aspect in _BY_KIND:
        _add(figures, f"requests.{aspect}.{kind.name}", value, "件")
        if kind is not RequesterKind.NATURAL_PERSON:
            _add(figures, f"requests.{aspect}.organisations", value, "件")


def add_up(parts: Iterable[Mapping[str, Figure]]) -> dict[str, Figure]:
    """Return the figures of several organs added up by name; rates from their summed counts.

    A stated figure that two organs give in different units cannot be added and is left out.
    """
    total: dict[str, Figure] = {}
    mixed: set[str] = set()
    for part in parts:
        for name, figure in part.items():
            if name in total and total[name].unit != figure.unit:
                mixed.add(name)
            elif name in total:
                total[name] = _plus(total[name], figure)
            else:
                total[name] = figure
    return {name: figure for name, figure in total.items() if name not in mixed}


def _plus(one: Figure, other: Figure) -> Figure:
    if one.numerator is None or one.denominator is None:
        return Figure(one.value + other.value, one.unit)
    return rate(one.numerator + (other.numerator or 0), one.denominator + (other.denominator or 0))


def scoped(figures: Mapping[str, Figure], scope: str) -> dict[str, Figure]:
    """Return `figures` renamed to speak of one layer of the county ("own_level", …)."""
    return {f"{name}@{scope}": figure for name, figure in figures.items()}


_NAME_LABELS = {
    **{name: each.label for name, each in NAMED.items()},
    "remedies.litigation": "行政诉讼合计",
    "requests.on_time_rate": "按期答复率",
    **{
        f"remedies.{name}": f"{_SUBJECTS[f'remedies.{name}']}合计"
        for name in ("RECONSIDERATION", "DIRECT", "AFTER_RECONSIDERATION")
    },
}
_CHANNELS = {"in_person": "当面", "post": "信函", "online": "网络", "fax": "传真"}
FEE_FIGURE = f"{STATED_PREFIX}信息处理费"


def label(name: str) -> str:
    """Return a figure's Chinese name; a name without one is returned as it is."""
    base, _, scope = name.partition("@")
    text = _NAME_LABELS.get(base) or _requests_label(base) or _subject_label(base) or base
    return f"{text}（{SCOPES.get(scope, scope)}）" if scope else text


def _subject_label(base: str) -> str:
    subject, _, aspect = base.rpartition(".")
    if subject in _SUBJECTS and aspect in _ASPECTS:
        return f"{_SUBJECTS[subject]}{_ASPECTS[aspect][0]}"
    return ""


def _requests_label(base: str) -> str:
    if not base.startswith("requests."):
        return ""
    aspect, rest = base.removeprefix("requests."), ""
    if aspect not in _REQUEST_ASPECTS and not re.fullmatch(r"outcome\.\w+", aspect):
        aspect, _, rest = aspect.rpartition(".")
    text = _REQUEST_ASPECTS.get(aspect)
    if text is None and aspect.startswith("outcome."):
        name = aspect.removeprefix("outcome.")
        text = _GROUND_LABELS[Ground[name]] if name in Ground.__members__ else None
    if text is None:
        return ""
    detail = _CHANNELS.get(rest, "法人或其他组织" if rest == "organisations" else "")
    if rest in RequesterKind.__members__:
        kind = RequesterKind[rest]
        detail = "其他组织" if kind is RequesterKind.OTHER_ORG else kind.label
    return f"{text}·{detail or rest}" if rest else text
