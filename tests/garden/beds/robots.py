"""What the inspector may not ask, and pages without end: it must stop, and still find the last one."""

# ruff: noqa: E501 - rows of data, one a line

from tests.garden.ground import Answer, Asked, Plan, Site
from tests.garden.shell import Edit, answer, column_page, page, rows
from tests.garden.sites import article, column, healthy, portal

ROBOTS = """# the garden's
User-agent: BadBot
Disallow: /

User-agent: *
Disallow: /private/
Disallow: /*.bak$
Disallow: /temp
Allow: /temp/open.html
"""


def plant(plan: Plan) -> None:
    """Plant rules for robots, a calendar without end and a long list that has one."""
    site = portal(plan)
    column(site, "/sy/", "栏目索引", "其他", level=2)
    _private(plan, site)
    _closed(plan)
    _calendar(plan, site)
    _long_list(plan, site)


def _carry(site: Site, slug: str, href: str, words: str, edit: Edit | None = None) -> str:
    into = site.columns["/sy/"]
    body = f'<p>参见：<a href="{href}">{words}</a></p>'
    return site.at(article(site, into, slug, f"索引说明第{len(into.items) + 1}号", body, edit=edit))


def _private(plan: Plan, site: Site) -> None:
    site.pages[b"/robots.txt"] = Answer(ROBOTS.encode(), kind="text/plain; charset=utf-8")
    for slug, path in (
        ("r1", "/private/list.html"),
        ("r2", "/data.bak"),
        ("r3", "/temp/draft.html"),
    ):
        site.lay(path, Answer(b"<h1>private</h1>"))
        _carry(site, slug, path, "内部资料")
        plan.never_asked.append({"address": site.at(path), "why": "robots.txt disallows it"})
    for slug, path, why in (
        ("r4", "/private-school.html", "begins like a path that is disallowed, and is another"),
        ("r5", "/data.bak.html", "the rule ends at .bak"),
        ("r6", "/temp/open.html", "allowed by the longer rule"),
    ):
        on = _carry(site, slug, path, "资料下载")
        plan.fault(
            "link-dead", site.at(path), f"not found; may be asked: {why}", path, on=on, at=on
        )
    _carry(site, "r7", "/private/list.html?from=home", "内部资料入口")
    plan.never_asked.append(
        {"address": site.at("/private/list.html?from=home"), "why": "disallowed with any query"}
    )


def _closed(plan: Plan) -> None:
    site = healthy(plan, "closed", "青禾县档案数据中心", "robots.txt lets nobody in")
    site.pages[b"/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n", kind="text/plain")
    plan.never_asked.append({"address": site.at("/"), "why": "robots.txt disallows the whole site"})
    plan.never_asked.append(
        {"address": site.at("/xw/"), "why": "robots.txt disallows the whole site"}
    )


def _calendar(plan: Plan, site: Site) -> None:
    def month(asked: Asked) -> Answer:
        parts = asked.key.decode().strip("/").split("/")
        if len(parts) != 3 or not all(part.isdigit() for part in parts[1:]):
            return Answer(b"<h1>404</h1>", 404)
        number = int(parts[1]) * 12 + int(parts[2]) - 1
        links = "".join(
            f'<a href="/rl/{other // 12}/{other % 12 + 1}">{words}</a> '
            for other, words in ((number - 1, "上月"), (number + 1, "下月"))
        )
        title = f"{parts[1]}年{parts[2]}月活动日历"
        return answer(page(site, title, f"<h1>{title}</h1><p>本月没有活动。</p><p>{links}</p>", {}))

    site.lay("/rl/*", month)
    _carry(site, "cal", "/rl/2026/11", "活动日历")
    plan.traps.append({"under": site.at("/rl/"), "why": "a calendar without end",
                       "most_requests": 400})  # fmt: skip

    def session(asked: Asked) -> Answer:
        number = int(asked.key.rpartition(b"=")[2] or b"0")
        link = f'<a href="/hy/?sid={number + 1}">刷新</a>'
        return answer(page(site, "会话页面", f"<h1>会话页面</h1><p>内容相同。</p>{link}", {}))

    site.lay("/hy/?*", session)
    _carry(site, "sid", "/hy/?sid=1", "会话页面")
    plan.traps.append({"under": site.at("/hy/"), "why": "one page under ever new queries",
                       "most_requests": 400})  # fmt: skip


def _long_list(plan: Plan, site: Site) -> None:
    """Sixty pages of a list, and a dead link on the last article of all."""
    made = column(site, "/cl/", "历年目录", "其他", level=2)
    article(site, made, "first", "目录说明", "<p>本栏目共60页。</p>")
    first = list(made.items)
    made.body = rows(made) + '\n<p>第1页，共60页 <a href="/cl/index_2.html">下一页</a></p>'
    link = '<p><a href="/cl/lost.html">旧目录</a></p>'
    last = article(site, made, "last", "目录末页说明", link)
    end = made.items.pop()

    def listed(number: int) -> Answer:
        further = f'<a href="/cl/index_{number + 1}.html">下一页</a>' if number < 60 else ""
        made.items = first if number < 60 else [end]
        body, made.body = made.body, rows(made) + f"\n<p>第{number}页，共60页 {further}</p>"
        laid = column_page(site, made)
        made.items, made.body = first, body
        return laid

    def lay_all() -> None:
        for number in range(2, 61):
            site.lay(f"/cl/index_{number}.html", listed(number))

    plan.finishers.append(lay_all)
    plan.fault("link-dead", site.at("/cl/lost.html"), "not found; its link is behind 60 pages of a list",
               "/cl/lost.html", on=site.at(last), at=site.at(last))  # fmt: skip
    plan.like("link-dead", site.at("/cl/index_60.html"), "the last page of a long list", "第60页")
