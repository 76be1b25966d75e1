"""The folders of files that a backup takes: walked, hashed, searched for keys that must not be in.

Links are not followed: what they lead to belongs to somebody else.
"""

import hashlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.backups.manifest import File

_PIECE = 1 << 20
_AS_BIG_AS_KEYS = 64 * 1024  # bytes: a file of settings; keys are not looked for in bigger ones


def walked(root: Path) -> Iterator[Path]:
    """Yield every plain file below `root`, in order; half-written ones (".new-…") are left out."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder) / name
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path


def hashed(root: Path, secrets: Collection[bytes] = ()) -> tuple[File, ...]:
    """Return every file below `root` with its hash; none when there is no such folder.

    Raises:
        BackupFailed: a file holds one of the keys, which must not lie in a backup.
    """
    found = []
    for path in walked(root):
        try:
            size, digest = _digest(path, secrets)
        except FileNotFoundError:  # destroyed between the two looks: its time was over
            continue
        found.append(File(path.relative_to(root).as_posix(), size, digest))
    return tuple(found)


def digest_of(path: Path) -> File:
    """Return one file with its hash, by its own name."""
    size, digest = _digest(path, ())
    return File(path.name, size, digest)


def _digest(path: Path, secrets: Collection[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            if size <= _AS_BIG_AS_KEYS and any(secret in piece for secret in secrets):
                raise BackupFailed(
                    f"{path} 含有密钥，密钥不得与备份放在一起。请把它移到数据目录之外，再备份。"
                )
    return size, digest.hexdigest()
