"""A site inspected from outside, as a visitor: the round, and then what only the whole site tells.

Serves 国办秘函〔2019〕19号 (law.md 4.2, 4.3). Everything found stands in the run's file, so that a
run that was killed goes on and tells nothing twice.
"""

from collections.abc import Callable

from gongkai.adapters.crawler.addresses import origin
from gongkai.adapters.crawler.crawl import Crawl
from gongkai.adapters.crawler.fetching import Fetcher
from gongkai.adapters.crawler.pace import Pace
from gongkai.adapters.crawler.runfile import RunFile, Todo
from gongkai.inspections.rules.accounts import accounts
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.homes import unavailable
from gongkai.inspections.rules.views import Site
from gongkai.inspections.sources.outside_answers import Answers
from gongkai.inspections.sources.outside_book import Book, Inspected, Wanted
from gongkai.inspections.sources.outside_whole import listed, sample, whole_site
from gongkai.text.sitepages import Answer

__all__ = ["Inspected", "Wanted", "inspect"]

SAMPLE = 20  # pages for the checks that take long
Progress = Callable[[int, int], None]


def inspect(
    wanted: Wanted, run: RunFile, *, pace: Pace | None = None, progress: Progress | None = None
) -> Inspected:
    """Inspect a site into a run's file and return all that the file holds.

    Network trouble is a fault of the site and raises nothing.
    """
    fetcher = Fetcher(wanted.site, pace=pace or Pace(wanted.rate), patience=wanted.patience)
    book = Book(wanted, run)
    crawl = Crawl(fetcher, run, most_pages=wanted.most_pages, workers=wanted.workers)
    home = f"{origin(wanted.site)}/"
    site = Site(home, run.get("name") or "", wanted.known, wanted.telephones)
    for account in wanted.accounts:
        book.tell(accounts(account, wanted.today, wanted.at))
    if not fetcher.robots(home).allows(home):
        book.note("网站的 robots.txt 不允许检查，没有访问任何页面。")
    elif _is_there(fetcher, home, wanted, book):
        run.add(Todo(0, home, 0, 0, "", "首页", "", "link"))
        answers = Answers(wanted, site, run, book)
        crawl.go(answers.prepare, answers.handle, progress)
        if run.counts()[1]:
            book.note(f"达到页数上限（{wanted.most_pages}），还有{run.counts()[1]}个地址没有检查。")
        book.tell(whole_site(wanted, site, run, fetcher))
    if crawl.refused:
        book.note(f"有{crawl.refused}个地址按照 robots.txt 没有访问。")
    if crawl.left_out:
        book.note(f"有{crawl.left_out}个地址属于没有尽头的日历或者查询，没有逐一访问。")
    fetcher.close()
    return Inspected(
        site=home, at=wanted.at, asked=crawl.asked, left_out=crawl.left_out,
        faults=tuple(book.faults()), notes=tuple(key for key, _ in run.facts("note")),
        columns=listed(wanted, site, run), sample=sample(site, run, SAMPLE) if crawl.asked else (),
    )  # fmt: skip


def _is_there(fetcher: Fetcher, home: str, wanted: Wanted, book: Book) -> bool:
    """Visit the home page as often as is wanted and say whether it opens at all (W2)."""
    failed = opened = 0
    last: Answer | None = None
    for _ in range(max(wanted.visits, 1)):
        last = fetcher.visit(home)
        if last.is_open and last.size:
            opened += 1
        else:
            failed += 1
        if not opened and failed >= 3 and unavailable(failed, wanted.visits):
            break
    if last is not None and (why := unavailable(failed, opened + failed)):
        told = last.trouble.label if last.trouble else f"最后一次返回{last.status}"
        book.tell([
            Fault(rule="W2", address=home, why=f"站点无法访问：{why}", evidence=told,
                  found_at=wanted.at, status=last.status, seconds=round(last.seconds, 3),
                  target="home")
        ])  # fmt: skip
    return opened > 0
