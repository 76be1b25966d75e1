"""The trees of a site and which of them is served; who writes holds the lock.

`trees/<number>/` are the trees, the link `current` leads to the one that is served and is changed
by one rename. A tree under construction has the mark `.building`; `.done` in it lists the portions
of work that are on the disk, so that a builder that was killed goes on where it was.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongkai.adapters.sitefiles.tree import Tree, flush

_BUILDING, _DONE = ".building", ".done"


class Busy(RuntimeError):
    """Another process builds the site already."""


class Trees:
    """The trees below one directory."""

    def __init__(self, root: Path) -> None:
        """Take the directory; it is made when something is written."""
        self.root = Path(root)

    @property
    def link(self) -> Path:
        """The link that web servers follow."""
        return self.root / "current"

    def current(self) -> Tree | None:
        """Return the tree that is served; None before the site has been built."""
        target = self.link.resolve()
        return Tree(target) if self.link.is_symlink() and target.is_dir() else None

    def all(self) -> list[Tree]:
        """Return every tree, the one being built too."""
        return [Tree(path) for path in sorted(self.root.glob("trees/*")) if path.is_dir()]

    def unfinished(self) -> Tree | None:
        """Return the tree that a builder was killed at, or is at work on."""
        found = sorted(self.root.glob(f"trees/*/{_BUILDING}"))
        return Tree(found[-1].parent, fresh=True) if found else None

    def start(self) -> Tree:
        """Make a new tree, to be built and then served."""
        folder = self.root / "trees"
        folder.mkdir(parents=True, exist_ok=True)
        taken = [int(path.name) for path in folder.iterdir() if path.name.isdigit()]
        path = folder / f"{max(taken, default=0) + 1:06}"
        path.mkdir()
        (path / _BUILDING).touch()
        return Tree(path, fresh=True)

    def switch(self, tree: Tree) -> None:
        """Let `tree` be served from now on, and remove the others."""
        flush(tree.root)
        (tree.root / _BUILDING).unlink(missing_ok=True)
        (tree.root / _DONE).unlink(missing_ok=True)
        aside = self.root / f"current.new-{os.getpid()}"
        aside.unlink(missing_ok=True)
        aside.symlink_to(tree.root.relative_to(self.root))
        os.replace(aside, self.link)
        flush(self.root)
        tree.fresh = False
        for other in self.all():
            if other.root != tree.root:
                self.drop(other)

    def drop(self, tree: Tree) -> None:
        """Remove a tree that is not served."""
        shutil.rmtree(tree.root)

    def done(self, tree: Tree) -> set[str]:
        """Return the portions of a tree under construction that are on the disk."""
        path = tree.root / _DONE
        return set(path.read_text("utf-8").splitlines()) if path.exists() else set()

    def note_done(self, tree: Tree, portions: list[str]) -> None:
        """Flush what was written, then note the portions as done."""
        flush(tree.root)
        with (tree.root / _DONE).open("a", encoding="utf-8") as file:
            file.write("".join(f"{each}\n" for each in portions))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Wait until nobody else writes in the tree that is served, and keep others waiting."""
        with self._lock("writing", wait=True):
            yield

    @contextmanager
    def building(self) -> Iterator[None]:
        """Be the only one that builds.

        Raises:
            Busy: another process does.
        """
        with self._lock("building", wait=False):
            yield

    @contextmanager
    def _lock(self, name: str, *, wait: bool) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.root / f".{name}", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                raise Busy("另一个进程正在生成网站文件，请等它结束") from None
            yield
        finally:
            os.close(handle)


class NoTrees(Trees):
    """The do-nothing twin: there never is a tree, so nothing is written and nothing served."""

    def __init__(self) -> None:
        """Need no directory."""
        super().__init__(Path("/nonexistent"))

    def current(self) -> Tree | None:
        """Return None."""
        return None

    def all(self) -> list[Tree]:
        """Return no tree."""
        return []


def trees_of(kind: str, root: Path) -> Trees:
    """Return the trees that the settings ask for: "files", or "none" for the twin.

    Raises:
        ValueError: another word.
    """
    if kind == "files":
        return Trees(root)
    if kind == "none":
        return NoTrees()
    raise ValueError(f"GONGKAI_SITE: {kind}")
