"""A whole site at once: a new tree beside the one that is served, then the switch; or in place.

A builder that was killed goes on with the portions that are not on the disk. What was published
meanwhile is written into the new tree before the switch, under the lock of the publishing jobs.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter

from django.db import connections

from gongkai.adapters.searchindex.types import IndexFailed
from gongkai.adapters.sitefiles.crew import share
from gongkai.adapters.sitefiles.tree import DiskFull, Tree
from gongkai.adapters.sitefiles.trees import Trees
from gongkai.portal.publishing import portions
from gongkai.portal.publishing.keeping import first_told, follow
from gongkai.portal.publishing.place import site_trees
from gongkai.portal.publishing.view import View, views
from gongkai.portal.publishing.writing import SURPLUS, write_portion

LOG = logging.getLogger(__name__)
_NOTED_SECONDS = 5.0  # between two flushes of what was written into a new tree
_ROUND = 8  # pieces of work done in place before publishing jobs get their turn
_NEXT = ";"  # between portions of one piece of work


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: portions done of all, pages changed by it, seconds."""

    done: int
    total: int
    pages: int
    seconds: float


Tell = Callable[[Progress], None]


class Worker:
    """One process's share of a run: it opens the sites and the tree for itself."""

    def __init__(self, tree: Tree) -> None:
        """Take the tree; the sites are read in `begin`."""
        self._tree = tree
        self._views: dict[str, View] = {}

    def begin(self) -> None:
        """Read the sites on a connection of this process's own."""
        self._views = {view.host: view for view in views()}

    def begin_forked(self) -> None:
        """Begin in a new process: the connection of the one that made it is not ours."""
        connections.close_all()
        self.begin()

    def write(self, work: str) -> tuple[str, int]:
        """Write some portions of a site; return them with how many places have changed."""
        host, gathered = portions_of(work)
        return work, len(write_portion(self._views[host], self._tree, *gathered))


_worker: Worker | None = None  # of this process: methods of large objects are not sent


def _do(work: str) -> tuple[str, int]:
    assert _worker is not None  # noqa: S101 -- set before the processes are made
    return _worker.write(work)


def _run(tree: Tree, work: Iterable[str], processes: int) -> Iterator[tuple[str, int]]:
    global _worker
    _worker = Worker(tree)
    begin = _worker.begin_forked if processes > 1 else _worker.begin
    if processes > 1:
        connections.close_all()
    yield from share(work, _do, begin=begin, processes=processes)


def all_work() -> list[str]:
    """Return the pieces of work of every site: the host, and the portions gathered in each."""
    return [
        f"{view.host}|{_NEXT.join(each)}"
        for view in views()
        for each in portions.gathered(portions.portions(view))
    ]


def portions_of(work: str) -> tuple[str, list[str]]:
    """Return the host and the portions of a piece of work."""
    host, _, gathered = work.partition("|")
    return host, gathered.split(_NEXT)


def build(*, processes: int, tell: Tell) -> Tree:
    """Write the whole site into a new tree, or go on with one, and let it be served.

    Raises:
        Busy: another process builds.
        DiskFull: the new tree has been removed again; the old site stands whole.
    """
    trees = site_trees()
    with trees.building():
        tree = trees.unfinished() or trees.start()
        try:
            _build(trees, tree, processes, tell)
        except DiskFull:
            trees.drop(tree)
            raise
    return tree


def _build(trees: Trees, tree: Tree, processes: int, tell: Tell) -> None:
    if not tree.told():
        tree.tell(first_told())
    work, done = all_work(), trees.done(tree)
    waiting = [each for each in work if each not in done]
    start, pages, noted = perf_counter(), 0, list[str]()
    flushed = start
    for place, (portion, changed) in enumerate(_run(tree, waiting, processes), 1):
        pages += changed
        noted.append(portion)
        if perf_counter() - flushed > _NOTED_SECONDS or place == len(waiting):
            trees.note_done(tree, noted)
            noted, flushed = [], perf_counter()
        ready = len(work) - len(waiting) + place
        tell(Progress(ready, len(work), pages, perf_counter() - start))
    with trees.writing():
        tree.fresh = False
        _catch_up(trees, tree)
        trees.switch(tree)


def renew(tree: Tree, *, processes: int, tell: Tell) -> int:
    """Write in the tree that is served what differs from the records; return how many places."""
    trees = site_trees()
    work = [*all_work(), *(f"{view.host}|{SURPLUS}" for view in views())]
    start, pages, done = perf_counter(), 0, 0
    rounds = [work[first : first + _ROUND] for first in range(0, len(work), _ROUND)]
    with trees.building():
        for portion in _held(trees, tree, rounds, processes):
            pages += portion[1]
            done += 1
            tell(Progress(done, len(work), pages, perf_counter() - start))
        with trees.writing():
            _catch_up(trees, tree)
    return pages


def _catch_up(trees: Trees, tree: Tree) -> None:
    """Write what was published meanwhile; the search index is the business of the jobs."""
    served = trees.current()
    unfound = served.told().get("unfound", ()) if served is not None else ()
    try:
        follow(trees, tree, entries=unfound)
    except IndexFailed:  # the tree tells of it, and the next job fails with the reason or mends it
        LOG.exception("the search index has not followed the site")


def _held(
    trees: Trees, tree: Tree, rounds: Iterable[list[str]], processes: int
) -> Iterator[tuple[str, int]]:
    """Write each round under the lock of the publishing jobs, which may go between two."""
    for each in rounds:
        with trees.writing():
            yield from _run(tree, each, processes)
