"""Links out to strange places, hidden links and frames; and menus that are hidden for good reason."""

# ruff: noqa: E501 - rows of data, one a line

from tests.garden.ground import Plan, Site
from tests.garden.shell import answer, page
from tests.garden.sites import article, bare, column, portal

_OUT = (
    ("casino", "新葡京娱乐", "a gambling site", "<p>澳门新葡京真人百家乐 注册即送888元 老虎机 彩金</p>"),
    ("parked", "域名出售", "a name that ran out and is for sale",
     "<p>您访问的域名已过期，本域名正在出售 This domain is for sale</p>"),
    ("adult", "夜色直播", "a site of indecent shows", "<p>成人视频 激情裸聊 免费看片</p>"),
    ("loans", "极速贷", "a lender's trap", "<p>黑户秒贷 无抵押 办证刻章 代开发票</p>"),
    ("lottery", "江右省福利彩票中心", "the lawful lottery of welfare", "<p>福利彩票开奖公告，彩票公益金使用情况。</p>"),
    ("police", "江右省公安厅", "the police", "<p>打击跨境赌博举报平台，警惕网络赌博和裸聊诈骗。</p>"),
    ("registrar", "江右省通信管理局", "an authority that speaks of names that run out",
     "<p>关于域名到期续费的提示，请各单位及时续费。</p>"),
    ("bank", "江右省农村信用社", "a bank that lends", "<p>小额贷款办理流程，抵押与担保。</p>"),
)  # fmt: skip
_STYLED = (
    ("none", "not displayed", '<div style="display:none"><a href="{}">合作伙伴</a></div>'),
    ("dot", "text of one pixel", '<a href="{}" style="font-size:1px">合作伙伴</a>'),
    ("box", "a box of one pixel", '<div style="width:1px;height:1px;overflow:hidden"><a href="{}">合作伙伴</a></div>'),
    ("away", "pushed off the screen", '<div style="position:absolute;left:-9999px"><a href="{}">合作伙伴</a></div>'),
    ("clear", "wholly transparent", '<a href="{}" style="opacity:0">合作伙伴</a>'),
    ("white", "white on white", '<p style="background:#ffffff"><a href="{}" style="color:#ffffff">合作伙伴</a></p>'),
    ("unseen", "invisible", '<span style="visibility:hidden"><a href="{}">合作伙伴</a></span>'),
    ("attr", "hidden by its attribute", '<p hidden><a href="{}">合作伙伴</a></p>'),
    ("marquee", "a moving line one pixel high", '<marquee height="1" width="5"><a href="{}">合作伙伴</a></marquee>'),
    ("sheet", "hidden by a style sheet of the page",
     "<style>.gg{{text-indent:-9999px;overflow:hidden}}</style><p class='gg'><a href=\"{}\">合作伙伴</a></p>"),
)  # fmt: skip
_MENUS = (
    ("accordion", "an accordion's closed part", '<h2>常见问题</h2><div style="display:none" class="panel">'
     '<a href="/xw/">政务动态</a></div>'),
    ("details", "a part that opens", '<details><summary>更多</summary><a href="/tzgg/">通知公告</a></details>'),
    ("friends", "outside links of governments in a closed list",
     '<button aria-expanded="false">友情链接</button><ul style="display:none">'
     '<li><a href="{{{{province}}}}/">江右省科技厅</a></li></ul>'),
    ("select", "outside links of governments in a list to choose from",
     '<label>友情链接 <select><option value="{{{{province}}}}/">江右省科技厅</option></select></label>'),
    ("skip", "a link to skip to the text", '<a href="#main" style="position:absolute;left:-9999px">跳到正文</a>'),
    ("logo", "a picture instead of text", '<a href="/" style="display:block;text-indent:-9999px">首页</a>'),
    ("tabs", "a tab that is not in front", '<div role="tabpanel" hidden><a href="/bsfw/">办事服务</a></div>'),
    ("mobile", "a menu for small screens",
     "<style>.small{{display:none}}@media(max-width:600px){{.small{{display:block}}}}</style>"
     '<p class="small"><a href="/hdjl/">互动交流</a></p>'),
    ("small", "small print that can be read", '<p style="font-size:12px"><a href="/sitemap.html">地图</a></p>'),
    ("trap", "a field that only robots fill in",
     '<p style="display:none"><label>网址<input name="homepage"></label></p>'),
)  # fmt: skip


def plant(plan: Plan) -> None:
    """Plant links out, hidden links and frames."""
    site = portal(plan)
    column(site, "/wl/", "合作交流", "其他", level=2)
    for name, title, why, body in _OUT:
        out = bare(plan, name, title, f"outside: {why}")
        out.lay("/", answer(f"<!DOCTYPE html><html lang='zh-CN'><meta charset='utf-8'><title>{title}"
                            f"</title>{body}</html>"))  # fmt: skip
    _strange(plan, site)
    _hidden(plan, site)
    _frames(plan, site)


def _lay(site: Site, slug: str, body: str, title: str = "") -> str:
    into = site.columns["/wl/"]
    title = title or f"交流信息第{len(into.items) + 1}期"
    return site.at(article(site, into, slug, title, body))


def _strange(plan: Plan, site: Site) -> None:
    for name, words in (
        ("casino", "友情链接"),
        ("parked", "招商平台"),
        ("adult", "直播回看"),
        ("loans", "金融超市"),
    ):
        why = next(each[2] for each in _OUT if each[0] == name)
        on = _lay(site, name, f'<p><a href="{{{{{name}}}}}/">{words}</a></p>')
        plan.fault("link-strange", f"{{{name}}}/", f"leads to {why}", words, on=on, at=on)
    words = "澳门新葡京真人百家乐"
    on = _lay(site, "words", f'<p><a href="{{{{bank}}}}/promo">{words}</a></p>')
    plan.sites["bank"].lay("/promo", plan.sites["bank"].pages[b"/"])
    plan.fault(
        "link-strange", "{bank}/promo", "the words of the link are of gambling", words, on=on, at=on
    )
    for name, words in (("lottery", "福利彩票开奖公告"), ("police", "打击跨境赌博举报"),
                        ("registrar", "域名续费提示"), ("bank", "小额贷款流程")):  # fmt: skip
        why = next(each[2] for each in _OUT if each[0] == name)
        on = _lay(site, name, f'<p><a href="{{{{{name}}}}}/">{words}</a></p>')
        plan.like("link-strange", f"{{{name}}}/", f"leads to {why}", on=on)
    address = _lay(
        site,
        "crackdown",
        "<p>县公安局查处一起网络赌博案，涉案“百家乐”网站已被关停。</p>",
        "严打网络赌博",
    )
    plan.like("link-strange", address, "news of gambling put down, and no link", "百家乐")


def _hidden(plan: Plan, site: Site) -> None:
    shop = bare(plan, "shop", "某某商城", "outside: a shop that nothing is known of")
    shop.lay("/", answer("<!DOCTYPE html><html lang='zh-CN'><meta charset='utf-8'><title>某某商城"
                         "</title><p>日用百货</p></html>"))  # fmt: skip
    for slug, why, body in _STYLED:
        address = _lay(site, f"h-{slug}", body.format("{{shop}}/"))
        plan.fault("link-hidden", address, f"an outside link, {why}", "合作伙伴")
    for slug, why, body in _MENUS:
        plan.like("link-hidden", _lay(site, f"m-{slug}", body.format()), why)
    address = _lay(site, "m-open", '<p><a href="{{shop}}/">合作伙伴</a></p>')
    plan.like("link-hidden", address, "the same outside link, for all to see")


def _frames(plan: Plan, site: Site) -> None:
    for slug, why, body in (
        (
            "f-zero",
            "no width and no height",
            '<iframe src="{{shop}}/" width="0" height="0" title="统计"></iframe>',
        ),
        (
            "f-none",
            "not displayed",
            '<iframe src="{{shop}}/" style="display:none" title="统计"></iframe>',
        ),
    ):
        plan.fault("frame-hidden", _lay(site, slug, body), f"an outside frame, {why}", "<iframe")
    site.lay("/wl/map.html", answer(page(site, "地图", "<h1>地图</h1><p>东门在城东大道。</p>", {})))
    for slug, why, body in (
        ("f-map", "a map for all to see", '<iframe src="/wl/map.html" width="400" height="300" title="地图"></iframe>'),
        ("f-own", "a frame of the site itself, closed until it is asked for",
         '<iframe src="/wl/map.html" style="display:none" title="打印预览"></iframe>'),
    ):  # fmt: skip
        plan.like("frame-hidden", _lay(site, slug, body), why)
