"""Keeping the tree that is served equal to the records: what the jobs of publishing do.

The tree itself tells how far it has followed the log (`heads`), what its pages' frame was
(`frames`), on which day pages that days change were written (`day`), and which portions of a run
over the whole site are still to do (`left`), which entries the search index does not hold as they
are (`unfound`). It is told only after all pages are in place, so work that was cut short is done
again. What was withdrawn goes before all else, whatever befalls the index, a page or the disk.
"""

from collections.abc import Collection, Iterable
from datetime import date
from hashlib import sha256
from time import monotonic
from typing import Any

from django.utils import timezone

from gongkai.adapters.searchindex.types import IndexFailed
from gongkai.adapters.sitefiles.tree import DiskFull, StillThere, Tree
from gongkai.adapters.sitefiles.trees import Trees
from gongkai.disclosure.queries import entry_in, folder_of
from gongkai.portal.publishing import portions
from gongkai.portal.publishing.changes import Changes, Touched, heads, since, touched_on
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
        "columns": {view.host: _columns(view) for view in views()},
        "day": timezone.localdate().isoformat(),
        "left": [],
    }


def _frame(view: View) -> str:
    return sha256(view.frame().encode()).hexdigest()


def _columns(view: View) -> list[str]:
    return [column.url for column in view.site.columns]


def publish_changes(
    entries: Collection[int] = (), shows: Collection[Shows] = (), *, look: bool = False
) -> bool:
    """Write every page that has changed since the tree was written; say whether more is left.

    `entries` go to the search index and `shows` are touched, too; `look`: what no bell and no log
    tells of is looked for, such as a text that somebody has made private. Safe to repeat.
    """
    trees = site_trees()
    if trees.current() is None:
        refresh(entries)  # nothing is withdrawn from files that are not there
        return False
    with trees.writing():
        tree = trees.current()
        assert tree is not None  # noqa: S101 -- asked before, and never taken away
        return follow(trees, tree, entries=entries, shows=shows, look=look)


def follow(
    trees: Trees,
    tree: Tree,
    *,
    entries: Collection[int] = (),
    shows: Collection[Shows] = (),
    look: bool = False,
) -> bool:
    """Let a tree follow the log; the caller holds the lock.

    Raises:
        IndexFailed: the files have followed all the same; the index is told of it the next time.
    """
    told = tree.told()
    reached, changes = since(told.get("heads", {}))
    changes.shows.update(shows)
    failed, unfound = _find({*told.get("unfound", ()), *entries, *changes.found})
    new = {"heads": reached, "unfound": unfound}
    today = timezone.localdate()
    look = look or told.get("day") != today.isoformat() or not told.get("frames")
    if changes.shows or look:
        new |= _follow(trees, tree, told, changes, today)  # else another job has done the work
    if new != {"unfound": []} | {name: told[name] for name in new if name in told}:
        tree.tell(told | new)
    if failed is not None:
        raise failed
    return bool(new.get("left", told.get("left")))


def _find(entries: set[int]) -> tuple[IndexFailed | None, list[int]]:
    """Refresh entries in the search index; return what went wrong and which are to be done yet."""
    try:
        refresh(entries)
    except IndexFailed as failed:
        return failed, sorted(entries)
    return None, []


def _follow(trees: Trees, tree: Tree, told: Told, changes: Changes, today: date) -> Told:
    """Write what has changed; return what the tree is then to tell."""
    sites = [(view, touched_on(view, changes.at_once())) for view in views()]
    _withdraw_everywhere(trees, sites)
    left, frames, columns = dict.fromkeys(told.get("left", ())), {}, {}
    for view, touched in sites:
        frames[view.host], columns[view.host] = _frame(view), _columns(view)
        tree.take_off(_gone(told, view, columns[view.host]), {})
        _write(trees, tree, view, touched)
        same = told.get("frames", {}).get(view.host) == frames[view.host]
        left |= dict.fromkeys(_left_on(view, told, changes.whole or not same, today))
    rest = [*(each for each in left if not each.endswith(SURPLUS)), *_surplus(left)]
    return {"frames": frames, "columns": columns, "day": today.isoformat(), "left": rest}


def _gone(told: Told, view: View, columns: Collection[str]) -> list[str]:
    """Return the places of columns and texts that are no more: they do not wait for `left`."""
    gone = set(told.get("columns", {}).get(view.host, ())) - set(columns)
    names = ("", "feed.xml", "list.json")
    return [place for each in gone for name in names if (place := view.place(f"{each}{name}"))]


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
    write_documents(view, tree, view.documents(sorted(touched.documents)))
    maps = {each for each in touched.addresses if each.startswith("/sitemap")}
    read = {each for each in touched.addresses - maps if each.endswith("/")}
    for each in (read, touched.addresses - maps - read, maps):  # machines wait more easily
        write_pages(view, tree, sorted(each))
    for address in touched.withdrawn:
        _verify(trees, tree, view, address, touched.addresses)


def _withdraw_everywhere(trees: Trees, sites: Iterable[tuple[View, Touched]]) -> None:
    """Take what is withdrawn out of every tree, also one that is being built.

    Raises:
        DiskFull: there is no room for some notice; every text is taken off all the same.
    """
    full: DiskFull | None = None
    for view, touched in sites:
        keys = [entry_in(address) for address in touched.withdrawn]
        gone = [one for _, one in view.documents(sorted(keys)) if one.gone] if keys else []
        for other in trees.all() if gone else ():
            other.fresh = False
            for one in gone:
                try:
                    withdraw(view, other, one)
                except DiskFull as error:
                    full = error
    if full is not None:
        raise full


def _verify(trees: Trees, tree: Tree, view: View, address: str, addresses: Iterable[str]) -> None:
    """Look whether anything of a withdrawn document is left: its files, and its lines in lists.

    A link that somebody has written into a text is no line of a list: the page is as it is to be.

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
        if body is not None and said in body and body != view.make(other).body:
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
