"""Making a backup of this installation: what belongs to it, what must not, which store takes it.

Public pages as files and the search index are no part of it: both are made again from the
database. Keys are none either (ADR 0014): whoever finds the backup must not find them beside it.
"""

import fcntl
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.backups.databases import Database, database_of
from gongkai.adapters.backups.folder import FolderStore
from gongkai.adapters.backups.manifest import Manifest
from gongkai.adapters.backups.restic import ResticStore
from gongkai.adapters.backups.sealing import read_key
from gongkai.adapters.backups.trees import digest_of, hashed
from gongkai.audit import SYSTEM, SYSTEM_CHAIN
from gongkai.audit.actions import record

ENGINES = ("auto", "own", "restic")
Store = FolderStore | ResticStore

# Folders by the settings that name them; what is not set up is left out.
_ROOTS = {
    "files": "GONGKAI_FILE_DIR",
    "released": "GONGKAI_RELEASED_DIR",
    "letters": "GONGKAI_LETTER_DIR",
    "media": "MEDIA_ROOT",
    "fonts": "GONGKAI_FONT_DIR",
    "wording": "GONGKAI_WORDING_DIR",
    "anchors": "GONGKAI_ANCHOR_DIR",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: its manifest, how many contents were new, seconds, faults."""

    manifest: Manifest
    new: int
    seconds: float
    verified: bool
    faults: tuple[str, ...]
    forgotten: int


def roots_here() -> dict[str, Path]:
    """Return the folders of files of this installation by name."""
    named = {name: getattr(settings, setting, None) for name, setting in _ROOTS.items()}
    return {name: Path(place) for name, place in named.items() if place}


def database_here() -> Database:
    """Return this installation's database."""
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    if in_memory:
        connection.ensure_connection()
    return database_of(connection.settings_dict, connection.connection if in_memory else None)


def store_at(target: str, engine: str = "auto") -> Store:
    """Return the store at a target: what is there already decides, else what is installed.

    Raises:
        BackupFailed: no key, a key that lies with what it guards, or no restic.
    """
    if not target:
        raise BackupFailed("没有指定备份到哪里，请给出目录，或者设置 GONGKAI_BACKUP_TARGET。")
    key_file = Path(settings.GONGKAI_BACKUP_KEY_FILE)
    key = read_key(key_file)
    place = Path(target)
    _keep_apart(key_file, {"备份目录": place, **roots_here()})
    remote = ":" in target
    if engine == "auto":
        own = FolderStore.is_here(place)
        restic = remote or ResticStore.is_here(place)
        engine = "restic" if restic or (ResticStore.is_installed() and not own) else "own"
    if engine == "restic":
        if not ResticStore.is_installed():
            raise BackupFailed("没有安装 restic，请安装软件包 restic，或者用 --engine own。")
        return ResticStore(target, key_file, _stage())
    if remote:
        raise BackupFailed("本系统的备份只能存到目录，远程存储请安装 restic。")
    return FolderStore(place, key)


def back_up(
    store: Store, *, at: datetime, verify: bool = False, keep: int = 0, said: str = ""
) -> Made:
    """Dump, hash and keep everything; say it in the log; return what was made.

    `keep` is how many backups stay (0: all). The database goes first: files come before their
    rows and are destroyed after them, so that no row is without its file.

    Raises:
        BackupFailed: nothing was kept; the message says why.
    """
    begun = time.monotonic()
    with alone() as stage:
        dump = stage / "dump"
        database = database_here()
        state = database.dump(dump)
        roots = roots_here()
        secrets = _secrets()
        manifest = Manifest(
            id=f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            made_at=at.isoformat(),
            version=version("gongkai"),
            vendor=database.vendor,
            dump=digest_of(dump),
            state=state,
            roots={name: hashed(root, secrets) for name, root in roots.items()},
        )
        new = store.keep(manifest, dump, roots)
        faults = tuple(store.faults(manifest)) if verify else ()
        forgotten = 0 if faults else store.forget(keep)
    made = Made(manifest, new, time.monotonic() - begun, verify, faults, forgotten)
    log("operating.back_up", made.manifest, at=at, said=said)
    return made


@contextmanager
def alone() -> Iterator[Path]:
    """Yield an empty folder to work in, to one process at a time; it is emptied afterwards.

    Raises:
        BackupFailed: another backup or restore is at work.
    """
    folder = Path(settings.GONGKAI_BACKUP_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BackupFailed("另一个备份或者恢复正在进行，请等它完成。") from None
        stage = _stage()
        shutil.rmtree(stage, ignore_errors=True)  # what a killed run has left
        stage.mkdir(mode=0o700)
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def keys_here() -> dict[str, str]:
    """Return every key that the backup itself leaves out, by the name the environment gives it."""
    keys = settings.GONGKAI_FIELD_KEYS
    return {
        "GONGKAI_SECRET_KEY": settings.SECRET_KEY,
        "GONGKAI_AUDIT_KEY": settings.GONGKAI_AUDIT_KEY,
        "GONGKAI_FIELD_KEYS": ",".join(f"{name}:{key}" for name, key in keys.items()),
        "GONGKAI_FIELD_KEY": settings.GONGKAI_FIELD_KEY,
        "GONGKAI_FIELD_ALGORITHM": settings.GONGKAI_FIELD_ALGORITHM,
        "GONGKAI_INDEX_KEY": settings.GONGKAI_INDEX_KEY,
        **_key_files(),
    }


def _key_files() -> dict[str, str]:
    """Return the content of keys kept in files: of backups, of the log's anchors."""
    found = {}
    for name in ("GONGKAI_BACKUP_KEY_FILE", "GONGKAI_SIGNING_KEY"):
        path = Path(getattr(settings, name, "") or "/nonexistent")
        if path.is_file():
            found[name] = path.read_text("ascii").strip()
    return found


def _secrets() -> Collection[bytes]:
    """Return the keys as they would stand in a file that somebody put among the data."""
    fields = settings.GONGKAI_FIELD_KEYS.values()
    known = (settings.SECRET_KEY, settings.GONGKAI_AUDIT_KEY, settings.GONGKAI_INDEX_KEY, *fields)
    return {each.encode() for each in (*known, *_key_files().values()) if len(each) >= 16}


def _keep_apart(key_file: Path, places: Mapping[str, Path]) -> None:
    for name, place in places.items():
        if key_file.resolve().is_relative_to(place.resolve()):
            raise BackupFailed(
                f"备份密钥 {key_file} 放在{name}（{place}）之内，"
                "密钥不得与备份放在一起，请移到别处。"
            )


def _stage() -> Path:
    return Path(settings.GONGKAI_BACKUP_DIR) / "stage"


def log(verb: str, manifest: Manifest, *, at: datetime, said: str = "") -> None:
    """Say in the log of the system what was kept or brought back."""
    with transaction.atomic():
        record(
            verb,
            f"operating.backup:{manifest.id}",
            chain=SYSTEM_CHAIN,
            by=SYSTEM,
            at=at,
            label=f"备份 {manifest.id}",
            after={
                "records": manifest.state.records,
                "files": manifest.files,
                "dump": manifest.dump.sha256,
            },
            reason=said,
        )
