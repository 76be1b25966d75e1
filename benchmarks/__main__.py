"""Run every benchmark in a process of its own and print one table; exit 1 when a bar is missed."""

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.measuring import Measured, table

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


def _run(module: str, database: str, place: str) -> list[Measured]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "GONGKAI_TEST_DATABASE": database,
        "GONGKAI_BENCH_DIR": place,
    }
    sys.stderr.write(f"{module} ({database}) …\n")
    done = subprocess.run(  # noqa: S603 -- our own modules, no outside words
        [sys.executable, "-m", module], env=environment, check=True, capture_output=True, text=True
    )
    return [Measured(**json.loads(line)) for line in done.stdout.splitlines()]


def main() -> int:
    """Measure all; return the exit status."""
    only = set(sys.argv[1:])
    found: list[Measured] = []
    with tempfile.TemporaryDirectory() as place:
        for module, database in RUNS:
            if not only or module.removeprefix("benchmarks.") in only:
                found += _run(module, database, place)
    print(table(found))
    return 0 if all(each.holds for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
