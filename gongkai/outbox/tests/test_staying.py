"""`gongkai tick --stay`: jobs as they come, the one in hand finished, an outage waited for."""

import os
import signal

import pytest
from django.db import DatabaseError

from gongkai.outbox import Lane
from gongkai.outbox.management.commands import tick


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """Let the tests end what they start: nothing sleeps, signals are as before afterwards."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    monkeypatch.setattr(tick.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(tick.connections, "close_all", lambda: None)
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def staying(monkeypatch, *answers):
    """Return what was asked of the queue: each answer in turn, then SIGTERM."""
    asked, left = [], list(answers)

    def run_next(*, at, lane):
        assert lane is Lane.QUICK
        asked.append(at)
        if not left:
            os.kill(os.getpid(), signal.SIGTERM)
            return None
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(tick, "run_next", run_next)
    tick._Staying().run()
    return asked


def test_it_does_jobs_until_it_is_told_to_stop(monkeypatch):
    assert len(staying(monkeypatch, object(), None, object())) == 4


def test_it_waits_for_a_database_that_is_down(monkeypatch):
    assert len(staying(monkeypatch, DatabaseError("down"), DatabaseError("down"), object())) == 4


def test_it_ends_with_the_process_that_started_it(monkeypatch):
    parents = iter([1, 1, 2])
    monkeypatch.setattr(tick.os, "getppid", lambda: next(parents))
    monkeypatch.setattr(tick, "run_next", lambda *, at, lane: None)
    tick._Staying().run()
    assert next(parents, None) is None
