"""Whether sites are there: W2 on both sides of 5 %, IPv6, and search that works or does not."""

# ruff: noqa: E501 - rows of data, one a line

from collections.abc import Callable

from tests.garden.ground import Answer, Asked, Plan, Site, Way
from tests.garden.shell import answer, page, swap
from tests.garden.sites import bare, healthy, home_page, results, searched

WEEK = 140  # 20 visits a day for a week


def plant(plan: Plan) -> None:
    """Plant sites that are away, and sites that are hard to find or to search."""
    _away(plan)
    _ipv6(plan)
    _search(plan)


def _failing(site: Site, numbers: frozenset[int], failure: Answer) -> Callable[[Asked], Answer]:
    """Return a home page that fails in so many of any 140 visits that follow each other."""

    def home(asked: Asked) -> Answer:
        return failure if asked.number % WEEK in numbers else home_page(site)

    return home


def _away(plan: Plan) -> None:
    down = Answer(b"<h1>503</h1>", 503)
    visits = (23, 41, 57, 70, 88, 101, 119, 137)
    for name, title, count in (("down-eight", "青禾县交通局", 8), ("down-seven", "青禾县住建局", 7),
                               ("down-six", "青禾县应急局", 6)):  # fmt: skip
        site = healthy(plan, name, title, f"answers 503 in {count} of any 140 visits")
        site.home = _failing(site, frozenset(visits[:count]), down)
        rate = f"{count} of 140 visits fail, {count / WEEK:.2%}"
        if count >= 7:
            plan.fault("W2", site.at(), rate, "最新信息")
        else:
            plan.like("W2", site.at(), rate, "最新信息")
    for name, title, made, why, evidence in (
        ("down-always", "青禾县旅游集散中心", down, "answers 503 to every visit", "503"),
        ("down-silent", "青禾县物流中心", Answer(b"late", way=Way.SILENT),
         "never answers within 15 s (held until released)", ""),
        ("down-loop", "青禾县气象台", Answer(status=302, headers=(("Location", "/"),)),
         "its home page leads to itself", ""),
    ):  # fmt: skip
        site = bare(plan, name, title, f"a site that is away: {why}")
        site.lay("/", made)
        plan.fault("W2", site.at(), why, evidence)
    gone = bare(plan, "down-refused", "青禾县招商中心", "a site that is away: nobody listens")
    gone.listens = False
    plan.fault("W2", gone.at(), "connections are refused", "")
    site = healthy(plan, "home-leads", "青禾县审计局", "its home page leads on to /index.html")
    site.home = Answer(status=302, headers=(("Location", "/index.html"),))
    plan.finishers.append(lambda: site.lay("/index.html", home_page(site)))
    plan.like("W2", site.at(), "its home page leads on to /index.html", at=site.at("/index.html"))
    slow = healthy(plan, "home-weary", "青禾县红十字会", "answers after a twentieth of a second")
    plan.finishers.append(lambda: _weary(slow))
    plan.like("W2", slow.at(), "a home page that takes a little while", "最新信息")


def _weary(site: Site) -> None:
    made = site.pages[b"/"]
    if isinstance(made, Answer):
        site.pages[b"/"] = Answer(made.body, way=Way.WEARY)


def _ipv6(plan: Plan) -> None:
    four = healthy(plan, "only-four", "青禾县公路中心", "served on IPv4 alone")
    four.families = (4,)
    plan.fault("ipv6-unreachable", four.at(), "nobody answers on IPv6", "最新信息")
    words = healthy(plan, "only-says", "青禾县水文中心", "says that it supports IPv6, and does not")
    words.families = (4,)
    words.home_edit = swap("</footer>", "<p>本网站支持IPv6</p>\n</footer>")
    plan.fault("ipv6-unreachable", words.at(), "says that it supports IPv6, and nobody answers there",
               "本网站支持IPv6")  # fmt: skip
    six = healthy(plan, "only-six", "青禾县大数据中心", "served on IPv6 alone")
    six.families = (6,)
    plan.like("ipv6-unreachable", six.at(), "reached over IPv6, and only so", "最新信息")
    both = healthy(plan, "both", "青禾县融媒中心", "served on both, says nothing of it")
    plan.like("ipv6-unreachable", both.at(), "reached over IPv6 without saying so", absent="IPv6")


def _search(plan: Plan) -> None:
    form = '<form action="/search" role="search">'

    def none(asked: Asked) -> Answer:
        return answer(
            page(site_of["search-none"], "搜索结果", "<h1>搜索结果</h1><p>共找到0条结果</p>", {})
        )

    def broken(asked: Asked) -> Answer:
        return Answer(b"<h1>500</h1>", 500)

    def same(asked: Asked) -> Answer:
        return results(site_of["search-same"], "防火")

    site_of: dict[str, Site] = {}
    for name, title, why, answering in (
        (
            "search-none",
            "青禾县人社局",
            "search finds nothing, not even a title of the home page",
            none,
        ),
        ("search-broken", "青禾县医保局", "search answers 500", broken),
        ("search-same", "青禾县自然资源局", "search finds the same, whatever is asked", same),
    ):
        site = site_of[name] = healthy(plan, name, title, why)
        site.lay("/search?*", answering)
        plan.fault("search-fails", site.at(), why, form)
    site = healthy(plan, "search-missing", "青禾县生态环境局", "there is no search", search=False)
    plan.fault("search-fails", site.at(), "there is no search", "最新信息", absent='role="search"')
    _searches_that_work(plan, form)


def _searches_that_work(plan: Plan, form: str) -> None:
    site = healthy(plan, "search-post", "青禾县市监局", "search by POST")
    site.home_edit = swap(form, '<form action="/find" method="post" role="search">')
    site.lay(
        "/find", lambda asked, s=site: results(s, searched(asked) if asked.method == "POST" else "")
    )
    plan.like("search-fails", site.at(), "search by POST", 'action="/find"')
    gbk = healthy(plan, "search-gbk", "青禾县税务服务中心", "search in GBK")
    gbk.home_edit = swap(form, '<form action="/search" role="search" accept-charset="gbk">')
    gbk.lay("/search?*", lambda asked: results(gbk, searched(asked, encoding="gbk")))
    plan.like("search-fails", gbk.at(), "search takes its word in GBK", 'accept-charset="gbk"')
    hidden = healthy(plan, "search-hidden", "青禾县机关事务中心", "search needs a hidden field")
    hidden.home_edit = swap(form, f'{form}<input type="hidden" name="siteId" value="7">')
    hidden.lay(
        "/search?*",
        lambda asked: results(hidden, searched(asked) if b"siteId=7" in asked.key else ""),
    )
    plan.like("search-fails", hidden.at(), "search needs its hidden field", 'name="siteId"')
    word = healthy(plan, "search-word", "青禾县退役军人局", "search whose field has another name")
    word.home_edit = swap('name="q"', 'name="searchword"')
    word.lay("/search?*", lambda asked: results(word, searched(asked, "searchword")))
    plan.like("search-fails", word.at(), "the field is called searchword", 'name="searchword"')
