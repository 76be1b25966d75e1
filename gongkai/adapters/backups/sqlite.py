"""SQLite: copied by its own backup interface while others write, packed; hashed from the copy."""

import gzip
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.backups.manifest import State, blocks_of

_ROWS = 2000
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' "
    "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)


class SQLite:
    """A database file; `live` is the connection of one that is in memory."""

    vendor = "sqlite"

    def __init__(self, path: Path, live: sqlite3.Connection | None = None) -> None:
        self._path = path
        self._live = live

    def dump(self, to: Path) -> State:
        """Copy the database to `to`, packed."""
        copy = to.with_suffix(".copy")
        try:
            with closing(sqlite3.connect(copy)) as target:
                if self._live is not None:
                    self._live.backup(target)
                else:
                    with closing(self._opened()) as source:
                        source.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")
                state = _state(target)
            with copy.open("rb") as plain, gzip.open(to, "wb", compresslevel=1) as packed:
                shutil.copyfileobj(plain, packed, 1 << 20)
        except sqlite3.Error as error:
            raise BackupFailed(f"数据库 {self._path} 不能备份：{error}。") from None
        finally:
            copy.unlink(missing_ok=True)
        return state

    def state(self) -> State:
        """Hash every record."""
        if self._live is not None:
            # A plain connection: Django's own makes days and decimals of what SQLite holds.
            with closing(sqlite3.connect(":memory:")) as copy:
                self._live.backup(copy)
                return _state(copy)
        with closing(self._opened()) as database:
            return _state(database)

    def is_empty(self) -> bool:
        """Say whether the file is not there, or holds no table."""
        if self._live is not None:
            return not self._live.execute(_TABLES).fetchall()
        if not self._path.exists():
            return True
        with closing(self._opened()) as database:
            return not database.execute(_TABLES).fetchall()

    def clear(self) -> None:
        """Put the file aside under a name of its own; nobody may have it open."""
        self._refuse_memory()
        for suffix in ("", "-wal", "-shm"):
            path = self._path.with_name(self._path.name + suffix)
            if path.exists():
                path.replace(path.with_name(f"{path.name}.before-restore"))

    def load(self, dump: Path) -> None:
        """Unpack the copy to the place of the file."""
        self._refuse_memory()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f"{self._path.name}.restored")
        with gzip.open(dump, "rb") as packed, fresh.open("wb") as plain:
            shutil.copyfileobj(packed, plain, 1 << 20)
        for suffix in ("-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        fresh.replace(self._path)

    def _refuse_memory(self) -> None:
        if self._live is not None:
            raise BackupFailed("内存中的数据库不能恢复。")

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=20)


def _state(database: sqlite3.Connection) -> State:
    names = [name for (name,) in database.execute(_TABLES)]
    factory, database.text_factory = database.text_factory, bytes
    try:
        tables = {_text(name): blocks_of(_rows(database, _text(name))) for name in names}
    finally:
        database.text_factory = factory
    migrations = database.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    chains = database.execute("SELECT key, length, head FROM audit_chain ORDER BY key")
    return State(
        server=f"SQLite {sqlite3.sqlite_version}",
        tables=tables,
        migrations=tuple(name for (name,) in migrations),
        chains={key: (length, head) for key, length, head in chains},
    )


def _rows(database: sqlite3.Connection, table: str) -> Iterator[tuple[str, bytes]]:
    """Yield the key and the digest of each row: over its values as SQLite holds them."""
    described = list(database.execute(f'PRAGMA table_info("{table}")'))
    keys = sorted((place, _text(name)) for _, name, _, _, _, place in described if place)
    order = ", ".join(f'"{name}"' for _, name in keys) or "rowid"
    cursor = database.cursor()
    cursor.row_factory = None
    cursor.execute(f'SELECT {order.split(", ")[0]}, * FROM "{table}" ORDER BY {order}')  # noqa: S608 -- names of the database itself
    while rows := cursor.fetchmany(_ROWS):
        for key, *values in rows:
            yield _text(key), hashlib.sha256(repr(values).encode()).digest()


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
