"""The index on this machine's disk, by tantivy: read in every process, written by one at a time."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy

from gongkai.adapters.searchindex.documents import Document, document
from gongkai.adapters.searchindex.tantivy_queries import SCHEMA, facet_field, together
from gongkai.adapters.searchindex.tantivy_reading import Reading
from gongkai.adapters.searchindex.tantivy_store import BROKEN, Stamp, Store, failures
from gongkai.adapters.searchindex.types import Found, IndexFailed, Query, Record

CHANGE_BYTES = 32_000_000
REBUILD_BYTES = 256_000_000


class TantivyIndex:
    """An index in a folder; opened when it is first read, and anew when it has changed.

    `patience` is for how many seconds a change waits for another one to be done.
    """

    def __init__(self, folder: Path, patience: float = 2.0) -> None:
        self._store = Store(Path(folder), SCHEMA, patience)
        self._lock = threading.Lock()
        self._index: tantivy.Index | None = None
        self._now: Reading | None = None

    def search(self, query: Query) -> Found:
        """Return the page of hits; see `types.Index`."""
        reading = self._fresh()
        with failures():
            return reading.search(query)

    def suggest(self, typed: str, *, scopes: tuple[str, ...], limit: int = 8) -> tuple[str, ...]:
        """Return titles and names that go on from what was typed; see `types.Index`."""
        reading = self._fresh()
        with failures():
            return reading.suggest(typed, scopes=scopes, limit=limit)

    def change(self, *, put: Iterable[Record] = (), take: Iterable[str] = ()) -> None:
        """Put and take records at once; see `types.Index`."""
        with self._store.writing() as index, _writer(index, CHANGE_BYTES) as writer:
            for key in take:
                with failures():
                    writer.delete_documents_by_term("key", key)
            for record in put:
                made = _kept(document(record))
                with failures():
                    writer.delete_documents_by_term("key", record.key)
                    writer.add_document(made)

    def rebuild(self, records: Iterable[Record]) -> int:
        """Make the index anew while the old one serves; see `types.Index`."""
        number = 0
        with self._store.rebuilding() as (name, index):
            with _writer(index, REBUILD_BYTES) as writer:
                for record in records:
                    made = _kept(document(record))
                    with failures():
                        writer.add_document(made)
                    number += 1
            self._store.serve(name)
        return number

    def keys(self) -> Iterable[str]:
        """Return the key of every record; see `types.Index`."""
        searcher = self._fresh().searcher
        with failures():
            found = searcher.terms_with_prefix("key", "", tantivy.Query.all_query())
        return [key for key, _ in found]

    def _fresh(self) -> Reading:
        """Return the present state of the disk."""
        for attempt in range(3):
            stamp = self._store.stamp()
            now = self._now
            if now is not None and now.stamp == stamp:
                return now
            try:
                return self._read(stamp)
            except IndexFailed:
                if attempt == 2 or self._store.stamp() == stamp:
                    raise
        raise IndexFailed(BROKEN.format("current"))

    def _read(self, stamp: Stamp) -> Reading:
        with self._lock, failures():
            now = self._now
            if self._index is None or now is None or now.stamp.directory != stamp.directory:
                self._index = self._store.open(stamp.directory)
            self._index.reload()
            self._now = Reading(stamp, self._index.searcher())
            return self._now


@contextmanager
def _writer(index: tantivy.Index, size: int) -> Iterator[tantivy.IndexWriter]:
    """Yield a writer; commit and merge when the block ends well, else leave all as it was."""
    with failures():
        writer = index.writer(size, 1)
    try:
        yield writer
        with failures():
            writer.commit()
    except BaseException:
        with suppress(IndexFailed), failures():
            writer.rollback()
        raise
    finally:
        with failures():
            writer.wait_merging_threads()  # gives the library's own lock back as well


def _kept(made: Document) -> tantivy.Document:
    kept = tantivy.Document()
    kept.add_text("key", made.key)
    kept.add_text("scope", made.scope)
    kept.add_text("syllables", made.syllables)
    kept.add_text("initials", made.initials)
    if made.exact_number:
        kept.add_text("number_exact", made.exact_number)
    for name, text in made.searched.items():
        if text:
            kept.add_text(name, text)
    for facet, values in made.facets.items():
        for value in values:
            kept.add_text(facet_field(facet), value)
    for name, joined in together(made.facets).items():
        kept.add_text(name, joined)
    kept.add_unsigned("published", made.published)
    kept.add_bytes("shown", made.shown.encode("utf-8", "replace"))
    kept.add_bytes("shown_body", made.body.encode("utf-8", "replace"))
    for each in made.files:
        kept.add_bytes("shown_files", each.encode("utf-8", "replace"))
    return kept
