"""W3, 首页不更新: homes whose newest item is old, and homes that only look so (law.md 4.2, 4.5)."""

from datetime import date

from tests.garden.ground import TODAY, Item, Plan, Site, ago
from tests.garden.shell import in_turn, refooted, swap
from tests.garden.sites import article, column, healthy, message_page

TITLES = ("全县水利工作会议召开", "县领导调研秋冬农田建设", "青禾县冬季农民技能培训开班")


def plant(plan: Plan) -> None:
    """Plant stale homes with a trap each, and fresh ones that tempt a careless reader."""
    _stale(plan)
    _fresh(plan)
    _navigation(plan)


def _items(site: Site, days: tuple[int, ...], pattern: str = "{:%Y-%m-%d}") -> None:
    """Put on the home page the news of the site, dated by hand; the columns stay as they are."""
    site.home_items = []
    for title, day in zip(TITLES, days, strict=True):
        path = f"/tt/{day}.html"
        if path.encode() not in site.pages:
            made = site.columns.get("/tt/") or column(site, "/tt/", "县情专题", "其他", level=2)
            article(site, made, f"{day}", title, "<p>会议部署了下一阶段的任务。</p>", on=ago(day))
        site.home_items.append(Item(title, path, ago(day), pattern.format(ago(day))))


def _main(site: Site, extra: str, shown: bool = True) -> str:
    lines = "\n".join(
        f'<li><a href="{item.href}">{item.title}</a>'
        + (f"<span>{item.shown}</span></li>" if shown else "</li>")
        for item in site.home_items
    )
    links = "".join(f'<li><a href="{e.path}">{e.name}</a></li>' for e in site.columns.values())
    return (
        f"<h1>{site.title}</h1>\n{extra}\n<section><h2>最新信息</h2>\n<ul>\n{lines}\n</ul>\n"
        f"</section>\n<section><h2>全部栏目</h2><ul>{links}</ul></section>"
    )


def _stale(plan: Plan) -> None:
    old = (20, 26, 31)
    shown = f"<span>{ago(20)}</span>"
    site = healthy(plan, "home-plain", "青禾县水利局", "home: newest item 15 days old")
    _items(site, (15, 22, 30))
    plan.fault("W3", site.at(), "newest item 15 days old", f"<span>{ago(15)}</span>")
    traps = (
        ("home-clock", "青禾县林业局", "the header clock shows today", "header"),
        ("home-weather", "青禾县气象局", "the weather of today and tomorrow is dated", "extra"),
        ("home-footer", "青禾县档案馆", "the footer bears a fresh date and year", "footer"),
        ("home-phone", "青禾县司法局", "a telephone number reads like yesterday's date", "phone"),
        ("home-event", "青禾县文化馆", "an event of next month stands in a title", "event"),
        (
            "home-minguo",
            "青禾县史志办",
            "a 民国 year of two figures reads like a short date",
            "minguo",
        ),
    )
    words = {
        "header": f"今天是{TODAY.year}年{TODAY.month}月{TODAY.day}日　星期五",
        "extra": f"{TODAY.year}-11-20　多云　8℃至15℃　明日（2026-11-21）晴",
        "footer": "版权所有 © 2026　备案审核日期：2026-11-18",
        "phone": "0795-20261119",
        "event": "预告：2026-12-18将举办迎新年群众合唱展演",
        "minguo": "民国26-11-18《青禾日报》旧刊",
    }
    for name, title, why, trap in traps:
        site = healthy(plan, name, title, f"home stale, {why}")
        _items(site, old)
        if trap == "header":
            site.home_edit = swap("</header>", f"<p>{words[trap]}</p>\n</header>")
        elif trap == "footer":
            site.home_edit = refooted(swap("</footer>", f"<p>{words[trap]}</p>\n</footer>"))
        elif trap == "phone":
            site.home_edit = refooted(swap("0795-4660000", words[trap]))
        elif trap == "event":
            site.home_items[0].title = words[trap]
            site.home_main = _main(site, "")
        else:
            site.home_main = _main(site, f"<p>{words[trap]}</p>")
        plan.fault("W3", site.at(), f"newest item 20 days old, though {why}", shown,
                   trap=words[trap])  # fmt: skip
    site = healthy(plan, "home-undated", "青禾县民政局", "home: items without a publish time")
    site.home_items = [
        Item(f"{title}（工作图片）", "/zt/", ago(1), "")
        for title in ("便民服务一览", "县情概览", "政务大厅导览")
    ]
    column(
        site, "/zt/", "图片专题", "其他", level=2
    ).body = '<p><img src="/img/leaf.png" alt="政务大厅的叶形标志">政务大厅一楼设有咨询台。</p>'
    site.home_main = _main(site, "", shown=False)
    plan.fault("W3", site.at(), "no item shows a publish time, so none counts as updated",
               "便民服务一览", absent="<span>2026")  # fmt: skip


def _fresh(plan: Plan) -> None:
    def like(site: Site, why: str, evidence: str) -> None:
        plan.like("W3", site.at(), why, evidence)

    site = healthy(plan, "home-limit", "青禾县体育中心", "home: newest item 13 days old")
    _items(site, (13, 22, 30))
    like(site, "newest item 13 days old", f"{ago(13)}")
    site = healthy(plan, "home-noyear", "青禾县粮食中心", "home: dates without a year")
    _items(site, (2, 5, 9), "[{:%m-%d}]")
    like(site, "dates are written without a year", "[11-18]")
    site = healthy(plan, "home-split", "青禾县工信局", "home: day and month in blocks of their own")
    _items(site, (2, 5, 9), "<b>{0:%d}</b><i>{0:%Y-%m}</i>")
    like(site, "day and month stand in blocks of their own", "<b>18</b><i>2026-11</i>")
    site = healthy(plan, "home-chinese", "青禾县侨务中心", "home: dates in Chinese")
    _items(site, (2, 5, 9), "{0.year}年{0.month}月{0.day}日")
    like(site, "dates are written in Chinese", "2026年11月18日")
    site = healthy(plan, "home-pinned", "青禾县信访局", "home: an old item is pinned on top")
    _items(site, (400, 3, 6))
    like(site, "the first item is pinned and old, the next is fresh", f"{ago(400)}")
    site = healthy(plan, "home-old-footer", "青禾县残联", "home: footer and history of long ago")
    _items(site, (3, 6, 9))
    site.home_main = _main(site, "<p>本县始建于民国三十五年（1946年）。</p>")
    site.home_edit = in_turn(
        [
            refooted(
                swap("</footer>", "<p>版权所有 © 2009-2019　建站日期：2009-05-01</p>\n</footer>")
            )
        ]
    )
    like(site, "a 民国 year and an old footer date stand beside fresh items", "民国三十五年")
    site = healthy(plan, "home-next-month", "青禾县图书馆", "home: fresh, with next month's event")
    _items(site, (4, 8, 12))
    site.home_main = _main(site, "<p>预告：2026年12月18日举办读书会</p>")
    like(site, "an event of next month is announced beside fresh items", "2026年12月18日")
    site = healthy(plan, "home-slash", "青禾县供销社", "home: dates with strokes and a time")
    _items(site, (1, 5, 9), "({:%Y/%m/%d} 16:05)")
    like(site, "dates are written with strokes and a time", "(2026/11/19 16:05)")


def _navigation(plan: Plan) -> None:
    """A home that is only an entry is judged by its second-level pages."""
    for name, title, days in (
        ("nav-fresh", "青禾县商务局", (5, 40)),
        ("nav-stale", "青禾县统计局", (35, 40)),
    ):
        site = healthy(
            plan,
            name,
            title,
            f"home is an entry only; second level {days[0]} days old",
            lacking="/xw/ /tzgg/",
        )
        _lay_second_level(site, days)
        links = "".join(f'<li><a href="{e.path}">{e.name}</a></li>' for e in site.columns.values())
        site.home_main = f"<h1>{site.title}</h1>\n<ul>{links}</ul>"
        if days[0] > 14:
            plan.fault("W3", site.at(), "home is an entry; no second-level page in 2 weeks",
                       "统计年鉴", at=site.at("/tj/"))  # fmt: skip
        else:
            plan.like("W3", site.at(), "home is an entry; a second-level page is 5 days old",
                      f"{ago(5)}", at=site.at("/tj/"))  # fmt: skip


def _lay_second_level(site: Site, days: tuple[int, int]) -> None:
    for path, name, day in (("/tj/", "统计年鉴", days[0]), ("/gh/", "规划计划", days[1])):
        made = column(site, path, name, "其他")
        on: date = ago(day)
        article(site, made, f"n{day}", f"青禾县{name}资料", "<p>资料可以到本机关查阅。</p>", on=on)
    board = site.columns["/hdjl/"]
    old = ago(12)
    if days[0] > 14:  # nothing on the second level may be younger than the columns
        board.body = (board.body or "").replace(f"{old}", f"{ago(40)}")
        del site.pages[b"/hdjl/ly1.html"]
        site.lay("/hdjl/ly1.html", message_page(site, "/hdjl/ly1.html", "怎样办理取水许可",
                 ago(40), (ago(36), "请到政务服务中心二楼办理。")))  # fmt: skip
