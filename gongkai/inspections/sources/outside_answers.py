"""What each address of a round answered: handed to the rules, and what it leads to queued."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from gongkai.adapters.contents import Part
from gongkai.adapters.crawler.addresses import is_home, origin, shown
from gongkai.adapters.crawler.crawl import Found
from gongkai.adapters.crawler.files import Examined, broken_picture, examine
from gongkai.adapters.crawler.pages import read_page
from gongkai.adapters.crawler.runfile import RunFile, Todo
from gongkai.inspections.rules import answers as judged
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.missing import says_missing
from gongkai.inspections.rules.strange import are_strange_words, is_strange
from gongkai.inspections.rules.views import Kind, Site, View, kind_of
from gongkai.inspections.sources.outside_book import Book, Wanted
from gongkai.inspections.sources.outside_pages import PageRules
from gongkai.text.privacy import PrivacyRule, PrivateFinding, find, find_in_rows
from gongkai.text.sitepages import Answer, Page, Place

_PRIVATE = frozenset(rule.value for rule in PrivacyRule)
_UNREADABLE = frozenset(("attachment-unreadable",))


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What was found out of an answer beside the round: a file's state, or a picture's."""

    file: Examined | None = None
    picture: str = ""


class Answers:
    """Judges the answers of one round; `prepare` may run beside, `handle` runs alone."""

    def __init__(self, wanted: Wanted, site: Site, run: RunFile, book: Book) -> None:
        """Take what is wanted, the site, the run's file and where faults are told."""
        self._wanted, self._run, self._book = wanted, run, book
        self._site = site
        self._rules = PageRules(wanted, run)
        self._reads_files = bool(wanted.only & _PRIVATE)

    def prepare(self, todo: Todo, answer: Answer) -> _Prepared:
        """Find out of a file or picture what takes time."""
        if not answer.is_open or not answer.body:
            return _Prepared()
        if todo.kind == "picture":
            return _Prepared(picture=broken_picture(answer.body, whole=answer.whole))
        is_own = origin(answer.address) == origin(self._site.address)
        if not is_own or not judged.is_file(answer) or not answer.whole:
            return _Prepared()
        if not self._reads_files and not self._wanted.only & _UNREADABLE:
            return _Prepared()
        ending = judged.ending(answer.address, answer.name) or judged.ending(answer.asked)
        return _Prepared(examine(answer.body, ending, read=self._reads_files))

    def handle(self, todo: Todo, answer: Answer, prepared: _Prepared) -> list[Found]:
        """Tell what is wrong with an answer and return what its page leads to."""
        if todo.kind == "picture":
            self._picture(todo, answer, prepared)
            return []
        if todo.depth:
            fault = judged.link(answer, shown(todo.found_on), todo.words, self._wanted.at)
            if fault is not None:
                self._book.tell([fault])
                return []
        if not answer.is_open or not answer.size:
            return []
        if origin(answer.address) != origin(self._site.address):
            self._outside(todo, answer)
            return []
        if prepared.file is not None and not self._is_page(answer):
            self._book.tell(self._file(todo, answer, prepared.file))
            return []
        return self._page(todo, answer) if self._is_page(answer) else []

    def _is_page(self, answer: Answer) -> bool:
        return answer.is_page and not answer.name and not judged.ending(answer.address)

    def _picture(self, todo: Todo, answer: Answer, prepared: _Prepared) -> None:
        self._run.weigh(answer.asked, answer.size)
        found_on = shown(todo.found_on)
        fault = judged.picture(answer, found_on, prepared.picture, self._wanted.at)
        if fault is not None:
            self._book.tell([fault])

    def _outside(self, todo: Todo, answer: Answer) -> None:
        """Tell a link to a strange place, by its words or by what stands there."""
        if not self._site.is_strange(todo.address):
            return
        found = are_strange_words(todo.words)
        if not found and answer.is_page:
            page = read_page(answer, self._wanted.today)
            found = is_strange(f"{page.title or ''}\n{page.text()}")
        if found:
            why = f"链接指向疑似不良或者已经易主的网站（{'、'.join(found[:4])}）。"
            self._book.tell([self._of(todo, answer, "link-strange", why, todo.words)])

    def _of(self, todo: Todo, answer: Answer, rule: str, why: str, words: str) -> Fault:
        evidence = f"链接“{words}”在 {shown(todo.found_on)}"
        return Fault(
            rule=rule, address=todo.address, why=why, evidence=evidence,
            found_at=self._wanted.at, status=answer.status, seconds=round(answer.seconds, 3),
            target=todo.address,
        )  # fmt: skip

    def _file(self, todo: Todo, answer: Answer, file: Examined) -> Iterator[Fault]:
        if file.broken:
            why = f"附件打不开：{file.broken}。"
            yield self._of(todo, answer, "attachment-unreadable", why, todo.words)
            return
        for part in file.parts:
            for one, where in _private(part, self._site.telephones):
                why = f"附件公开了{one.rule.label}，应当删除或者遮盖后重新发布。"
                fault = self._of(todo, answer, one.rule.value, why, todo.words)
                yield replace(
                    fault, evidence=f"{where}：{one.found}", target=f"{where} {one.found}"
                )

    def _page(self, todo: Todo, answer: Answer) -> list[Found]:
        if not answer.whole:  # too heavy to be read, and told as such
            self._run.weigh(answer.address, answer.size)
            self._run.consist(answer.address, ())
            return []
        page = read_page(answer, self._wanted.today)
        target = page.refresh or answer.address
        if self._is_led_home(target, todo):
            why = "文章地址打开后跳回首页，看不到原来的内容。"
            self._book.tell([self._of(todo, answer, "link-soft-home", why, todo.words)])
            return []
        if page.refresh:
            return [Found(page.refresh, todo.words)]
        if answer.address != todo.address and not self._run.finished(answer.address):
            return []  # it is, or will be, judged under its own address
        view = self._view(todo, page)
        if todo.depth and (words := says_missing(view)):
            why = f"链接打开后提示“{words}”。"
            self._book.tell([self._of(todo, answer, "link-soft-404", why, todo.words)])
            return []
        self._run.weigh(page.address, page.size)
        self._run.consist(page.address, [each.address for each in page.pictures])
        self._book.judged()
        self._book.tell(self._rules.judge(view, todo.found_on))
        return list(_leads(page, is_list=view.kind in (Kind.COLUMN, Kind.HOME)))

    def _is_led_home(self, target: str, todo: Todo) -> bool:
        if not todo.depth or self._is_home(todo.address):
            return False
        return judged.led_home(target, todo.address, is_home=self._is_home(target))

    def _view(self, todo: Todo, page: Page) -> View:
        is_first = self._is_home(page.address)
        listed = bool(todo.dated) and not is_first
        kind = kind_of(page, is_home=is_first, listed=listed)
        if kind is Kind.HOME and not self._site.name:
            name = page.meta("SiteName") or (page.title or "").split("-")[-1].strip()
            self._site = replace(self._site, name=name)
            self._run.set("name", name)
        column = page.meta("ColumnName")
        return View(page, kind, self._wanted.today, self._wanted.at, self._site, listed, column)

    def _is_home(self, address: str) -> bool:
        return origin(address) == origin(self._site.address) and is_home(address)


def _leads(page: Page, *, is_list: bool) -> Iterator[Found]:
    """Yield what a page leads to: rows of lists with their days first."""
    for entry in page.entries if is_list else ():
        if entry.on and entry.place is Place.MAIN:
            yield Found(entry.address, entry.title, _iso(entry.on))
    for link in page.links:
        yield Found(link.address, link.words or link.title, kind="frame" if link.frame else "link")
    for picture in page.pictures:
        yield Found(picture.address, picture.alt or "", kind="picture")


def _iso(day: date) -> str:
    return day.isoformat()


def _private(part: Part, allowed: tuple[str, ...]) -> Iterator[tuple[PrivateFinding, str]]:
    if part.rows is not None:
        for cell in find_in_rows(part.rows, allowed=allowed):
            yield cell.finding, f"{part.where} {cell.cell}"
        return
    for one in find(part.text, allowed=allowed):
        yield one, part.where
