"""One tree of files: written a batch at a time, each page whole or not at all.

In a tree that is served a file is written aside and renamed, `.br` and `.gz` first; what has not
changed is not touched; the disk is flushed once a batch, before anything is renamed. A page and
what is packed of it bear the same time, so a writer killed between two renames is found out. In a
fresh tree, which nobody reads yet, files are written in their places.
"""

import ctypes
import errno
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.adapters.sitefiles import packing
from gongkai.adapters.sitefiles.places import GONE, PACKED, File, aside, is_left_over

_TOLD, _PACKING = ".told.json", ".packing"
_libc = ctypes.CDLL(None, use_errno=True)
_SECOND = 1_000_000_000


class DiskFull(RuntimeError):
    """The disk has no room for the site; what stands there stands unchanged."""


class StillThere(RuntimeError):
    """A copy of what was taken off is still there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file: `half` page, what a writer `left` behind."""

    place: str
    kind: str


def flush(folder: Path) -> None:
    """Let everything that was written reach the disk under `folder`: one call for a batch."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        if _libc.syncfs(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(handle)


class Tree:
    """A tree at `root`; `fresh` while it is being built and nobody reads it."""

    def __init__(self, root: Path, *, fresh: bool = False, packing_br: bool = True) -> None:
        """Take the directory, which is there."""
        self.root, self.fresh = Path(root), fresh
        self._base = f"{self.root}/"
        self._folders: set[str] = set()
        self._suffixes = PACKED if packing_br else (".gz",)

    # -- writing

    def write(self, files: Iterable[File]) -> list[str]:
        """Write a batch; return the places whose page has changed.

        Raises:
            DiskFull: nothing of the batch has been put in place.
        """
        try:
            return self._write_fresh(files) if self.fresh else self._replace(files)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(f"磁盘空间不足，网页没有写入（{self.root}）") from error
            raise

    def _write_fresh(self, files: Iterable[File]) -> list[str]:
        places = []
        for file in files:
            path = self._base + file.place
            for suffix, body in self._packed(file):
                self._put(path + suffix, body)
            stamp = self._put(path, file.body)
            self._stamp(file, path, "", stamp)
            places.append(file.place)
        return places

    def _replace(self, files: Iterable[File]) -> list[str]:
        waiting: list[tuple[str, str]] = []
        changed = []
        try:
            for file in files:
                old = self._stands(file)
                if old is True:
                    continue
                waiting += self._write_aside(file, old)
                changed.append(file.place)
            if waiting:
                flush(self.root)
            while waiting:
                os.replace(*waiting[0])
                waiting.pop(0)
        finally:
            for path, _ in waiting:
                _unlink(path)
        for place in changed:
            _unlink(self._base + place + GONE)
        return changed

    def _write_aside(self, file: File, old: int) -> list[tuple[str, str]]:
        """Write a page and what is packed of it aside; return what is to be renamed to what."""
        mark, path = str(os.getpid()), self._base + file.place
        pairs = [(aside(path + suffix, mark), path + suffix) for suffix, _ in self._packed_of(file)]
        pairs.append((aside(path, mark), path))
        try:
            for (temporary, _), (_, body) in zip(pairs, self._packed(file), strict=False):
                self._put(temporary, body)
            # Caches tell versions apart by the second: never twice the same for two versions.
            stamp = max(self._put(pairs[-1][0], file.body), old)
            for temporary, _ in pairs:
                os.utime(temporary, ns=(stamp, stamp))
        except BaseException:
            for temporary, _ in pairs:
                _unlink(temporary)
            raise
        return pairs

    def _packed_of(self, file: File) -> list[tuple[str, Callable[[bytes], bytes]]]:
        makers = {".br": packing.br, ".gz": packing.gz}
        return [(suffix, makers[suffix]) for suffix in self._suffixes] if file.packed else []

    def _packed(self, file: File) -> Iterator[tuple[str, bytes]]:
        return ((suffix, make(file.body)) for suffix, make in self._packed_of(file))

    def _stamp(self, file: File, path: str, tail: str, stamp: int) -> None:
        for suffix, _ in self._packed_of(file):
            os.utime(path + suffix + tail, ns=(stamp, stamp))

    def _stands(self, file: File) -> bool | int:
        """Return True when the page stands whole as it is to be, else the least time of a new one.

        Times are in nanoseconds; 0 when there is no page.
        """
        path = self._base + file.place
        try:
            handle = os.open(path, os.O_RDONLY)
        except (FileNotFoundError, NotADirectoryError):
            return 0
        try:
            known = os.fstat(handle)
            same = known.st_size == len(file.body) and _all_of(handle, known) == file.body
        finally:
            os.close(handle)
        if same and self._whole(file.place, known.st_mtime_ns, packed=file.packed):
            return True
        return (known.st_mtime_ns // _SECOND + 1) * _SECOND

    def _whole(self, place: str, stamp: int, *, packed: bool) -> bool:
        if os.path.lexists(self._base + place + GONE):
            return False
        suffixes = self._suffixes if packed else ()
        return all(_time_of(self._base + place + suffix) == stamp for suffix in suffixes)

    def _put(self, path: str, body: bytes) -> int:
        """Write a file, with the folders above it; return its time."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        except FileNotFoundError:  # the last page of the folder was taken off meanwhile
            os.makedirs(folder, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            rest = memoryview(body)
            while rest:
                rest = rest[os.write(handle, rest) :]
            return os.fstat(handle).st_mtime_ns
        finally:
            os.close(handle)

    # -- taking off

    def take_off(self, places: Iterable[str], notices: Mapping[str, bytes]) -> list[str]:
        """Remove every copy of pages; where a notice is told for one it stands as `.gone`.

        The notice is there before the page is gone. Returns the places where something changed.

        Raises:
            StillThere: a copy is still there after all.
            DiskFull: there is no room for a notice; the pages have gone all the same.
        """
        changed, full = [], None
        for place in places:
            try:
                said = self._say_gone(place, notices.get(place))
            except OSError as error:
                if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                    raise
                said, full = False, error
            if self._remove(place) or said:
                changed.append(place)
        if full is not None:
            raise DiskFull(f"磁盘空间不足，撤下的说明没有写入（{self.root}）") from full
        return changed

    def _say_gone(self, place: str, notice: bytes | None) -> bool:
        path = self._base + place + GONE
        if notice is None:
            return _unlink(path)
        if _read(path) == notice:
            return False
        temporary = aside(path, str(os.getpid()))
        try:
            self._put(temporary, notice)
            os.replace(temporary, path)
        finally:
            _unlink(temporary)
        return True

    def _remove(self, place: str) -> bool:
        path = self._base + place
        removed = [_unlink(path + suffix) for suffix in ("", *PACKED)]
        removed += [_unlink(left) for left in self._left_of(path)]
        if self.copies(place):
            raise StillThere(f"{place}没有从网站文件中删除")
        if any(removed):
            self._prune(os.path.dirname(path))
        return any(removed)

    def _left_of(self, path: str) -> list[str]:
        """Return what writers that were killed left of a page: nobody else writes now."""
        folder, _, name = path.rpartition("/")
        starts = tuple(aside(name + suffix, "") for suffix in ("", *PACKED))
        try:
            return [f"{folder}/{each}" for each in os.listdir(folder) if each.startswith(starts)]
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _prune(self, folder: str) -> None:
        """Remove folders in which nothing stands any more."""
        while len(folder) > len(self._base):
            try:
                os.rmdir(folder)
            except OSError:
                return
            self._folders.discard(folder)
            folder = os.path.dirname(folder)

    def hosts(self) -> list[str]:
        """Return the hosts that have pages here."""
        return sorted(path.name for path in self.root.iterdir() if path.is_dir())

    def drop_host(self, host: str) -> None:
        """Remove all that stands of a host."""
        shutil.rmtree(self.root / host)
        self._folders.clear()

    # -- looking

    def read(self, place: str) -> bytes | None:
        """Return the page that stands there; None when there is none."""
        return _read(self._base + place)

    def notice_at(self, place: str) -> bytes | None:
        """Return what is said at a place whose page was taken off."""
        return _read(self._base + place + GONE)

    def under(self, folder: str) -> list[str]:
        """Return the places of all pages below a folder of the tree."""
        return [place for place, _ in self.walk(folder)]

    def walk(self, folder: str = "") -> Iterator[tuple[str, Fault | None]]:
        """Yield every page's place below `folder`, with what is wrong with its files.

        A page that has `.br` or `.gz` alone is yielded, too; `.gone` is no page.
        """
        for parent, folders, names in os.walk(self._base + folder):
            folders.sort()
            inside = parent[len(self._base) :]
            if not inside:
                continue  # what the tree tells of itself
            for name in sorted({_page(name) for name in names}):
                if name:
                    place = f"{inside}/{name}"
                    yield place, self._fault(place, names, name)

    def _fault(self, place: str, names: list[str], name: str) -> Fault | None:
        if is_left_over(name):
            return Fault(place, "left")
        if name not in names:
            return Fault(place, "half")
        packed = any(name + suffix in names for suffix in PACKED)
        if packed and not self._whole(place, _time_of(self._base + place), packed=True):
            return Fault(place, "half")
        return None

    def copies(self, place: str) -> list[str]:
        """Return which files of a page are there: its own name, and those of what is packed."""
        path = self._base + place
        return [place + each for each in ("", *PACKED) if os.path.lexists(path + each)]

    def is_whole(self, file: File) -> bool:
        """Say whether a page stands as told, and all that is packed of it holds just that."""
        if self._stands(file) is not True:
            return False
        suffixes = self._suffixes if file.packed else ()
        return all(
            packing.unpacked(suffix, _read(self._base + file.place + suffix) or b"") == file.body
            for suffix in suffixes
        )

    def written_at(self, place: str) -> int:
        """Return when a page was written, in nanoseconds; -1 when it is not there."""
        return _time_of(self._base + place)

    def notices(self) -> Iterator[str]:
        """Yield the places of all pages that say they were taken off."""
        for parent, _folders, names in os.walk(self._base):
            inside = parent[len(self._base) :]
            for name in names:
                if name.endswith(GONE):
                    yield f"{inside}/{name.removesuffix(GONE)}"

    # -- packing better

    def pack_best(self, place: str) -> bool:
        """Pack a page's `.br` as small as it gets; False when it is so or cannot be."""
        path = self._base + place
        body, stamp, now = _read(path), _time_of(path), _read(f"{path}.br")
        if body is None or now is None or _time_of(f"{path}.br") != stamp:
            return False
        best = packing.br(body, packing.BEST)
        if len(best) >= len(now):
            return False
        temporary = aside(f"{path}.br", str(os.getpid()))
        try:
            self._put(temporary, best)
            os.utime(temporary, ns=(stamp, stamp))
            os.replace(temporary, f"{path}.br")
        finally:
            _unlink(temporary)
        return True

    def plan_packing(self, since: int) -> int:
        """List the pages written after a time (nanoseconds) as those to pack; return the newest."""
        newest, path = since, str(self.root / _PACKING)
        with open(f"{path}.new", "w", encoding="utf-8") as file:
            for place, fault in self.walk():
                stamp = self.written_at(place)
                if fault is None and stamp > since:
                    newest = max(newest, stamp)
                    file.write(f"{place}\n")
        os.replace(f"{path}.new", path)
        return newest

    def planned(self, offset: int, most: int) -> tuple[list[str], int]:
        """Return some pages of the list from an offset on, and the offset after them."""
        path = self.root / _PACKING
        if not path.exists():
            return [], offset
        with path.open("rb") as file:
            file.seek(offset)
            lines = [line for _, line in zip(range(most), file, strict=False)]
        return [line.decode().rstrip("\n") for line in lines], offset + sum(map(len, lines))

    # -- what the tree tells of itself

    def told(self) -> dict[str, Any]:
        """Return what was told of the tree last; {} for a new one."""
        kept = _read(str(self.root / _TOLD))
        return json.loads(kept) if kept else {}

    def tell(self, told: Mapping[str, Any]) -> None:
        """Keep what is to be known of the tree; it is on the disk when this returns."""
        path = str(self.root / _TOLD)
        temporary = aside(path, str(os.getpid()))
        try:
            with open(temporary, "w", encoding="utf-8") as file:
                json.dump(told, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(f"磁盘空间不足（{self.root}）") from error
            raise
        finally:
            _unlink(temporary)


def _page(name: str) -> str:
    """Return the name of the page to which a file belongs; "" when it is no page's."""
    if name.endswith(GONE):
        return ""
    for suffix in PACKED:
        name = name.removesuffix(suffix)
    return name


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _all_of(handle: int, known: os.stat_result) -> bytes:
    return os.read(handle, known.st_size + 1)


def _time_of(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return -1


def _unlink(path: str) -> bool:
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True
