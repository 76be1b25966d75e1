"""Run every benchmark in a process of its own and print one table; exit 1 when a bar is missed."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import Measured, machine, row, table

RUNS = (
    ("benchmarks.footing", "sqlite"),
    ("benchmarks.reading", "sqlite"),
    ("benchmarks.checking", "sqlite"),
    ("benchmarks.wording", "sqlite"),
    ("benchmarks.counting", "sqlite"),
    ("benchmarks.counting", "postgresql"),
    ("benchmarks.procedure", "sqlite"),
    ("benchmarks.procedure", "postgresql"),
    ("benchmarks.submitting", "postgresql"),
    ("benchmarks.publishing", "sqlite"),
    ("benchmarks.publishing", "postgresql"),
    ("benchmarks.takingover", "sqlite"),
    ("benchmarks.sitefiles", "postgresql"),
    ("benchmarks.serving", "postgresql"),
    ("benchmarks.searching", "postgresql"),
    ("benchmarks.searchquality", "sqlite"),
    ("benchmarks.ledger", "sqlite"),
    ("benchmarks.ledger", "postgresql"),
    ("benchmarks.hotline", "sqlite"),
    ("benchmarks.hotline", "postgresql"),
    ("benchmarks.inspecting", "sqlite"),
    ("benchmarks.leaks", "sqlite"),
    ("benchmarks.drill", "sqlite"),
    ("benchmarks.drill", "postgresql"),
)


def _run(module: str, database: str, place: str) -> tuple[list[Measured], bool]:
    """Return what a module has measured, and whether it came to its end.

    Each has a folder of its own, which stays until all are done: a file system that has just lost
    100,000 files is slow. The two of search share the index that the first of them builds.
    """
    own = Path(place) / f"{module}-{database}"
    own.mkdir()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "GONGKAI_TEST_DATABASE": database,
        "GONGKAI_BENCH_DIR": str(own),
        "GONGKAI_BENCH_INDEX": place,
    }
    _tell(f"{module} ({database}) …")
    begun = time.monotonic()
    done = subprocess.run(  # noqa: S603 -- our own modules, no outside words
        [sys.executable, "-m", module], env=environment, capture_output=True, text=True
    )
    lines = done.stdout.splitlines()
    found = [Measured(**json.loads(line)) for line in lines if line.startswith("{")]
    for line in lines:  # servers that a module runs may say something, too
        if not line.startswith("{"):
            _tell(line)
    _tell("\n".join([*map(row, found), f"{time.monotonic() - begun:.0f} s"]))
    if done.returncode:
        _tell(f"{done.stderr[-2000:]}{module} ({database}) broke off")
    return found, not done.returncode


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main() -> int:
    """Measure all; return the exit status: 1 where a bar is missed or a module broke off."""
    only = set(sys.argv[1:])
    found: list[Measured] = []
    whole = True
    with tempfile.TemporaryDirectory() as place:
        for module, database in RUNS:
            if not only or module.removeprefix("benchmarks.") in only:
                rows, ended = _run(module, database, place)
                found += rows
                whole &= ended
    print(f"{table(found)}\n\nMeasured on {machine()}.")
    return 0 if whole and all(each.holds for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
