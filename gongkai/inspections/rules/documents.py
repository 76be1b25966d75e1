"""Days of a document that cannot be, came late or disagree; validity not marked; secret marks.

条例 Art. 26 (20 working days), 国办发〔2018〕37号 (validity), law.md 4.2 W1.
"""

import re
from collections.abc import Iterator
from datetime import date

from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.views import Kind, View, around
from gongkai.statute.workdays import WorkdayCalendar, national
from gongkai.text.sitepages import Place

LIMIT_WORKDAYS = 20
_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})"
_SHOWN = re.compile(r"(?:发布(?:时间|日期)|发文时间|公开日期)\s*[:：]?\s*" + _DAY)
_FORMED = re.compile(r"(?:成文(?:日期|时间)|印发日期|生成日期)\s*[:：]?\s*" + _DAY)
_TAGGED = re.compile(_DAY)
_NORMATIVE = re.compile(r"(?:文件|公文)?(?:类别|类型|分类|性质)\s*[:：]?\s*(?:行政)?规范性文件")
_VALIDITY = re.compile(r"有效性|时效|效力|有效期|是否有效|已?废止|失效|现行有效")
_SECRET = re.compile(r"^(?:绝密|机密|秘密)\s*[★☆]\s*(?:\d{1,2}年|长期|\d{1,2}个月)?\s*$")
_ROWS = frozenset(("li", "td", "dd"))  # of lists: what they lead to is judged itself
_INTRUDER = re.compile(r"^\W*(?:hacked|owned|defaced|pwned)\s+by\b", re.I)


def days(view: View) -> Iterator[Fault]:
    """Tell days of publishing and forming that cannot be or are not one another's."""
    if view.kind is not Kind.ARTICLE:
        return
    text = view.main
    shown, formed = _day(_SHOWN, text), _day(_FORMED, text)
    tagged = _day(_TAGGED, view.page.meta("PubDate"))
    published = shown or tagged
    if published and published > view.today:
        why = f"发布日期{published}在检查日之后。"
        yield view.fault("date-in-future", why, f"发布日期 {published}", "published")
    if shown and tagged and shown != tagged:
        why = f"页面显示的发布日期（{shown}）与标签 PubDate（{tagged}）不一致。"
        yield view.fault("date-disagrees", why, f"页面 {shown}，标签 {tagged}", "PubDate")
    if published and formed:
        yield from _order(view, published, formed)


def _order(view: View, published: date, formed: date) -> Iterator[Fault]:
    evidence = f"成文日期 {formed}，发布日期 {published}"
    if published < formed:
        why = f"发布日期（{published}）早于成文日期（{formed}）。"
        yield view.fault("published-before-formed", why, evidence, "published")
    elif is_late(formed, published):
        why = f"成文后超过20个工作日才发布（成文{formed}，发布{published}），条例第二十六条。"
        yield view.fault("published-late", why, evidence, "published")


def is_late(formed: date, published: date, calendar: WorkdayCalendar | None = None) -> bool:
    """Say whether a document came out later than 20 working days after it was formed."""
    return published > (calendar or national()).cautious().add(formed, LIMIT_WORKDAYS)


def validity(view: View) -> Iterator[Fault]:
    """Tell a normative document that does not say whether it holds."""
    text = view.main
    found = _NORMATIVE.search(text)
    if view.kind is Kind.ARTICLE and found and not _VALIDITY.search(text):
        why = "行政规范性文件没有标明是否有效或者有效期。"
        yield view.fault("validity-unmarked", why, around(text, *found.span()), "validity")


def secrets(view: View) -> Iterator[Fault]:
    """Tell a document under its mark of secrecy, and a page that somebody else wrote."""
    for block in view.page.blocks:
        if block.place is not Place.MAIN or block.tag in _ROWS:
            continue
        if _SECRET.match(block.text):
            why = f"页面发布了带密级标志的文件（{block.text}），应当立即下线并报告。"
            yield view.fault("W1", why, block.text, "secret")
            return
        if _INTRUDER.match(block.text):
            why = "页面疑似被篡改，应当立即处置并报告。"
            yield view.fault("W1", why, block.text, "intruder")
            return


def published_on(view: View) -> date | None:
    """Return the day an article was published, as it shows or its tag says."""
    shown = _day(_SHOWN, view.main[:2000])
    return shown or _day(_TAGGED, view.page.meta("PubDate"))


def _day(form: re.Pattern[str], text: str) -> date | None:
    found = form.search(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
