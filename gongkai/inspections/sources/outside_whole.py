"""What only the whole site tells: home, columns, messages, services, weight, search, IPv6."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from gongkai.adapters.crawler.addresses import list_of
from gongkai.adapters.crawler.fetching import Fetcher, NotAllowed
from gongkai.adapters.crawler.pages import read_page
from gongkai.adapters.crawler.reach import answers_on_ipv6
from gongkai.adapters.crawler.runfile import RunFile
from gongkai.inspections.rules import columns, guides, homes, messages
from gongkai.inspections.rules.columns import Column
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.views import Site
from gongkai.inspections.rules.visits import told_before
from gongkai.inspections.sources.outside_book import Listed, Wanted
from gongkai.inspections.sources.outside_search import search_fails
from gongkai.text.sitepages import Page, Place

HEAVY_BYTES = 5_000_000


def whole_site(wanted: Wanted, site: Site, run: RunFile, fetcher: Fetcher) -> Iterator[Fault]:
    """Yield the faults that are of the site, once its round is over."""
    whole = _Whole(wanted, site, run)
    try:
        answer = fetcher.get(site.address)
    except NotAllowed:
        return
    yield from whole.heavy()
    if not answer.is_open or not answer.whole:
        return
    home = read_page(answer, wanted.today)
    kept = whole.columns(home)
    yield from whole.stale_columns(whole.known(kept))
    yield from whole.home(home, kept)
    yield from whole.talk(home)
    yield from whole.services(home)
    if "search-fails" in wanted.only:
        names = [each.name for each in kept]
        if why := search_fails(fetcher, home, names, wanted.today):
            yield whole.of_home("search-fails", why, "搜索框")
    asks_ipv6 = "ipv6-unreachable" in wanted.only
    if asks_ipv6 and answers_on_ipv6(site.address, wanted.patience) is False:
        yield whole.of_home("ipv6-unreachable", "网站不能通过 IPv6 访问。", "IPv6")


def listed(wanted: Wanted, site: Site, run: RunFile) -> tuple[Listed, ...]:
    """Return the columns of a round with the newest day that each shows now."""
    whole = _Whole(replace(wanted, before=None), site, run)
    return tuple(
        Listed(told["address"], told["name"], whole.newest_day(told))
        for _, told in run.facts("column")
    )


def sample(site: Site, run: RunFile, most: int) -> tuple[str, ...]:
    """Return pages of every kind for the slower checks: home, columns, guides, articles.

    The same site gives the same pages, as far as it stays the same.
    """
    columns = sorted((told["address"] for _, told in run.facts("column")), key=_shortest)
    guides_ = sorted((address for address, _ in run.facts("guide")), key=_shortest)
    folders: dict[str, str] = {}
    for address, _ in run.facts("day"):
        folder = address.rpartition("/")[0]
        folders[folder] = min(folders.get(folder, address), address, key=_shortest)
    articles = sorted(folders.values(), key=_shortest)
    chosen = [site.address, *columns[: most // 2], *guides_[: most // 10], *articles]
    return tuple(dict.fromkeys(chosen))[:most]


def _shortest(address: str) -> tuple[int, str]:
    return len(address), address


class _Whole:
    """The judgements of one site over its facts."""

    def __init__(self, wanted: Wanted, site: Site, run: RunFile) -> None:
        self._wanted, self._site, self._run = wanted, site, run
        self._is_whole_round = not run.counts()[1]

    def of_home(self, rule: str, why: str, evidence: str) -> Fault:
        """Return a fault of the home page."""
        return self._fault(rule, self._site.address, why, evidence)

    def columns(self, home: Page) -> list[Column]:
        """Return the columns with their newest days; what lists show no day has its articles'."""
        menu = {list_of(each.address) for each in home.links if each.place is Place.NAV}
        made = []
        before = self._wanted.before or {}
        for key, told in self._run.facts("column"):
            made.append(
                Column(
                    address=told["address"],
                    name=told["name"],
                    said=told["said"],
                    level=1 if key in menu else 2,
                    newest=told_before(self.newest_day(told), before, told["address"]),
                    is_empty=told["empty"],
                    is_closed=told["closed"],
                    words=told["words"],
                )
            )
        return made

    def newest_day(self, told: dict[str, Any]) -> date | None:
        """Return the newest day of a column's rows; what lists show no day has its articles'."""
        if told["newest"]:
            return date.fromisoformat(told["newest"])
        return self._newest_of(told["undated"])

    def known(self, kept: list[Column]) -> list[Column]:
        """Return the columns that may be judged: over several visits, those seen before."""
        before = self._wanted.before
        if before is None:
            return kept
        return [each for each in kept if each.is_empty or each.address in before]

    def stale_columns(self, kept: list[Column]) -> Iterator[Fault]:
        """Yield stale and empty columns, and W4."""
        for each in kept:
            if each.is_empty:
                why = f"“{each.name}”是空白栏目。"
                yield self._fault("column-empty", each.address, why, each.words, each.name)
            elif why := columns.stale(each, self._wanted.today):
                yield self._fault("column-stale", each.address, why, str(each.newest), each.name)
        if why := columns.veto(kept, self._wanted.today):
            named = (e.name for e in kept if e.is_empty or columns.stale(e, self._wanted.today))
            yield self.of_home("W4", f"栏目不更新：{why}", "、".join(named))

    def home(self, home: Page, kept: list[Column]) -> Iterator[Fault]:
        """Yield W3."""
        today = self._wanted.today
        names = {each.address: each.name for each in kept}
        is_entry = homes.is_entry_only(home, names)
        if is_entry:
            led = {each.address for each in home.links}
            days = [each.newest for each in kept if each.newest and each.address in led]
            last = max(days, default=None)
        else:
            last = homes.newest(homes.news_of(home), today)
        if why := homes.home_stale(last, today, is_entry=is_entry):
            yield self.of_home("W3", f"首页不更新：{why}", str(last or "没有发布时间"))

    def talk(self, home: Page) -> Iterator[Fault]:
        """Yield W5: what is unanswered, and a site without a way to ask."""
        for address, told in self._run.facts("message"):
            asked = date.fromisoformat(told["asked"])
            column = self._column_of(told["on"], address)
            if messages.is_overdue(asked, self._wanted.today, column):
                why = f"{asked}的留言“{told['title']}”超过3个月没有答复。"
                yield self._fault("W5", address, why, f"留言时间 {asked}，尚未答复", column)
        has_way = any(True for _ in self._run.facts("way")) or messages.leads_to_ask(home.links)
        if self._is_whole_round and not has_way:
            why = "没有有效的咨询建言渠道（网上信访、纪检举报和邮箱不算）。"
            yield self.of_home("W5", why, "咨询建言")

    def services(self, home: Page) -> Iterator[Fault]:
        """Yield W6: guides of no use, or no services."""
        made = list(self._run.facts("guide"))
        poor = sum(told["lacking"] >= guides.POOR for _, told in made)
        if why := guides.useless(poor, len(made)):
            known = self._run.fact("column", list_of(made[0][1]["on"]))
            address = known["address"] if known else self._site.address
            yield self._fault("W6", address, f"服务不实用：{why}", why)
        if not made and self._is_whole_round and not guides.are_services(home.links):
            yield self.of_home("W6", "没有提供办事服务。", "办事服务")

    def heavy(self) -> Iterator[Fault]:
        """Yield pages that weigh too much with their pictures."""
        for address, size in self._run.heavier(HEAVY_BYTES):
            why = f"页面连同图片有{size / 1_000_000:.1f} MB，超过5 MB，打开缓慢。"
            yield self._fault("page-heavy", address, why, f"{size}字节")

    def _newest_of(self, addresses: list[str]) -> date | None:
        days = [self._run.fact("day", each) for each in addresses]
        known = [date.fromisoformat(each) for each in days if each]
        return max((each for each in known if each <= self._wanted.today), default=None)

    def _column_of(self, found_on: str, address: str) -> str:
        for each in (address.rpartition("/")[0] + "/", found_on):
            known = self._run.fact("column", list_of(each))
            if known:
                return str(known["name"])
        return ""

    def _fault(self, rule: str, address: str, why: str, evidence: str, column: str = "") -> Fault:
        return Fault(
            rule=rule, address=address, why=why, evidence=evidence,
            found_at=self._wanted.at, column=column, target=rule,
        )  # fmt: skip
