"""Meta tags of the annex of 47号: missing one by one, spoilt, and written in other right ways."""

# ruff: noqa: E501 - rows of data, one a line

import re
from collections.abc import Callable

from tests.garden.ground import Plan, Site, ago
from tests.garden.shell import in_turn, meta, site_tags, swap, without_tag
from tests.garden.sites import article, column, portal

ARTICLE = ("ArticleTitle", "PubDate", "ContentSource", "Url")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
SITE = ("SiteName", "SiteDomain", "SiteIDCode")
WORDS = "<p>本页说明办事须知。</p>"


def plant(plan: Plan) -> None:
    """Plant pages whose tags are at fault, each page with one tag that is."""
    site = portal(plan)
    column(site, "/bq/", "便民须知", "其他", level=2)
    _missing(plan, site)
    _spoilt(plan, site)
    _likes(plan, site)


def _lay(site: Site, slug: str, edit: Callable[[str], str] | None) -> str:
    into = site.columns["/bq/"]
    title = f"便民须知第{len(into.items) + 1}号"
    return site.at(article(site, into, slug, title, WORDS, edit=edit))


def _missing(plan: Plan, site: Site) -> None:
    for name in (*SITE, *ARTICLE):
        plan.fault("tag-missing", _lay(site, f"no-{name.lower()}", without_tag(name)),
                   f"{name} is not there", "办事须知", absent=f'name="{name}"', detail=name)  # fmt: skip
    for number, name in enumerate(COLUMN):
        made = column(site, f"/bq{number}/", f"须知分类{'甲乙丙丁'[number]}", "其他", level=2)
        article(site, made, "one", f"分类须知{number + 1}", WORDS)
        made.edit = without_tag(name)
        plan.fault("tag-missing", site.at(made.path), f"{name} is not there", made.name,
                   absent=f'name="{name}"', detail=name)  # fmt: skip
    every = in_turn(
        without_tag(name) for name in (*ARTICLE, "Keywords", "ColumnName", "ColumnType")
    )
    plan.fault("tag-missing", _lay(site, "no-tags", every), "an article without one tag of its own",
               "办事须知", absent="ArticleTitle", detail="ArticleTitle")  # fmt: skip


def _spoilt(plan: Plan, site: Site) -> None:
    tags = site_tags(site)
    name_tag = meta("SiteName", tags["SiteName"])
    for slug, name, why, edit, evidence, detail in (
        ("empty", "tag-empty", "ContentSource says nothing",
         without_tag("ContentSource", meta("ContentSource", "") + "\n"), 'ContentSource" content=""',
         "ContentSource"),
        ("blank", "tag-empty", "SiteDomain is a blank", without_tag("SiteDomain", meta("SiteDomain", " ") + "\n"),
         'SiteDomain" content=" "', "SiteDomain"),
        ("double", "tag-repeated", "SiteName stands twice, and may stand once",
         swap(name_tag, f"{name_tag}\n{name_tag}"), f"{name_tag}\n{name_tag}", "SiteName"),
        ("comment", "tag-missing", "SiteIDCode stands in a comment",
         without_tag("SiteIDCode", f"<!-- {meta('SiteIDCode', site.code)} -->\n"), "<!-- <meta name",
         "SiteIDCode"),
        ("script", "tag-missing", "PubDate is written by a script",
         without_tag("PubDate", f"<script>document.write('{meta('PubDate', '2026-11-18 09:30')}')</script>\n"),
         "document.write", "PubDate"),
        ("property", "tag-missing", "ArticleTitle is given as a property, not as a name",
         without_tag("ArticleTitle", '<meta property="ArticleTitle" content="便民须知">\n'),
         'property="ArticleTitle"', "ArticleTitle"),
        ("slashes", "tag-format", "PubDate is not written YYYY-MM-DD HH:MM",
         without_tag("PubDate", meta("PubDate", "2026/11/18") + "\n"), "2026/11/18", "PubDate"),
        ("words", "tag-format", "PubDate is a word",
         without_tag("PubDate", meta("PubDate", "昨天") + "\n"), 'content="昨天"', "PubDate"),
        ("short", "tag-format", "SiteIDCode has nine figures",
         without_tag("SiteIDCode", meta("SiteIDCode", site.code[:9]) + "\n"),
         f'content="{site.code[:9]}"', "SiteIDCode"),
    ):  # fmt: skip
        plan.fault(name, _lay(site, slug, edit), why, evidence, detail=detail)


def _likes(plan: Plan, site: Site) -> None:
    def every(new: str) -> Callable[[str], str]:
        """Return an edit that writes all tags of the annex anew; groups: name, content."""

        def edit(text: str) -> str:
            found = r'<meta name="(?P<name>[A-Z]\w+)" content="(?P<content>[^"]*)">'
            return re.sub(found, new, text)

        return edit

    def reverse(text: str) -> str:
        lines = re.findall(r"<meta name=.*>\n", text)
        first, last = lines[0], lines[-1]
        start, end = text.index(first), text.index(last) + len(last)
        return text[:start] + "".join(reversed(lines)) + text[end:]

    for slug, why, edit, evidence in (
        ("order", "in the reverse order", reverse, ""),
        ("upper", "names in upper case", _upper, 'name="SITENAME"'),
        ("lower", "names in lower case", _lower, 'name="sitename"'),
        ("shout", "element and attributes in upper case",
         every(r'<META NAME="\g<name>" CONTENT="\g<content>">'), "<META NAME="),
        ("single", "single quotes", every(r"<meta name='\g<name>' content='\g<content>'>"),
         "name='SiteName'"),
        ("content", "content before name", every(r'<meta content="\g<content>" name="\g<name>">'),
         f'content="{site.code}" name='),
        ("lines", "on several lines", every('<meta\n  name="\\g<name>"\n  content="\\g<content>"\n/>'),
         "<meta\n"),
        ("closed", "closed as in XHTML", every(r'<meta name="\g<name>" content="\g<content>" />'), " />"),
        ("seconds", "PubDate with seconds", without_tag("PubDate", meta("PubDate", f"{ago(2)} 09:30:00") + "\n"),
         "09:30:00"),
        ("optional", "Keywords, which is not required, is not there", without_tag("Keywords"), ""),
        ("more", "tags of others beside ours", swap(
            "<link rel", '<meta name="renderer" content="webkit">\n<meta name="Author" content="">\n<link rel'),
         "renderer"),
        ("relative", "Url without its scheme and host", _relative_url, 'name="Url" content="/bq/'),
    ):  # fmt: skip
        rule = "tag-format" if slug == "seconds" else "tag-missing"
        plan.like(rule, _lay(site, f"l-{slug}", edit), why, evidence)
    plan.like(
        "tag-missing", site.at("/sitemap.html"), "no column and no article: tags of the site only"
    )
    plan.like("tag-missing", site.at("/"), "the home page: tags of the site only")


def _upper(text: str) -> str:
    return re.sub(r'(?<=<meta name=")[A-Z]\w+', lambda found: found[0].upper(), text)


def _lower(text: str) -> str:
    return re.sub(r'(?<=<meta name=")[A-Z]\w+', lambda found: found[0].lower(), text)


def _relative_url(text: str) -> str:
    return re.sub(r'(?<=name="Url" content="){{portal}}', "", text)
