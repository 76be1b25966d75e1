"""The shell of every page: head with tags, header, menu, search, footer (law.md 4.5, 4.6)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from tests.garden.ground import Answer, Column, Site

Edit = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Script:
    """How a page is encoded, and what its header and its own head say of that (None: nothing)."""

    charset: str = "utf-8"
    header: str | None = "utf-8"
    meta: str | None = "utf-8"
    bom: bytes = b""
    equiv: bool = False


UTF8 = Script()
_SEARCH = (
    '<form action="/search" role="search"><label for="q">搜索</label>'
    '<input id="q" name="q"><button>搜索</button></form>\n'
)


def meta(name: str, content: str) -> str:
    """Return one tag as the annex of 47号 writes it."""
    return f'<meta name="{name}" content="{escape(content)}">'


def site_tags(site: Site) -> dict[str, str]:
    """Return the tags that every page has."""
    return {"SiteName": site.title, "SiteDomain": site.domain, "SiteIDCode": site.code}


def column_tags(column: Column) -> dict[str, str]:
    """Return the tags of a column's page."""
    return {
        "ColumnName": column.name,
        "ColumnDescription": f"{column.name}栏目发布本机关{column.name}方面的信息",
        "ColumnKeywords": f"{column.name},政务公开",
        "ColumnType": column.kind,
    }


def article_tags(site: Site, path: str, title: str, on: date) -> dict[str, str]:
    """Return the tags of a content page that are required, and one that is not."""
    return {
        "ArticleTitle": title,
        "PubDate": f"{on:%Y-%m-%d} 09:30",
        "ContentSource": site.title,
        "Keywords": "政务公开",
        "Url": f"{{{{{site.name}}}}}{path}",
    }


def footer_parts(site: Site) -> dict[str, str]:
    """Return the lines of the footer by what each shows (law.md 4.5)."""
    return {
        "sponsor": f"<p>主办单位：{site.title}办公室　承办单位：青禾县数字经济服务中心</p>",
        "phone": "<p>联系电话：0795-4660000　地址：青禾县城东大道1号</p>",
        "site-code": f"<p>网站标识码：{site.code}</p>",
        "icp": f"<p>赣ICP备2099{site.number:04d}号-1</p>",
        "police": '<p><img src="/img/police.png" alt="">'
        f"赣公网安备3609990200{site.number:04d}号</p>",
        "party-government-mark": f'<p><a href="{{{{nation}}}}/certificate?code={site.code}">'
        '<img src="/img/mark.png" alt="党政机关网站标识"></a></p>',
        "error-report": f'<p><a href="{{{{nation}}}}/report-errors?site={site.code}">'
        '<img src="/img/errors.png" alt="我为政府网站找错"></a></p>',
        "site-map": '<p><a href="/sitemap.html">网站地图</a></p>',
    }


def footer(site: Site, **changed: str) -> str:
    """Return the footer; `changed` gives another line for a part (with _ for -), "" for none."""
    parts = footer_parts(site) | {key.replace("_", "-"): line for key, line in changed.items()}
    return "<footer>\n" + "\n".join(line for line in parts.values() if line) + "\n</footer>"


def tag_lines(tags: dict[str, str]) -> str:
    """Return tags, one a line."""
    return "\n".join(meta(name, content) for name, content in tags.items())


def page(site: Site, title: str, main: str, tags: dict[str, str], *, script: Script = UTF8) -> str:
    """Return a whole page as text."""
    menu = "".join(
        f'<li><a href="{column.path}">{column.name}</a></li>'
        for column in site.columns.values()
        if column.level == 1
    )
    declared = ""
    if script.meta and script.equiv:
        declared = f'<meta http-equiv="Content-Type" content="text/html; charset={script.meta}">\n'
    elif script.meta:
        declared = f'<meta charset="{script.meta}">\n'
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
{declared}<title>{escape(title)}-{site.title}</title>
{tag_lines(site_tags(site) | tags)}
<link rel="stylesheet" href="/site.css">
</head>
<body>
<header>
<p class="name"><a href="/">{site.title}</a></p>
<nav><ul><li><a href="/">首页</a></li>{menu}</ul></nav>
{_SEARCH if site.search else ""}</header>
<main id="main">
{main}
</main>
{footer(site)}
</body>
</html>
"""


def answer(text: str, *, script: Script = UTF8, status: int = 200) -> Answer:
    """Return a page's text as it is served."""
    kind = f"text/html; charset={script.header}" if script.header else "text/html"
    body = script.bom + text.encode(script.charset)
    return Answer(body, status, kind, charset=script.charset)


def rows(column: Column) -> str:
    """Return the list of a column: title and date."""
    lines = "\n".join(
        f'<li><a href="{item.href}">{escape(item.title)}</a><span>{item.shown}</span></li>'
        for item in column.items
    )
    return f"<ul>\n{lines}\n</ul>"


def column_page(site: Site, column: Column) -> Answer:
    """Return a column's page."""
    main = column.body if column.body is not None else rows(column)
    way = "首页" if column.level == 1 else "首页 &gt; 信息公开"
    text = page(
        site,
        column.name,
        f"<p>当前位置：{way} &gt; {column.name}</p>\n<h1>{column.name}</h1>\n{main}",
        column_tags(column),
    )
    return answer(column.edit(text) if column.edit else text)


def swap(old: str, new: str) -> Edit:
    """Return an edit that puts `new` for the one `old`."""

    def edit(text: str) -> str:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times")
        return text.replace(old, new)

    return edit


def without_tag(name: str, instead: str = "") -> Edit:
    """Return an edit that takes a tag away, or puts something else there."""

    def edit(text: str) -> str:
        changed, times = re.subn(
            rf'<meta name="{name}" content="[^"]*">\n', lambda _: instead, text
        )
        if times != 1:
            raise ValueError(f"{name} stands {times} times")
        return changed

    return edit


def refooted(change: Callable[[str], str]) -> Edit:
    """Return an edit of the footer alone."""

    def edit(text: str) -> str:
        head, mark, foot = text.partition("<footer>")
        return head + change(mark + foot)

    return edit


def in_turn(edits: Iterable[Edit]) -> Edit:
    """Return several edits as one."""
    each = list(edits)

    def edit(text: str) -> str:
        for one in each:
            text = one(text)
        return text

    return edit
