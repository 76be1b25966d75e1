"""What our own records are looked at for, with the indicator each fault counts under.

Serves 政府信息公开条例 26 and 33, 国办发〔2019〕54号 and 国办秘函〔2019〕19号 as far as they can be
told from the records of the county itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InsideRule:
    """A check of our own records: name, indicators of two levels, the standard it rests on."""

    name: str
    label: str
    indicator: str
    item: str
    standard: str


_REGISTRY = "国办发〔2018〕123号"
# What an account is found wanting in beside the vetoes M2 and M3: name, label, standard.
_ACCOUNTS = (
    ("account-unverified", "未登记认证主体", f"账号经平台认证，认证主体为主办单位（{_REGISTRY}）"),
    ("account-unfiled", "未登记备案编号", f"账号在全国政务新媒体信息报送系统备案（{_REGISTRY}）"),
    ("account-no-link", "未登记账号链接", f"账号的名称、链接等登记完整（{_REGISTRY}）"),
    ("account-no-home", "没有链接政府网站", f"政务新媒体与政府网站融合发展（{_REGISTRY}）"),
    (
        "account-doubled",
        "同一平台多个账号",
        f"一个单位在一个平台原则上只开设一个账号（{_REGISTRY}）",
    ),
    ("account-comments", "留言未答复", f"及时答复公众留言（{_REGISTRY}）"),
    ("account-contract-over", "托管合同已到期", f"加强第三方运维管理（{_REGISTRY}）"),
)
_RULES = (
    *(
        InsideRule(name, label, "政务新媒体日常监测", "账号管理", standard)
        for name, label, standard in _ACCOUNTS
    ),
    InsideRule(
        "item-empty",
        "目录事项空白",
        "主动公开",
        "目录事项公开",
        "基层政务公开标准目录所列事项应当公开（国办发〔2019〕54号）",
    ),
    InsideRule(
        "item-late",
        "目录事项超期未更新",
        "主动公开",
        "目录事项更新",
        "目录事项按公开时限更新（国办发〔2019〕54号）",
    ),
    InsideRule(
        "published-late",
        "超过20个工作日公开",
        "主动公开",
        "公开时限",
        "自形成或者变更之日起20个工作日内公开（政府信息公开条例第二十六条）",
    ),
    InsideRule(
        "not-published",
        "到期未公开",
        "主动公开",
        "公开时限",
        "自形成或者变更之日起20个工作日内公开（政府信息公开条例第二十六条）",
    ),
    InsideRule(
        "published-before-formed",
        "发布日期早于成文日期",
        "主动公开",
        "信息准确",
        "发布日期不早于成文日期",
    ),
    InsideRule(
        "not-interpreted",
        "政策文件未配解读",
        "政策解读",
        "解读与文件关联",
        "政策文件与解读材料同步公开、相互关联（国办发〔2016〕80号）",
    ),
    InsideRule(
        "no-feedback",
        "意见征集未反馈",
        "互动交流",
        "征集调查",
        "征集结束后公布意见采纳情况（国办秘函〔2019〕19号）",
    ),
    InsideRule(
        "proposal-late",
        "建议提案答复超期",
        "建议提案办理",
        "答复和公开",
        "自交办之日起三个月内答复，最迟不超过六个月（代表法，政协提案办理规定）",
    ),
    InsideRule(
        "proposal-unpublished",
        "建议提案办理结果未公开",
        "建议提案办理",
        "答复和公开",
        "涉及公共利益、公众权益、社会关切和需要社会广泛知晓的，公开答复全文（国办函〔2014〕46号）",
    ),
    InsideRule(
        "request-late",
        "依申请公开答复超期",
        "依申请公开",
        "答复期限",
        "收到申请之日起20个工作日内答复（政府信息公开条例第三十三条）",
    ),
    InsideRule(
        "request-near",
        "依申请公开临近期限",
        "依申请公开",
        "答复期限",
        "收到申请之日起20个工作日内答复（政府信息公开条例第三十三条）",
    ),
    InsideRule(
        "guide-incomplete",
        "办事指南要素不全",
        "办事服务",
        "办事指南",
        "办事指南的八类重点要素齐全（国办秘函〔2019〕19号）",
    ),
    InsideRule(
        "error-late",
        "网站纠错答复超期",
        "互动交流",
        "我为政府网站找错",
        "网民留言3个工作日内答复（国办发〔2017〕47号）",
    ),
    InsideRule(
        "message-late",
        "留言答复超期",
        "互动交流",
        "留言答复",
        "简单常见问题5个工作日、其他15个工作日内答复（国办发〔2017〕47号）",
    ),
    InsideRule(
        "message-stale",
        "留言超过三个月未答复",
        "单项否决",
        "互动回应差",
        "政务咨询类栏目前1年内有效留言超过3个月未答复的，单项否决（国办秘函〔2019〕19号）",
    ),
)
# Rules of accounts that a scan from outside looks for too.
OF_ACCOUNTS = frozenset({"M2", "M3", "account-sponsor-differs"})
# Rules of guides that a scan from outside looks for too.
OF_GUIDES = frozenset({"W6"})
# A date that draws near is no fault: the bulletin leaves it out, and it lapses when it is met.
NOTICES = frozenset({"request-near"})
INSIDE: Mapping[str, InsideRule] = {rule.name: rule for rule in _RULES}
