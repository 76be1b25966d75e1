"""A migrated database, made once and copied by every test process: migrating takes half a minute.

`python -m tests.migrated` makes it ahead. It is known by what it is made of: every installed
migration, the versions of Django and of the database. SQLite keeps it as a file in var/tests,
PostgreSQL as a database that new ones copy. What a copy lacks is migrated as always, because
the test runner still runs `migrate` on it.
"""

import fcntl
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

FOLDER = Path(settings.DATA_DIR) / "tests"
PREFIX = "gongkai_migrated_"
MADE_OF = ".json"  # beside a database: the migrations it is made of
KEPT = 6  # of a few branches of work, one after another


def name() -> str:
    """Return the name of the database that today's migrations make."""
    known = hashlib.sha256(f"{django.VERSION} {connection.vendor}".encode())
    if connection.vendor == "sqlite":
        known.update(sqlite3.sqlite_version.encode())
    known.update(json.dumps(migrations(), sort_keys=True).encode())
    return PREFIX + known.hexdigest()[:16]


def migrations() -> dict[str, str]:
    """Return what every installed migration is made of: its app and name, a digest of its text."""
    return {
        f"{app.label} {path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for app in apps.get_app_configs()
        for path in sorted((Path(app.path) / "migrations").glob("*.py"))
    }


def copy_it() -> None:
    """Let the test database, when it is made, be a copy of the migrated one."""
    make()
    if connection.vendor == "sqlite":
        connection_created.connect(_fill, dispatch_uid="tests.migrated")
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = name()


def _fill(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Fill the memory of the first connection to a test database."""
    if "mode=memory" not in str(connection.settings_dict["NAME"]):
        return
    connection_created.disconnect(dispatch_uid="tests.migrated")
    with closing(sqlite3.connect(FOLDER / name())) as migrated:
        migrated.backup(connection.connection)


def make() -> None:
    """Make the migrated database unless it is there; other processes wait for it meanwhile."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_there():
            # In a process of its own: its default database is the one to be migrated.
            done = subprocess.run(
                [sys.executable, "-m", "tests.migrated", "--migrate"],
                cwd=settings.BASE_DIR,
                capture_output=True,
                text=True,
            )
            if done.returncode:
                raise RuntimeError(f"no migrated database for the tests:\n{done.stderr}")


def _is_there() -> bool:
    if connection.vendor == "sqlite":
        return (FOLDER / name()).exists()
    with _server() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name()])
        return cursor.fetchone() is not None


@contextmanager
def _server() -> Iterator[Any]:
    """Yield a cursor of the server itself, in none of our databases."""
    with connection._nodb_cursor() as cursor:
        yield cursor


def _begun() -> Path | None:
    """Return the database of the most of today's migrations and no others, to go on from."""
    today, found = migrations(), {}
    for told in FOLDER.glob(f"{PREFIX}*{MADE_OF}"):
        made_of = json.loads(told.read_text())
        if made_of.items() <= today.items() and told.with_suffix("").exists():
            found[told.with_suffix("")] = len(made_of)
    return max(found, key=lambda path: found[path], default=None)


def migrate() -> None:
    """Migrate an empty database under a name of its own, then give it the name to be found by."""
    made = f"{name()}_{os.getpid()}"
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        if begun := _begun():
            with closing(sqlite3.connect(begun)) as file:
                file.backup(connection.connection)
        call_command("migrate", verbosity=0)  # in memory, as the settings say
        with closing(sqlite3.connect(FOLDER / made)) as file:
            connection.connection.backup(file)
        (FOLDER / f"{name()}{MADE_OF}").write_text(json.dumps(migrations()))
        (FOLDER / made).replace(FOLDER / name())
        stand = [path for path in FOLDER.glob(f"{PREFIX}*") if path.suffix != MADE_OF]
        for old in sorted(stand, key=lambda it: it.stat().st_mtime)[:-KEPT]:
            old.unlink()
            (FOLDER / f"{old.name}{MADE_OF}").unlink(missing_ok=True)
        return
    with _server() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        for (old,) in cursor.fetchall():
            cursor.execute(f"DROP DATABASE {old}")
        cursor.execute(f"CREATE DATABASE {made}")
    connection.settings_dict["NAME"] = made
    call_command("migrate", verbosity=0)
    connection.close()
    with _server() as cursor:
        cursor.execute(f"ALTER DATABASE {made} RENAME TO {name()}")


if __name__ == "__main__":
    django.setup()
    migrate() if "--migrate" in sys.argv else make()
