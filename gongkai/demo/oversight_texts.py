"""What the demo's office did of its own in 2020: tasks, meetings, indicators, questions.

The tasks follow what the reference report tells was done; it names no figure of meetings, training,
appraisal or evaluation, so those are invented and marked as such where they are shown.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.demo import county as where
from gongkai.demo.road import MARK
from gongkai.oversight.actions import IndicatorTold, Method

PLAN = f"2020年靖安县政务公开工作要点{MARK}"
APPRAISAL = f"2020年度靖安县政务公开工作考核{MARK}"
EVALUATION = f"2020年度靖安县政务公开工作社会评议{MARK}"
CAMPAIGN = f"政务新媒体、微信和QQ工作群集中清理整治{MARK}"
_OFFICE, _TOWNS = where.OFFICE_CODE, tuple(each.code for each in where.TOWNSHIPS)


@dataclass(frozen=True, slots=True)
class Task:
    """A task: under which heading, what, who leads and joins in, by when, when it was done."""

    heading: str
    content: str
    lead: str
    due_on: date
    done_on: date | None
    joint: tuple[str, ...] = ()


_FIRST, _SECOND = "一、主动公开", "二、依申请公开"
_THIRD, _FOURTH, _FIFTH = "三、政府信息管理", "四、平台建设", "五、监督保障"
TASKS = (
    Task(_FIRST, "完成县本级和各乡镇基层政务公开标准目录编制并公开", _OFFICE,
         date(2020, 9, 30), date(2020, 9, 25), _TOWNS),
    Task(_FIRST, "标准目录增加养老服务、市政服务和户政服务等公开事项", "mzj",
         date(2020, 12, 10), date(2020, 12, 4), ("cgj", "gaj")),
    Task(_FIRST, "公开财政预决算和“三公”经费", "czj", date(2020, 10, 31), date(2020, 10, 23)),
    Task(_FIRST, "公开征地补偿安置公告和方案", "zrzyj", date(2020, 11, 30), date(2020, 12, 8)),
    Task(_FIRST, "公开食品药品抽检结果和行政处罚决定", "scjg",
         date(2020, 11, 30), date(2020, 11, 20)),
    Task(_FIRST, "公开义务教育招生方案和学区划分", "jtj", date(2020, 9, 15), date(2020, 9, 8)),
    Task(_FIRST, "公开空气、水环境质量和环境执法信息", "sthj",
         date(2020, 12, 15), date(2020, 12, 11)),
    Task(_FIRST, "政策文件与解读同步起草、审签和发布", "fgw",
         date(2020, 12, 25), date(2020, 12, 21), ("rsj", "wjw", "nyncj")),
    Task(_SECOND, "规范依申请公开登记、办理、调查、答复各环节", _OFFICE,
         date(2020, 10, 31), date(2020, 10, 28), ("zrzyj", "zjj")),
    Task(_THIRD, "修订靖安县人民政府信息公开指南", _OFFICE,
         date(2020, 9, 30), date(2020, 9, 18)),
    Task(_THIRD, "集中展示规范性文件，标注立改废等有效性信息", "sfj",
         date(2020, 11, 30), date(2020, 11, 25)),
    Task(_THIRD, "网站信息定期巡查、季度评估和问题整改", _OFFICE,
         date(2020, 12, 25), date(2020, 12, 22)),
    Task(_FOURTH, "在县行政服务中心和各乡镇便民服务中心设置政务公开体验区", "xzsp",
         date(2020, 12, 15), date(2020, 12, 9), _TOWNS),
    Task(_FOURTH, "集中清理整治政务新媒体、微信和QQ工作群", _OFFICE,
         date(2020, 11, 30), date(2020, 11, 27)),
    Task(_FOURTH, "建设政务公开短视频栏目", "wglj", date(2020, 12, 20), None),
    Task(_FIFTH, "制定进一步规范政务舆情应急处置工作机制", _OFFICE,
         date(2020, 9, 30), date(2020, 9, 22)),
    Task(_FIFTH, "落实月度通报制度，督促问题整改", _OFFICE,
         date(2020, 12, 25), date(2020, 12, 23)),
)  # fmt: skip
DROPPED_WHY = "与县融媒体中心的栏目合并建设，不再单独推进"


@dataclass(frozen=True, slots=True)
class Held:
    """What was held: kind, by whom, what, when; `heads` where no list of names was kept."""

    kind: str
    organ: str
    title: str
    on: date
    topic: str
    heads: int = 0
    hours: Decimal | None = None
    in_zone: bool = False


EVENTS = (
    Held("MEETING", _OFFICE, "全县政务公开工作推进会", date(2020, 8, 28),
         "部署2020年政务公开工作要点任务分工", 52),
    Held("MEETING", _OFFICE, "政务公开工作领导小组会议", date(2020, 4, 16),
         "研究基层政务公开标准化规范化实施方案", 14),
    Held("MEETING", _OFFICE, "政务公开工作调度会", date(2020, 11, 18),
         "通报月度检查和季度评估问题，调度整改", 47),
    Held("TRAINING", _OFFICE, "基层政务公开标准目录编制培训班", date(2020, 6, 10),
         "26个试点领域标准指引和目录编制方法", 58, Decimal(3)),
    Held("TRAINING", _OFFICE, "政府信息公开条例和申请办理业务培训班", date(2020, 9, 17),
         "新《条例》、申请办理流程和答复文书", 0, Decimal(6)),
    Held("TRAINING", "xzsp", "窗口人员政务公开体验区服务培训", date(2020, 10, 13),
         "信息查阅、申请辅导和政策咨询", 32, Decimal(2)),
    Held("TRAINING", "sxz", "双溪镇村（社区）信息员培训", date(2020, 10, 20),
         "乡镇标准目录和信息报送要求", 21, Decimal(2)),
    Held("ACTIVITY", "xzsp", "政务公开体验区开放日", date(2020, 12, 4),
         "邀请市民查阅信息、体验网上申请", 45, None, in_zone=True),
    Held("ACTIVITY", "sxz", "政策进社区活动", date(2020, 11, 12),
         "讲解养老服务和医疗保障政策", 60),
)  # fmt: skip
SIGNED_IN = "政府信息公开条例和申请办理业务培训班"

_D = Decimal
INDICATORS = (
    IndicatorTold(
        group="主动公开", item="主动公开信息", points=_D(20), method=Method.BY_TARGET,
        figure="disclosure.published", target=_D(60),
        standard="全年公开信息60条得满分，不足的按比例",
    ),
    IndicatorTold(
        group="主动公开", item="公开质量", points=_D(10),
        standard="内容准确、格式规范、解读同步；季度评估发现问题酌情扣分",
    ),
    IndicatorTold(
        group="依申请公开", item="申请按期答复", points=_D(15), method=Method.BY_RATE,
        figure="requests.on_time", standard="分值乘以按期答复率；全年没有申请的得满分",
    ),
    IndicatorTold(
        group="回应关切", item="热线工单按期办结", points=_D(10), method=Method.BY_RATE,
        figure="hotline.on_time", standard="分值乘以按期办结率；全年没有工单的得满分",
    ),
    IndicatorTold(
        group="任务落实", item="工作要点任务", points=_D(15), method=Method.BY_RATE,
        figure="oversight.tasks_done", standard="分值乘以任务完成率；没有牵头任务的由评审评定",
    ),
    IndicatorTold(
        group="任务落实", item="参加业务培训", points=_D(10), method=Method.BY_TARGET,
        figure="oversight.attended", target=_D(1), standard="派员参加全县业务培训",
    ),
    IndicatorTold(
        group="监督保障", item="行政复议被纠正", points=_D(10), method=Method.DEDUCTED,
        figure="remedies.reconsideration_corrected", each=_D(5), standard="每件扣5分",
    ),
    IndicatorTold(
        group="监督保障", item="机构人员和制度", points=_D(10),
        standard="分管负责人、工作机构和专人明确，先审后发制度落实",
    ),
)  # fmt: skip

# Of whom the public was asked (None: the whole county), and what.
ASKED: tuple[tuple[str | None, str], ...] = (
    (None, "政务公开总体情况"),
    ("gaj", "户籍、交通等办事信息公开"),
    ("rsj", "就业和社会保障信息公开"),
    ("zrzyj", "征地和不动产信息公开"),
    ("wjw", "医疗卫生和疫情防控信息公开"),
    ("scjg", "食品药品安全信息公开"),
    ("xzsp", "办事指南和窗口服务信息公开"),
    ("sxz", "乡镇惠民政策和资金信息公开"),
)
DEGREES = ("非常满意", "满意", "基本满意", "不满意", "不了解")
# How often each degree is given of twenty ballots, by question: a row a question, shifted.
ANSWERS = (0, 1, 1, 0, 2, 1, 0, 1, 4, 0, 1, 2, 0, 1, 0, 3, 1, 0, 1, 2)
CONCLUSION = (
    "多数评议人对政务公开工作表示满意。对征地补偿信息的公开和乡镇惠民资金的公开提出了改进意见，"
    "已经转有关单位研究，列入下一年工作要点。"
)
GROUPS = (
    ("WECHAT_GROUP", "nyncj", "县农业农村局春耕微信工作群", "CLOSE", "阶段性工作已经结束"),
    ("QQ_GROUP", "jtj", "县教育体育局信息报送QQ群", "CLOSE", "与教育系统办公平台功能重复"),
    ("WECHAT_GROUP", "yjj", "县应急管理局值班微信工作群", "KEEP", ""),
)
