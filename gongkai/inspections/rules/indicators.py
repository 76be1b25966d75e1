"""The indicators of 国办秘函〔2019〕19号 as dated data, and which rule counts under which.

Points are those that were confirmed (law.md 4.2, 4.3); None where the official figure is not
known: the county's office enters it, and a score tells which points are missing.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

SOURCE = "国办秘函〔2019〕19号"
SINCE = date(2019, 4, 1)


class Part(StrEnum):
    """The parts of the indicators."""

    VETO = "单项否决"
    MEDIA_VETO = "政务新媒体单项否决"
    SCORED = "扣分指标"
    BONUS = "加分指标"
    COUNTY = "日常监测"  # not of the national table: own checks that the office keeps


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; `points` is what the whole item is worth, `group` its first level."""

    code: str
    name: str
    part: Part
    group: str = ""
    points: int | None = None
    limit: str = ""
    basis: str = SOURCE
    since: date = SINCE
    until: date | None = None


_DAILY = "政府网站日常监测"
_ALL = (
    Indicator("W1", "安全、泄密事故等严重问题", Part.VETO,
              limit="严重表述错误、泄露国家秘密、链接不良内容、被篡改、弄虚作假"),
    Indicator("W2", "站点无法访问", Part.VETO, limit="监测1周，每天20次以上，15秒打不开的达到5%"),
    Indicator("W3", "首页不更新", Part.VETO, limit="监测2周，首页栏目无更新"),
    Indicator("W4", "栏目不更新", Part.VETO,
              limit="动态要闻类、通知公告、政策文件类达到5个；应更新未更新达到10个；空白栏目达到5个"),
    Indicator("W5", "互动回应差", Part.VETO,
              limit="没有咨询建言渠道；1年内有效留言超过3个月未答复"),
    Indicator("W6", "服务不实用", Part.VETO,
              limit="没有办事服务；指南要素缺失4类以上的事项达到5个"),
    Indicator("M1", "安全、泄密事故等严重问题", Part.MEDIA_VETO,
              limit="严重表述错误、泄露国家秘密、反动暴力色情内容、引发严重负面舆情"),
    Indicator("M2", "内容不更新", Part.MEDIA_VETO, limit="监测时前2周无更新"),
    Indicator("M3", "互动回应差", Part.MEDIA_VETO, limit="没有有效互动功能；强制点赞、购买粉丝"),
    Indicator("S11", "概况信息", Part.SCORED, "发布解读"),
    Indicator("S12", "机构职能", Part.SCORED, "发布解读"),
    Indicator("S13", "领导信息", Part.SCORED, "发布解读"),
    Indicator("S14", "动态要闻", Part.SCORED, "发布解读", limit="前2周未更新"),
    Indicator("S15", "政策文件", Part.SCORED, "发布解读", 5, "一级栏目前6个月未更新"),
    Indicator("S16", "政策解读", Part.SCORED, "发布解读", limit="前6个月未更新"),
    Indicator("S17", "其他栏目", Part.SCORED, "发布解读", limit="空白栏目，应更新未更新"),
    Indicator("S21", "事项公开", Part.SCORED, "办事服务", 2, "办事统计数据前3个月未更新"),
    Indicator("S22", "办事指南", Part.SCORED, "办事服务", limit="随机抽查5个事项，要素缺失"),
    Indicator("S23", "内容准确", Part.SCORED, "办事服务"),
    Indicator("S24", "表格样表", Part.SCORED, "办事服务"),
    Indicator("S31", "信息提交", Part.SCORED, "互动交流"),
    Indicator("S32", "统一登录", Part.SCORED, "互动交流"),
    Indicator("S33", "留言公开", Part.SCORED, "互动交流", 3, "前2个月未更新"),
    Indicator("S34", "办理答复", Part.SCORED, "互动交流", limit="5个工作日内答复"),
    Indicator("S35", "征集调查", Part.SCORED, "互动交流"),
    Indicator("S36", "互动访谈", Part.SCORED, "互动交流"),
    Indicator("S41", "域名名称", Part.SCORED, "功能设计"),
    Indicator("S42", "网站标识", Part.SCORED, "功能设计"),
    Indicator("S43", "可用性", Part.SCORED, "功能设计"),
    Indicator("S44", "信息搜索", Part.SCORED, "功能设计"),
    Indicator("S45", "一号登录", Part.SCORED, "功能设计"),
    Indicator("S46", "页面标签", Part.SCORED, "功能设计"),
    Indicator("S47", "兼容性", Part.SCORED, "功能设计"),
    Indicator("S48", "IPv6改造", Part.SCORED, "功能设计"),
    Indicator("B1", "创新发展", Part.BONUS),
    Indicator("D1", "链接安全", Part.COUNTY, _DAILY, basis=SOURCE),
    Indicator("D2", "内容表述", Part.COUNTY, _DAILY, basis=SOURCE),
    Indicator("D3", "个人信息保护", Part.COUNTY, _DAILY, basis="个人信息保护法"),
    Indicator("D4", "信息发布", Part.COUNTY, _DAILY, basis="政府信息公开条例第二十六条"),
    Indicator("D5", "无障碍浏览", Part.COUNTY, _DAILY, basis="无障碍环境建设法第三十二条"),
    Indicator("D6", "页面质量", Part.COUNTY, _DAILY, basis="国办发〔2017〕47号"),
    Indicator("D7", "账号管理", Part.COUNTY, "政务新媒体日常监测", basis="国办发〔2018〕123号"),
)  # fmt: skip
INDICATORS = MappingProxyType({each.code: each for each in _ALL})
GROUP_POINTS = MappingProxyType(
    {"发布解读": None, "办事服务": 25, "互动交流": None, "功能设计": None}
)  # 25 is confirmed; the four together are 100


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the inspector: what a report calls it, and the indicator it counts under."""

    name: str
    label: str
    indicator: str


_RULES = (
    *(Rule(code, INDICATORS[code].name, code) for code in
      ("W1", "W2", "W3", "W4", "W5", "W6", "M2", "M3")),
    Rule("account-sponsor-differs", "认证主体与主办单位不一致", "D7"),
    Rule("column-stale", "栏目未按期更新", "S17"),
    Rule("column-empty", "空白栏目", "S17"),
    Rule("link-dead", "链接打不开", "S43"),
    Rule("link-timeout", "链接超时", "S43"),
    Rule("link-truncated", "页面没有传完", "S43"),
    Rule("link-soft-404", "页面提示不存在", "S43"),
    Rule("link-soft-home", "文章地址跳回首页", "S43"),
    Rule("redirect-loop", "循环跳转", "S43"),
    Rule("image-dead", "图片打不开", "S43"),
    Rule("attachment-dead", "附件打不开", "S43"),
    Rule("attachment-empty", "附件没有内容", "S43"),
    Rule("attachment-unreadable", "附件损坏或者格式不符", "S43"),
    Rule("charset-undeclared", "没有声明文字编码", "S47"),
    Rule("charset-mismatch", "文字编码声明有误", "S47"),
    Rule("text-garbled", "文字乱码", "S47"),
    Rule("tag-missing", "页面标签缺失", "S46"),
    Rule("tag-empty", "页面标签为空", "S46"),
    Rule("tag-repeated", "页面标签重复", "S46"),
    Rule("tag-format", "页面标签格式有误", "S46"),
    Rule("element-missing", "页头页脚要素缺失", "S42"),
    Rule("search-fails", "搜索不可用", "S44"),
    Rule("ipv6-unreachable", "不支持 IPv6 访问", "S48"),
    Rule("link-strange", "链接到不良网站", "W1"),
    Rule("listed-word", "含有敏感词", "W1"),
    Rule("listed-link", "链接到禁用网址", "W1"),
    Rule("link-hidden", "疑似暗链", "W1"),
    Rule("frame-hidden", "隐藏的外部框架", "W1"),
    Rule("page-heavy", "页面过大", "D6"),
    Rule("html-invalid", "网页代码不规范", "D6"),
    Rule("w3c-html", "网页代码没有通过 W3C 检查", "D6"),
    Rule("axe-browser", "读屏、键盘、低视力使用有障碍", "D5"),
    Rule("axe-button-name", "按钮没有名称", "D5"),
    Rule("axe-document-title", "页面没有标题", "D5"),
    Rule("axe-frame-title", "框架没有标题", "D5"),
    Rule("axe-html-has-lang", "没有声明语言", "D5"),
    Rule("axe-image-alt", "图片没有替代文字", "D5"),
    Rule("axe-label", "输入框没有名称", "D5"),
    Rule("axe-link-name", "链接没有文字", "D5"),
    Rule("guide-element-missing", "办事指南要素缺失", "S22"),
    Rule("solicitation-without-feedback", "征集没有反馈", "S35"),
    Rule("date-in-future", "发布日期有误", "D4"),
    Rule("date-disagrees", "发布日期不一致", "D4"),
    Rule("published-before-formed", "发布早于成文", "D4"),
    Rule("published-late", "公开超过20个工作日", "D4"),
    Rule("validity-unmarked", "规范性文件未标注有效性", "D4"),
    Rule("identity_number", "泄露身份证号码", "D3"),
    Rule("identity_number_old", "泄露第一代身份证号码", "D3"),
    Rule("mobile_phone", "泄露手机号码", "D3"),
    Rule("landline", "泄露住宅电话", "D3"),
    Rule("bank_card", "泄露银行账号", "D3"),
    Rule("home_address", "泄露住址", "D3"),
    Rule("weak_mask", "个人信息遮盖不够", "D3"),
    Rule("passport", "泄露护照号码", "D3"),
    Rule("hk_macao_permit", "泄露港澳通行证号码", "D3"),
    Rule("taiwan_permit", "泄露台湾通行证号码", "D3"),
    Rule("military_id", "泄露军人证件号码", "D3"),
    Rule("plate", "泄露车牌号码", "D3"),
    Rule("email", "公开个人邮箱", "D3"),
    Rule("birth_date", "公开出生日期", "D3"),
    Rule("sensitive_person", "公开敏感人员信息", "D3"),
    Rule("sensitive_column", "表格含敏感个人信息列", "D3"),
    Rule("wording", "错别字和不规范表述", "D2"),
)  # fmt: skip
RULES = MappingProxyType({each.name: each for each in _RULES})


def indicator_of(rule: str) -> Indicator | None:
    """Return the indicator that a rule counts under, None for one that is not known here."""
    known = RULES.get(rule)
    return INDICATORS[known.indicator] if known else None


def in_force(on: date) -> list[Indicator]:
    """Return the indicators that hold on a day."""
    return [each for each in _ALL if each.since <= on and (each.until is None or on <= each.until)]
