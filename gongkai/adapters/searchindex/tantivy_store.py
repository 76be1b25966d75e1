"""Where a tantivy index lies on disk: who may write, which directory serves, how it is switched.

In the folder of an index stand directories `v<schema>-<number>` and the link `current` to the
one that serves. The link is changed by rename, so that a reader sees the old one or the new one
and a process killed in between leaves what was. Locks are the system's (flock): they go with
the process that held them. Local disks only.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy

from gongkai.adapters.searchindex.types import IndexBusy, IndexFailed

VERSION = 4
LEAST_FREE = 32 * 1024 * 1024
_PAUSE = 0.02
BROKEN = "检索索引已损坏或读不出（{}），请运行 gongkai buildsearch 重建。"
NONE_YET = "检索索引尚未建立，请运行 gongkai buildsearch。"
_FULL = (
    "No space left",
    "StorageFull",
    "os error 28",
    "File too large",
    "FileTooLarge",
    "os error 27",
    "Disk quota",
    "os error 122",
)
OLD = "检索索引是旧版本程序建立的，请运行 gongkai buildsearch 重建。"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which state of the index is on the disk now; equal stamps are equal states."""

    directory: str
    changed_ns: int
    inode: int


class Store:
    """The folder of one index."""

    def __init__(self, folder: Path, schema: tantivy.Schema, patience: float) -> None:
        self.folder = folder
        self.schema = schema
        self.patience = patience
        self._link = folder / "current"
        self._at, self._current = str(folder), str(self._link)  # asked for at every search

    def stamp(self) -> Stamp:
        """Return the present state; raises IndexFailed when there is none."""
        for _ in range(3):  # a rebuild may take the old directory away between two looks
            try:
                name = os.readlink(self._current)
                state = os.stat(f"{self._at}/{name}/meta.json")
            except FileNotFoundError:
                continue
            except OSError as error:
                raise IndexFailed(BROKEN.format(error)) from error
            return Stamp(name, state.st_mtime_ns, state.st_ino)
        raise IndexFailed(BROKEN.format("meta.json") if self._link.is_symlink() else NONE_YET)

    def open(self, name: str) -> tantivy.Index:
        """Open a directory of this folder; raises IndexFailed."""
        if not name.startswith(f"v{VERSION}-"):
            raise IndexFailed(OLD)
        with failures():
            index = tantivy.Index.open(str(self.folder / name))
            index.config_reader("manual")
            return index

    @contextmanager
    def writing(self) -> Iterator[tantivy.Index]:
        """Hold the one place of a writer and yield the index that serves, made if there is none.

        Raises:
            IndexBusy: another process holds it for longer than we wait.
        """
        with self._locked("write.lock", self.patience):
            self.check_space()
            if not self._link.is_symlink():
                self.switch(self._make()[0])
            yield self.open(self.stamp().directory)

    @contextmanager
    def rebuilding(self) -> Iterator[tuple[str, tantivy.Index]]:
        """Hold the one place of a rebuild; yield a new empty index beside the one that serves."""
        with self._locked("rebuild.lock", 0):
            self.check_space()
            self._clear()
            yield self._make()

    def serve(self, name: str) -> None:
        """Let another directory serve from now on, once no change is being written."""
        with self._locked("write.lock", max(self.patience, 60)):
            self.switch(name)
        self._clear()

    def switch(self, name: str) -> None:
        """Point the link at another directory, at once for everybody."""
        fresh = self.folder / "current.new"
        try:
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(name)
            fresh.replace(self._link)
            place = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(place)
            finally:
                os.close(place)
        except OSError as error:
            raise IndexFailed(f"检索索引切换不成（{error}），请检查磁盘空间和权限。") from error

    def check_space(self) -> None:
        """Refuse to begin what a nearly full disk would break off."""
        free = shutil.disk_usage(self.folder).free
        if free < LEAST_FREE:
            raise IndexFailed(
                f"磁盘只剩{free // 1024 // 1024}兆，写不了检索索引，请清理磁盘后重试。"
            )

    def _make(self) -> tuple[str, tantivy.Index]:
        last = max((_number(each.name) for each in self.folder.glob("v*-*")), default=0)
        name = f"v{VERSION}-{last + 1:06}"
        with failures():
            (self.folder / name).mkdir()
            return name, tantivy.Index(self.schema, path=str(self.folder / name))

    def _clear(self) -> None:
        """Take away directories that no longer serve; who reads from one still has its files."""
        serving = os.readlink(self._link) if self._link.is_symlink() else ""
        for place in self.folder.glob("v*-*"):
            if place.name != serving:
                shutil.rmtree(place, ignore_errors=True)

    @contextmanager
    def _locked(self, name: str, patience: float) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        except OSError as error:
            raise IndexFailed(f"检索索引的目录写不了（{error}），请检查权限和磁盘。") from error
        try:
            _wait_for(lock, patience)
            yield
        finally:
            os.close(lock)


def _number(name: str) -> int:
    number = name.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _wait_for(lock: int, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise IndexBusy("另一个进程正在写检索索引，稍后自动重试。") from error
            time.sleep(_PAUSE)
        else:
            return


@contextmanager
def failures() -> Iterator[None]:
    """Turn what tantivy and the system raise, its panics too, into IndexFailed."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, IndexFailed):
            raise
        raise _told(error) from error
    except BaseException as error:  # a panic of the library derives from nothing better
        if type(error).__name__ != "PanicException":
            raise
        raise IndexFailed(BROKEN.format(error)) from error


def _told(error: Exception) -> IndexFailed:
    said = str(error)
    if "LockBusy" in said:
        return IndexBusy("另一个进程正在写检索索引，稍后自动重试。")
    if any(sign in said for sign in _FULL):
        return IndexFailed("磁盘已满，检索索引没有改动，请清理磁盘后重试。")
    if "writer was killed" in said:  # the library keeps to itself what befell its thread
        return IndexFailed("检索索引写不进去，多半是磁盘已满，索引没有改动，请检查磁盘后重试。")
    return IndexFailed(BROKEN.format(said[:200]))
