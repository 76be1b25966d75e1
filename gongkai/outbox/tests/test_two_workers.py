"""Several workers and writers at once, on PostgreSQL, where rows are locked one by one.

SQLite lets one writer in at a time by itself; the claim's condition is tested there.
"""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from gongkai import outbox
from gongkai.audit import SYSTEM
from gongkai.audit.actions import anchor, record
from gongkai.audit.models import Anchor, Event
from gongkai.audit.queries import verify
from gongkai.outbox.actions import claim, put, run_due
from gongkai.outbox.models import Job, JobState

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="an in-memory SQLite has one connection"
    ),
]
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PATIENCE = 30


def together(*works: Callable[[], None]) -> None:
    """Run `works` in threads of their own, wait for all, pass on what they raise."""
    errors: list[Exception] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # handed to the test's own thread below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    if errors:
        raise errors[0]


def write(chain: str, number: int) -> None:
    with transaction.atomic():
        record("x.y", f"x:{number}", chain=chain, by=SYSTEM, at=NOON)


def test_two_workers_never_do_the_same_job(monkeypatch) -> None:
    done: list[int] = []
    monkeypatch.setitem(
        outbox.handlers, "test.count", lambda payload, at: done.append(payload["number"])
    )
    for number in range(60):
        put("test.count", {"number": number}, at=NOON)
    together(*[lambda: run_due(at=NOON)] * 4)
    assert sorted(done) == list(range(60))
    assert Job.objects.filter(state=JobState.DONE, attempts=1).count() == 60


def test_a_locked_job_is_passed_over() -> None:
    first = put("test.a", {}, at=NOON)
    second = put("test.a", {}, at=NOON)
    taken: list[int] = []

    def other() -> None:
        job = claim(at=NOON)
        assert job is not None
        taken.append(job.pk)

    with transaction.atomic():
        Job.objects.select_for_update().get(pk=first.pk)
        together(other)
    assert taken == [second.pk]


def test_the_same_work_put_by_many_waits_once() -> None:
    together(*[lambda: put("test.a", {}, at=NOON, dedupe_key="k") and None] * 8)
    assert Job.objects.count() == 1


def test_writers_of_one_chain_follow_each_other() -> None:
    def writer() -> None:
        for number in range(20):
            write("czj", number)

    together(*[writer] * 4)
    sequences = Event.objects.filter(chain="czj").values_list("sequence", flat=True)
    assert sorted(sequences) == list(range(1, 81))
    assert not verify().faults


def test_writers_of_two_chains_do_not_wait_for_each_other() -> None:
    written = threading.Event()
    write("czj", 0)
    write("slj", 0)

    def other() -> None:
        write("slj", 1)
        written.set()

    with transaction.atomic():
        record("x.y", "x:1", chain="czj", by=SYSTEM, at=NOON)
        thread = threading.Thread(target=lambda: together(other))
        thread.start()
        assert written.wait(PATIENCE), "the writer of another chain had to wait"
    thread.join(PATIENCE)


def test_an_anchor_does_not_wait_for_a_writer() -> None:

    write("czj", 0)
    with transaction.atomic():
        record("x.y", "x:1", chain="czj", by=SYSTEM, at=NOON)
        together(lambda: anchor(date(2026, 3, 1), at=NOON) and None)
        heads = Anchor.objects.get().heads
    assert heads["czj"][0] == 1
    assert not verify().faults
