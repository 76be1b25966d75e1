"""What must be disclosed of one's own motion: the items of Art. 20 and 21, the five openings.

The codes are the first-level categories of 法定主动公开内容 and are stored; the labels are what
screens show. A county has no rules of its own (规章) but the item stands as the article has it.
五公开: 国办发〔2016〕80号.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.statute.articles import REGULATIONS, Article


class Duty(StrEnum):
    """Whom an item binds."""

    EVERY_ORGAN = "EVERY_ORGAN"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"


@dataclass(frozen=True, slots=True)
class DisclosureItem:
    """One item of Art. 20 or 21: its code, the article, its scope, a short label for a table."""

    code: str
    article: Article
    label: str
    short: str
    duty: Duty


_NUMERALS = "一二三四五六七八九十"


def _numeral(number: int) -> str:
    return _NUMERALS[number - 1] if number <= 10 else f"十{_NUMERALS[number - 11]}"


def _item_20(number: int, label: str, short: str) -> DisclosureItem:
    article = Article(REGULATIONS, f"第二十条第{_numeral(number)}项", short)
    return DisclosureItem(f"20-{number:02d}", article, label, short, Duty.EVERY_ORGAN)


def _items_21(prefix: str, place: str, duty: Duty, labels: tuple[str, ...]) -> list[DisclosureItem]:
    return [
        DisclosureItem(
            f"{prefix}{number:02d}", Article(REGULATIONS, place, label), label, label, duty
        )
        for number, label in enumerate(labels, start=1)
    ]


ARTICLE_20: tuple[DisclosureItem, ...] = tuple(
    _item_20(number, label, short)
    for number, (label, short) in enumerate(
        (
            ("行政法规、规章和规范性文件", "法规文件"),
            (
                "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
                "机构职能",
            ),
            ("国民经济和社会发展规划、专项规划、区域规划及相关政策", "规划计划"),
            ("国民经济和社会发展统计信息", "统计信息"),
            (
                "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
                "行政许可和服务",
            ),
            (
                "实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的"
                "行政处罚决定",
                "行政处罚和强制",
            ),
            ("财政预算、决算信息", "财政预决算"),
            ("行政事业性收费项目及其依据、标准", "行政事业性收费"),
            ("政府集中采购项目的目录、标准及实施情况", "政府集中采购"),
            ("重大建设项目的批准和实施情况", "重大建设项目"),
            (
                "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况",
                "民生政策措施",
            ),
            ("突发公共事件的应急预案、预警信息及应对情况", "应急管理"),
            (
                "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
                "监督检查",
            ),
            (
                "公务员招考的职位、名额、报考条件等事项以及录用结果",
                "公务员招考",
            ),
            ("法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息", "其他法定信息"),
        ),
        start=1,
    )
)

_ADDED = "第二十一条"
ARTICLE_21_COUNTY = tuple(
    _items_21(
        "21-1",
        _ADDED,
        Duty.COUNTY,
        (
            "市政建设",
            "公共服务",
            "公益事业",
            "土地征收",
            "房屋征收",
            "治安管理",
            "社会救助",
        ),
    )
)
ARTICLE_21_TOWNSHIP = tuple(
    _items_21(
        "21-2",
        _ADDED,
        Duty.TOWNSHIP,
        (
            "贯彻落实农业农村政策",
            "农田水利工程建设运营",
            "农村土地承包经营权流转",
            "宅基地使用情况审核",
            "土地征收",
            "房屋征收",
            "筹资筹劳",
            "社会救助",
        ),
    )
)

ITEMS: Mapping[str, DisclosureItem] = {
    item.code: item for item in (*ARTICLE_20, *ARTICLE_21_COUNTY, *ARTICLE_21_TOWNSHIP)
}


def items_binding(*, township: bool) -> tuple[DisclosureItem, ...]:
    """Return the items that bind a township, or else a county government and its departments.

    Every organ discloses what falls to it: an item that an organ has no duty in stays empty.
    """
    return ARTICLE_20 + (ARTICLE_21_TOWNSHIP if township else ARTICLE_21_COUNTY)


class Stage(StrEnum):
    """五公开: the five stages of administration that are open."""

    DECISION = "DECISION"
    EXECUTION = "EXECUTION"
    MANAGEMENT = "MANAGEMENT"
    SERVICE = "SERVICE"
    RESULT = "RESULT"

    @property
    def label(self) -> str:
        """Return the Chinese name, such as 决策公开."""
        return _STAGES[self]


_STAGES = {
    Stage.DECISION: "决策公开",
    Stage.EXECUTION: "执行公开",
    Stage.MANAGEMENT: "管理公开",
    Stage.SERVICE: "服务公开",
    Stage.RESULT: "结果公开",
}
