"""A process killed between any two statements loses nothing it acknowledged (issue 3, 6).

PostgreSQL only: a child process dies by SIGKILL before each statement and around each commit
of submit, answer and issue. Afterwards an acknowledged request is there whole, a number was
never given twice nor skipped, and a letter exists with its file or not at all.
"""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.killing.scenes import SCENES

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="SQLite in memory dies with its process"
    ),
]


# A landing kills half of the verbs: they share the ways in which one can be cut short.
_VERBS = sorted(SCENES)[:: 2 if os.environ.get("GONGKAI_EXAMPLES") == "landing" else 1]


@pytest.mark.parametrize("verb", _VERBS)
def test_whatever_the_moment_of_death_nothing_is_half_done(verb):
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing.victim", verb],
        env=os.environ
        | {
            "PGDATABASE": connection.settings_dict["NAME"],
            "PYTHONPATH": os.getcwd(),
        },
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    points = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each for each in points if each["faults"]] == []
    *deaths, last, _ = points
    assert len(deaths) > 8
    assert last["acknowledged"]
    assert not any(each["acknowledged"] for each in deaths)
