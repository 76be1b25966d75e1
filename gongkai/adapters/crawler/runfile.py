"""A run's file: what was seen, what is to come, what was found. A killed run goes on from it."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS frontier (
    id INTEGER PRIMARY KEY, mark INTEGER NOT NULL UNIQUE, address TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, depth INTEGER NOT NULL, streak INTEGER NOT NULL,
    found_on TEXT NOT NULL, words TEXT NOT NULL, dated TEXT NOT NULL, kind TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS waiting ON frontier (state, depth, id);
CREATE TABLE IF NOT EXISTS templates (mark INTEGER PRIMARY KEY, count INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS facts (
    kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS sizes (mark INTEGER PRIMARY KEY, size INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS parts (
    page TEXT NOT NULL, part INTEGER NOT NULL, PRIMARY KEY (page, part)) WITHOUT ROWID;
"""
_QUEUED, _TAKEN, _DONE = 0, 1, 2


class NotARun(ValueError):
    """The file is no run of ours, or one of another site."""


@dataclass(frozen=True, slots=True)
class Todo:
    """An address to ask: where it was found, by which words, listed with which day."""

    number: int
    address: str
    depth: int
    streak: int
    found_on: str
    words: str
    dated: str
    kind: str


def mark_of(address: str) -> int:
    """Return 8 bytes that stand for an address."""
    digest = hashlib.blake2b(address.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


class RunFile:
    """One run's file; ":memory:" keeps it nowhere. One thread writes."""

    def __init__(self, path: Path | str, site: str) -> None:
        """Open or begin a run of a site.

        Raises:
            NotARun: the file holds something else.
        """
        try:
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = OFF")  # a killed process loses nothing
            self._db.executescript(_SCHEMA)
            self._db.execute("UPDATE frontier SET state = 0 WHERE state = 1")
        except sqlite3.DatabaseError as error:
            raise NotARun("续查文件不是检查记录，请核对路径。") from error
        known = self.get("site")
        if known is not None and known != site:
            raise NotARun(f"续查文件属于另一个网站（{known}），请换一个文件名。")
        self.set("site", site)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def begin(self) -> None:
        """Begin what is kept as a whole."""
        self._db.execute("BEGIN")

    def commit(self) -> None:
        """Keep what was written since `begin`."""
        self._db.execute("COMMIT")

    def get(self, key: str) -> str | None:
        """Return a word of the run."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set(self, key: str, value: str) -> None:
        """Keep a word of the run."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def add(self, todo: Todo) -> bool:
        """Put an address in the queue; false where it was seen before."""
        done = self._db.execute(
            "INSERT OR IGNORE INTO frontier"
            " (mark, address, depth, streak, found_on, words, dated, kind)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (mark_of(todo.address), todo.address, todo.depth, todo.streak, todo.found_on,
             todo.words[:200], todo.dated, todo.kind),
        )  # fmt: skip
        if not done.rowcount and todo.dated:
            self._db.execute(
                "UPDATE frontier SET dated = ? WHERE mark = ? AND dated = ''",
                (todo.dated, mark_of(todo.address)),
            )
        return bool(done.rowcount)

    def seen(self, address: str) -> bool:
        """Say whether an address was ever put in the queue."""
        found = self._db.execute("SELECT 1 FROM frontier WHERE mark = ?", (mark_of(address),))
        return found.fetchone() is not None

    def take(self, most: int) -> list[Todo]:
        """Return the next addresses, the nearest to the first page first."""
        rows = self._db.execute(
            "SELECT id, address, depth, streak, found_on, words, dated, kind FROM frontier"
            " WHERE state = 0 ORDER BY depth, id LIMIT ?",
            (most,),
        ).fetchall()
        self._db.executemany(
            "UPDATE frontier SET state = 1 WHERE id = ?", [(row[0],) for row in rows]
        )
        return [Todo(*row) for row in rows]

    def done(self, todo: Todo) -> None:
        """Tell that an address needs no more."""
        self._db.execute("UPDATE frontier SET state = 2 WHERE id = ?", (todo.number,))

    def finished(self, address: str) -> bool:
        """Mark an address as done that came by another way; false where it was known."""
        done = self._db.execute(
            "INSERT OR IGNORE INTO frontier"
            " (mark, address, state, depth, streak, found_on, words, dated, kind)"
            " VALUES (?, ?, 2, 0, 0, '', '', '', 'page')",
            (mark_of(address), address),
        )
        return bool(done.rowcount)

    def counts(self) -> tuple[int, int]:
        """Return how many addresses are done, and how many wait."""
        rows = dict(self._db.execute("SELECT state, count(*) FROM frontier GROUP BY state"))
        return rows.get(_DONE, 0), rows.get(_QUEUED, 0) + rows.get(_TAKEN, 0)

    def of_template(self, template: str) -> int:
        """Count one more address of a template and return how many there are."""
        mark = mark_of(template)
        self._db.execute(
            "INSERT INTO templates VALUES (?, 1)"
            " ON CONFLICT (mark) DO UPDATE SET count = count + 1",
            (mark,),
        )
        row = self._db.execute("SELECT count FROM templates WHERE mark = ?", (mark,)).fetchone()
        return int(row[0])

    def put(self, kind: str, key: str, value: Any) -> None:
        """Keep a fact; the same key again is the same fact."""
        self._db.execute(
            "INSERT OR REPLACE INTO facts VALUES (?, ?, ?)",
            (kind, key, json.dumps(value, ensure_ascii=False, default=str)),
        )

    def fact(self, kind: str, key: str) -> Any:
        """Return a fact, None where there is none."""
        row = self._db.execute(
            "SELECT value FROM facts WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        return json.loads(row[0]) if row else None

    def facts(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Yield the facts of a kind, by their keys."""
        rows = self._db.execute(
            "SELECT key, value FROM facts WHERE kind = ? ORDER BY rowid", (kind,)
        )
        for key, value in rows:
            yield key, json.loads(value)

    def weigh(self, address: str, size: int) -> None:
        """Keep what one thing weighs."""
        self._db.execute("INSERT OR REPLACE INTO sizes VALUES (?, ?)", (mark_of(address), size))

    def consist(self, page: str, parts: Iterable[str]) -> None:
        """Keep of what a page consists, itself included."""
        self._db.executemany(
            "INSERT OR IGNORE INTO parts VALUES (?, ?)",
            [(page, mark_of(part)) for part in {page, *parts}],
        )

    def heavier(self, bytes_: int) -> list[tuple[str, int]]:
        """Return the pages that weigh more, with their weight."""
        return self._db.execute(
            "SELECT page, sum(size) FROM parts JOIN sizes ON mark = part"
            " GROUP BY page HAVING sum(size) > ? ORDER BY page",
            (bytes_,),
        ).fetchall()
