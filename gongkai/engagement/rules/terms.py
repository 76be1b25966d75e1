"""The term of a solicitation and the ways to comment; the notice that tells them.

Thirty days for drafts that concern business closely (优化营商环境条例 62) and for major
decisions (重大行政决策程序暂行条例 15; law.md 7.4): "generally no less", so a shorter term needs
its reason in public.
"""

from dataclasses import dataclass, replace
from datetime import date
from html import escape

from gongkai.engagement.lifecycle import ToldWrongly
from gongkai.engagement.rules.texts import used
from gongkai.statute.days import written

LONG_TERM_DAYS = 30


@dataclass(frozen=True, slots=True)
class Terms:
    """When and how comments are taken; both days belong to the term."""

    opens_on: date
    closes_on: date
    online: bool = True
    address: str = ""
    phone: str = ""
    email: str = ""
    affects_market: bool = False
    major_decision: bool = False
    short_reason: str = ""

    @property
    def days(self) -> int:
        """How many days the term has."""
        return days_of(self.opens_on, self.closes_on)

    @property
    def needs_long_term(self) -> bool:
        """Say whether the law asks for thirty days."""
        return self.affects_market or self.major_decision


def tidy(terms: Terms) -> Terms:
    """Return the terms with blanks trimmed, once they hold.

    Raises:
        ToldWrongly: the days are in the wrong order, the term is too short, or no way is named.
    """
    texts = ("address", "phone", "email", "short_reason")
    terms = replace(
        terms, **{name: used(getattr(terms, name), name, required=False) for name in texts}
    )
    if terms.closes_on < terms.opens_on:
        raise ToldWrongly("“截止日期”早于“开始日期”，请核对", "closes_on")
    if not (terms.online or terms.address or terms.phone or terms.email):
        raise ToldWrongly("请至少开通一种提出意见的方式：网上、信函、电话或者电子邮件", "online")
    if terms.email and "@" not in terms.email:
        raise ToldWrongly("“电子邮箱”应当形如 zqyj@example.com，请修改", "email")
    short = terms.needs_long_term and terms.days < LONG_TERM_DAYS
    if short and not terms.short_reason:
        law = (
            "优化营商环境条例第六十二条"
            if terms.affects_market
            else "重大行政决策程序暂行条例第十五条"
        )
        raise ToldWrongly(
            f"征集期限为{terms.days}日，按{law}一般不少于{LONG_TERM_DAYS}日；"
            "请延长，或者填写“期限不足三十日的理由”（将在网页上公开）",
            "closes_on",
        )
    return terms if short else replace(terms, short_reason="")


def days_of(opens_on: date, closes_on: date) -> int:
    """Return how many days a term has, both ends included."""
    return (closes_on - opens_on).days + 1


def ways(terms: Terms) -> list[str]:
    """Return the ways to comment, each in words."""
    told = [
        ("网上提交：在本页面点击“我要提意见”", terms.online),
        (f"信函：寄至{terms.address}，信封注明“征求意见”字样", terms.address),
        (f"电子邮件：发送至{terms.email}", terms.email),
        (f"电话：{terms.phone}", terms.phone),
    ]
    return [said for said, offered in told if offered]


def notice_body(name: str, organ: str, terms: Terms) -> str:
    """Return the text of a notice as clean HTML, to go on with: what, how long, which ways."""
    items = "".join(f"<li>{escape(said)}。</li>" for said in ways(terms))
    short = f"<p>征集期限不足三十日的理由：{escape(terms.short_reason)}。</p>"
    return (
        f"<p>{escape(organ)}起草了《{escape(name)}》，现向社会公开征求意见。</p>"
        f"<p>征求意见的期限为{written(terms.opens_on)}至{written(terms.closes_on)}。"
        "有关单位和个人可以通过以下方式提出意见：</p>"
        f"<ul>{items}</ul>"
        f"{short if terms.short_reason else ''}"
        "<p>意见的采纳情况将在征集结束后公布。</p>"
    )
