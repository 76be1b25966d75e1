"""What happened in the demo's year: made-up records whose sums are the published ones.

The published sums (`reference/`): documents 16 made, 11 published, 24 public;
licences 511, -266, 154; other services 244, -23, 150,092; penalties 130, -4, 40;
coercion 11, 0, 0; fees 34, +41; procurement 363 projects, 20,063.4964 万元;
29 requests, 15 of them at county level (1 in person, 10 online, 4 by letter).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from gongkai.demo.county import COUNTY_CODE, DEPARTMENTS, OFFICE_CODE
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind


@dataclass(frozen=True, slots=True)
class RegisterYear:
    """One register of the county: stock before 2020, change and decisions in it, amount in 元."""

    kind: str
    opening: int
    change: int
    decisions: int = 0
    projects: int = 0
    amount: Decimal = Decimal(0)


REGISTERS = (
    RegisterYear("LICENCE", 511, -266, 154),
    RegisterYear("OUTWARD_SERVICE", 244, -23, 150_092),
    RegisterYear("PENALTY", 130, -4, 40),
    RegisterYear("COERCION", 11, 0, 0),
    RegisterYear("FEE", 34, 41),
    RegisterYear("PROCUREMENT", 0, 0, projects=363, amount=Decimal("200634964.00")),
)


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Return `total` in whole parts by weight, adding up exactly (largest remainders first)."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def in_yuan(cents: int) -> Decimal:
    """Return an amount of fen (分) in 元."""
    return Decimal(cents) / 100


def register_shares(register: RegisterYear) -> Iterator[tuple[str, RegisterYear]]:
    """Yield each department's code with its part of the county's register."""
    takers = [organ for organ in DEPARTMENTS if organ.share]
    weights = [organ.share for organ in takers]
    parts = zip(
        takers,
        share_out(register.opening, weights),
        share_out(register.change, weights),
        share_out(register.decisions, weights),
        share_out(register.projects, weights),
        share_out(int(register.amount * 100), weights),
        strict=True,
    )
    for organ, opening, change, decisions, projects, cents in parts:
        amount = in_yuan(cents)
        part = RegisterYear(register.kind, opening, change, decisions, projects, amount)
        if opening or change or decisions or projects or cents:
            yield organ.code, part


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """One normative document: who made it, its subject, number, day made and day published."""

    organ: str
    subject: str
    number: int
    formed_on: date
    published_on: date | None


_EARLIER = (
    "城镇燃气安全管理", "农村饮水工程运行管护", "小型水库安全管理", "公共租赁住房分配",
    "农村宅基地审批", "城区停车秩序", "河道采砂管理", "农产品质量安全追溯", "全域旅游奖励",
    "义务教育招生", "临时救助", "森林防火", "畜禽养殖布局",
)  # fmt: skip
_PUBLISHED = (
    "支持企业复工复产若干措施", "城乡居民最低生活保障", "促进工业高质量发展", "生活垃圾分类",
    "电动自行车管理", "老旧小区改造补助", "农村公路养护", "白茶产业发展扶持",
    "养老服务设施建设", "建筑工地扬尘治理", "政务服务帮代办",
)  # fmt: skip
_MADE_ONLY = (
    "户外广告设置", "民宿管理", "财政专项资金绩效管理", "储备粮管理", "招商引资考核",
)  # fmt: skip


def documents() -> Iterator[DemoDocument]:
    """Yield 29 documents: 13 out before 2020, 11 made and out in it, 5 made in it, out later."""
    for i, subject in enumerate(_EARLIER):
        formed = date(2017, 3, 6) + timedelta(days=70 * i)
        yield DemoDocument(COUNTY_CODE, subject, 3 + i % 7, formed, formed + timedelta(days=12))
    for i, subject in enumerate(_PUBLISHED):
        formed = date(2020, 2, 12) + timedelta(days=27 * i)
        organ = OFFICE_CODE if i % 3 == 2 else COUNTY_CODE
        yield DemoDocument(organ, subject, 2 + i, formed, formed + timedelta(days=9))
    for i, subject in enumerate(_MADE_ONLY):
        formed = date(2020, 12, 21) + timedelta(days=2 * i)
        yield DemoDocument(COUNTY_CODE, subject, 20 + i, formed, formed + timedelta(days=20))


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """One request: to whom, by which channel, by whom, about what, and how it was answered."""

    organ: str
    channel: str
    kind: RequesterKind
    received_on: date
    answered_on: date
    subject: str
    ground: Ground


_CHANNELS = ("IN_PERSON", *["ONLINE"] * 10, *["POST_SIGNED"] * 4)
_ELSEWHERE = (
    "zrzyj", "zjj", "zrzyj", "nyncj", "rsj", "czj", "zrzyj", "jtysj", "slj", "gaj",
    "sxz", "sxz", "rsz", "xtx",
)  # fmt: skip
_SUBJECTS = (
    "集体土地征收公告及补偿安置方案", "旧城改造项目房屋征收决定", "农村公路建设资金使用情况",
    "县城总体规划图", "乡镇财政决算说明", "廉租住房分配结果", "水库移民后期扶持资金发放情况",
    "建设项目环境影响评价批复", "扶贫项目资金安排", "小学学区划分方案",
)  # fmt: skip


def requests() -> Iterator[DemoRequest]:
    """Yield the 29 requests of the year: 15 to the county government, 14 to other organs.

    One comes from a legal service body and ends otherwise ((六)其他处理); all
    others are natural persons' and granted. None is carried in or over.
    """
    for i, channel in enumerate(_CHANNELS):
        received = date(2020, 1, 13) + timedelta(days=22 * i)
        firm = i == 7
        yield DemoRequest(
            COUNTY_CODE,
            channel,
            RequesterKind.LEGAL_SERVICE_ORG if firm else RequesterKind.NATURAL_PERSON,
            received,
            received + timedelta(days=9 + i % 8),
            _SUBJECTS[i % len(_SUBJECTS)],
            Ground.OTHER if firm else Ground.GRANTED,
        )
    for i, organ in enumerate(_ELSEWHERE):
        received = date(2020, 2, 17) + timedelta(days=20 * i)
        yield DemoRequest(
            organ,
            ("ONLINE", "POST_SIGNED", "ONLINE", "IN_PERSON")[i % 4],
            RequesterKind.NATURAL_PERSON,
            received,
            received + timedelta(days=8 + i % 9),
            _SUBJECTS[(i + 3) % len(_SUBJECTS)],
            Ground.GRANTED,
        )
