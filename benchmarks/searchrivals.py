"""What people would search with instead, each with its best settings, over words cut by rjieba.

PostgreSQL with GIN and ts_rank, SQLite with FTS5 and bm25, Sphinx where it is installed. Each
is filled with the same texts and asked for the first ten of a word, the best first.
"""

import os
import shutil
import socket
import sqlite3
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import rjieba

from benchmarks import searchcorpus
from gongkai.text.segmentation import fold

Ask = Callable[[str], int]


def segmented(number: int) -> str:
    """Return a text's words with blanks between."""
    record = searchcorpus.record(number)
    parts = (record.title, record.number, record.organ, *record.names, record.body,
             *(each.text for each in record.passages))  # fmt: skip
    return " ".join(word for word in rjieba.cut(fold("\n".join(parts)), False) if word.strip())


@contextmanager
def sqlite(texts: list[str], place: Path) -> Iterator[Ask]:
    """FTS5, merged into one segment, its pages in memory."""
    with closing(sqlite3.connect(place / "rival.sqlite3")) as base:
        base.execute("PRAGMA journal_mode=OFF")
        base.execute("PRAGMA cache_size=-1000000")
        base.execute("PRAGMA mmap_size=8000000000")
        base.execute("CREATE VIRTUAL TABLE docs USING fts5(text, content='')")
        base.executemany("INSERT INTO docs(rowid, text) VALUES (?, ?)", enumerate(texts, 1))
        base.execute("INSERT INTO docs(docs) VALUES ('optimize')")
        base.commit()

        def ask(word: str) -> int:
            quoted = f'"{word}"'
            return len(
                base.execute(
                    "SELECT rowid FROM docs WHERE docs MATCH ? ORDER BY rank LIMIT 10", [quoted]
                ).fetchall()
            )

        yield ask


@contextmanager
def postgresql(texts: list[str], place: Path) -> Iterator[Ask]:
    """GIN over a stored tsvector, analysed and vacuumed, all in shared buffers."""
    with psycopg.connect(dbname="gongkai", autocommit=True) as base:
        base.execute("SET jit = off")
        base.execute("SET work_mem = '512MB'")
        base.execute("SET maintenance_work_mem = '1GB'")
        base.execute("DROP SCHEMA IF EXISTS rivals CASCADE")
        base.execute("CREATE SCHEMA rivals")
        base.execute("CREATE TABLE rivals.docs (id bigint PRIMARY KEY, words tsvector)")
        with base.cursor().copy("COPY rivals.docs FROM STDIN") as copy:
            for number, text in enumerate(texts):
                copy.write_row((number, _tsvector(text)))
        base.execute("CREATE INDEX ON rivals.docs USING gin (words) WITH (fastupdate = off)")
        base.execute("VACUUM ANALYZE rivals.docs")

        def ask(word: str) -> int:
            return len(
                base.execute(
                    "SELECT id FROM rivals.docs, plainto_tsquery('simple', %s) AS asked "
                    "WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC LIMIT 10",
                    [word],
                ).fetchall()
            )

        yield ask
        base.execute("DROP SCHEMA rivals CASCADE")


def _tsvector(text: str) -> str:
    """Return words with their places as PostgreSQL reads them: its parser is left out."""
    at: dict[str, list[str]] = {}
    for place, word in enumerate(text.split(), 1):
        places = at.setdefault(word.replace("\\", "\\\\").replace("'", "''"), [])
        if place < 16_000 and len(places) < 255:
            places.append(str(place))
    return " ".join(f"'{word}':{','.join(places)}" for word, places in at.items() if places)


@contextmanager
def sphinx(texts: list[str], place: Path) -> Iterator[Ask]:
    """Sphinx with BM25, asked over its own protocol on a kept connection.

    It is asked for the marked extracts of its ten as well, as a page of hits needs them; their
    texts lie in memory, where an application would fetch them first.
    """
    folder = place / "sphinx"
    folder.mkdir()
    (folder / "texts.tsv").write_text(
        "".join(f"{number}\t{text}\n" for number, text in enumerate(texts, 1))
    )
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    settings = folder / "sphinx.conf"
    settings.write_text(_SPHINX.format(folder=folder, port=port))
    tool = {"check": True, "capture_output": True}
    subprocess.run(["indexer", "--config", settings, "--all"], **tool)  # noqa: S603, S607
    server = subprocess.Popen(  # noqa: S603
        ["searchd", "--config", settings, "--nodetach"],  # noqa: S607
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with closing(_connected(port)) as line:

            def ask(word: str) -> int:
                found = _asked(line, word)
                wanted = [texts[number - 1] for number in found]
                return _extracts(line, word, wanted) if wanted else 0

            yield ask
    finally:
        server.terminate()
        server.wait(20)


_SPHINX = """
source texts
{{
  type = tsvpipe
  tsvpipe_command = cat {folder}/texts.tsv
  tsvpipe_field = text
}}
index texts
{{
  source = texts
  path = {folder}/texts
  charset_table = 0..9, a..z, U+3007, U+4E00..U+9FFF
}}
indexer
{{
  mem_limit = 512M
}}
searchd
{{
  listen = 127.0.0.1:{port}
  log = {folder}/log
  pid_file = {folder}/pid
  binlog_path =
  workers = threads
  read_timeout = 600
  client_timeout = 3600
}}
"""


def _connected(port: int) -> socket.socket:
    for _ in range(200):
        try:
            line = socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            time.sleep(0.05)
            continue
        line.recv(4, socket.MSG_WAITALL)
        line.sendall(struct.pack(">L", 1))
        line.sendall(struct.pack(">HHLL", 4, 0, 4, 1))  # keep the connection
        return line
    raise OSError("searchd did not come up")


def _text(text: str) -> bytes:
    plain = text.encode()
    return struct.pack(">L", len(plain)) + plain


def _asked(line: socket.socket, word: str) -> list[int]:
    """Ask as the server's own client does (search command 0x119); return the ids, best first."""
    extended2, bm25, relevance, attribute_group = 6, 1, 0, 4
    body = b"".join((
        struct.pack(">LLLL", 0, 10, extended2, bm25), struct.pack(">L", relevance), _text(""),
        _text(word), struct.pack(">L", 0), _text("texts"),
        struct.pack(">LQQ", 1, 0, 0), struct.pack(">L", 0),
        struct.pack(">L", attribute_group), _text(""), struct.pack(">L", 1000),
        _text("@group desc"), struct.pack(">LLL", 0, 0, 0), _text(""),
        struct.pack(">L", 0), struct.pack(">L", 0), struct.pack(">L", 0), struct.pack(">L", 0),
        _text(""), struct.pack(">L", 0), _text("*"),
    ))  # fmt: skip
    answer = _answer(line, 0, 0x119, struct.pack(">LL", 0, 1) + body)
    at, (query_status, fields) = 8, struct.unpack(">LL", answer[:8])
    assert query_status == 0, answer
    for _ in range(fields):
        at += 4 + struct.unpack(">L", answer[at : at + 4])[0]
    attributes = struct.unpack(">L", answer[at : at + 4])[0]
    assert attributes == 0
    matches, wide = struct.unpack(">LL", answer[at + 4 : at + 12])
    row = struct.Struct(">QL" if wide else ">LL")
    rows = answer[at + 12 : at + 12 + matches * row.size]
    return [number for number, _ in row.iter_unpack(rows)]


def _extracts(line: socket.socket, word: str, texts: list[str]) -> int:
    """Ask for the extracts of texts (excerpt command 0x104); return how many came."""
    around = b"".join(map(_text, ("texts", word, "<mark>", "</mark>", "…")))
    body = b"".join((
        struct.pack(">LL", 0, 1), around, struct.pack(">LL", 120, 10), struct.pack(">LLL", 1, 0, 1),
        _text("index"), _text(""), struct.pack(">L", len(texts)), *map(_text, texts),
    ))  # fmt: skip
    answer = _answer(line, 1, 0x104, body)
    assert answer.count(b"<mark>") >= len(texts), answer
    return len(texts)


def _answer(line: socket.socket, command: int, version: int, body: bytes) -> bytes:
    line.sendall(struct.pack(">HHL", command, version, len(body)) + body)
    status, _, length = struct.unpack(">HHL", line.recv(8, socket.MSG_WAITALL))
    answer = line.recv(length, socket.MSG_WAITALL)
    assert status == 0, answer
    return answer


def there() -> Iterator[tuple[str, float, Callable[..., object]]]:
    """Yield the rivals that can run here: name, how many times slower they are to be."""
    if os.environ.get("PGHOST"):
        yield "PostgreSQL GIN with ts_rank", 100, postgresql
    yield "SQLite FTS5 with bm25", 30, sqlite
    if shutil.which("searchd") and shutil.which("indexer"):
        yield "Sphinx with BM25 and extracts", 2, sphinx
