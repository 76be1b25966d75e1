"""Wrong words and personal data on a page (law.md 4.2 W1, 9.2): what `gongkai.text` finds, told."""

import re
from collections.abc import Iterator
from datetime import date

from gongkai.inspections.rules.documents import published_on
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.views import View, around
from gongkai.text.listed import Lists
from gongkai.text.privacy import find, find_in_rows
from gongkai.text.sitepages import Place
from gongkai.text.wording import Wording

_LONG = re.compile(r"\d{14,18}[\dXx]")
_READ = frozenset(("p", "li", "td", "th", "dd", "h1", "h2", "h3", "div", "section", "article", ""))


def wording(view: View, checker: Wording) -> Iterator[Fault]:
    """Tell wrong words of a page's own part, paragraph by paragraph."""
    on: date = published_on(view) or view.today
    for block in view.page.blocks:
        if block.place is not Place.MAIN or not block.text:
            continue
        for one in checker.check(block.text, on):
            why = f"{one.message}" + (f"建议：{one.suggestion}。" if one.suggestion else "")
            evidence = around(block.text, one.start, one.end)
            yield view.fault("wording", why, evidence, f"{one.rule}:{one.found}")


def listed(view: View, lists: Lists) -> Iterator[Fault]:
    """Tell what the county lists: words of a page's own part, links wherever they stand."""
    for block in view.page.blocks:
        if block.place is not Place.MAIN or not block.text:
            continue
        for one in lists.words_in(block.text):
            found = block.text[one.start : one.end]
            why = f"“{found}”在本县的敏感词名单上。{one.term.why}"
            evidence = masked(around(block.text, one.start, one.end))
            yield view.fault("listed-word", why, evidence, one.term.word)
    for link in view.page.links:
        term = lists.link(link.address)
        if term is not None:
            why = f"链接在本县的禁用链接名单上。{term.why}"
            evidence = f"链接“{link.words or link.title}”指向 {link.address}"
            yield view.fault("listed-link", why, evidence, link.address)


def privacy(view: View) -> Iterator[Fault]:
    """Tell personal data on a page, in its tables and in its comments; evidence is masked."""
    allowed = view.site.telephones
    text = view.page.text(Place.MAIN)
    for one in find(text, allowed=allowed):
        yield _fault(view, one.rule.value, one.rule.label, one.found, "正文")
    for comment in view.page.comments:
        for one in find(comment, allowed=allowed):
            yield _fault(view, one.rule.value, one.rule.label, one.found, "网页源代码的注释")
    for number, rows in enumerate(view.page.tables, start=1):
        for cell in find_in_rows(rows, allowed=allowed):
            one = cell.finding
            where = f"第{number}个表格 {cell.cell}"
            yield _fault(view, one.rule.value, one.rule.label, one.found, where)


def masked(text: str) -> str:
    """Return a text in which personal data is masked, as evidence may show it.

    Long numbers are masked whatever they are: a name of a file gives no word around them.
    """
    for one in reversed(find(text)):
        text = f"{text[: one.start]}{one.found}{text[one.end :]}"
    return _LONG.sub(lambda long: f"{long[0][:2]}{'*' * (len(long[0]) - 5)}{long[0][-3:]}", text)


def _fault(view: View, rule: str, label: str, found: str, where: str) -> Fault:
    return view.fault(rule, f"页面公开了{label}，应当删除或者遮盖。", f"{where}：{found}", found)
