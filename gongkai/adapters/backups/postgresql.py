"""PostgreSQL: pg_dump and the hashes read one exported snapshot; pg_restore fills a database.

Rows are hashed by the server itself, over their text under fixed settings, so that two servers
that hold the same say the same.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.backups.manifest import State, blocks_of

_PROGRAMS = "/usr/lib/postgresql"  # Debian keeps them off PATH
_STEADY = (
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL IntervalStyle = 'postgres'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL bytea_output = 'hex'",
)
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_KEYS = """SELECT a.attname FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(number, place)
    JOIN pg_attribute a ON a.attnum = k.number
    WHERE i.indisprimary AND i.indrelid = %s::regclass AND a.attrelid = i.indrelid
    ORDER BY k.place"""


class PostgreSQL:
    """A database on a server, by libpq's own parameters."""

    vendor = "postgresql"

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self._parameters = dict(parameters)

    def dump(self, to: Path) -> State:
        """Let pg_dump write and hash meanwhile, both of one snapshot."""
        with self._looking() as connection:
            (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={to}"]
            writing = self._started("pg_dump", *options, f"--snapshot={snapshot}")
            try:
                state = _state(connection)
            except BaseException:
                writing.kill()
                raise
            finally:
                told = writing.communicate()[1]
        if writing.returncode:
            raise BackupFailed(f"pg_dump 没有完成：{_last_line(told)}")
        return state

    def state(self) -> State:
        """Hash every record."""
        with self._looking() as connection:
            return _state(connection)

    def is_empty(self) -> bool:
        """Say whether the schema has no table."""
        with self._looking() as connection:
            return connection.execute(_TABLES).fetchone() is None

    def clear(self) -> None:
        """Drop all that is in the schema; its owner may, and nobody may be at work in it."""
        with self._connected() as connection:
            connection.execute("SET lock_timeout = '10s'")
            try:
                connection.execute("DROP SCHEMA public CASCADE")
            except psycopg.errors.LockNotAvailable:
                raise BackupFailed("还有程序在使用数据库，请先停止各项服务。") from None
            connection.execute("CREATE SCHEMA public")

    def load(self, dump: Path) -> None:
        """Fill the schema by pg_restore; the first error ends it."""
        options = ["--exit-on-error", "--no-owner", "--no-privileges", "--jobs=2"]
        loading = self._started("pg_restore", *options, str(dump), naming="--dbname")
        told = loading.communicate()[1]
        if loading.returncode:
            raise BackupFailed(f"pg_restore 没有完成：{_last_line(told)}")
        with self._connected() as connection:
            connection.autocommit = True
            connection.execute("ANALYZE")

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        try:
            with psycopg.connect(**self._parameters) as connection:
                yield connection
        except psycopg.Error as error:
            why = (str(error).splitlines() or ["没有说明原因"])[0]
            raise BackupFailed(f"数据库不能使用：{why}") from error

    @contextmanager
    def _looking(self) -> Iterator[psycopg.Connection]:
        with self._connected() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            for setting in _STEADY:
                connection.execute(setting)
            yield connection

    def _started(
        self, program: str, *options: str, naming: str = "--dbname"
    ) -> subprocess.Popen[str]:
        """Start one of PostgreSQL's programs; the password goes by the environment."""
        told = {name: value for name, value in self._parameters.items() if name != "password"}
        target = " ".join(f"{name}='{_quoted(value)}'" for name, value in told.items())
        environment = dict(os.environ)
        if password := self._parameters.get("password"):
            environment["PGPASSWORD"] = password
        return subprocess.Popen(  # noqa: S603 -- no shell, and a program of the system
            [_program(program), *options, f"{naming}={target}"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )


def _state(connection: psycopg.Connection) -> State:
    names = [name for (name,) in connection.execute(_TABLES)]
    version = connection.info.server_version
    migrations = connection.execute(
        "SELECT app || '.' || name FROM django_migrations "
        "ORDER BY (app || '.' || name) COLLATE \"C\""
    )
    chains = connection.execute(
        'SELECT key, length, head FROM audit_chain ORDER BY key COLLATE "C"'
    )
    return State(
        server=f"PostgreSQL {version // 10000}.{version % 10000}",
        tables={name: blocks_of(_rows(connection, name)) for name in names},
        migrations=tuple(name for (name,) in migrations),
        chains={key: (length, head) for key, length, head in chains},
    )


def _rows(connection: psycopg.Connection, table: str) -> Iterator[tuple[str, bytes]]:
    """Yield the key and the digest of each row of a table."""
    keys = [name for (name,) in connection.execute(_KEYS, [f'public."{table}"'])]
    order = sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(name)) for name in keys)
    if not keys:
        order = sql.SQL("t::text")
    statement = sql.SQL(
        "SELECT {}::text, sha256(convert_to(t::text, 'UTF8')) FROM {} t ORDER BY {}"
    ).format(
        sql.SQL("t.{}").format(sql.Identifier(keys[0])) if keys else sql.SQL("''"),
        sql.Identifier("public", table),
        order,
    )
    with connection.cursor(
        name=f"rows_{hashlib.sha1(table.encode(), usedforsecurity=False).hexdigest()}"
    ) as cursor:
        cursor.itersize = 5000
        for key, digest in cursor.execute(statement):
            yield key, bytes(digest)


def _program(name: str) -> str:
    if found := shutil.which(name):
        return found
    newest = sorted(Path(_PROGRAMS).glob(f"*/bin/{name}"), key=lambda it: float(it.parts[-3]))
    if not newest:
        raise BackupFailed(f"没有找到 {name}，请安装 postgresql-client。")
    return str(newest[-1])


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["没有说明原因"])[-1]
