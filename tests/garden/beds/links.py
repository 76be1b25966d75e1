"""Links: dead in every way a link can be, and alive in ways that look dead (law.md 4.3, 可用性)."""

# ruff: noqa: E501 - rows of data, one a line

import gzip
from collections.abc import Callable

from tests.garden.ground import (
    NEVER_RESOLVES,
    Answer,
    Asked,
    Column,
    Page,
    Plan,
    Site,
    Way,
    redirect,
)
from tests.garden.shell import answer, page, swap
from tests.garden.sites import article, bare, column, portal


def plant(plan: Plan) -> None:
    """Plant links, each on an article of its own."""
    site = portal(plan)
    into = column(site, "/lj/", "便民链接", "其他", level=2)
    _dead(plan, site, into)
    _cut(plan, site, into)
    _addresses(plan, site, into)
    _soft(plan, site, into)
    _loops(plan, site, into)
    _alive(plan, site, into)
    _written(plan, site, into)
    _no_request(plan, site, into)


def _plain(site: Site, title: str, words: str = "业务办理请到窗口。") -> Answer:
    return answer(page(site, title, f"<h1>{title}</h1><p>{words}</p>", {}))


def _carry(site: Site, into: Column, slug: str, href: str, words: str = "查看详情") -> str:
    """Lay an article with one link; return the article's address."""
    body = f'<p>办理指引：<a href="{href}">{words}</a></p>'
    return site.at(article(site, into, f"to-{slug}", f"便民指引{len(into.items) + 1}", body))


def _fault(
    plan: Plan,
    site: Site,
    into: Column,
    rule: str,
    path: str,
    why: str,
    made: Page | None,
    evidence: str = "",
) -> None:
    """Lay a target that is at fault, and the article that leads to it."""
    if made is not None:
        site.lay(path, made)
    slug = f"f{len(into.items)}"
    on = _carry(site, into, slug, path)
    where = {"at": on} if not evidence else {}
    plan.fault(rule, site.at(path), why, evidence or path, on=on, **where)


def _dead(plan: Plan, site: Site, into: Column) -> None:
    gone = "<h1>{}</h1>"
    for status, why in (
        (403, "forbidden to everybody"), (404, "not found"), (410, "gone"),
        (500, "an error of the server"), (503, "out of service"),
    ):  # fmt: skip
        path = f"/lj/s{status}.html"
        body = gone.format(f"{status} {why}").encode()
        _fault(plan, site, into, "link-dead", path, f"answers {status}", Answer(body, status), why)
    _fault(plan, site, into, "link-dead", "/lj/to404", "leads on to a page that is not there",
           redirect("/lj/really-not-there.html"))  # fmt: skip
    _fault(plan, site, into, "link-dead", "/lj/nothing.html", "answers 200 and not one byte",
           Answer(b""))  # fmt: skip
    for path, way, why in (
        ("/lj/silent.html", Way.SILENT, "does not answer (a 30 s answer, held until released)"),
        ("/lj/stuck.html", Way.STUCK, "begins to answer and never ends"),
    ):
        body = _plain(site, "迟到的页面")
        made = Answer(body.body, way=way)
        _fault(plan, site, into, "link-timeout", path, why, made)


def _cut(plan: Plan, site: Site, into: Column) -> None:
    whole = _plain(site, "半截页面", "本页内容较长。" * 200).body
    packed = gzip.compress(whole, mtime=0)
    for path, why, made in (
        ("/lj/cut.html", "fewer bytes than its length says", Answer(whole, way=Way.CUT)),
        ("/lj/chunk.html", "the last chunk never comes", Answer(whole, way=Way.CHUNKED_CUT)),
        ("/lj/gzip.html", "a compressed body that breaks off",
         Answer(packed[: len(packed) // 2], headers=(("Content-Encoding", "gzip"),))),
    ):  # fmt: skip
        _fault(plan, site, into, "link-truncated", path, why, made)
    for path, why, made in (
        ("/lj/zip-whole.html", "a compressed body, whole",
         Answer(packed, headers=(("Content-Encoding", "gzip"),))),
        ("/lj/chunk-whole.html", "chunked and whole", Answer(whole, way=Way.CHUNKED)),
        ("/lj/old.html", "HTTP/1.0: no length, whole at closing", Answer(whole, way=Way.OLD)),
    ):  # fmt: skip
        site.lay(path, made)
        on = _carry(site, into, f"f{len(into.items)}", path)
        plan.like("link-truncated", site.at(path), why, on=on)


def _addresses(plan: Plan, site: Site, into: Column) -> None:
    """Addresses that lead nowhere, whoever asks."""
    refused = bare(plan, "refused", "青禾县旧站", "no server: connections are refused")
    refused.listens = False
    for slug, href, address, why in (
        ("dns", f"http://{NEVER_RESOLVES}/", f"http://{NEVER_RESOLVES}/", "no such host"),
        ("ref", "{{refused}}/old/", "{refused}/old/", "nobody listens"),
        ("file", "file:///C:/Users/zwb/tongzhi.doc", "file:///C:/Users/zwb/tongzhi.doc",
         "a file of somebody's own computer"),
        ("lan", "http://192.168.1.10:8080/oa/view?id=3", "http://192.168.1.10:8080/oa/view?id=3",
         "an address inside the office's own network"),
        ("typo", "www.qinghe.example/a.html", site.at("/lj/www.qinghe.example/a.html"),
         "no scheme, so the link stays on the site and finds nothing"),
        ("dbl", "http://http://www.qinghe.invalid/", "http://http://www.qinghe.invalid/",
         "the scheme stands twice"),
    ):  # fmt: skip
        on = _carry(site, into, slug, href)
        evidence = href if "{{" not in href else "/old/"
        plan.fault("link-dead", address, why, evidence, on=on, at=on)
    outside = bare(plan, "province", "江右省科技厅", "an outside site of a government, known")
    outside.lay("/", answer("<!DOCTYPE html><html lang='zh-CN'><meta charset='utf-8'>"
                            "<title>江右省科技厅</title><p>江右省科技厅</p></html>"))  # fmt: skip
    on = _carry(site, into, "out", "{{province}}/moved/away.html")
    plan.fault("link-dead", "{province}/moved/away.html", "an outside page that is gone",
               "/moved/away.html", on=on, at=on)  # fmt: skip
    on = _carry(site, into, "outok", "{{province}}/")
    plan.like("link-dead", "{province}/", "an outside page that opens", "江右省科技厅", on=on)


def _soft(plan: Plan, site: Site, into: Column) -> None:
    pages = (
        ("soft1.html", "页面提示", "您访问的页面不存在或已被删除"),
        ("soft2.html", "404 Not Found", "404 Not Found"),
        ("soft3.html", "出错了", "抱歉，该信息已被删除，3秒后返回首页"),
        ("soft4.html", "系统提示", "系统繁忙，请稍后再试。错误代码：500"),
        ("soft5.html", "提示信息", "找不到您要的页面，可能是地址输入有误"),
    )
    for slug, title, words in pages:
        made = _plain(site, title, words)
        _fault(plan, site, into, "link-soft-404", f"/lj/{slug}", "200, and says it is not there",
               made, words)  # fmt: skip
    for slug, title, words in (
        ("bus", "404路公交车恢复运行", "自即日起，404路公交车恢复运行，首班车6时发出。"),
        ("clean", "关于清理失效页面的通知", "请各单位清理打开后提示“页面不存在”的链接，逐条登记。"),
        ("repeal", "青禾县殡葬管理办法（已废止）", "本文件已废止，仅供查阅。"),
        ("p500", "第500号公告", "编号500的错误登记事项已经更正，特此公告。"),
        ("delete", "关于删除部分许可事项的决定", "下列事项已被删除：取水登记。"),
    ):
        path = article(site, into, slug, title, f"<p>{words}</p>")
        plan.like("link-soft-404", site.at(path), "an article that only speaks of it", words)
    _fault(plan, site, into, "link-soft-home", "/lj/2019/old.html",
           "an article's address that leads to the home page", redirect("/"))  # fmt: skip

    def led(target: str) -> Answer:
        told = page(site, "跳转", "<h1>正在跳转</h1>", {})
        mark = f'<meta http-equiv="refresh" content="0;url={target}">\n<title>'
        return answer(swap("<title>", mark)(told))

    _fault(plan, site, into, "link-soft-home", "/lj/2018/older.html",
           "a page that leads to the home page by refresh", led("/"), "0;url=/")  # fmt: skip
    site.lay("/lj/new-place.html", _plain(site, "新址页面"))
    for path, why, made in (
        ("/index.html", "a name of the home page itself", redirect("/", 301)),
        ("/lj/2020/moved.html", "moved to its new place", redirect("/lj/new-place.html", 301)),
        ("/lj/2021/refresh.html", "moved to its new place by refresh",
         led("/lj/new-place.html")),
    ):  # fmt: skip
        site.lay(path, made)
        on = _carry(site, into, f"f{len(into.items)}", path)
        plan.like("link-soft-home", site.at(path), why, on=on)


def _loops(plan: Plan, site: Site, into: Column) -> None:
    site.lay("/lj/loop-b", redirect("/lj/loop-a"))
    _fault(plan, site, into, "redirect-loop", "/lj/loop-a", "two addresses lead to each other",
           redirect("/lj/loop-b"))  # fmt: skip
    _fault(plan, site, into, "redirect-loop", "/lj/self", "an address that leads to itself",
           redirect("/lj/self"))  # fmt: skip

    def further(asked: Asked) -> Answer:
        number = int(asked.key.rpartition(b"=")[2])
        return redirect(f"/lj/endless?n={number + 1}")

    site.lay("/lj/endless?*", further)
    _fault(plan, site, into, "redirect-loop", "/lj/endless?n=1", "leads on and on, never twice to one",
           None)  # fmt: skip
    for number in range(1, 4):
        target = f"/lj/chain{number + 1}" if number < 3 else "/lj/chain-end.html"
        site.lay(f"/lj/chain{number}", redirect(target))
    site.lay("/lj/chain-end.html", _plain(site, "终点页面"))
    on = _carry(site, into, "chain", "/lj/chain1")
    plan.like("redirect-loop", site.at("/lj/chain1"), "three steps, then a page", on=on)

    def cookie(asked: Asked) -> Answer:
        if "visited=1" in asked.headers.get("cookie", ""):
            return _plain(site, "欢迎再来")
        return Answer(status=302, headers=(("Location", "/lj/cookie"), ("Set-Cookie", "visited=1")))

    site.lay("/lj/cookie", cookie)
    on = _carry(site, into, "cookie", "/lj/cookie")
    plan.like("redirect-loop", site.at("/lj/cookie"), "leads to itself until its cookie comes back",
              on=on)  # fmt: skip


def _alive(plan: Plan, site: Site, into: Column) -> None:
    def no_head(asked: Asked) -> Answer:
        if asked.method == "HEAD":
            return Answer(status=405, headers=(("Allow", "GET"),))
        return _plain(site, "只接受普通访问的页面")

    def patient(asked: Asked) -> Answer:
        if asked.number == 1:
            return Answer(b"busy", 429, headers=(("Retry-After", "0"),))
        return _plain(site, "稍后再来的页面")

    def hiccup(asked: Asked) -> Answer:
        if asked.number == 1:
            return Answer(b"busy", 503, headers=(("Retry-After", "0"),))
        return _plain(site, "一次没有打开的页面")

    weary = Answer(_plain(site, "稍慢的页面").body, way=Way.WEARY)
    made: tuple[tuple[str, str, str, Answer | Callable[[Asked], Answer]], ...] = (
        ("link-dead", "/lj/nohead.html", "HEAD is refused with 405, GET is answered", no_head),
        ("link-dead", "/lj/busy.html", "429 with Retry-After 0 the first time", patient),
        ("link-dead", "/lj/hiccup.html", "503 with Retry-After 0 the first time", hiccup),
        ("link-timeout", "/lj/weary.html", "answers after a twentieth of a second", weary),
    )
    for rule, path, why, answering in made:
        site.lay(path, answering)
        on = _carry(site, into, f"f{len(into.items)}", path)
        plan.like(rule, site.at(path), why, on=on)


def _written(plan: Plan, site: Site, into: Column) -> None:
    """Links that work, written in ways that trip a careless reader."""
    ways = (
        ("/lj/空 格.html", "/lj/空 格.html", "a blank and Chinese, not encoded"),
        ("/lj/a%20b.html", "/lj/a b.html", "an encoded blank"),
        (
            "/lj/２０２６年（第１期）.html",
            "/lj/２０２６年（第１期）.html",
            "full-width figures and brackets",
        ),
        ("view.html?id=3&amp;type=2", "/lj/view.html?id=3&type=2", "relative, with an escaped &"),
        ("view.html?id=4&type=2", "/lj/view.html?id=4&type=2", "relative, with a plain &"),
        ("../lj/./up.html", "/lj/up.html", "dots in its path"),
        ("  /lj/trim.html\n", "/lj/trim.html", "blanks and a line end around it"),
        ("/lj/part.html#no-such-part", "/lj/part.html", "a part that is not on the page: it opens"),
    )
    for href, path, why in ways:
        site.lay(path, _plain(site, "办理页面"))
        on = _carry(site, into, f"f{len(into.items)}", href)
        plan.like("link-dead", site.at(path), why, on=on)
    site.lay("/lj/青禾.html".encode("gbk"), _plain(site, "旧编码地址"))
    on = _carry(site, into, "gbkpath", "/lj/%C7%E0%BA%CC.html")
    plan.like("link-dead", "{portal}/lj/%C7%E0%BA%CC.html", "a path encoded as GBK", on=on)
    site.lay("/lj/scheme.html", _plain(site, "全地址页面"))
    on = _carry(site, into, "scheme", "{{portal}}/lj/scheme.html")
    plan.like("link-dead", site.at("/lj/scheme.html"), "absolute, with the host in full", on=on)
    site.lay("/lj/base/leaf.html", _plain(site, "基准地址下的页面"))
    path = article(site, into, "based", "基准地址", '<p><a href="leaf.html">查看</a></p>',
                   edit=swap("<title>", '<base href="/lj/base/">\n<title>'))  # fmt: skip
    plan.like("link-dead", site.at("/lj/base/leaf.html"), "relative to a base", on=site.at(path))


def _no_request(plan: Plan, site: Site, into: Column) -> None:
    """What is written like a link and is none, or is a link that is not asked over HTTP."""
    for slug, why, body in (
        ("js", "javascript:", '<a href="javascript:window.print()">打印本页</a>'),
        ("void", "javascript:void(0)", '<a href="javascript:void(0)" onclick="window.print()">打印</a>'),
        ("mail", "mailto:", '<a href="mailto:zwgk@qinghe.example">写信</a>'),
        ("tel", "tel:", '<a href="tel:0795-4660000">拨打电话</a>'),
        ("frag", "a fragment of the page itself", '<a href="#main">回到正文</a>'),
        ("top", "#", '<a href="#">回到顶部</a>'),
        ("anchor", "an anchor without an address", '<a id="part2"></a><a>已选中</a>'),
        ("old1", "a link in a comment", '<!-- <a href="/lj/never1.html">旧链接</a> -->正文'),
        ("old2", "a link in a script", "<script>var a='<a href=\"/lj/never2.html\">x</a>';</script>正文"),
        ("old3", "a link in a template",
         '<template><a href="/lj/never3.html">模板</a></template>正文'),
        ("old4", "a link in a text box",
         '<label>代码<textarea><a href="/lj/never4.html">示例</a></textarea></label>'),
    ):  # fmt: skip
        path = article(site, into, slug, f"便民说明{len(into.items) + 1}", f"<p>{body}</p>")
        plan.like("link-dead", site.at(path), why, body)
