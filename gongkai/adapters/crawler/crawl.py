"""The round through a site: ask, hand on, queue what was found; traps are left after a while."""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from gongkai.adapters.crawler.addresses import origin, template
from gongkai.adapters.crawler.fetching import Fetcher, NotAllowed
from gongkai.adapters.crawler.runfile import RunFile, Todo
from gongkai.text.sitepages import Answer

_LONGEST_STREAK = 150
_MOST_OF_A_QUERY = 2_000
_TELLS_AFTER = 25


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a page leads to; `dated` is the day of its row in a list."""

    address: str
    words: str = ""
    dated: str = ""
    kind: str = "link"


Prepare = Callable[[Todo, Answer], Any]
Handle = Callable[[Todo, Answer, Any], Iterable[Found]]


class Crawl:
    """One site's round over a run file."""

    def __init__(
        self, fetcher: Fetcher, run: RunFile, *, most_pages: int = 100_000, workers: int = 4
    ) -> None:
        """Take who asks, where all is kept, and when to stop."""
        self._fetcher, self._run = fetcher, run
        self._most, self._workers = most_pages, workers
        self.asked = int(run.get("asked") or 0)
        self.left_out = 0
        self.refused = int(run.get("refused") or 0)

    def go(
        self, prepare: Prepare, handle: Handle, progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Ask all that waits; `prepare` works beside, `handle` alone and in turn."""
        waiting: dict[Future[tuple[Answer | None, Any]], Todo] = {}
        told = 0
        with ThreadPoolExecutor(self._workers) as pool:
            try:
                while self._fill(pool, prepare, waiting):
                    ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
                    for each in ready:
                        self._one(waiting.pop(each), each.result(), handle)
                    told += len(ready)
                    if progress is not None and told >= _TELLS_AFTER:
                        told = 0  # counting goes through the whole queue
                        progress(*self._run.counts())
            finally:
                for each in waiting:
                    each.cancel()

    def _fill(
        self,
        pool: ThreadPoolExecutor,
        prepare: Prepare,
        waiting: dict[Future[tuple[Answer | None, Any]], Todo],
    ) -> bool:
        room = min(self._workers * 2 - len(waiting), self._most - self.asked - len(waiting))
        if room > 0:
            for todo in self._run.take(room):
                waiting[pool.submit(self._ask, todo, prepare)] = todo
        return bool(waiting)

    def _ask(self, todo: Todo, prepare: Prepare) -> tuple[Answer | None, Any]:
        try:
            answer = self._fetcher.get(todo.address)
        except NotAllowed:
            return None, None
        return answer, prepare(todo, answer)

    def _one(self, todo: Todo, came: tuple[Answer | None, Any], handle: Handle) -> None:
        answer, prepared = came
        self._run.begin()
        if answer is None:
            self.refused += 1
            self._run.set("refused", str(self.refused))
        else:
            self.asked += 1
            self._run.set("asked", str(self.asked))
            self._queue(todo, list(handle(todo, answer, prepared)))
        self._run.done(todo)
        self._run.commit()

    def _queue(self, todo: Todo, found: list[Found]) -> None:
        """Queue what a page leads to: a page that only leads to its like grows the streak."""
        own = template(todo.address)
        alike: list[Found] = []
        fresh = 0
        for each in found:
            if each.kind == "link" and template(each.address) == own:
                alike.append(each)
            elif self._add(todo, each, 0):
                fresh += 1
        streak = 0 if fresh else todo.streak + 1
        for each in alike:
            self._add(todo, each, streak)

    def _add(self, todo: Todo, found: Found, streak: int) -> bool:
        if self._run.seen(found.address) and not found.dated:
            return False
        is_own = origin(found.address) == self._fetcher.site
        if is_own and found.kind == "link" and self._is_trap(found.address, streak):
            self.left_out += 1
            return False
        return self._run.add(
            Todo(0, found.address, todo.depth + 1, streak, todo.address, found.words, found.dated,
                 found.kind)
        )  # fmt: skip

    def _is_trap(self, address: str, streak: int) -> bool:
        if streak > _LONGEST_STREAK:
            return True
        return "?" in address and self._run.of_template(template(address)) > _MOST_OF_A_QUERY
