"""Keeping the tree that is served equal to the records: what the jobs of publishing do.

The tree itself tells how far it has followed the log (`heads`), what its pages' frame was
(`frames`), on which day pages that days change were written (`day`), and which portions of a run
over the whole site are still to do (`left`). It is told only after all pages are in place, so work
that was cut short is done again.
"""

from collections.abc import Collection, Iterable
from datetime import date
from hashlib import sha256
from time import monotonic
from typing import Any

from django.utils import timezone

from gongkai.adapters.sitefiles.tree import StillThere, Tree
from gongkai.adapters.sitefiles.trees import Trees
from gongkai.disclosure.queries import folder_of
from gongkai.portal.publishing import portions
from gongkai.portal.publishing.changes import Touched, heads, since, touched_on
from gongkai.portal.publishing.place import site_trees
from gongkai.portal.publishing.table import KINDS, Shows
from gongkai.portal.publishing.view import View, views
from gongkai.portal.publishing.writing import SURPLUS, withdraw, write_documents, write_pages
from gongkai.portal.publishing.writing import write_portion as write
from gongkai.portal.searching.feed import refresh

SLICE_SECONDS = 1.0  # of a run over the whole site between two publications
PACKING_SECONDS = 5.0  # of the night's packing between two jobs
Told = dict[str, Any]


def first_told() -> Told:
    """Return what a new tree tells of itself: it follows the log from now on."""
    return {
        "heads": heads(),
        "frames": {view.host: _frame(view) for view in views()},
        "day": timezone.localdate().isoformat(),
        "left": [],
    }


def _frame(view: View) -> str:
    return sha256(view.frame().encode()).hexdigest()


def publish_changes(entries: Collection[int] = (), shows: Collection[Shows] = ()) -> bool:
    """Write every page that has changed since the tree was written; say whether more is left.

    `entries` go to the search index and `shows` are touched, too. Safe to repeat.
    """
    trees = site_trees()
    if trees.current() is None:
        refresh(entries)
        return False
    with trees.writing():
        tree = trees.current()
        assert tree is not None  # noqa: S101 -- asked before, and never taken away
        return follow(trees, tree, entries=entries, shows=shows)


def follow(
    trees: Trees, tree: Tree, *, entries: Collection[int] = (), shows: Collection[Shows] = ()
) -> bool:
    """Let a tree follow the log; the caller holds the lock."""
    told = tree.told()
    reached, changes = since(told.get("heads", {}))
    changes.shows.update(shows)
    refresh({*entries, *changes.entries})
    left, frames = dict.fromkeys(told.get("left", ())), {}
    today = timezone.localdate()
    if not changes.shows and told.get("day") == today.isoformat() and told.get("frames"):
        if told["heads"] != reached:
            tree.tell(told | {"heads": reached})
        return bool(left)  # many a job finds that another has done its work
    for view in views():
        frames[view.host] = _frame(view)
        if not changes.whole:
            _write(trees, tree, view, touched_on(view, changes))
        same = told.get("frames", {}).get(view.host) == frames[view.host]
        left |= dict.fromkeys(_left_on(view, told, changes.whole or not same, today))
    rest = [*(each for each in left if not each.endswith(SURPLUS)), *_surplus(left)]
    new = {"heads": reached, "frames": frames, "day": today.isoformat(), "left": rest}
    if new != {name: told.get(name) for name in new}:
        tree.tell(told | new)
    return bool(rest)


def _surplus(left: Iterable[str]) -> list[str]:
    return [each for each in left if each.endswith(SURPLUS)]


def _left_on(view: View, told: Told, whole: bool, today: date) -> list[str]:
    """Return the portions of a site that are to be written again in the time to come."""
    if whole:
        return [f"{view.host}|{each}" for each in (*portions.portions(view), SURPLUS)]
    if told.get("day") != today.isoformat():
        daily = [key for key, kind in KINDS.items() if kind.daily]
        return [f"{view.host}|{each}" for each in portions.portions(view, daily)]
    return []


def _write(trees: Trees, tree: Tree, view: View, touched: Touched) -> None:
    made = view.documents(sorted(touched.documents))
    if touched.withdrawn:
        made = list(made)
        _withdraw_everywhere(trees, view, made)
    write_documents(view, tree, made)
    maps = {each for each in touched.addresses if each.startswith("/sitemap")}
    write_pages(view, tree, sorted(touched.addresses - maps))
    write_pages(view, tree, sorted(maps))  # last: robots wait more easily than people
    for address in touched.withdrawn:
        _verify(trees, tree, view, address, touched.addresses)


def _withdraw_everywhere(trees: Trees, view: View, made: Iterable[Any]) -> None:
    """Take what is withdrawn out of every tree, also one that is being built."""
    gone = [one for _, one in made if one.gone]
    for other in trees.all():
        other.fresh = False
        for one in gone:
            withdraw(view, other, one)


def _verify(trees: Trees, tree: Tree, view: View, address: str, addresses: Iterable[str]) -> None:
    """Look whether anything of a withdrawn document is left: its files, and its lines in lists.

    Raises:
        StillThere: something is; the job fails, is told to the office and tried again.
    """
    place = view.place(address)
    folder = view.place(folder_of(address)).removesuffix("/index.html")
    for each in trees.all():
        if each.read(place) is not None or each.under(folder):
            raise StillThere(f"{address}已经撤下，文件仍在{each.root}")
    said = f'"{address}"'.encode()
    for other in addresses:
        body = tree.read(view.place(other)) if view.place(other) else None
        if body is not None and said in body:
            raise StillThere(f"{address}已经撤下，{other}仍列有它")


def write_left(seconds: float = SLICE_SECONDS) -> bool:
    """Write some of the portions left of a run over the whole site; say whether more are."""
    trees = site_trees()
    if trees.current() is None:
        return False
    with trees.writing():
        tree = trees.current()
        assert tree is not None  # noqa: S101 -- as above
        told = tree.told()
        left: list[str] = told.get("left", [])
        by_host = {view.host: view for view in views()} if left else {}
        ends = monotonic() + seconds
        while left and monotonic() < ends:
            host, _, portion = left[0].partition("|")
            if host in by_host:
                write(by_host[host], tree, portion)
            left = left[1:]
            tree.tell(told | {"left": left})
        return bool(left)


def plan_packing() -> bool:
    """List the pages written since the last time, to be packed better; say whether there is one."""
    tree = site_trees().current()
    if tree is None:
        return False
    told = tree.told()
    newest = tree.plan_packing(told.get("packed", 0))
    _tell_packing(site_trees(), {"packed": newest, "packing": 0})
    return newest > told.get("packed", 0)


def pack_better(seconds: float = PACKING_SECONDS) -> bool:
    """Pack some of the listed pages as small as they get; say whether more are left."""
    trees = site_trees()
    tree = trees.current()
    if tree is None:
        return False
    offset, ends = tree.told().get("packing", 0), monotonic() + seconds
    while monotonic() < ends:
        places, offset = tree.planned(offset, 20)
        if not places:
            return False
        for place in places:
            with trees.writing():  # a page written meanwhile must not get the old one's packing
                tree.pack_best(place)
        _tell_packing(trees, {"packing": offset})
    return True


def _tell_packing(trees: Trees, new: Told) -> None:
    with trees.writing():
        tree = trees.current()
        assert tree is not None  # noqa: S101 -- never taken away
        tree.tell(tree.told() | new)
