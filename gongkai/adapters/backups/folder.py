"""The store of our own: a folder of sealed objects by hash, and one sealed manifest a backup.

A file that was taken before is not taken again. Nothing in the folder tells names, sizes of
records or who is in them without the key:

    TARGET/gongkai-backup          says whose folder this is
    TARGET/objects/ab/<name>       one content each, its name a keyed hash of it
    TARGET/sets/<id>.manifest      what belongs to one backup
"""

import hashlib
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.backups.manifest import File, Manifest
from gongkai.adapters.backups.sealing import name_of, opened, seal

_SIGN = "gongkai-backup"


class FolderStore:
    """Backups in a folder, sealed with one key."""

    def __init__(self, target: Path, key: bytes) -> None:
        self._target = target
        self._key = key

    label = "本系统加密（AES-256-GCM）"

    @staticmethod
    def is_here(target: Path) -> bool:
        """Say whether a folder holds backups of this kind."""
        return (target / _SIGN).is_file()

    def keep(self, manifest: Manifest, dump: Path, roots: Mapping[str, Path]) -> int:
        """Take one backup in; return how many objects were new.

        Raises:
            BackupFailed: the folder is somebody else's, or a file changed meanwhile.
        """
        self._begin()
        new = self._put(dump, manifest.dump)
        for root, files in manifest.roots.items():
            new += sum(self._put(roots[root] / each.path, each) for each in files)
        os.sync()  # objects are on the disk before the manifest says that they are
        place = self._manifest(manifest.id)
        aside = place.with_suffix(".new")
        with aside.open("wb") as file:
            seal(self._key, f"set:{manifest.id}", io.BytesIO(manifest.to_bytes()), file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
        os.sync()
        return new

    def sets(self) -> list[str]:
        """Return the ids of all backups here, oldest first."""
        return sorted(path.stem for path in (self._target / "sets").glob("*.manifest"))

    def manifest(self, wanted: str = "") -> Manifest:
        """Return the manifest of one backup, of the newest when none is named.

        Raises:
            BackupFailed: there is none of that id, or it does not open.
        """
        there = self.sets()
        if not there or (wanted and wanted not in there):
            raise BackupFailed(f"{self._target} 中没有备份{wanted}。")
        with self._manifest(wanted or there[-1]).open("rb") as file:
            return Manifest.from_bytes(
                b"".join(opened(self._key, f"set:{wanted or there[-1]}", file))
            )

    def faults(self, manifest: Manifest) -> list[str]:
        """Open all that belongs to a backup; return what does not open or is not the same."""
        told = []
        for label, each in _contents(manifest):
            try:
                self._copy(each, None)
            except BackupFailed as error:
                told.append(f"{label}：{error}")
        return told

    def fetch(self, manifest: Manifest, to: Path) -> None:
        """Write dump and files of a backup below `to`: "dump", and "roots/NAME/…".

        Raises:
            BackupFailed: something is missing, altered, or sealed with another key.
        """
        self._copy(manifest.dump, to / "dump")
        for root, files in manifest.roots.items():
            for each in files:
                self._copy(each, _below(to / "roots" / root, each.path))

    def forget(self, keep: int) -> int:
        """Delete all but the newest backups, and what only those held; return how many went."""
        there = self.sets()
        going = there[:-keep] if keep else []
        for each in going:
            self._manifest(each).unlink()
        if going:
            needed = {
                name_of(self._key, each.sha256)
                for name in self.sets()
                for _, each in _contents(self.manifest(name))
            }
            for path in (self._target / "objects").glob("??/*"):
                if path.name not in needed:
                    path.unlink()
        return len(going)

    def _begin(self) -> None:
        sign = self._target / _SIGN
        if not sign.is_file():
            if self._target.exists() and any(self._target.iterdir()):
                raise BackupFailed(f"{self._target} 里有别的文件，请指定空的目录。")
            (self._target / "objects").mkdir(parents=True, exist_ok=True, mode=0o700)
            (self._target / "sets").mkdir(exist_ok=True, mode=0o700)
            sign.write_text("政务公开平台的加密备份，用 gongkai restore 恢复。\n", "utf-8")

    def _manifest(self, name: str) -> Path:
        return self._target / "sets" / f"{name}.manifest"

    def _object(self, name: str) -> Path:
        return self._target / "objects" / name[:2] / name

    def _put(self, path: Path, each: File) -> bool:
        """Seal one file into the folder unless its content is there; say whether it was new."""
        name = name_of(self._key, each.sha256)
        place = self._object(name)
        if place.exists():
            return False
        place.parent.mkdir(exist_ok=True, mode=0o700)
        aside = place.with_name(f".{name}.{os.getpid()}")
        try:
            with path.open("rb") as plain, aside.open("wb") as sealed:
                watched = _Watched(plain)
                seal(self._key, name, watched, sealed)  # type: ignore[arg-type]
            if watched.digest.hexdigest() != each.sha256:
                raise BackupFailed(f"{path} 在备份过程中有改动，请再备份一次。")
            aside.replace(place)
        except OSError as error:
            raise BackupFailed(f"写不进备份目录：{error}。") from None
        finally:
            aside.unlink(missing_ok=True)
        return True

    def _copy(self, each: File, to: Path | None) -> None:
        """Open one object and prove it; write it to `to` if given."""
        name = name_of(self._key, each.sha256)
        digest, out = hashlib.sha256(), None
        try:
            if to is not None:
                to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                out = to.open("wb")
            with self._object(name).open("rb") as sealed:
                for piece in opened(self._key, name, sealed):
                    digest.update(piece)
                    if out is not None:
                        out.write(piece)
        except FileNotFoundError:
            raise BackupFailed("备份目录中没有这个文件的内容。") from None
        finally:
            if out is not None:
                out.close()
        if digest.hexdigest() != each.sha256:
            raise BackupFailed("内容与备份清单不一致。")


class _Watched:
    """A file whose bytes are hashed as they are read."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def _contents(manifest: Manifest) -> Iterable[tuple[str, File]]:
    yield "数据库", manifest.dump
    for root, files in manifest.roots.items():
        for each in files:
            yield f"{root}/{each.path}", each


def _below(root: Path, path: str) -> Path:
    """Return a place below `root`; a path that leads out of it is refused."""
    place = root / path
    if not place.resolve().is_relative_to(root.resolve()):
        raise BackupFailed(f"备份清单中的路径 {path} 不在数据目录之内。")
    return place
