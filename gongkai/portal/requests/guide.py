"""What the guide says of the law: terms, fees, remedies (Art. 12, 27-42, 47, 51).

Every number comes from `statute`, so that the guide changes when the law does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.statute.fees import Fee, Tariff, processing_fee
from gongkai.statute.limits import Rule, limit_on

ENVELOPE = "政府信息公开申请"
# How the information of an organ is sorted, as county guides tell it (practice.md 2.5).
CLASSES = (
    ("机构职能", "机关的职能、机构设置、办公地址、办公时间、联系方式、负责人姓名"),
    ("法规文件", "行政法规、规章和行政规范性文件"),
    ("规划计划", "国民经济和社会发展规划、专项规划、区域规划及相关政策"),
    ("行政许可和其他对外管理服务事项", "依据、条件、程序以及办理结果"),
    ("行政处罚、行政强制", "依据、条件、程序以及本机关认为具有一定社会影响的行政处罚决定"),
    ("财政和收费", "预算、决算信息，行政事业性收费项目及其依据、标准"),
    (
        "民生和公共事务",
        "教育、医疗、社会保障、环境保护、安全生产、应急管理等方面的政策、措施及其实施情况",
    ),
    ("政府采购和重大项目", "政府集中采购项目的目录、标准及实施情况，重大建设项目的批准和实施情况"),
)


@dataclass(frozen=True, slots=True)
class Term:
    """One time limit: what must be done, how long it may take, by which article."""

    what: str
    length: str
    article: str


@dataclass(frozen=True, slots=True)
class Price:
    """One slice of a tariff in words: which items or pages, at what price."""

    span: str
    price: str


def term(rule: Rule, today: date) -> str:
    """Return a limit of today's law, such as 20个工作日."""
    return limit_on(rule, today).label


def terms(today: date) -> tuple[Term, ...]:
    """Return the time limits that a requester should know, in the order of the procedure."""
    told = (
        ("申请内容不明确的，一次性告知补正", Rule.SUPPLEMENT_NOTICE),
        ("不能当场答复的，作出答复", Rule.REPLY),
        ("经政府信息公开工作机构负责人同意并告知申请人，可以延长", Rule.EXTENSION),
        ("征求第三方意见，第三方提出意见（不计入答复期限）", Rule.THIRD_PARTY_OPINION),
    )
    return tuple(
        Term(what, limit_on(rule, today).label, str(limit_on(rule, today).article))
        for what, rule in told
    )


def tariffs() -> Mapping[str, tuple[Price, ...]]:
    """Return both tariffs of 收费办法 in words, slice by slice."""
    return {
        "按件计收（适用于所有申请）：同一申请人一个自然月内累计": _item_prices(),
        "按量计收（要求以提供纸质件、发送电子邮件、复制电子数据等方式获取的）：一件申请": (
            _page_prices()
        ),
    }


def _item_prices() -> tuple[Price, ...]:
    fee = processing_fee(Tariff.BY_ITEM, 40)
    listed = _prices(fee)
    step = processing_fee(Tariff.BY_ITEM, 41).slices[-1].price - fee.slices[-1].price
    rest = f"每增加10件为一档，每件收费标准提高{_yuan(step)}"
    return (*listed, Price(f"{fee.count + 1}件以上的部分", rest))


def _page_prices() -> tuple[Price, ...]:
    fee = processing_fee(Tariff.BY_PAGE, 201)
    return _prices(fee)


def _prices(fee: Fee) -> tuple[Price, ...]:
    unit = fee.tariff.unit
    return tuple(
        Price(
            f"{each.first}{unit}以上的部分"
            if each.first == each.last
            else f"{each.last}{unit}以下（含{each.last}{unit}）"
            if each.first == 1
            else f"{each.first}至{each.last}{unit}的部分",
            "不收费" if not each.price else f"每{unit}{_yuan(each.price)}",
        )
        for each in fee.slices
    )


def _yuan(amount: Decimal) -> str:
    return f"{amount.normalize():f}元"


@dataclass(frozen=True, slots=True)
class Remedies:
    """The terms of the ways to have an answer looked at again, in words."""

    reconsideration: str
    suit: str
    suit_after: str


def remedies(today: date) -> Remedies:
    """Return the terms of reconsideration and suit under the law of `today`."""
    return Remedies(
        reconsideration=term(Rule.RECONSIDERATION_APPLICATION, today),
        suit=term(Rule.SUIT_DIRECT, today),
        suit_after=term(Rule.SUIT_AFTER_RECONSIDERATION, today),
    )
