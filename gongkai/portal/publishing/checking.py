"""Comparing the files with the records: every difference by its name.

Each page is made anew by its template, without the shortcut of frames, and compared to the letter;
what is packed beside it is unpacked. Nothing is changed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.db import connections

from gongkai.adapters.sitefiles.crew import share
from gongkai.adapters.sitefiles.places import file_of
from gongkai.adapters.sitefiles.tree import Tree
from gongkai.disclosure.queries import folder_of
from gongkai.portal.publishing import portions
from gongkai.portal.publishing.building import Progress, all_work, portions_of
from gongkai.portal.publishing.view import Made, View, views
from gongkai.portal.publishing.writing import attachments, surplus


class Kind(Enum):
    """What may be wrong."""

    MISSING = "缺少"
    STALE = "内容不符"
    SURPLUS = "多余"
    HALF = "不完整"
    WITHDRAWN = "已撤下仍有副本"
    NOTICE = "撤下说明不符"


@dataclass(frozen=True, slots=True)
class Difference:
    """One file that differs from the records."""

    kind: Kind
    place: str


_checker: "Checker | None" = None


class Checker:
    """One process's share of the comparison."""

    def __init__(self, tree: Tree) -> None:
        """Take the tree; the sites are read in `begin`."""
        self._tree = tree
        self._views: dict[str, View] = {}

    def begin(self) -> None:
        """Read the sites; every page is made by its template."""
        self._views = {view.host: view for view in views(by_frames=False)}

    def begin_forked(self) -> None:
        """Begin in a process of our own."""
        connections.close_all()
        self.begin()

    def check(self, work: str) -> list[Difference]:
        """Return what differs in one portion."""
        host, gathered = portions_of(work)
        view = self._views[host]
        return [found for portion in gathered for found in self._portion(view, portion)]

    def _portion(self, view: View, portion: str) -> Iterator[Difference]:
        key, _, which = portion.partition(":")
        if key == "documents":
            yield from self._documents(view, which)
            return
        for address in portions.addresses(view, portion):
            if found := self._page(view, view.make(address)):
                yield found

    def _documents(self, view: View, which: str) -> Iterator[Difference]:
        for page, made in portions.documents_in(view, which):
            if made.gone:
                yield from self._gone(view, made)
                continue
            if found := self._page(view, made):
                yield found
            for file in attachments(view, self._tree, page):
                there = self._tree.read(file.place) is not None
                yield Difference(Kind.STALE if there else Kind.MISSING, file.place)
            named = {view.place(page.address_of(shown)) for shown in page.files}
            folder = view.place(page.folder).removesuffix("/index.html")
            others = (each for each in self._tree.under(folder) if each not in named)
            yield from (Difference(Kind.SURPLUS, each) for each in others)

    def _gone(self, view: View, made: Made) -> Iterator[Difference]:
        place = view.place(made.address)
        folder = view.place(folder_of(made.address)).removesuffix("/index.html")
        left = [place] if self._tree.copies(place) else []
        for each in (*left, *self._tree.under(folder)):
            yield Difference(Kind.WITHDRAWN, each)
        if self._tree.notice_at(place) != made.body:
            yield Difference(Kind.NOTICE, place)

    def _page(self, view: View, made: Made) -> Difference | None:
        place = view.place(made.address)
        kept = self._tree.read(place) if place else None
        if made.body is None:
            return Difference(Kind.SURPLUS, place) if kept is not None else None
        if kept is None:
            return Difference(Kind.MISSING, place)
        if kept != made.body:
            return Difference(Kind.STALE, place)
        whole = self._tree.is_whole(file_of(view.host, made.address, kept))
        return None if whole else Difference(Kind.HALF, place)


def _check(work: str) -> list[Difference]:
    assert _checker is not None  # noqa: S101 -- set before the processes are made
    return _checker.check(work)


def differences(
    tree: Tree, *, processes: int, tell: Callable[[Progress], None]
) -> Iterator[Difference]:
    """Yield every difference between the files of a tree and the records."""
    global _checker
    _checker = Checker(tree)
    sites = views()
    work = all_work()
    if processes > 1:
        connections.close_all()
    begin = _checker.begin_forked if processes > 1 else _checker.begin
    for place, found in enumerate(share(work, _check, begin=begin, processes=processes), 1):
        tell(Progress(place, len(work), 0, 0))
        yield from found
    hosts = {view.host for view in sites}
    for view in sites:
        yield from (Difference(Kind.SURPLUS, each) for each in surplus(view, tree))
        yield from _stray_notices(view, tree)
    for each, fault in tree.walk():
        if each.partition("/")[0] not in hosts:
            yield Difference(Kind.SURPLUS, each)
        elif fault is not None and fault.kind == "left":
            yield Difference(Kind.HALF, each)


def _stray_notices(view: View, tree: Tree) -> Iterator[Difference]:
    """Yield notices that something was withdrawn where nothing was."""
    gone = portions.with_address(view).exclude(live=True).values_list("address", flat=True)
    known = {view.place(address) for address in gone.iterator(chunk_size=5000)}
    for place in tree.notices():
        if place.startswith(f"{view.host}/") and place not in known:
            yield Difference(Kind.NOTICE, place)
