"""Days that cannot be, documents that came late or do not say whether they hold, and secret marks."""

# ruff: noqa: E501 - rows of data, one a line

from datetime import date

from tests.garden.ground import Plan, Site, ago
from tests.garden.shell import swap
from tests.garden.sites import article, column, portal


def plant(plan: Plan) -> None:
    """Plant documents whose days are at fault, and pages of W1."""
    site = portal(plan)
    column(site, "/wj/", "文件资料", "政策文件", level=2)
    _days(plan, site)
    _validity(plan, site)
    _secrets(plan, site)


def _lay(site: Site, slug: str, title: str, body: str, on: date) -> str:
    return site.at(article(site, site.columns["/wj/"], slug, title, body, on=on))


def _days(plan: Plan, site: Site) -> None:
    formed = "<p>成文日期：{}</p><p>请遵照执行。</p>"
    tomorrow = date(2026, 12, 1)
    address = _lay(site, "future", "关于冬季供水的通知", "<p>请提前储水。</p>", tomorrow)
    plan.fault(
        "date-in-future", address, "published on a day that has not come", f"发布时间：{tomorrow}"
    )
    address = _lay(site, "before", "关于秋季造林的通知", formed.format(ago(5)), ago(12))
    plan.fault(
        "published-before-formed", address, "published a week before it was formed", f"{ago(5)}"
    )
    address = _lay(
        site, "late", "关于农田水利维修的通知", formed.format("2026-08-03"), date(2026, 10, 30)
    )
    plan.fault("published-late", address, "formed on 3 August, published on 30 October: over 20 working days",
               "成文日期：2026-08-03")  # fmt: skip
    for rule, slug, title, body, on, why in (
        ("date-in-future", "effect", "青禾县停车管理办法", "<p>本办法自2027年1月1日起施行。</p><p>有效性：有效</p>",
         ago(4), "takes effect on a day to come"),
        ("date-in-future", "event", "关于举办农产品展销会的通知", "<p>展销会定于2026年12月20日举行。</p>", ago(3),
         "speaks of an event to come"),
        ("published-before-formed", "same", "关于节水宣传的通知", formed.format(ago(6)), ago(6),
         "formed and published on one day"),
        ("published-before-formed", "effective", "关于调整公交票价的通知",
         f"<p>成文日期：{ago(9)}</p><p>生效日期：2026-12-01</p>", ago(7), "takes effect after it is published"),
        ("published-late", "holiday", "关于秋冬森林防火的通知", formed.format("2026-09-24"), date(2026, 10, 28),
         "34 days, of which the holidays do not count"),
        ("published-late", "month", "关于校车安全的通知", formed.format("2026-10-26"), date(2026, 11, 18),
         "17 working days"),
    ):  # fmt: skip
        plan.like(rule, _lay(site, slug, title, body, on), why)


def _validity(plan: Plan, site: Site) -> None:
    """A normative document says whether it holds; other documents need not."""
    head = "<p>文件类别：行政规范性文件</p><p>发文字号：青府发〔2026〕{}号</p>{}<p>各单位遵照执行。</p>"
    address = _lay(site, "valid-none", "青禾县河道管理规定", head.format(9, ""), ago(8))
    plan.fault("validity-unmarked", address, "a normative document that does not say whether it holds",
               "行政规范性文件", absent="有效")  # fmt: skip
    for slug, title, number, mark, why in (
        ("valid-yes", "青禾县湿地管理规定", 10, "<p>有效性：有效</p>", "says that it holds"),
        (
            "valid-gone",
            "青禾县砂石管理规定",
            11,
            "<p>时效状态：废止</p>",
            "says that it was repealed",
        ),
        (
            "valid-until",
            "青禾县公厕管理规定",
            12,
            "<p>有效期至2031年10月31日</p>",
            "says until when it holds",
        ),
    ):
        plan.like(
            "validity-unmarked", _lay(site, slug, title, head.format(number, mark), ago(8)), why
        )
    address = _lay(
        site,
        "valid-notice",
        "关于召开水利会议的通知",
        "<p>文件类别：一般文件</p><p>请准时参加。</p>",
        ago(8),
    )
    plan.like("validity-unmarked", address, "no normative document", "一般文件")


def _secrets(plan: Plan, site: Site) -> None:
    for slug, title, body, evidence, why in (
        ("secret", "关于做好专项工作的通知", "<p>机密★1年</p><p>特急</p><p>请各单位办理。</p>", "机密★1年",
         "a document under its mark of secrecy"),
        ("internal", "关于专项资金安排的函", "<p>秘密★5年</p><p>现将资金安排函告如下。</p>", "秘密★5年",
         "a document under its mark of secrecy"),
        ("hacked", "Hacked by DarkLeaf", "<p>Hacked by DarkLeaf. Your site is owned.</p>", "Hacked by DarkLeaf",
         "a page that somebody else has written"),
    ):  # fmt: skip
        plan.fault("W1", _lay(site, slug, title, body, ago(3)), why, evidence)
    for slug, title, body, why in (
        ("secret-law", "保密法宣传：怎样看密级标志", "<p>标有“机密★”字样的文件，不得在互联网上传递。</p>",
         "an article that explains marks of secrecy"),
        ("secret-review", "关于规范保密审查的通知", "<p>公开前应当审查是否属于国家秘密、工作秘密。</p>",
         "a notice on the review for secrets"),
        ("unsealed", "关于历年防汛方案解密的公告", "<p>原定密级为秘密的防汛方案已于2024年解密，现予公开。</p>",
         "a document that is secret no more, and says so"),
        ("hacker", "网络安全宣传周：警惕黑客入侵", "<p>网站被篡改后首页常出现“Hacked by”字样，应立即报告。</p>",
         "an article that warns of intruders"),
    ):  # fmt: skip
        plan.like("W1", _lay(site, slug, title, body, ago(3)), why)
    swapped = article(site, site.columns["/wj/"], "tag-day", "关于食堂招标的公告", "<p>欢迎投标。</p>", on=ago(3),
                      edit=swap(f'name="PubDate" content="{ago(3)}', f'name="PubDate" content="{ago(1)}'))  # fmt: skip
    plan.fault("date-disagrees", site.at(swapped), "the tag says another day of publishing than the page",
               f'content="{ago(1)} 09:30"')  # fmt: skip
    near = article(site, site.columns["/wj/"], "tag-time", "关于绿化养护招标的公告", "<p>欢迎投标。</p>", on=ago(3),
                   edit=swap(f'name="PubDate" content="{ago(3)} 09:30', f'name="PubDate" content="{ago(3)} 09:31'))  # fmt: skip
    plan.like("date-disagrees", site.at(near), "the tag says the next minute", "09:31")
