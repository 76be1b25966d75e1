"""Jobs: put once, done once, tried again, never lost."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from gongkai import outbox
from gongkai.audit.models import Anchor
from gongkai.outbox import Lane, Notice
from gongkai.outbox.actions import (
    DUTY,
    claim,
    purge,
    put,
    put_duties,
    recover_stuck,
    retry,
    run_due,
    run_next,
)
from gongkai.outbox.models import Job, JobState
from gongkai.outbox.rules import MAX_ATTEMPTS, STUCK_AFTER, delay_after

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def done() -> Iterator[list[Mapping[str, Any]]]:
    """Register three handlers for the test: one works, one writes and fails, one tells."""
    seen: list[Mapping[str, Any]] = []
    kept_handlers, kept_duties = dict(outbox.handlers), dict(outbox.duties)

    @outbox.handles("test.note")
    def note(payload: Mapping[str, Any], at: datetime) -> None:
        seen.append(payload)

    @outbox.handles("test.fail")
    def fail(payload: Mapping[str, Any], at: datetime) -> None:
        put("test.note", {"written": "before the failure"}, at=at)
        raise ValueError("对方系统无应答")

    @outbox.handles("test.tell")
    def tell(payload: Mapping[str, Any], at: datetime) -> list[Notice]:
        return [Notice("请办理", grave=payload["grave"])]

    @outbox.handles("test.strangers", slow=True)
    def ask_strangers(payload: Mapping[str, Any], at: datetime) -> list[Notice]:
        seen.append(payload)
        if payload.get("fails"):
            raise TimeoutError("对方网站没有应答")
        return [Notice("问到了")]

    yield seen
    outbox.slow_kinds.discard("test.strangers")
    for registry, kept in ((outbox.handlers, kept_handlers), (outbox.duties, kept_duties)):
        registry.clear()
        registry.update(kept)


def test_a_due_job_is_done_once(done) -> None:
    job = put("test.note", {"page": 1}, at=NOON)
    assert [attempt.state for attempt in run_due(at=NOON)] == [JobState.DONE]
    assert run_due(at=NOON) == []
    assert done == [{"page": 1}]
    job.refresh_from_db()
    assert (job.attempts, job.finished_at) == (1, NOON)


def test_a_job_waits_for_its_time(done) -> None:
    put("test.note", {}, at=NOON)
    assert run_next(at=NOON - timedelta(seconds=1)) is None
    assert done == []


def test_a_job_rolls_back_with_the_transaction_that_put_it(done) -> None:
    with transaction.atomic():
        put("test.note", {}, at=NOON)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_the_same_work_waits_once(done) -> None:
    first = put("test.note", {"page": 1}, at=NOON + timedelta(hours=1), dedupe_key="page:1")
    second = put("test.note", {"page": 1}, at=NOON, dedupe_key="page:1")
    assert second.pk == first.pk
    assert second.next_try_at == NOON
    put("test.note", {"page": 2}, at=NOON, dedupe_key="page:2")
    put("test.tell", {"grave": False}, at=NOON, dedupe_key="page:1")
    assert Job.objects.count() == 3


def test_work_put_while_it_runs_is_done_again(done) -> None:
    put("test.note", {}, at=NOON, dedupe_key="page:1")
    running = claim(at=NOON)
    again = put("test.note", {}, at=NOON, dedupe_key="page:1")
    assert running is not None
    assert again.pk != running.pk


def test_a_failing_handler_leaves_the_row_its_reason_and_nothing_else(done) -> None:
    job = put("test.fail", {}, at=NOON)
    (attempt,) = run_due(at=NOON)
    job.refresh_from_db()
    assert attempt.state == job.state == JobState.WAITING
    assert "对方系统无应答" in job.last_error
    assert job.next_try_at == NOON + timedelta(minutes=1)
    assert not Job.objects.filter(kind="test.note").exists()  # what it wrote went with it


def test_a_job_is_given_up_after_its_attempts(done) -> None:
    job = put("test.fail", {}, at=NOON)
    at = NOON
    for _ in range(MAX_ATTEMPTS):
        run_due(at=at)
        job.refresh_from_db()
        at = max(at, job.next_try_at)
    assert (job.state, job.attempts) == (JobState.FAILED, MAX_ATTEMPTS)
    assert run_due(at=at + timedelta(days=30)) == []
    assert "对方系统无应答" in job.last_error


def test_delays_grow_and_end() -> None:
    minutes = [delay_after(attempts) // timedelta(minutes=1) for attempts in range(1, 9)]
    assert minutes == [1, 3, 9, 27, 81, 243, 360, 360]


def test_a_job_given_up_can_be_tried_anew(done) -> None:
    job = put("test.fail", {}, at=NOON)
    Job.objects.update(state=JobState.FAILED, attempts=MAX_ATTEMPTS, last_error="x")
    job = retry(job, at=NOON)
    assert (job.state, job.attempts, job.next_try_at) == (JobState.WAITING, 0, NOON)


def test_an_unknown_kind_is_tried_again_not_lost(done) -> None:
    job = put("test.unknown", {}, at=NOON)
    run_due(at=NOON)
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert "没有处理“test.unknown”类任务的程序" in job.last_error


def test_a_job_whose_worker_died_is_fetched_back(done) -> None:
    put("test.note", {}, at=NOON)
    claim(at=NOON)
    assert recover_stuck(at=NOON + STUCK_AFTER) == 0
    later = NOON + STUCK_AFTER + timedelta(seconds=1)
    assert recover_stuck(at=later) == 1
    assert run_due(at=later) == []
    assert len(run_due(at=later + timedelta(minutes=1))) == 1
    assert done == [{}]


def test_a_failure_finds_the_same_work_waiting_already(done) -> None:
    job = put("test.fail", {}, at=NOON, dedupe_key="k")

    @outbox.handles("test.fail_late")
    def fail_late(payload: Mapping[str, Any], at: datetime) -> None:
        raise ValueError("no")

    Job.objects.filter(pk=job.pk).update(kind="test.fail_late")
    claimed = claim(at=NOON)
    assert claimed is not None
    waiting = put("test.fail_late", {}, at=NOON, dedupe_key="k")
    recover_stuck(at=NOON + timedelta(hours=1))
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert job.last_error.startswith("已并入后登记的同一任务")
    assert Job.objects.get(state=JobState.WAITING).pk == waiting.pk


def test_a_worker_that_lost_its_job_changes_nothing(done) -> None:
    """One worker was thought dead; another has the job; the first one's work is undone."""

    @outbox.handles("test.slow")
    def slow(payload: Mapping[str, Any], at: datetime) -> None:
        put("test.note", {}, at=at)
        recover_stuck(at=at + timedelta(hours=1))

    put("test.slow", {}, at=NOON)
    attempt = run_next(at=NOON)
    assert attempt is not None
    assert "已由其他进程接手" in attempt.error
    assert not Job.objects.filter(kind="test.note").exists()


def test_two_handlers_of_one_kind_are_a_mistake(done) -> None:
    with pytest.raises(RuntimeError, match=r"test\.note"):
        outbox.handles("test.note")(lambda payload, at: None)


def test_duties_are_put_once_a_day(done) -> None:
    outbox.duties.clear()
    days: list[datetime] = []
    outbox.every("day", "test.daily")(days.append)
    evening = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    assert put_duties(at=evening) == ["test.daily"]
    run_due(at=evening)
    assert put_duties(at=evening) == []
    assert put_duties(at=evening + timedelta(minutes=1)) == ["test.daily"]
    run_due(at=evening + timedelta(minutes=1))
    assert len(days) == 2


def test_jobs_done_long_ago_are_thrown_away_and_failed_ones_are_not(done) -> None:
    put("test.note", {}, at=NOON)
    run_due(at=NOON)
    failed = put("test.note", {}, at=NOON)
    Job.objects.filter(pk=failed.pk).update(state=JobState.FAILED, finished_at=NOON)
    assert purge(at=NOON + timedelta(days=29)) == 0
    assert purge(at=NOON + timedelta(days=31)) == 1
    assert Job.objects.get().pk == failed.pk


def test_tick_anchors_yesterday_and_reports(done, capsys) -> None:
    put("test.note", {}, at=NOON)
    put("test.tell", {"grave": False}, at=NOON)
    call_command("tick", format="json")
    told = json.loads(capsys.readouterr().out)
    # A duty may put work of its own, which the same tick does: reminders go in batches.
    assert told["done"] >= 2 + len(outbox.duties)
    assert Job.objects.exclude(state=JobState.DONE).count() == 0
    assert {"text": "请办理", "grave": False} in told["notices"]
    assert Anchor.objects.count() == 1
    call_command("tick", format="json")
    assert json.loads(capsys.readouterr().out)["done"] == 0


@pytest.mark.parametrize(("kind", "said"), [("test.fail", "未成功"), ("test.tell", "【紧急】")])
def test_tick_exits_with_1_when_something_is_wrong(done, capsys, kind, said) -> None:
    outbox.duties.clear()
    put(kind, {"grave": True}, at=NOON)
    with pytest.raises(SystemExit) as left:
        call_command("tick")
    assert left.value.code == 1
    assert said in capsys.readouterr().out


def test_tick_tries_anew_what_was_given_up(done) -> None:
    outbox.duties.clear()
    put("test.note", {"page": 1}, at=NOON)
    Job.objects.update(state=JobState.FAILED, attempts=MAX_ATTEMPTS)
    call_command("tick")
    assert done == []
    call_command("tick", retry=True)
    assert done == [{"page": 1}]


def test_tick_refuses_a_limit_that_does_nothing() -> None:
    with pytest.raises(CommandError, match="--limit"):
        call_command("tick", limit=0)


def test_a_duty_that_is_gone_says_so(done) -> None:
    put(DUTY, {"duty": "gone"}, at=NOON)
    (attempt,) = run_due(at=NOON)
    assert "没有名为 gone 的定期任务" in attempt.error


def test_slow_jobs_hold_up_no_other(done) -> None:
    put("test.strangers", {"site": 1}, at=NOON - timedelta(hours=1))
    put("test.note", {"page": 1}, at=NOON)
    assert run_next(at=NOON, lane=Lane.QUICK).kind == "test.note"
    assert run_next(at=NOON, lane=Lane.QUICK) is None
    slow = run_next(at=NOON, lane=Lane.SLOW)
    assert (slow.state, slow.notices) == (JobState.DONE, (Notice("问到了"),))
    assert done == [{"page": 1}, {"site": 1}]


def test_a_slow_job_that_fails_or_whose_worker_died_is_taken_up_again(done) -> None:
    job = put("test.strangers", {"fails": True}, at=NOON)
    assert run_next(at=NOON, lane=Lane.SLOW).state == JobState.WAITING
    later = NOON + timedelta(hours=1)
    assert claim(at=later, lane=Lane.SLOW) == job  # and then that worker is killed
    assert recover_stuck(at=later + STUCK_AFTER + timedelta(minutes=1)) == 1
    Job.objects.filter(pk=job.pk).update(payload={})
    assert run_next(at=later + timedelta(hours=2), lane=Lane.SLOW).state == JobState.DONE


def test_a_tick_does_the_slow_ones_last(done) -> None:
    put("test.strangers", {"site": 1}, at=NOON)
    put("test.note", {"page": 1}, at=NOON)
    call_command("tick")
    assert [each for each in done if "site" in each or "page" in each] == [{"page": 1}, {"site": 1}]
