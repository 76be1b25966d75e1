"""The index that the benchmarks of search share: built once a run, and how fast."""

import os
import time
from pathlib import Path

from benchmarks import searchcorpus
from benchmarks.measuring import Measured
from gongkai.adapters.searchindex.tantivy_index import TantivyIndex

TIMES = 10 if os.environ.get("SCALE") == "1m" else 1
DOCUMENTS = int(os.environ.get("GONGKAI_BENCH_DOCUMENTS", "100000")) * TIMES
WHERE = f"{DOCUMENTS:,} texts"


def folder() -> Path:
    """Return where the index lies."""
    place = os.environ.get("GONGKAI_BENCH_INDEX") or os.environ["GONGKAI_BENCH_DIR"]
    return Path(place) / f"search-{DOCUMENTS}"


def built() -> tuple[TantivyIndex, list[Measured]]:
    """Return the index, and what building it took when it was not there yet."""
    index = TantivyIndex(folder())
    if folder().exists():
        return index, []
    start = time.process_time()
    for number in range(0, DOCUMENTS, 50):
        searchcorpus.record(number)
    making = (time.process_time() - start) * DOCUMENTS / len(range(0, DOCUMENTS, 50))
    start = time.process_time()
    index.rebuild(map(searchcorpus.record, range(DOCUMENTS)))
    spent = time.process_time() - start - making
    size = sum(each.stat().st_size for each in folder().rglob("*") if each.is_file())
    return index, [
        Measured(
            "index built, merged", WHERE, DOCUMENTS / spent, 800, "texts a CPU s", at_most=False
        ),
        Measured("index on disk", WHERE, size / DOCUMENTS, 6000, "bytes a text"),
    ]
