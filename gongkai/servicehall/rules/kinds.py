"""Kinds and code lists of items, halls, policies and zones, with their Chinese names.

Kinds of items, materials and terms are those of GB/T 39554 as law.md 8.2 gives them. The lists of
themes are the usual ones of government service sites; another list may be set in their place.
"""

from enum import StrEnum
from types import MappingProxyType


class _Labelled(StrEnum):
    """An enum whose values are Chinese names kept apart from the stored codes."""

    label: str

    def __new__(cls, code: str, label: str) -> "_Labelled":
        """Make a member of its code and its Chinese name."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class ItemKind(_Labelled):
    """事项类型 (GB/T 39554.1)."""

    LICENCE = "LICENCE", "行政许可"
    CONFIRMATION = "CONFIRMATION", "行政确认"
    PAYMENT = "PAYMENT", "行政给付"
    REWARD = "REWARD", "行政奖励"
    RULING = "RULING", "行政裁决"
    LEVY = "LEVY", "行政征收"
    PENALTY = "PENALTY", "行政处罚"
    COERCION = "COERCION", "行政强制"
    INSPECTION = "INSPECTION", "行政检查"
    OTHER_POWER = "OTHER_POWER", "其他行政权力"
    PUBLIC_SERVICE = "PUBLIC_SERVICE", "公共服务"


class Processing(_Labelled):
    """办件类型."""

    AT_ONCE = "AT_ONCE", "即办件"
    PROMISED = "PROMISED", "承诺件"


class Audience(_Labelled):
    """服务对象."""

    PERSON = "PERSON", "自然人"
    LEGAL = "LEGAL", "法人或者其他组织"
    BOTH = "BOTH", "自然人、法人或者其他组织"


class TermUnit(_Labelled):
    """What a term is counted in."""

    WORKDAY = "WORKDAY", "工作日"
    DAY = "DAY", "自然日"
    HOUR = "HOUR", "小时"
    MONTH = "MONTH", "月"
    YEAR = "YEAR", "年"


class Depth(_Labelled):
    """网上办理深度."""

    ASK = "ASK", "互联网咨询"
    FILE = "FILE", "互联网收件"
    PREVIEW = "PREVIEW", "互联网预审"
    ACCEPT = "ACCEPT", "互联网受理"
    HANDLE = "HANDLE", "互联网办理"
    RESULT = "RESULT", "互联网办理结果信息反馈"


class MaterialKind(_Labelled):
    """材料类型."""

    ORIGINAL = "ORIGINAL", "原件"
    COPY = "COPY", "复印件"
    BOTH = "BOTH", "原件和复印件"


class MaterialForm(_Labelled):
    """材料形式."""

    PAPER = "PAPER", "纸质"
    ELECTRONIC = "ELECTRONIC", "电子"
    EITHER = "EITHER", "纸质或电子"


class MaterialNeed(_Labelled):
    """材料必要性."""

    NEEDED = "NEEDED", "必要"
    OPTIONAL = "OPTIONAL", "非必要"
    LATER = "LATER", "容缺后补"


class HallKind(_Labelled):
    """Where people are served."""

    COUNTY = "COUNTY", "县政务服务中心"
    TOWNSHIP = "TOWNSHIP", "乡镇便民服务中心"
    VILLAGE = "VILLAGE", "村（社区）便民服务站"
    OTHER = "OTHER", "专业大厅、分中心"


class WindowKind(_Labelled):
    """What a window is for."""

    DEPARTMENT = "DEPARTMENT", "部门窗口"
    GENERAL = "GENERAL", "综合窗口"
    FULFILMENT = "FULFILMENT", "惠企政策兑现窗口"
    HELP = "HELP", "帮代办窗口"
    DISCLOSURE = "DISCLOSURE", "政务公开窗口"
    COMPLAINT = "COMPLAINT", "“办不成事”反映窗口"


class FulfilmentWay(_Labelled):
    """兑现方式."""

    UNASKED = "UNASKED", "免申即享"
    AT_ONCE = "AT_ONCE", "即申即享"
    EXAMINED = "EXAMINED", "承诺兑现、申报审核"


class ZonePlace(_Labelled):
    """Where a zone for open government is set up (law.md 7.4)."""

    HALL = "HALL", "政务服务中心"
    CONVENIENCE = "CONVENIENCE", "便民服务中心"
    LIBRARY = "LIBRARY", "图书馆"
    ARCHIVES = "ARCHIVES", "档案馆"
    OTHER = "OTHER", "其他场所"


class Rating(_Labelled):
    """政务服务“好差评” in five degrees."""

    VERY_GOOD = "VERY_GOOD", "非常满意"
    GOOD = "GOOD", "满意"
    FAIR = "FAIR", "基本满意"
    POOR = "POOR", "不满意"
    VERY_POOR = "VERY_POOR", "非常不满意"


# What table two of the 2019 form counts each kind of item under: item (五) and (六) of Art. 20.
# A public service is no power over people: it is told of the hall and counted in no table.
COUNTED_AS = MappingProxyType(
    {
        ItemKind.LICENCE: "LICENCE",
        ItemKind.PENALTY: "PENALTY",
        ItemKind.COERCION: "COERCION",
        ItemKind.PUBLIC_SERVICE: "PUBLIC_SERVICE",
    }
)
OUTWARD_SERVICE, PUBLIC_SERVICE = "OUTWARD_SERVICE", "PUBLIC_SERVICE"


def counted_as(kind: ItemKind) -> str:
    """Return the name under which items of a kind are counted, usually that of a register."""
    return COUNTED_AS.get(kind, OUTWARD_SERVICE)


_PERSONS = (
    "生育收养 户籍办理 民族宗教 教育科研 入伍服役 就业创业 设立变更 准营准办 职业资格 行政缴费 "
    "婚姻登记 优待抚恤 规划建设 住房保障 社会保障 证件办理 交通出行 旅游观光 出境入境 消费维权 "
    "公共安全 司法公证 知识产权 环保绿化 文化体育 公用事业 医疗卫生 离职退休 死亡殡葬 其他"
)
_BODIES = (
    "设立变更 准营准办 资质认证 年检年审 税收财务 人力资源 社会保障 投资审批 融资信贷 抵押质押 "
    "商务贸易 招标拍卖 海关口岸 涉外服务 农林牧渔 国土和规划建设 交通运输 环保绿化 应急管理 "
    "水务气象 医疗卫生 科技创新 文体教育 知识产权 民族宗教 质量技术 检验检疫 安全生产 公安消防 "
    "司法公证 公用事业 法人注销 档案文物 其他"
)
# 面向自然人、面向法人的主题分类; the place in the list is the theme's code in addresses.
THEMES = MappingProxyType(
    {
        f"{mark}{place:02}": name
        for mark, names in (("g", _PERSONS), ("f", _BODIES))
        for place, name in enumerate(names.split(), 1)
    }
)


def themes_for(audience: Audience) -> tuple[str, ...]:
    """Return the codes of the themes that an audience may have."""
    marks = {Audience.PERSON: "g", Audience.LEGAL: "f"}.get(audience, "gf")
    return tuple(code for code in THEMES if code[0] in marks)
