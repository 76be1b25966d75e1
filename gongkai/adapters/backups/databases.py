"""The two databases as a backup sees them: dumped of one moment, hashed, emptied, loaded."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from gongkai.adapters.backups.manifest import State


class Database(Protocol):
    """One database, reached without Django: it may be empty, or of another version."""

    vendor: str

    def dump(self, to: Path) -> State:
        """Write the dump to a new file and return the state of the very same moment."""

    def state(self) -> State:
        """Return what stands in it now."""

    def is_empty(self) -> bool:
        """Say whether there is no table in it."""

    def clear(self) -> None:
        """Empty it: every table goes."""

    def load(self, dump: Path) -> None:
        """Fill an empty database from a dump."""


def database_of(settings: Mapping[str, Any], live: Any = None) -> Database:
    """Return the database of an entry of DATABASES; `live` is a SQLite connection in memory."""
    from gongkai.adapters.backups.postgresql import PostgreSQL
    from gongkai.adapters.backups.sqlite import SQLite

    if settings["ENGINE"].endswith("sqlite3"):
        return SQLite(Path(settings["NAME"]), live)
    return PostgreSQL(
        {
            name: str(settings[key])
            for name, key in (
                ("dbname", "NAME"),
                ("user", "USER"),
                ("password", "PASSWORD"),
                ("host", "HOST"),
                ("port", "PORT"),
            )
            if settings.get(key)
        }
    )
