"""Header and footer: each required element missing once, or shown in another way (law.md 4.5)."""

# ruff: noqa: E501 - rows of data, one a line

from collections.abc import Callable

from tests.garden.ground import Plan, Site
from tests.garden.shell import Edit, footer_parts, in_turn, refooted, swap
from tests.garden.sites import article, column, portal

NAMED = {
    "sponsor": "主办单位", "phone": "联系电话", "site-code": "网站标识码", "icp": "ICP备案号",
    "police": "公安备案号", "party-government-mark": "党政机关网站标识",
    "error-report": "我为政府网站找错", "site-map": "站点地图",
}  # fmt: skip


def plant(plan: Plan) -> None:
    """Plant pages with an element missing, and pages that show it otherwise."""
    site = portal(plan)
    column(site, "/ys/", "站务公告", "其他", level=2)
    parts = footer_parts(site)
    for part, name in NAMED.items():
        edit = refooted(swap(parts[part] + "\n", ""))
        absent = {"phone": "联系电话", "icp": "ICP备", "police": "公网安备", "site-map": "/sitemap.html",
                  "party-government-mark": "/certificate?", "error-report": "/report-errors?"}  # fmt: skip
        _fault(plan, site, f"no-{part}", edit, f"{name} is not shown", absent.get(part, name), part)
    _traps(plan, site, parts)
    _likes(plan, site, parts)


def _lay(site: Site, slug: str, edit: Edit | None, body: str = "<p>网站运行正常。</p>") -> str:
    into = site.columns["/ys/"]
    return site.at(article(site, into, slug, f"站务公告第{len(into.items) + 1}号", body, edit=edit))


def _fault(plan: Plan, site: Site, slug: str, edit: Edit, why: str, absent: str, part: str,
           evidence: str = "<footer>", body: str = "<p>网站运行正常。</p>") -> None:  # fmt: skip
    more = {"absent": absent} if absent else {}
    plan.fault("element-missing", _lay(site, slug, edit, body), why, evidence, detail=part, **more)


def _traps(plan: Plan, site: Site, parts: dict[str, str]) -> None:
    """Elements that seem to be there."""
    _fault(plan, site, "no-name", swap('<p class="name"><a href="/">青禾县人民政府</a></p>', "<p>欢迎访问</p>"),
           "the site's name is not shown in the head", 'class="name"', "site-name")  # fmt: skip
    gone = {part: refooted(swap(f"{line}\n", "")) for part, line in parts.items()}
    for slug, part, why, body in (
        ("t-sponsor", "sponsor", "only an article names a sponsor, of a meeting",
         "<p>会议主办单位：江右省科技厅。</p>"),
        ("t-icp", "icp", "only an article bears an ICP number",
         "<p>备案编号赣ICP备20990777号的网站已经关停。</p>"),
        ("t-police", "police", "only an article bears a number of the police",
         "<p>编号赣公网安备36099902000777号的网站已经关停。</p>"),
        ("t-code", "site-code", "only an article speaks of site codes",
         "<p>网站标识码由十位数字组成。</p>"),
        ("t-report", "error-report", "only an article names the plan for error reports",
         "<p>请各单位用好“我为政府网站找错”平台。</p>"),
    ):  # fmt: skip
        evidence = body.removeprefix("<p>").removesuffix("</p>")
        _fault(plan, site, slug, gone[part], why, "", part, evidence, body)
    changed: tuple[tuple[str, str, str, Callable[[str], str], str], ...] = (
        ("t-empty", "sponsor", "the label stands, nobody is named",
         swap("主办单位：青禾县人民政府办公室　", "主办单位：　"), "主办单位：　"),
        ("t-fax", "phone", "a fax number only", swap("联系电话：", "传真："), "传真：0795-4660000"),
        ("t-comment", "icp", "the line stands in a comment",
         swap(parts["icp"], f"<!-- {parts['icp']} -->"), "<!-- <p>赣ICP备"),
        ("t-hidden", "site-code", "the line is not displayed",
         swap(parts["site-code"], parts["site-code"].replace("<p>", '<p style="display:none">')),
         'display:none">网站标识码'),
        ("t-nolink", "site-map", "the words stand, and lead nowhere",
         swap(parts["site-map"], "<p>网站地图</p>"), "<p>网站地图</p>"),
        ("t-code9", "site-code", "a code of nine figures",
         swap(parts["site-code"], f"<p>网站标识码：{site.code[:9]}</p>"), f"{site.code[:9]}</p>"),
    )  # fmt: skip
    for slug, part, why, edit, evidence in changed:
        _fault(plan, site, slug, refooted(edit), why, "", part, evidence)


def _likes(plan: Plan, site: Site, parts: dict[str, str]) -> None:
    def line(part: str, new: str) -> Edit:
        return refooted(swap(parts[part], new))

    def tabled(text: str) -> str:
        cells = "".join(f"<tr><td>{cell[3:-4]}</td></tr>" for cell in parts.values())
        return (
            f'<footer>\n<table role="presentation">{cells}</table>\n</footer>'
            + text.partition("</footer>")[2]
        )

    mark = '<img src="/img/mark.png" alt="党政机关网站标识">'
    likes: tuple[tuple[str, str, Edit, str], ...] = (
        ("table", "all of the footer in a table", refooted(tabled), 'role="presentation"'),
        ("code-img", "the site code as a picture with its text",
         line("site-code", f'<p><img src="/img/leaf.png" alt="网站标识码：{site.code}"></p>'), "alt=\"网站标识码"),
        ("police-img", "the police number as a picture with its text",
         line("police", '<p><img src="/img/police.png" alt="赣公网安备36099902000001号"></p>'), 'alt="赣公网安备'),
        ("sponsor-img", "the sponsor as a picture with its text",
         line("sponsor", '<p><img src="/img/leaf.png" alt="主办单位：青禾县人民政府办公室"></p>'), 'alt="主办单位'),
        ("errors-title", "error reports by a title on the link",
         line("error-report", f'<p><a href="{{{{nation}}}}/report-errors?site={site.code}" '
              'title="我为政府网站找错"><img src="/img/errors.png" alt=""></a></p>'), 'title="我为政府网站找错"'),
        ("mark-short", "the mark called 党政机关", line("party-government-mark", parts["party-government-mark"]
         .replace(mark, '<img src="/img/mark.png" alt="党政机关">')), 'alt="党政机关"'),
        ("spaced", "blanks inside the label", refooted(swap("主办单位：", "主 办 单 位：")), "主 办 单 位"),
        ("nocolon", "no colon after the label", line("site-code", f"<p>网站标识码{site.code}</p>"),
         f"网站标识码{site.code}"),
        ("spans", "label and code in spans of their own",
         line("site-code", f"<p>网站<span>标识码</span>：<span>{site.code}</span></p>"), "网站<span>"),
        ("stroke", "a stroke instead of a colon", refooted(swap("主办单位：", "主办单位｜")), "主办单位｜"),
        ("map-words", "the site map called 站点地图",
         line("site-map", '<p><a href="/sitemap.html">站点地图</a></p>'), "站点地图"),
        ("phone-words", "the telephone called 电话",
         refooted(swap("联系电话：0795-4660000", "电话：（0795）4660000")), "电话：（0795）"),
        ("wide", "full-width figures in the telephone",
         refooted(swap("0795-4660000", "０７９５－４６６００００")), "０７９５"),
        ("icp-lower", "icp in small letters", refooted(swap("赣ICP备", "赣icp备")), "赣icp备"),
        ("bare", "no footer element: a division at the end of the page",
         in_turn([swap("<footer>", '<div class="bottom">'), swap("</footer>", "</div>")]), 'class="bottom"'),
        ("name-img", "the site's name in the head as a picture with its text",
         swap('<a href="/">青禾县人民政府</a>', '<a href="/"><img src="/img/leaf.png" alt="青禾县人民政府"></a>'),
         'alt="青禾县人民政府"'),
    )  # fmt: skip
    for slug, why, edit, evidence in likes:
        plan.like("element-missing", _lay(site, f"l-{slug}", edit), why, evidence)
