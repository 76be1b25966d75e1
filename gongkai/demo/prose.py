"""What the demo's authors write where the drafts leave room; figures come by name only."""

from gongkai.annualreport.models import Report, Return

_UNIT = {
    "problems": (
        "一是主动公开的及时性有待提高，个别信息形成后公开不够快；"
        "二是工作人员对政府信息公开业务掌握不够全面。\n"
        "下一步将把公开要求嵌入办文流程，明确专人负责，并参加县政府办公室组织的业务培训。"
    ),
}
_COUNTY = {
    "management": (
        "县政府办公室统筹全县政府信息公开工作，落实先审后发和保密审查制度；"
        "对规范性文件集中展示并标注有效性；每月检查政府网站并印发通报，督促责任单位整改。"
    ),
    "platform": (
        "县政府门户网站支持IPv6访问，首页设置政府信息公开专栏和导航；"
        "政务公开体验区设在县行政服务中心和各乡镇便民服务中心，方便群众查阅信息、提出申请。"
    ),
    "supervision": (
        "县政府办公室设政务公开办公室，明确专人负责；开展业务培训和季度评估，"
        "将政务公开纳入年度考核，开展社会评议。本年度没有因政府信息公开工作被责任追究的情形。"
    ),
    "problems": (
        "一是基层政务公开标准化规范化水平有待提高；"
        "二是依申请公开的办理流程需要进一步规范；三是政策解读的形式还比较单一。\n"
        "针对以上问题，将按照标准目录逐项核查公开内容，规范申请的登记、办理、答复和归档，"
        "推动主要负责同志带头解读重要政策，更多采用图表、短视频等形式，"
        "并面向部门和乡镇工作人员开展业务培训。"
    ),
}


def of_unit(unit: Return) -> dict[str, str]:
    """Return a unit's templates, its drafts completed."""
    return {**unit.templates, **_UNIT}


def of_county(report: Report) -> dict[str, str]:
    """Return the county's templates, its drafts completed."""
    return {**report.templates, **{k: text for k, text in _COUNTY.items() if k in report.templates}}
