"""W5, 互动回应差: messages unanswered for three months, and sites without a way to ask (law.md 4.2)."""

# ruff: noqa: E501 - rows of data, one a line

from datetime import date

from tests.garden.ground import Column, Plan, Site, ago
from tests.garden.shell import answer, article_tags, page
from tests.garden.sites import column, healthy, tell

FORM = (
    '<form action="{}submit" method="post"><label for="c">内容</label>'
    '<textarea id="c" name="content"></textarea><button>提交</button></form>\n<table>\n</table>'
)


def plant(plan: Plan) -> None:
    """Plant boards with messages old and new, answered and not, and sites without a board."""
    _unanswered(plan)
    _without_channel(plan)
    _solicitations(plan)


def _board(site: Site, path: str, name: str) -> Column:
    made = column(site, path, name, "互动交流")
    made.body = FORM.format(path)
    tell(site, made, "ok", f"怎样使用{name}", ago(8), (ago(6), "登录后填写即可。"))
    return made


def _unanswered(plan: Plan) -> None:
    late = healthy(plan, "talk-late", "青禾县民意中心", "W5: a question unanswered for four months")
    board = late.columns["/hdjl/"]
    path = tell(late, board, "q1", "怎样申请公共租赁住房", ago(124), None)
    plan.fault("W5", late.at(path), "a question unanswered for 124 days", "待答复")
    old = healthy(plan, "talk-accepted", "青禾县诉求中心", "W5: accepted, and never answered")
    path = tell(old, old.columns["/hdjl/"], "q1", "怎样补办社会保障卡", ago(150), None, "已受理")
    plan.fault("W5", old.at(path), "accepted 150 days ago, and not answered", "待答复")
    mayor = healthy(
        plan, "talk-mayor", "青禾县县长信箱", "W5: a letter in the mayor's box unanswered"
    )
    box = _board(mayor, "/xzxx/", "县长信箱")
    path = tell(mayor, box, "q1", "建议增开城乡公交", ago(100), None)
    plan.fault("W5", mayor.at(path), "a letter to the mayor unanswered for 100 days", "待答复")
    fine = healthy(plan, "talk-fine", "青禾县热线中心", "boards on which nothing is wrong by W5")
    _fine(plan, fine)


def _fine(plan: Plan, site: Site) -> None:
    board = site.columns["/hdjl/"]
    answered = (ago(20), "可以在镇便民服务中心申请。")

    def like(path: str, why: str, evidence: str) -> None:
        plan.like("W5", site.at(path), why, evidence)

    like(
        tell(site, board, "q2", "怎样申请临时救助", ago(60), None),
        "unanswered for 60 days",
        "待答复",
    )
    like(
        tell(site, board, "q3", "怎样申请廉租住房", ago(200), answered),
        "answered, if late",
        "已答复",
    )
    like(
        tell(site, board, "q4", "怎样参加医疗保险", ago(88), None),
        "unanswered for 88 days",
        "待答复",
    )
    petition = _board(site, "/wsxf/", "网上信访")
    like(tell(site, petition, "q5", "反映邻里纠纷", ago(130), None),
         "petitions online do not count", "待答复")  # fmt: skip
    discipline = _board(site, "/jjjb/", "纪检举报")
    like(tell(site, discipline, "q6", "反映作风问题", ago(130), None),
         "reports to the discipline inspection do not count", "待答复")  # fmt: skip
    survey = _board(site, "/zjdc/", "网上调查")
    like(tell(site, survey, "q7", "对公园改造的看法", ago(130), None, "征集意见"),
         "a survey's entry is not a question", "公园改造")  # fmt: skip
    path = tell(
        site, board, "q8", "测试测试", ago(140), (ago(139), "内容无效，不予受理。"), "无效留言"
    )
    like(path, "told to be void, and answered so", "内容无效")


def _without_channel(plan: Plan) -> None:
    """Sites whose only ways in are those that do not count."""
    for name, title, why, path, label, body in (
        ("no-talk", "青禾县人防中心", "no way to ask but petitions online", "/wsxf/", "网上信访", FORM),
        ("mail-only", "青禾县地震台", "only an address to write to", "/yx/", "联系邮箱",
         '<p>来信请寄 <a href="mailto:bgs@qinghe.example">办公室邮箱</a></p>'),
    ):  # fmt: skip
        site = healthy(plan, name, title, f"W5: {why}", lacking="/hdjl/")
        made = column(site, path, label, "互动交流")
        made.body = body.format(path) if body is FORM else body
        plan.fault("W5", site.at(), why, label, absent="/hdjl/")
    for name, title, label in (
        ("box-only", "青禾县工商联", "局长信箱"),
        ("ask-only", "青禾县文联", "在线咨询"),
    ):
        site = healthy(plan, name, title, f"the way to ask is called {label}", lacking="/hdjl/")
        board = _board(site, "/xx/", label)
        tell(site, board, "q1", "怎样加入协会", ago(9), (ago(6), "请到办公室填写申请表。"))
        plan.like("W5", site.at(), f"the way to ask is called {label}", label)


def _solicitations(plan: Plan) -> None:
    """Calls for comments whose term is over, with and without word of what was taken."""
    site = plan.sites["talk-fine"]
    made = column(site, "/yjzj/", "意见征集", "互动交流")
    made.body = "<table>\n</table>"
    feedback = '<p>采纳情况反馈：<a href="/yjzj/fk.html">共收到意见12条，采纳5条</a></p>'
    for slug, title, begun, ended, extra, fault in (
        ("z1", "征集城区停车管理办法意见", ago(260), ago(230), "", True),
        ("z2", "征集殡葬管理办法意见", ago(250), ago(220), feedback, False),
        ("z3", "征集湿地保护规划意见", ago(10), date(2026, 12, 10), "", False),
        ("z4", "征集养老服务规划意见", ago(36), ago(6), "", False),
    ):
        path = _solicitation(site, made, slug, title, begun, ended, extra)
        address = site.at(path)
        if fault:
            plan.fault(
                "solicitation-without-feedback",
                address,
                "ended 230 days ago, no word of it",
                "征集结束",
            )
        else:
            why = (
                "feedback given"
                if extra
                else "open still"
                if ended > ago(0)
                else "ended 6 days ago"
            )
            plan.like("solicitation-without-feedback", address, why, "征集结束")
    _solicitation(
        site,
        made,
        "fk",
        "殡葬管理办法意见采纳情况",
        ago(200),
        None,
        "<p>共收到意见12条，采纳5条。</p>",
    )


def _solicitation(
    site: Site, into: Column, slug: str, title: str, begun: date, ended: date | None, extra: str
) -> str:
    path = f"{into.path}{slug}.html"
    term = f"<p>征集开始：{begun}　征集结束：{ended}</p>" if ended else ""
    main = f"<h1>{title}</h1>\n<p>发布时间：{begun} 09:30</p>\n{term}\n{extra}"
    site.lay(path, answer(page(site, title, main, article_tags(site, path, title, begun))))
    row = f'<tr><td><a href="{path}">{title}</a></td><td>{begun}</td></tr>\n'
    into.body = (into.body or "").replace("</table>", f"{row}</table>")
    return path
