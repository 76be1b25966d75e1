"""What inspections found in 2020, what a firm, units and readers listed, and how it all ended."""

from datetime import date

from gongkai.demo.county import COUNTY_CODE as COUNTY
from gongkai.demo.county import OFFICE_CODE as OFFICE
from gongkai.demo.inspecting_texts import ORGAN, Trouble, closed, scan_found
from gongkai.inspections.actions import Source


def _day(month: int, day: int) -> date:
    return date(2020 if month > 1 else 2021, month, day)


RUNS_2020 = tuple(_day(*each) for each in ((9, 21), (10, 20), (11, 20), (12, 21), (1, 18)))

THEN: tuple[Trouble, ...] = (
    scan_found(
        "sxz",
        "column-stale",
        f"{ORGAN}sxz/",
        "栏目“工作动态”自2020年6月8日起没有更新，超过3个月",
        "最近一条：2020-06-08",
        found=_day(9, 21),
        gone=_day(10, 12),
        target="工作动态",
        steps=closed(
            _day(9, 23), _day(10, 14), _day(10, 22), "已补充发布7月以来的工作动态11条", scan=True
        ),
    ),
    scan_found(
        "zjj",
        "link-dead",
        f"{ORGAN}zjj/",
        "链接打不开，请更换或者删除",
        "<a href='/old/gfxm.html'>公租房项目清单</a>",
        found=_day(9, 21),
        gone=_day(9, 28),
        status=404,
        steps=closed(_day(9, 23), _day(9, 28), _day(10, 22), "已更换为新地址", scan=True),
    ),
    scan_found(
        "jtj",
        "tag-missing",
        f"{ORGAN}jtj/",
        "页面没有“ColumnType”标签",
        "<head>中没有 ColumnType",
        found=_day(9, 21),
        gone=_day(9, 29),
        steps=closed(_day(9, 23), _day(9, 29), _day(10, 22), "模板已补充标签", scan=True),
    ),
    scan_found(
        "zrzyj",
        "attachment-dead",
        f"{ORGAN}zrzyj/",
        "附件打不开，请重新上传",
        "2020年第三季度土地供应结果.doc",
        found=_day(10, 20),
        gone=_day(10, 30),
        status=404,
        steps=closed(_day(10, 22), _day(10, 30), _day(11, 23), "附件已重新上传", scan=True),
    ),
    scan_found(
        "bfz",
        "column-empty",
        f"{ORGAN}bfz/",
        "栏目“惠民资金”没有内容",
        "栏目下0条信息",
        found=_day(10, 20),
        gone=_day(11, 4),
        steps=closed(
            _day(10, 22), _day(11, 4), _day(11, 23), "已发布惠民资金发放情况4条", scan=True
        ),
    ),
    scan_found(
        "wjw",
        "wording",
        f"{ORGAN}wjw/",
        "“既使”疑为“即使”，请核对",
        "……既使没有症状，也应当……",
        found=_day(10, 20),
        gone=_day(10, 26),
        steps=closed(_day(10, 22), _day(10, 26), _day(11, 23), "已改为“即使”", scan=True),
    ),
    scan_found(
        "gxj",
        "link-strange",
        f"{ORGAN}gxj/",
        "链接到与本单位无关的网站，请核对",
        "<a href='http://park.example/'>园区导航</a>",
        found=_day(10, 20),
        gone=None,
        steps=(
            (_day(10, 22), "send", ""),
            (_day(10, 23), "object", "该地址是工业园区的导航页，为本局所建，内容正常"),
            (_day(10, 27), "uphold", "已打开核对，属于正常链接"),
        ),
    ),
    scan_found(
        "mzj",
        "identity_number",
        f"{ORGAN}mzj/",
        "表格公开了居民身份证号码，请立即遮盖",
        "第3列“证件号码”：36092519********2X",
        found=_day(11, 20),
        gone=_day(11, 21),
        steps=closed(
            _day(11, 20), _day(11, 21), _day(12, 22), "已撤下原表，遮盖后重新发布", scan=True
        ),
    ),
    scan_found(
        "lgjx",
        "column-stale",
        f"{ORGAN}lgjx/",
        "栏目“通知公告”自2020年5月11日起没有更新，超过6个月",
        "最近一条：2020-05-11",
        found=_day(11, 20),
        gone=_day(12, 8),
        steps=((_day(12, 9), "answer", "已补充发布通知公告3条"), (_day(12, 22), "close", "")),
    ),
    scan_found(
        "sxz",
        "column-stale",
        f"{ORGAN}sxz/",
        "栏目“工作动态”自2020年10月9日起没有更新，请按期更新",
        "最近一条：2020-10-09",
        found=_day(11, 20),
        gone=_day(12, 9),
        target="工作动态",
        steps=((_day(12, 10), "answer", "已更新，并明确专人每周更新"), (_day(12, 22), "close", "")),
    ),
    scan_found(
        "cgj",
        "image-dead",
        f"{ORGAN}cgj/",
        "图片不能显示，请重新上传",
        "垃圾分类宣传.jpg",
        found=_day(11, 20),
        gone=_day(12, 2),
        status=404,
        steps=((_day(12, 7), "answer", "图片已重新上传"), (_day(12, 22), "close", "")),
    ),
    scan_found(
        "tjj",
        "date-in-future",
        f"{ORGAN}tjj/",
        "发布日期晚于巡查日期，请核对",
        "发布日期：2021-10-15",
        found=_day(11, 20),
        gone=None,
        steps=((_day(11, 23), "false", "页面上是统计数据的下次发布预告日期，不是发布日期"),),
    ),
    scan_found(
        "slj",
        "published-before-formed",
        f"{ORGAN}slj/",
        "发布日期早于成文日期，请核对成文日期",
        "发布2020-12-02，成文2020-12-20",
        found=_day(12, 21),
        gone=_day(1, 8),
        steps=((_day(1, 11), "answer", "成文日期录入有误，已改正"), (_day(1, 19), "close", "")),
    ),
    scan_found(
        "skx",
        "link-dead",
        f"{ORGAN}skx/",
        "链接打不开，请更换或者删除",
        "<a href='/zt/tpgj.html'>脱贫攻坚</a>",
        found=_day(12, 21),
        gone=_day(1, 9),
        status=404,
        steps=((_day(1, 11), "answer", "专题已归档，链接已删除"), (_day(1, 19), "close", "")),
    ),
    scan_found(
        "fgw",
        "validity-unmarked",
        f"{ORGAN}fgw/",
        "规范性文件没有标注有效性，请补充标注",
        "靖发改〔2019〕12号",
        found=_day(12, 21),
        gone=_day(1, 10),
        steps=((_day(1, 12), "answer", "已标注“有效”"), (_day(1, 19), "close", "")),
    ),
)

# The quarterly evaluation by a firm, mutual checks, readers (practice.md 4.3, 4.4).
LISTS_THEN: tuple[Trouble, ...] = tuple(
    Trouble(
        organ, indicator, "", why, found, None, steps, source=source, item=item, standard=standard
    )
    for organ, indicator, item, standard, why, found, steps, source in (
        (
            "sfj",
            "决策公开",
            "征集调查",
            "意见征集公布采纳情况",
            "《靖安县养犬管理办法》征求意见没有公布采纳情况",
            _day(10, 28),
            closed(_day(10, 28), _day(11, 9), _day(11, 12), "已公布采纳情况", scan=False),
            Source.THIRD_PARTY,
        ),
        (
            "tjj",
            "管理和服务公开",
            "统计信息",
            "按月公开统计数据",
            "月度统计信息不全，缺2020年6月至9月",
            _day(10, 28),
            closed(_day(10, 28), _day(11, 5), _day(11, 12), "已补充4个月的统计月报", scan=False),
            Source.THIRD_PARTY,
        ),
        (
            OFFICE,
            "结果公开",
            "建议提案",
            "公开办理总体情况",
            "没有公开上年度人大建议、政协提案办理总体情况",
            _day(10, 28),
            closed(
                _day(10, 28), _day(11, 10), _day(11, 12), "已公开2019年度办理总体情况", scan=False
            ),
            Source.THIRD_PARTY,
        ),
        (
            "czj",
            "财政信息",
            "专项资金",
            "公开分配结果",
            "没有公开2020年专项资金分配结果",
            _day(10, 28),
            closed(_day(10, 28), _day(11, 11), _day(11, 12), "已公开分配结果", scan=False),
            Source.THIRD_PARTY,
        ),
        (
            COUNTY,
            "决策公开",
            "政府会议",
            "公开政府会议情况",
            "本年度没有公开政府常务会议情况",
            _day(10, 28),
            closed(
                _day(10, 28), _day(11, 10), _day(11, 12), "已公开县政府常务会议情况6期", scan=False
            ),
            Source.THIRD_PARTY,
        ),
        (
            "xtx",
            "信息公开",
            "内容准确",
            "信息内容与栏目相符",
            "“办事指南”栏目中是会议报道，信息内容与栏目不符",
            _day(12, 11),
            closed(_day(12, 11), _day(12, 18), _day(12, 24), "已移到“工作动态”", scan=False),
            Source.MUTUAL,
        ),
        (
            "ybj",
            "互动交流",
            "网民反映",
            "内容与现行政策一致",
            "群众反映网上的缴费标准还是上年的",
            _day(12, 14),
            closed(_day(12, 14), _day(12, 16), _day(12, 17), "已按2021年度标准更新", scan=False),
            Source.PUBLIC,
        ),
    )
)
