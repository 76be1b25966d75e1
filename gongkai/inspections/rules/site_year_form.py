"""The form of a website's yearly work report (政府网站工作年度报表) by edition, as plain data.

国办函〔2018〕12号, law.md 4.7: every site publishes it by 31 January on its home page. A group is
one block of the form; a field one figure, choice or word of it. `derived` says that records tell
the figure where the site is built on this platform; everything else the office states itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BASIS = "国办函〔2018〕12号"
DUE_MONTH, DUE_DAY = 1, 31


class Kind(StrEnum):
    """What a field takes."""

    COUNT = "COUNT"
    DAYS = "DAYS"
    YES_NO = "YES_NO"
    TEXT = "TEXT"
    CHOICE = "CHOICE"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: code, label and unit as printed, what it takes, whether it may stay empty."""

    code: str
    label: str
    kind: Kind = Kind.COUNT
    unit: str = ""
    derived: bool = False
    optional: bool = False
    choices: tuple[str, ...] = ()

    @property
    def full_label(self) -> str:
        """Return the label with its unit, as the form prints it."""
        return f"{self.label}（单位：{self.unit}）" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Group:
    """One block of the form; where figures are stated by the office, it says from where."""

    code: str
    title: str
    fields: tuple[FormField, ...]
    part: str = ""  # the second heading within a title: 留言办理 under 互动交流

    @property
    def name(self) -> str:
        """Return both headings."""
        return f"{self.title}·{self.part}" if self.part else self.title

    def asks_source(self, *, from_records: bool) -> bool:
        """Say whether the block has figures that no record tells, so that it wants a source."""
        return any(
            field.kind in (Kind.COUNT, Kind.DAYS) and not (from_records and field.derived)
            for field in self.fields
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """The form as it stands from a year on."""

    code: str
    basis: str
    since: int
    groups: tuple[Group, ...]

    def fields(self) -> Iterator[FormField]:
        """Yield every field in the order of the form."""
        for group in self.groups:
            yield from group.fields

    def field(self, code: str) -> FormField:
        """Return the field of a code; raises KeyError when the edition has none."""
        for each in self.fields():
            if each.code == code:
                return each
        raise KeyError(code)


def _count(code: str, label: str, unit: str, *, derived: bool = False) -> FormField:
    return FormField(code, label, Kind.COUNT, unit, derived)


def _yes(code: str, label: str) -> FormField:
    return FormField(code, label, Kind.YES_NO)


def _text(code: str, label: str, *, optional: bool = False) -> FormField:
    return FormField(code, label, Kind.TEXT, optional=optional)


def _account(code: str, label: str, followers: str) -> tuple[FormField, ...]:
    return (
        FormField(f"{code}_name", f"{label}名称", Kind.TEXT, derived=True, optional=True),
        FormField(f"{code}_posts", f"{label}信息发布量", Kind.COUNT, "条", True, True),
        FormField(f"{code}_fans", f"{label}{followers}", Kind.COUNT, "个", True, True),
    )


SITE_KINDS = ("政府门户网站", "部门网站", "专项网站")

EDITION_2018 = Edition(
    "2018",
    BASIS,
    2018,
    (
        Group("head", "基本信息", (
            _text("filler", "填报单位"),
            _text("name", "网站名称"),
            _text("address", "首页网址"),
            _text("sponsor", "主办单位"),
            FormField("kind", "网站类型", Kind.CHOICE, choices=SITE_KINDS),
            _text("site_code", "政府网站标识码"),
            _text("icp", "ICP备案号"),
            _text("police", "公安机关备案号"),
        )),
        Group("visits", "访问情况", (
            _count("visitors", "独立用户访问总量", "个"),
            _count("visits", "网站总访问量", "次"),
        )),
        Group("publishing", "信息发布", (
            _count("published", "总数", "条", derived=True),
            _count("published_overview", "概况类信息更新量", "条", derived=True),
            _count("published_news", "政务动态信息更新量", "条", derived=True),
            _count("published_disclosure", "信息公开目录信息更新量", "条", derived=True),
        )),
        Group("topics", "专栏专题", (
            _count("topics_kept", "维护数量", "个", derived=True),
            _count("topics_new", "新开设数量", "个", derived=True),
        )),
        Group("explaining", "解读回应", (
            _count("explained", "总数", "条", derived=True),
            _count("explained_text", "解读材料数量", "条", derived=True),
            _count("explained_product", "解读产品数量", "个", derived=True),
            _count("explained_comment", "媒体评论文章数量", "篇"),
        ), "解读信息发布"),
        Group("answering", "解读回应", (
            _count("responses", "回应公众关注热点或重大舆情数量", "次", derived=True),
        ), "回应"),
        Group("services", "办事服务", (
            _yes("has_service_list", "是否发布服务事项目录"),
            _count("users", "注册用户数", "个"),
            _count("services", "政务服务事项数量", "项"),
            _count("services_online", "可全程在线办理政务服务事项数量", "项"),
            _count("handled", "办件量总数", "件"),
            _count("handled_people", "自然人办件量", "件"),
            _count("handled_firms", "法人办件量", "件"),
        )),
        Group("platform", "互动交流", (_yes("one_platform", "是否使用统一平台"),)),
        Group("messages", "互动交流", (
            _count("received", "收到留言数量", "条", derived=True),
            _count("settled", "办结留言数量", "条", derived=True),
            FormField("days", "平均办理时间", Kind.DAYS, "天", True, True),
            _count("answered_publicly", "公开答复数量", "条", derived=True),
        ), "留言办理"),
        Group("asking", "互动交流", (
            _count("solicited", "征集调查期数", "期", derived=True),
            _count("comments", "收到意见数量", "条", derived=True),
            _count("fed_back", "公布调查结果期数", "期", derived=True),
        ), "征集调查"),
        Group("interviews", "互动交流", (
            _count("interviews", "访谈期数", "期", derived=True),
            _count("interview_messages", "网民留言数量", "条", derived=True),
            _count("interview_answers", "答复网民提问数量", "条", derived=True),
        ), "在线访谈"),
        Group("smart", "互动交流", (_yes("smart_answers", "是否提供智能问答"),)),
        Group("security", "安全防护", (
            _count("tests", "安全检测评估次数", "次"),
            _count("faults", "发现问题数量", "个"),
            _count("mended", "问题整改数量", "个"),
            _yes("early_warning", "是否建立安全监测预警机制"),
            _yes("drill", "是否开展应急演练"),
            _yes("responsible", "是否明确网站安全责任人"),
        )),
        Group("media", "移动新媒体", (
            FormField("has_media", "是否有移动新媒体", Kind.YES_NO, derived=True),
            *_account("weibo", "微博", "关注量"),
            *_account("wechat", "微信", "订阅数"),
            FormField("media_other", "其他", Kind.TEXT, derived=True, optional=True),
        )),
        Group("innovation", "创新发展", (
            _yes("search_service", "搜索即服务"),
            _yes("languages", "多语言版本"),
            _yes("accessible", "无障碍浏览"),
            _yes("personal", "千人千网"),
            _text("innovation_other", "其他", optional=True),
        )),
        Group("foot", "填报信息", (
            _text("head_of_unit", "单位负责人"),
            _text("phone", "联系电话"),
        )),
    ),
)  # fmt: skip

EDITIONS = (EDITION_2018,)
# What does not change with the year: carried over from the year before when a report is begun.
CARRIED = tuple(
    field.code
    for group in EDITION_2018.groups
    for field in group.fields
    if field.kind in (Kind.TEXT, Kind.CHOICE) and not field.derived
)


def edition_of(year: int) -> Edition | None:
    """Return the form of a year; None before the first."""
    known = [each for each in EDITIONS if each.since <= year]
    return known[-1] if known else None


def edition_named(code: str) -> Edition:
    """Return an edition by its code; raises KeyError when there is none."""
    return {each.code: each for each in EDITIONS}[code]


def due_on(year: int) -> date:
    """Return the last day to publish the report of a year."""
    return date(year + 1, DUE_MONTH, DUE_DAY)
