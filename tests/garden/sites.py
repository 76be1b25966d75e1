"""A healthy site: all that is asked of the smallest one, so that each fault stands alone."""

import struct
import zlib
from datetime import date
from urllib.parse import parse_qs, unquote_plus

from tests.garden.ground import Answer, Asked, Column, Item, Page, Plan, Site, ago
from tests.garden.shell import (
    UTF8,
    Edit,
    Script,
    answer,
    article_tags,
    column_page,
    page,
    rows,
)

GUIDE = {
    "事项名称": "农村取水许可",
    "设定依据": "《取水许可和水资源费征收管理条例》第二条",
    "申请条件": "在本县行政区域内取用地下水的单位和个人",
    "办理材料": "取水许可申请书一份",
    "办理地点": "青禾县政务服务中心二楼三号窗口",
    "办理时间": "工作日上午9时至12时，下午1时30分至5时",
    "联系电话": "0795-4660001",
    "办理流程": "申请、受理、审查、决定、送达",
}

NEWS = ("全县水利工作会议召开", "县领导调研秋冬农田建设", "青禾县冬季农民技能培训开班")


def png(red: int = 200, green: int = 30, blue: int = 30, side: int = 24) -> bytes:
    """Return a real picture of one colour."""

    def part(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data
            + struct.pack(">I", zlib.crc32(kind + data))
        )  # fmt: skip

    lines = (b"\0" + bytes((red, green, blue)) * side) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(lines)) + part(b"IEND", b"")
    )  # fmt: skip


def healthy(
    plan: Plan, name: str, title: str, why: str, *, search: bool = True, lacking: str = ""
) -> Site:
    """Open a site with which nothing is wrong: fresh, served, searchable, with all elements.

    `lacking` names columns that it does without, by their paths.
    """
    site = plan.sites[name] = Site(name, title, len(plan.sites) + 1, why, search=search)
    for picture in ("police", "mark", "errors", "leaf"):
        site.lay(f"/img/{picture}.png", Answer(png(), kind="image/png"))
    site.lay("/site.css", Answer(b"body{line-height:1.8}", kind="text/css; charset=utf-8"))
    site.lay("/favicon.ico", Answer(png(), kind="image/png"))
    site.lay("/robots.txt", Answer(b"User-agent: *\nAllow: /\n", kind="text/plain"))
    for path, open_it in (
        ("/xw/", news),
        ("/tzgg/", notices),
        ("/bsfw/", services),
        ("/hdjl/", board),
    ):
        if path not in lacking.split():
            open_it(site)
    plan.finishers.append(lambda: finish(site))
    return site


def news(site: Site) -> None:
    """Open the news, which are the home page's newest items too."""
    made = column(site, "/xw/", "政务动态", "政务动态")
    for days, title in enumerate(NEWS, start=1):
        body = "<p>会议总结了今年的工作，部署了下一阶段的任务。</p>"
        article(site, made, f"xw{days}", title, body, on=ago(days))
    site.home_items = list(made.items)


def notices(site: Site) -> None:
    """Open the notices."""
    made = column(site, "/tzgg/", "通知公告", "通知公告")
    article(site, made, "tz1", "关于冬季防火的通告", "<p>林区内禁止野外用火。</p>", on=ago(9))


def services(site: Site) -> None:
    """Open the services, with one whole guide."""
    made = column(site, "/bsfw/", "办事服务", "办事服务")
    made.items.append(Item("农村取水许可办事指南", "/bsfw/qsxk.html", ago(30), f"{ago(30)}"))
    site.lay("/bsfw/qsxk.html", guide_page(site, "/bsfw/qsxk.html", "农村取水许可", GUIDE))


def bare(plan: Plan, name: str, title: str, why: str) -> Site:
    """Open a site with nothing in it but what a bed lays by hand."""
    site = plan.sites[name] = Site(name, title, len(plan.sites) + 1, why, bare=True)
    return site


def portal(plan: Plan) -> Site:
    """Return the county's portal, the site on which most of the garden stands."""
    if "portal" not in plan.sites:
        healthy(plan, "portal", "青禾县人民政府", "the portal: fit in all that would veto it")
        nation(plan)
    return plan.sites["portal"]


def nation(plan: Plan) -> None:
    """Open the site that certificates, error reports and links upward lead to: a known one."""
    site = bare(
        plan, "nation", "全国政府网站服务", "known outside site: marks and reports lead there"
    )
    told = (
        "<!DOCTYPE html><html lang='zh-CN'><meta charset='utf-8'><title>%s</title><p>%s</p></html>"
    )
    for path, words in (("/", "全国政府网站服务"), ("/services.html", "办事服务总门户")):
        site.lay(path, answer(told % (words, words)))

    def any_code(asked: Asked) -> Answer:
        return answer(told % ("网站标识", "网站标识信息"))

    site.lay("/certificate?*", any_code)
    site.lay("/report-errors?*", any_code)


def column(site: Site, path: str, name: str, kind: str, *, level: int = 1) -> Column:
    """Open a column; its page is laid when the garden is finished."""
    made = site.columns[path] = Column(path, name, kind, level)
    return made


def article(
    site: Site,
    into: Column,
    slug: str,
    title: str,
    body: str,
    *,
    on: date = ago(2),  # noqa: B008 - a day of the garden, which does not pass
    edit: Edit | None = None,
    script: Script = UTF8,
    shown: str | None = None,
) -> str:
    """Lay an article, list it in its column, and return its path."""
    path = f"{into.path}{slug}.html"
    main = (
        f"<article>\n<h1>{title}</h1>\n"
        f"<p>发布时间：{on:%Y-%m-%d} 09:30　信息来源：{site.title}</p>\n{body}\n</article>"
    )
    tags = article_tags(site, path, title, on) | {"ColumnName": into.name, "ColumnType": into.kind}
    text = page(site, title, main, tags, script=script)
    site.lay(path, answer(edit(text) if edit else text, script=script))
    into.items.append(Item(title, path, on, f"{on:%Y-%m-%d}" if shown is None else shown))
    return path


def guide_page(site: Site, path: str, title: str, parts: dict[str, str]) -> Answer:
    """Return a guide (办事指南) as a table of its elements."""
    lines = "\n".join(
        f'<tr><th scope="row">{name}</th><td>{value}</td></tr>' for name, value in parts.items()
    )
    main = f"<h1>{title}办事指南</h1>\n<table>\n{lines}\n</table>"
    return answer(
        page(site, f"{title}办事指南", main, article_tags(site, path, f"{title}办事指南", ago(30)))
    )


def message_page(
    site: Site, path: str, title: str, asked_on: date, answered: tuple[date, str] | None
) -> Answer:
    """Return a message of the public (留言), with its answer or the word that there is none."""
    told = (
        f"<p>办理状态：已答复</p>\n<p>答复单位：青禾县水利局</p>\n<p>答复时间：{answered[0]}</p>\n"
        f"<p>答复内容：{answered[1]}</p>"
        if answered
        else "<p>办理状态：待答复</p>"
    )
    main = (
        f"<h1>{title}</h1>\n<p>留言时间：{asked_on}</p>\n"
        f"<p>留言内容：请问{title}，谢谢。</p>\n{told}"
    )
    return answer(page(site, title, main, article_tags(site, path, title, asked_on)))


def board(site: Site) -> None:
    """Open the board for questions (咨询建言): a form, and a message that was answered."""
    made = column(site, "/hdjl/", "咨询建言", "互动交流")
    made.body = (
        '<form action="/hdjl/submit" method="post"><label for="t">标题</label>'
        '<input id="t" name="title"><label for="c">内容</label>'
        '<textarea id="c" name="content"></textarea><button>我要留言</button></form>\n'
        '<table><tr><th scope="col">标题</th><th scope="col">留言时间</th>'
        '<th scope="col">状态</th></tr>\n</table>'
    )
    tell(site, made, "ly1", "怎样办理取水许可", ago(12), (ago(10), "请到政务服务中心二楼办理。"))


def tell(
    site: Site,
    into: Column,
    slug: str,
    title: str,
    on: date,
    answered: tuple[date, str] | None,
    state: str = "",
) -> str:
    """Lay a message and list it in a board's table; return its path."""
    path = f"{into.path}{slug}.html"
    site.lay(path, message_page(site, path, title, on, answered))
    state = state or ("已答复" if answered else "待答复")
    row = f'<tr><td><a href="{path}">{title}</a></td><td>{on}</td><td>{state}</td></tr>\n'
    into.body = (into.body or "<table>\n</table>").replace("</table>", f"{row}</table>")
    return path


def results(site: Site, query: str) -> Answer:
    """Return what a search that works finds among the titles of the site's columns."""
    named = [Item(each.name, each.path, ago(0), "") for each in site.columns.values()]
    held = [item for each in site.columns.values() for item in each.items]
    all_items = {item.title: item for item in (*site.home_items, *held, *named)}
    found = [item for title, item in all_items.items() if query and query in title]
    lines = rows(Column("", "", "", items=found))
    told = f"<h1>搜索结果</h1>\n<p>共找到{len(found)}条结果</p>\n{lines}"
    return answer(page(site, "搜索结果", told, {}))


def searched(asked: Asked, name: str = "q", encoding: str = "utf-8") -> str:
    """Return the word that was searched, whether by address or by form."""
    sent = asked.key.partition(b"?")[2] if asked.method == "GET" else asked.body
    plain = sent.decode("latin-1")
    if asked.method == "GET":  # percent signs are undone in the key
        pairs = dict(part.partition("=")[::2] for part in plain.split("&"))
        return pairs.get(name, "").replace("+", " ").encode("latin-1").decode(encoding, "replace")
    return parse_qs(unquote_plus(plain, encoding), encoding=encoding).get(name, [""])[0]


def home_page(site: Site) -> Answer:
    """Return the home page: news, columns, services."""
    main = site.home_main
    if main is None:
        news = rows(Column("", "", "", items=site.home_items))
        links = "".join(
            f'<li><a href="{each.path}">{each.name}</a></li>' for each in site.columns.values()
        )
        main = f"<h1>{site.title}</h1>\n<section><h2>最新信息</h2>\n{news}\n</section>\n"
        main += f"<section><h2>全部栏目</h2><ul>{links}</ul></section>"
    text = page(site, "首页", main, {})
    return answer(site.home_edit(text) if site.home_edit else text)


def map_page(site: Site) -> Answer:
    """Return the site map."""
    lines = "".join(
        f'<li><a href="{each.path}">{each.name}</a></li>' for each in site.columns.values()
    )
    return answer(page(site, "网站地图", f"<h1>网站地图</h1><ul>{lines}</ul>", {}))


def finish(site: Site) -> None:
    """Lay home, columns, map and search, now that all that they list is there."""
    laid: dict[str, Page] = {
        "/": site.home or home_page(site),
        "/sitemap.html": map_page(site),
        **{each.path: column_page(site, each) for each in site.columns.values()},
    }
    if site.search:
        laid["/search?*"] = lambda asked: results(site, searched(asked))
        laid["/search"] = results(site, "")
    for path, made in laid.items():
        if path.encode() not in site.pages:
            site.lay(path, made)
