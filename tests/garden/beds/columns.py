"""Columns: stale by the limit of their kind, empty, and W4 on both sides of its counts (4.2, 4.5)."""

# ruff: noqa: E501 - rows of data, one a line

from datetime import date

from tests.garden.ground import Answer, Item, Plan, Site, ago, redirect
from tests.garden.shell import column_page, rows
from tests.garden.sites import article, column, healthy

NEWS, NOTICE, POLICY, READING, OTHER = "政务动态", "通知公告", "政策文件", "解读", "其他"
TALK, SERVICE = "互动交流", "办事服务"
# slug, name, kind, age of the newest item in days, limit as the law has it
STALE = (
    ("dt", "部门动态", NEWS, 15, "动态 14 days"),
    ("yw", "今日要闻", NEWS, 20, "要闻 14 days"),
    ("gg", "公示公告", NOTICE, 190, "通知公告 6 months"),
    ("zc", "政策文件", POLICY, 215, "政策文件 6 months"),
    ("jd", "政策解读", READING, 187, "政策解读 6 months"),
    ("ly", "留言选登", TALK, 65, "留言选登 2 months"),
    ("tjsj", "办事统计", SERVICE, 97, "办事统计 3 months"),
    ("rs", "人事信息", OTHER, 395, "other columns 1 year"),
    ("cz", "财政预决算", OTHER, 430, "other columns 1 year"),
)
FRESH = (
    ("dt2", "乡镇动态", NEWS, 13, "动态 updated 13 days ago"),
    ("gg2", "招标公告", NOTICE, 176, "通知公告 inside 6 months"),
    ("zc2", "县府文件", POLICY, 170, "政策文件 inside 6 months"),
    ("jd2", "图文解读", READING, 150, "政策解读 inside 6 months"),
    ("ly2", "答复公开", TALK, 55, "答复公开 inside 2 months"),
    ("tjsj2", "办件统计", SERVICE, 85, "办事统计 inside 3 months"),
    ("gh", "规划计划", OTHER, 340, "other column inside 1 year"),
)


def plant(plan: Plan) -> None:
    """Plant stale and empty columns, and sites just over and just under each count of W4."""
    site = healthy(plan, "columns", "青禾县农业农村局", "columns: under every count of W4 by one")
    for slug, name, kind, days, limit in STALE:
        _aged(site, slug, name, kind, days)
        plan.fault("column-stale", site.at(f"/{slug}/"), f"{days} days old; limit: {limit}",
                   f"{ago(days)}")  # fmt: skip
    for slug, name, kind, days, why in FRESH:
        _aged(site, slug, name, kind, days)
        plan.like("column-stale", site.at(f"/{slug}/"), why, f"{ago(days)}")
    _odd_fresh(plan, site)
    _empty(plan, site)
    _full(plan, site)
    plan.like("W4", site.at(), "4 news and notice columns, 9 columns in all, 4 empty ones: under")
    _over(plan)


def _aged(
    site: Site, slug: str, name: str, kind: str, days: int, *, level: int = 1, rows: int = 3
) -> None:
    made = column(site, f"/{slug}/", name, kind, level=level)
    for number in range(rows):
        on = ago(days + 11 * number)
        article(
            site, made, f"{number}", f"{name}第{9 - number}期", "<p>详情可以来电咨询。</p>", on=on
        )


def _odd_fresh(plan: Plan, site: Site) -> None:
    """Columns that are fresh, or that owe no freshness, in ways that mislead."""

    def like(path: str, why: str, evidence: str = "") -> None:
        plan.like("column-stale", site.at(path), why, evidence)

    _aged(site, "bmwj", "部门文件", POLICY, 240, level=2)
    like("/bmwj/", "a 政策文件 column of the second level: 6 months bind the first alone")
    _aged(site, "zd", "置顶要闻", NEWS, 3)
    first = site.columns["/zd/"]
    first.items.insert(0, Item("关于长期有效的办事须知", "/zd/0.html", ago(900), f"{ago(900)}"))
    like("/zd/", "an old item is pinned before fresh ones", f"{ago(900)}")
    _aged(site, "dx", "会议动态", NEWS, 4)
    site.columns["/dx/"].items.reverse()
    like("/dx/", "the oldest item stands first")
    _aged(site, "nd", "基层要闻", NEWS, 6)
    for item in site.columns["/nd/"].items:
        item.shown = ""
    like("/nd/", "the list shows no dates; the articles do", "基层要闻第9期")
    _aged(site, "dny", "媒体要闻", NEWS, 7)
    for item in site.columns["/dny/"].items:
        item.shown = f"{item.on:%m/%d}"
    like("/dny/", "dates without a year", "11/13")
    made = column(site, "/jgzn/", "机构职能", "机构职能")
    made.body = (
        "<p>发布时间：2023-06-01</p><p>青禾县农业农村局主管全县种植业、畜牧业和渔业，设办公室、"
        "种植业股、畜牧股和渔业股四个内设机构。</p>"
    )
    like(
        "/jgzn/", "a description of the organ is not a column that should be updated", "2023-06-01"
    )
    _aged(site, "gd", "2019年归档信息", OTHER, 2560, level=2)
    like("/gd/", "an archive by its name", "2019年归档信息")
    _aged(site, "zthg", "专题回顾：第七次人口普查", OTHER, 2000, level=2)
    site.columns["/zthg/"].items.insert(
        0, Item("本专题已于2021年6月结束，内容存档备查", "/zthg/0.html", ago(2000), "")
    )
    like("/zthg/", "a finished topic that says so", "已于2021年6月结束")
    _two_pages(plan, site)


def _two_pages(plan: Plan, site: Site) -> None:
    """Page one of an ascending list is old; what is fresh stands on page two."""
    _aged(site, "fy", "乡村要闻", NEWS, 60)
    site.columns["/fy/"].items.reverse()
    more = column(site, "/fy/index_2.html", "乡村要闻", NEWS, level=2)
    site.columns.pop("/fy/index_2.html")
    on = ago(3)
    path = "/fy/fresh.html"
    holder = site.columns["/fy/"]
    article(site, holder, "fresh", "秋种全面完成", "<p>全县秋种全面完成。</p>", on=on)
    more.items.append(holder.items.pop())
    holder.body = rows(holder) + '\n<p>第1页，共2页 <a href="/fy/index_2.html">下一页</a></p>'
    plan.finishers.append(lambda: site.lay("/fy/index_2.html", column_page(site, more)))
    plan.like("column-stale", site.at("/fy/"), f"ascending list; {path} is on page two", "下一页")
    plan.like("column-stale", site.at("/fy/index_2.html"), "page two of a fresh column", f"{on}")


def _empty(plan: Plan, site: Site) -> None:
    empties = (
        ("k1", "应急管理", "<ul>\n</ul>", "a list without rows", "<ul>\n</ul>"),
        ("k2", "社会救助", "<p>暂无内容</p>", "says only that there is nothing", "暂无内容"),
        ("k3", "双随机", "<p>栏目建设中，敬请期待</p>", "says only that it is being built", "敬请期待"),
        ("k4", "公共资源", "<ul>\n</ul>\n<p>共0条 第1页/共1页 首页 上一页 下一页 尾页</p>",
         "a pager over nothing", "共0条"),
    )  # fmt: skip
    for slug, name, body, why, evidence in empties:
        column(site, f"/{slug}/", name, OTHER, level=2).body = body
        plan.fault("column-empty", site.at(f"/{slug}/"), why, evidence)


def _full(plan: Plan, site: Site) -> None:
    """Columns without a list that are not empty."""
    long = "".join(
        f"<p>第{number}条　本县农业技术推广工作按照规定开展。</p>" for number in range(1, 90)
    )
    table = "".join(f"<tr><td>{name}</td><td>局领导</td></tr>" for name in ("李大勇", "陈小兰"))
    fulls = (
        ("m1", "农技规程", long, "one long page"),
        ("m2", "领导信息", f"<table>{table}</table>", "a table of persons"),
        ("m3", "政务公开专栏", '<ul><li><a href="/dt2/">乡镇动态</a></li><li><a href="/jd2/">图文解读'
         "</a></li></ul>", "sub-columns only"),
        ("m4", "图说三农", '<p><img src="/img/leaf.png" alt="新型插秧机在田间作业"></p>',
         "a picture with a text instead"),
        ("m5", "阳光农廉", f"<p>本栏目自{ago(8)}起改版，改版期间的信息请在"
         '<a href="/zc2/">县府文件</a>查看，咨询电话0795-4660001。</p>',
         "being rebuilt, dated, and says where the content is"),
        ("m6", "下载中心", '<p>共2个文件：<a href="/m6/table.txt">申请表</a>（12行）、'
         '<a href="/m6/table.txt">样表</a></p>', "files instead of articles"),
    )  # fmt: skip
    site.lay(
        "/m6/table.txt",
        Answer("申请表：姓名、住所、事项\n".encode(), kind="text/plain; charset=utf-8"),
    )
    for slug, name, body, why in fulls:
        column(site, f"/{slug}/", name, OTHER, level=2).body = body
        plan.like("column-empty", site.at(f"/{slug}/"), why)
    made = column(site, "/m7/", "机构地图", OTHER, level=2)
    site.lay("/m7/", redirect("{{columns}}/m1/", 301))
    plan.like("column-empty", site.at(made.path), "leads on to its one page")


def _over(plan: Plan) -> None:
    """Sites with one too many of each."""
    site = healthy(plan, "stale-five", "青禾县文旅局", "W4: five news and notice columns stale")
    five = (
        ("a1", "文旅动态", NEWS, 16), ("a2", "景区要闻", NEWS, 33), ("a3", "文旅公告", NOTICE, 200),
        ("a4", "文旅政策文件", POLICY, 300), ("a5", "非遗动态", NEWS, 50),
    )  # fmt: skip
    _stale_site(plan, site, five)
    plan.fault(
        "W4", site.at(), "5 columns of news, notices and policy over their limits", "文旅动态"
    )
    site = healthy(plan, "stale-ten", "青禾县教育局", "W4: ten other columns stale")
    ten = tuple(
        (f"b{n}", f"教育栏目{'甲乙丙丁戊己庚辛壬癸'[n]}", OTHER, 380 + 9 * n) for n in range(10)
    )
    _stale_site(plan, site, ten)
    plan.fault("W4", site.at(), "10 columns not updated for long", "教育栏目癸")
    site = healthy(plan, "empty-five", "青禾县卫健委", "W4: five empty columns")
    for number in range(5):
        name = f"卫健专题{'一二三四五'[number]}"
        column(site, f"/c{number}/", name, OTHER, level=2).body = "<p>暂无信息</p>"
        plan.fault(
            "column-empty", site.at(f"/c{number}/"), "says only that there is nothing", "暂无信息"
        )
    plan.fault("W4", site.at(), "5 empty columns", "卫健专题五")


def _stale_site(plan: Plan, site: Site, made: tuple[tuple[str, str, str, int], ...]) -> None:
    for slug, name, kind, days in made:
        _aged(site, slug, name, kind, days, rows=1)
        on: date = ago(days)
        plan.fault("column-stale", site.at(f"/{slug}/"), f"{days} days old", f"{on}")
