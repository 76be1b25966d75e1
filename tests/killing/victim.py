"""Does one verb again and again, each time killed one point later, and looks at what is left.

Run as `python -m tests.killing.victim VERB` with PGDATABASE set to a migrated database. For
each point a case is prepared, a child is forked, does the verb and is killed there, and what
it acknowledged is looked for. What is half done stays half done, so all records and letter
files are judged once, at the end. One JSON line a point, and one for the end.
"""

import json
import os
import sys

import django

django.setup()

from django.db import connections  # noqa: E402 -- after Django is set up

from tests.killing import scenes  # noqa: E402
from tests.killing.points import burning  # noqa: E402

MOST_POINTS = 400


def die_at(point: int, scene: "scenes.Scene") -> str:
    """Fork a child that does the verb and dies at `point`; return what it acknowledged, or ""."""
    prepared = scene.prepare()
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            with burning(point):
                said = scene.work(prepared)
            os.write(writing, f"done {said}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        acknowledged = pipe.read()
    os.waitpid(child, 0)
    return acknowledged.removeprefix("done ") if acknowledged else ""


def tell(point: int | None, acknowledged: str, faults: list[str]) -> None:
    """Write one line."""
    line = {"point": point, "acknowledged": acknowledged, "faults": faults}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Die at every point in turn until the verb gets through."""
    scene = scenes.SCENES[sys.argv[1]]
    for point in range(1, MOST_POINTS):
        acknowledged = die_at(point, scene)
        tell(point, acknowledged, scenes.lost(acknowledged))
        if acknowledged:
            tell(None, "", scenes.faults())
            return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
