"""The drill with 100,000 documents and as many files: kept, read back, restored, the same again.

From an empty machine to one whose records, files and heads of the log all equal the original's,
search index built: at most ten minutes (issue 8, section 3).
"""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

os.environ["GONGKAI_BENCH_SEARCH"] = "tantivy"

import django

django.setup()

from django.conf import settings  # noqa: E402 -- after Django is set up
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import publishing  # noqa: E402
from benchmarks.emptying import empty_database  # noqa: E402
from benchmarks.measuring import Measured, hand_over  # noqa: E402
from gongkai.adapters import searchfeeds  # noqa: E402
from gongkai.adapters.backups.databases import Database, database_of  # noqa: E402
from gongkai.adapters.backups.folder import FolderStore  # noqa: E402
from gongkai.desk.operating.backing_up import back_up, roots_here  # noqa: E402
from gongkai.desk.operating.restoring import restore  # noqa: E402

KEY = bytes(range(32))
BYTES = 5000  # of a file
BAR = 600


def timed(work: Callable[[], object]) -> float:
    """Return the wall seconds of one run: a drill is not repeated to warm up."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def fill_folders(place: Path) -> None:
    """Give each document a file, as `files` lays them out; folders of this run alone."""
    for name in ("MEDIA_ROOT", "GONGKAI_RELEASED_DIR", "GONGKAI_LETTER_DIR", "GONGKAI_FONT_DIR"):
        setattr(settings, name, place / name.lower())
    settings.GONGKAI_WORDING_DIR = place / "wording"
    settings.GONGKAI_ANCHOR_DIR = ""
    settings.GONGKAI_FILE_DIR = place / "files"
    settings.GONGKAI_BACKUP_DIR = place / "backups"
    chance = random.Random(8)
    for _ in range(publishing.DOCUMENTS):
        name = UUID(bytes=chance.randbytes(16)).hex
        folder = place / "files" / name[:2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(chance.randbytes(BYTES))


def empty_one(place: Path) -> Database:
    """Return a database with nothing in it."""
    told = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        return database_of({**told, "NAME": place / "restored.sqlite3"})
    with connection._nodb_cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS gongkai_drill WITH (FORCE)")
        cursor.execute("CREATE DATABASE gongkai_drill")
    return database_of({**told, "NAME": "gongkai_drill"})


def drill() -> list[Measured]:
    """Keep, restore, compare; raise when one record, file or head differs."""
    place = Path(os.environ["GONGKAI_BENCH_DIR"]) / f"drill-{connection.vendor}"
    fill_folders(place)
    store = FolderStore(place / "target", KEY)
    made = back_up(store, at=timezone.now())
    faults: list[str] = []
    reading = timed(lambda: faults.extend(store.faults(made.manifest)))
    roots = {name: place / "restored" / name for name in roots_here()}
    done = restore(store, database=empty_one(place), roots=roots)
    if faults or done.faults:
        raise RuntimeError(f"the drill found a difference: {(*faults, *done.faults)[:5]}")
    building = timed(
        lambda: [
            searchfeeds.rebuild(feed, at=timezone.now()) for feed in searchfeeds.feeds.values()
        ]
    )
    again = back_up(store, at=timezone.now())
    told = f"{made.manifest.state.records:,} records, {made.manifest.files:,} files"
    where = connection.vendor
    return [
        Measured(f"restore and compare {told}", where, done.seconds, BAR, "s"),
        Measured("the same with the search index", where, done.seconds + building, BAR, "s"),
        Measured("back up", where, made.seconds, BAR, "s"),
        Measured("read the backup back", where, reading, BAR, "s"),
        Measured("back up again, little new", where, again.seconds, BAR, "s"),
    ]


if __name__ == "__main__":
    empty_database()
    publishing.fill(publishing.county())
    hand_over(drill())
