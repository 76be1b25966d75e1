"""HTML that is wrong, HTML that only leaves out what may be left out, weight, and axe's first rules."""

# ruff: noqa: E501 - rows of data, one a line

import re

from tests.garden.ground import Answer, Asked, Plan, Site
from tests.garden.seeds import stored
from tests.garden.shell import Edit, article_tags, page, site_tags, swap, tag_lines
from tests.garden.sites import article, column, png, portal

_WRONG = (
    ("div", "a division that is never closed", "<div><p>没有收尾的分区。</p>", "<div><p>没有收尾"),
    ("nest", "elements that cross", "<p><b><i>交叉的标记</b></i></p>", "</b></i>"),
    ("id", "an id that stands twice", '<p id="one">甲</p><p id="one">乙</p>', '<p id="one">乙'),
    ("attr", "an attribute that stands twice", '<p class="a" class="b">两个类</p>', 'class="a" class="b"'),
    ("stray", "an end without a beginning", "<p>多出来的收尾</p></section>", "</p></section>"),
    ("table", "text in a table outside its cells", "<table><tr>放错地方<td>格</td></tr></table>", "<tr>放错地方"),
    ("quote", "a quotation mark that is never closed", '<p title="没有收尾>引号</p><p class="x">后文</p>', 'title="没有收尾>'),
    ("nestp", "a heading inside a paragraph's span, closed crosswise", "<p><span>甲<h2>乙</h2></span></p>", "<span>甲<h2>"),
)  # fmt: skip
_RIGHT = (
    ("p", "paragraphs without their ends", "<p>第一段<p>第二段<p>第三段"),
    ("li", "list items without their ends", "<ul><li>甲<li>乙<li>丙</ul>"),
    ("td", "rows and cells without their ends", "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"),
    ("dl", "terms without their ends", "<dl><dt>甲<dd>乙<dt>丙<dd>丁</dl>"),
    ("unquoted", "values without quotes", "<p class=note id=p7>没有引号</p>"),
    ("upper", "elements in upper case", "<P>大写<BR>标记</P>"),
    ("void", "void elements, closed and open", "<p>换行<br>又换行<br/></p><hr>"),
    ("amp", "an & that stands for itself", "<p>甲 & 乙，A&B公司</p>"),
    ("bool", "attributes without a value", "<label>选项<input type=checkbox checked disabled></label>"),
    ("data", "attributes and elements of its own", '<p data-id="3">甲</p><x-note>乙</x-note>'),
)  # fmt: skip
_AXE = (
    ("image-alt", "a picture without a text", '<p><img src="/img/leaf.png"></p>', '<img src="/img/leaf.png">'),
    ("label", "a field without a label", '<p><input type="text" name="xm"></p>', 'name="xm"'),
    ("link-name", "a link without words", '<p><a href="/xw/"></a></p>', '<a href="/xw/"></a>'),
    ("button-name", "a button without words", '<p><button type="button"></button></p>', '"button"></button>'),
    ("frame-title", "a frame without a title", '<iframe src="/wl/map.html" width="300" height="200"></iframe>',
     'height="200"></iframe>'),
)  # fmt: skip
_AXE_RIGHT = (
    ("image-alt", "a picture for ornament: its text is empty", '<p><img src="/img/leaf.png" alt=""></p>'),
    ("label", "a field named by aria-label", '<p><input type="text" name="xm" aria-label="姓名"></p>'),
    ("label", "a field inside its label", '<p><label>姓名<input type="text" name="xm"></label></p>'),
    ("link-name", "a link whose picture has a text", '<p><a href="/xw/"><img src="/img/leaf.png" alt="动态"></a></p>'),
    ("button-name", "a button named by aria-label", '<p><button type="button" aria-label="关闭"></button></p>'),
    ("frame-title", "a frame with a title",
     '<iframe src="/wl/map.html" width="300" height="200" title="地图"></iframe>'),
)  # fmt: skip


def plant(plan: Plan) -> None:
    """Plant pages of wrong and right HTML."""
    site = portal(plan)
    column(site, "/bj/", "页面样例", "其他", level=2)
    for slug, why, body, evidence in _WRONG:
        plan.fault("html-invalid", _lay(site, f"w-{slug}", body), why, evidence)
    for slug, why, body in _RIGHT:
        plan.like("html-invalid", _lay(site, f"r-{slug}", body), why)
    plan.like("html-invalid", _lay(site, "r-optional", "<p>省略的标记", _optional),
              "no html, head and body elements: they may be left out")  # fmt: skip
    for number, (rule, why, body, evidence) in enumerate(_AXE):
        plan.fault(f"axe-{rule}", _lay(site, f"a{number}", body), why, evidence)
    for number, (rule, why, body) in enumerate(_AXE_RIGHT):
        plan.like(f"axe-{rule}", _lay(site, f"b{number}", body), why)
    _heads(plan, site)
    _weight(plan, site)


def _lay(site: Site, slug: str, body: str, edit: Edit | None = None) -> str:
    into = site.columns["/bj/"]
    return site.at(article(site, into, slug, f"页面样例第{len(into.items) + 1}号", body, edit=edit))


def _optional(text: str) -> str:
    """Return a page without the tags that HTML lets one leave out."""
    for tag in ("head", "body"):
        text = text.replace(f"<{tag}>\n", "").replace(f"</{tag}>\n", "")
    return text.replace("</html>\n", "").replace("</p>", "")


def _heads(plan: Plan, site: Site) -> None:
    plan.fault("axe-html-has-lang", _lay(site, "lang", "<p>没有语言。</p>", swap('<html lang="zh-CN">', "<html>")),
               "the page does not say its language", "<html>", absent="lang=")  # fmt: skip
    plan.like("axe-html-has-lang", _lay(site, "lang2", "<p>语言写法。</p>", swap('lang="zh-CN"', 'lang="zh"')),
              "the language without a region", 'lang="zh"')  # fmt: skip

    def untitled(text: str) -> str:
        return re.sub(r"<title>.*</title>\n", "", text)

    plan.fault("axe-document-title", _lay(site, "title", "<p>没有标题。</p>", untitled),
               "the page has no title", "没有标题", absent="<title>")  # fmt: skip


def _weight(plan: Plan, site: Site) -> None:
    def heavy(asked: Asked) -> Answer:
        path = "/bj/heavy.html"
        line = "<p>第一项　青禾县农村公路养护工程项目清单及说明。</p>\n"
        title = "项目清单汇编"
        tags = article_tags(site, path, title, into.items[-1].on)
        text = page(
            site, title, f"<h1>{title}</h1>\n{line * (20_000_000 // len(line.encode()))}", tags
        )
        return Answer(text.encode())

    into = site.columns["/bj/"]
    site.lay("/bj/heavy.html", heavy)
    on = _lay(site, "to-heavy", '<p><a href="/bj/heavy.html">项目清单汇编</a></p>')
    plan.fault("page-heavy", site.at("/bj/heavy.html"), "20 MB of HTML", "农村公路养护", on=on)
    big = png() + b"\0" * 12_000_000
    site.lay("/bj/photo.png", Answer(big, kind="image/png"))
    address = _lay(site, "heavy-photo", '<p><img src="/bj/photo.png" alt="会场全景"></p>')
    plan.fault("page-heavy", address, "a picture of 12 MB on the page", "/bj/photo.png")
    pictures = ""
    for number in range(20):
        site.lay(f"/bj/p{number}.png", Answer(png() + b"\0" * 30_000, kind="image/png"))
        pictures += f'<img src="/bj/p{number}.png" alt="现场之{number + 1}">'
    plan.like("page-heavy", _lay(site, "many", f"<p>{pictures}</p>"), "twenty pictures of 30 kB")
    site.lay("/bj/atlas.zip", Answer(_packet(), kind="application/zip"))
    address = _lay(site, "atlas", '<p>附件：<a href="/bj/atlas.zip">图集</a>（4 MB）</p>')
    plan.like("page-heavy", address, "an attachment of 4 MB, which is not of the page")
    long = "<p>第一条　为了规范农村公路养护，制定本办法。</p>\n" * 2000
    plan.like("page-heavy", _lay(site, "long", long), "150 kB of text")
    same = tag_lines(site_tags(site))
    plan.like(
        "page-heavy", _lay(site, "comment", f"<!-- {same} --><p>正常页面。</p>"), "a comment, light"
    )


def _packet() -> bytes:

    return stored({"atlas.bin": bytes(range(256)) * 16_000})
