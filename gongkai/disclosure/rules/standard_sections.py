"""The usual tree of a county's site, with the slugs that people and crawlers expect.

The four required parts (指南, 制度, 法定主动公开内容, 年报) with the door 依申请公开
(国办公开办函〔2019〕61号), the items of Art. 20 and 21, 五公开, and what nearly every site has
beside. Limits of age follow 国办秘函〔2019〕19号: news two weeks, notices and policy six months.
"""

from gongkai.disclosure.rules.sections import Planned

_NEWS, _HALF_YEAR, _YEAR = 14, 180, 365
_GROUP, _RECORDS = "GROUP", "RECORDS"


def _statutory(slug: str, title: str, item: str, kind: str = "STATUTORY") -> Planned:
    return Planned(
        f"zwgk/fdzdgknr/{slug}",
        title,
        kind,
        legal_item=item,
        max_age_days=_YEAR,
        on_organ_pages=True,
    )


def _policy(slug: str, title: str, kind: str = "POLICY") -> Planned:
    return Planned(
        f"zwgk/fdzdgknr/zcwj/{slug}",
        title,
        kind,
        legal_item="20-01",
        max_age_days=_HALF_YEAR,
        on_organ_pages=True,
    )


def _stage(slug: str, title: str, stage: str) -> Planned:
    return Planned(f"zwgk/wgk/{slug}", title, "OTHER", stage=stage, on_organ_pages=True)


TREE: tuple[Planned, ...] = (
    Planned("zwdt", "政务动态", "NEWS", _GROUP, in_menu=True),
    Planned("zwdt/zwyw", "政务要闻", "NEWS", max_age_days=_NEWS),
    Planned("zwdt/bmdt", "部门动态", "NEWS", max_age_days=_NEWS, on_organ_pages=True),
    Planned("zwdt/xzdt", "乡镇动态", "NEWS", max_age_days=_NEWS, on_organ_pages=True),
    Planned("zwdt/tzgg", "通知公告", "NOTICE", max_age_days=_HALF_YEAR, on_organ_pages=True),
    Planned("zwgk", "政务公开", "OTHER", _GROUP, in_menu=True),
    Planned("zwgk/zfxxgkzn", "政府信息公开指南", "OVERVIEW", _RECORDS, on_organ_pages=True),
    Planned("zwgk/zfxxgkzd", "政府信息公开制度", "POLICY", on_organ_pages=True),
    Planned("zwgk/fdzdgknr", "法定主动公开内容", "STATUTORY", _GROUP, on_organ_pages=True),
    _statutory("jgzn", "机构职能", "20-02", "ORGANS"),
    _statutory("ldxx", "领导信息", "20-02", "LEADERS"),
    Planned(
        "zwgk/fdzdgknr/zcwj", "政策文件", "POLICY", _GROUP, legal_item="20-01", on_organ_pages=True
    ),
    _policy("xzfwj", "县政府文件"),
    _policy("xfbwj", "县政府办文件"),
    _policy("bmwj", "部门文件"),
    _policy("xzwj", "乡镇文件"),
    _policy("gfxwj", "行政规范性文件"),
    _policy("qljg", "清理结果"),
    _policy("zcjd", "政策解读", "INTERPRETATION"),
    _statutory("ghjh", "规划计划", "20-03"),
    _statutory("tjxx", "统计信息", "20-04"),
    _statutory("xzxk", "行政许可和其他对外管理服务", "20-05"),
    _statutory("xzcf", "行政处罚和行政强制", "20-06"),
    _statutory("czyjs", "财政预算决算", "20-07"),
    _statutory("xzsf", "行政事业性收费", "20-08"),
    _statutory("zfcg", "政府集中采购", "20-09"),
    _statutory("zdxm", "重大建设项目", "20-10"),
    _statutory("fpgz", "乡村振兴", "20-11"),
    _statutory("jyxx", "教育", "20-11"),
    _statutory("ylws", "医疗卫生", "20-11"),
    _statutory("shbz", "社会保障", "20-11"),
    _statutory("jycy", "就业创业", "20-11"),
    _statutory("yjgl", "应急管理", "20-12"),
    _statutory("jdjc", "监督检查", "20-13"),
    _statutory("gwyzk", "公务员招考", "20-14"),
    _statutory("qtfd", "其他法定信息", "20-15"),
    _statutory("szjs", "市政建设", "21-101"),
    _statutory("ggfw", "公共服务", "21-102"),
    _statutory("gysy", "公益事业", "21-103"),
    _statutory("tdzs", "土地征收", "21-104"),
    _statutory("fwzs", "房屋征收", "21-105"),
    _statutory("zagl", "治安管理", "21-106"),
    _statutory("shjz", "社会救助", "21-107"),
    _statutory("snzc", "农业农村政策落实", "21-201"),
    _statutory("ntsl", "农田水利工程建设运营", "21-202"),
    _statutory("tdlz", "农村土地承包经营权流转", "21-203"),
    _statutory("zjd", "宅基地使用情况审核", "21-204"),
    _statutory("czcl", "筹资筹劳", "21-207"),
    _statutory("rsxx", "人事信息", "20-15"),
    _statutory("hygk", "会议公开", "20-15"),
    _statutory("zdjc", "重大行政决策", "20-15"),
    _statutory("jyta", "建议提案办理", "20-15"),
    _statutory("ssjyc", "双随机一公开", "20-13"),
    _statutory("qzqd", "权责清单", "20-05"),
    _statutory("sjgk", "审计公开", "20-15"),
    Planned("zwgk/wgk", "五公开", "OTHER", _GROUP),
    _stage("jcgk", "决策公开", "DECISION"),
    _stage("zxgk", "执行公开", "EXECUTION"),
    _stage("glgk", "管理公开", "MANAGEMENT"),
    _stage("fwgk", "服务公开", "SERVICE"),
    _stage("jggk", "结果公开", "RESULT"),
    Planned("zwgk/zdly", "重点领域信息公开", "TOPIC", _GROUP),
    Planned("zwgk/zdly/ggzy", "公共资源配置", "TOPIC"),
    Planned("zwgk/zdly/hjbh", "环境保护", "TOPIC"),
    Planned("zwgk/zdly/spyp", "食品药品安全", "TOPIC"),
    Planned("zwgk/zdly/gzjg", "国资监管", "TOPIC"),
    Planned("zwgk/jczwgk", "基层政务公开标准化规范化", "STATUTORY", _RECORDS),
    Planned("zwgk/gysyd", "公共企事业单位信息公开", "OTHER", _GROUP),
    Planned("zwgk/gysyd/jy", "教育机构", "OTHER"),
    Planned("zwgk/gysyd/ws", "医疗卫生机构", "OTHER"),
    Planned("zwgk/gysyd/gsgd", "供水供电供气", "OTHER"),
    Planned("zwgk/gysyd/gjhb", "公共交通和环境保护", "OTHER"),
    Planned("zwgk/zcwjk", "政策文件库", "POLICY", _RECORDS, in_menu=True),
    Planned("zwgk/hqzc", "惠企政策", "POLICY"),
    Planned("zwgk/zfgb", "政府公报", "POLICY", _RECORDS),
    Planned("zwgk/xxgknb", "政府信息公开年报", "STATUTORY", _RECORDS, on_organ_pages=True),
    Planned("zwgk/wzgznb", "政府网站工作年度报表", "OTHER"),
    Planned("zwgk/ysqgk", "依申请公开", "SERVICE", _RECORDS, in_menu=True, on_organ_pages=True),
    Planned("zwgk/gktj", "政务公开工作推进", "OTHER", on_organ_pages=True),
    Planned("zwgk/zwgkzq", "政务公开专区", "SERVICE"),
    Planned("hdjl", "互动交流", "INTERACTION", _GROUP, in_menu=True),
    Planned("hdjl/yjzj", "意见征集", "INTERACTION", on_organ_pages=True),
    Planned("hdjl/zxft", "在线访谈", "INTERACTION"),
    Planned("hdjl/xwfb", "新闻发布会", "INTERACTION"),
    Planned("hdjl/hygq", "回应关切", "INTERACTION"),
    Planned("hdjl/rxtj", "热线统计", "INTERACTION"),
    Planned("hdjl/cjwt", "常见问题", "INTERACTION"),
    Planned("ztzl", "专题专栏", "TOPIC", _GROUP, in_menu=True),
)
