"""The slower checks behind a round, over some pages: the W3C's checker, axe, pictures as evidence.

Each says when it could not look because something is not installed. The pages are asked again at
the round's own pace; what does not come is the round's to tell.
"""

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from gongkai.adapters.browser import Browser, NotShown, browser, program
from gongkai.adapters.crawler.fetching import Fetcher, NotAllowed
from gongkai.adapters.crawler.pace import Pace
from gongkai.adapters.htmlchecker import CheckFailed, HtmlChecker, html_checker
from gongkai.inspections.rules.behind import (
    AXE_RULE,
    HTML_RULE,
    Wrong,
    html_faults,
    hurdle_fault,
)
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.sources.outside_book import Inspected, Wanted

PAGE_SECONDS = 20.0
MOST_SECONDS = 150.0  # of one site's turn: a slow one must not hold up the others


@dataclass
class Behind:
    """What a slower check came to: the faults, the pages it saw to the end, what it notes."""

    faults: list[Fault] = field(default_factory=list)
    looked: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def lacking() -> list[str]:
    """Return which of the slower checks this machine cannot make, and what they lack."""
    found = (("W3C 网页代码检查", html_checker().lacking), ("浏览器无障碍检查和网页截图",
             "" if program() else "Chromium"))  # fmt: skip
    return [f"{name}：未检查（没有安装 {what}）" for name, what in found if what]


def behind(told: Inspected, wanted: Wanted, most: int) -> Inspected:
    """Return an inspection with what the wanted slower checks found on at most so many pages."""
    addresses = told.sample[:most]
    made: list[Behind] = []
    if addresses and HTML_RULE in wanted.only:
        made.append(check_html(wanted.site, addresses, wanted.at, rate=wanted.rate))
    if addresses and AXE_RULE in wanted.only:
        made.append(check_access(wanted.site, addresses, wanted.at, rate=wanted.rate))
    return replace(
        told,
        faults=(*told.faults, *(fault for each in made for fault in each.faults)),
        notes=(*told.notes, *(note for each in made for note in each.notes)),
    )


def check_html(
    site: str, addresses: Iterable[str], at: datetime, *, rate: float, checker: HtmlChecker | None
    = None,
) -> Behind:  # fmt: skip
    """Put pages through the W3C's checker."""
    told, uses = Behind(), checker or html_checker()
    if uses.lacking:
        told.notes.append(f"W3C 网页代码检查：未检查（没有安装 {uses.lacking}）。")
        return told
    pages = _pages(site, addresses, rate)
    try:
        remarks = uses.check(pages)
    except CheckFailed as why:
        told.notes.append(f"W3C 网页代码检查：未检查（{why}）。")
        return told
    told.looked.update(pages)
    for address in pages:
        wrongs = [Wrong(e.line, e.column, e.message) for e in remarks if e.address == address]
        told.faults += html_faults(address, wrongs, at)
    told.notes.append(f"W3C 网页代码检查：查了{len(pages)}个页面。")
    return told


def check_access(site: str, addresses: Collection[str], at: datetime, *, rate: float) -> Behind:
    """Let axe look at pages in a browser."""
    told = Behind()
    try:
        with browser(seconds=PAGE_SECONDS) as shown:
            if shown.lacking:
                told.notes.append(f"浏览器无障碍检查：未检查（没有安装 {shown.lacking}）。")
                return told
            _look(shown, site, addresses, at, rate, told)
    except NotShown as why:
        told.notes.append(f"浏览器无障碍检查：没有查完（{why}）。")
    told.notes.append(f"浏览器无障碍检查：查了{len(told.looked)}个页面。")
    return told


def pictures(addresses: Iterable[str]) -> dict[str, bytes]:
    """Return how pages look now, as PNG; without those that cannot be shown, or a browser."""
    made: dict[str, bytes] = {}
    try:
        with browser(seconds=PAGE_SECONDS) as shown:
            for address in _in_time(addresses):
                try:
                    made[address] = shown.picture(address)
                except NotShown:
                    continue  # a page that does not come has no picture; the finding says so
    except NotShown:
        return made
    return {address: data for address, data in made.items() if data}


def _look(
    shown: Browser, site: str, addresses: Collection[str], at: datetime, rate: float, told: Behind
) -> None:
    fetcher, pace = Fetcher(site, pace=Pace(rate)), Pace(rate)
    for address in _in_time(addresses):
        if not fetcher.robots(address).allows(address):
            continue
        pace.wait(fetcher.site)
        try:
            hurdles = shown.hurdles(address)
        except NotShown as why:
            told.notes.append(f"浏览器无障碍检查：{address} 没有查成（{why}）。")
            continue
        told.looked.add(address)
        told.faults += [
            hurdle_fault(address, each.rule, each.help, each.count, each.places, at)
            for each in hurdles
        ]
    fetcher.close()


def _pages(site: str, addresses: Iterable[str], rate: float) -> dict[str, bytes]:
    fetcher = Fetcher(site, pace=Pace(rate))
    made = {}
    for address in _in_time(addresses):
        try:
            answer = fetcher.get(address)
        except NotAllowed:
            continue
        if answer.is_open and answer.whole and answer.is_page and answer.body:
            made[address] = answer.body
    fetcher.close()
    return made


def _in_time(addresses: Iterable[str]) -> Iterator[str]:
    """Yield addresses until the site's turn is over; what is left has its turn another night."""
    end = time.monotonic() + MOST_SECONDS
    for address in addresses:
        if time.monotonic() > end:
            return
        yield address
