"""Putting jobs into the outbox and doing them: retry with backoff, nothing is ever lost.

A job is claimed in one transaction, done in a second together with its mark
DONE (a slow one before it), and on failure put back in a third. A worker that dies leaves the row
RUNNING, from where `recover_stuck` fetches it. Jobs are the machine's own
bookkeeping and leave no audit event; what a handler does through a verb does.
"""

import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gongkai.adapters.statements import RowsBy
from gongkai.outbox import Lane, Notice, Payload, duties, handlers, slow_kinds
from gongkai.outbox.models import Job, JobState
from gongkai.outbox.rules import MAX_ATTEMPTS, STUCK_AFTER, delay_after

DUTY = "outbox.duty"
_ERROR_LENGTH = 4000
_PUT_TRIES = 4
_log = logging.getLogger(__name__)


class NoHandler(LookupError):
    """No running code handles jobs of this kind."""


class TakenOver(RuntimeError):
    """Another worker took the job over while this one was still at it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of one job: how it ended and what it had to tell."""

    job_id: int
    kind: str
    state: JobState
    error: str = ""
    notices: tuple[Notice, ...] = ()


def put(kind: str, payload: Payload, *, at: datetime, dedupe_key: str = "") -> Job:
    """Put a job into the outbox, inside the caller's transaction; due at `at`.

    While a job of the same kind and `dedupe_key` is still waiting, that one is
    returned, due at `at` if that is sooner, instead of a second.
    """
    fields: dict[str, Any] = {"payload": dict(payload), "created_at": at, "next_try_at": at}
    if not dedupe_key:
        return Job.objects.create(kind=kind, **fields)
    with transaction.atomic():
        job, created = _waiting_or_new(kind, dedupe_key, fields)
        if not created and job.next_try_at > at:
            job.next_try_at = at
            job.save(update_fields=["next_try_at"])
    return job


def claim(*, at: datetime, lane: Lane = Lane.ALL) -> Job | None:
    """Take the job of a lane that has been due longest, mark it RUNNING and count the attempt."""
    with transaction.atomic():
        due = Job.objects.filter(state=JobState.WAITING, next_try_at__lte=at)
        if lane is Lane.SLOW:
            due = due.filter(kind__in=slow_kinds)
        elif lane is Lane.QUICK:
            due = due.exclude(kind__in=slow_kinds)
        due = due.order_by("next_try_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        for job in due[:5]:
            # The condition, not the lock, decides on databases that lock no rows.
            taken = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
            if taken.update(state=JobState.RUNNING, started_at=at, attempts=job.attempts + 1):
                job.state, job.started_at, job.attempts = JobState.RUNNING, at, job.attempts + 1
                return job
    return None


def run_next(*, at: datetime, lane: Lane = Lane.ALL) -> Attempt | None:
    """Claim the next due job and do it; return how it went, or None when nothing is due."""
    job = claim(at=at, lane=lane)
    if job is None:
        return None
    try:
        is_slow = job.kind in slow_kinds
        notices = _do(job, at) if is_slow else ()
        with transaction.atomic():
            notices = notices if is_slow else _do(job, at)
            mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
            if not mine.update(state=JobState.DONE, finished_at=at, last_error=""):
                raise TakenOver(f"任务 {job.pk} 已由其他进程接手")
    except TakenOver as error:
        return Attempt(job.pk, job.kind, JobState.RUNNING, str(error))
    except Exception as error:  # whatever a handler raises must leave the row with its reason
        _log.exception("outbox job %s (%s) failed, attempt %s", job.pk, job.kind, job.attempts)
        reason = "".join(traceback.format_exception(error))[-_ERROR_LENGTH:]
        state = _put_back(job, at=at, reason=reason)
        return Attempt(job.pk, job.kind, state, f"{type(error).__name__}: {error}")
    return Attempt(job.pk, job.kind, JobState.DONE, notices=tuple(notices))


def run_due(*, at: datetime, limit: int = 500) -> list[Attempt]:
    """Do the jobs due at `at`, one after the other, at most `limit`; return how each went."""
    attempts: list[Attempt] = []
    while len(attempts) < limit and (attempt := run_next(at=at)):
        attempts.append(attempt)
    return attempts


def recover_stuck(*, at: datetime, older_than: timedelta = STUCK_AFTER) -> int:
    """Put back jobs whose worker has been silent for longer than `older_than`; return how many."""
    stuck = Job.objects.filter(state=JobState.RUNNING, started_at__lt=at - older_than)
    jobs = list(stuck)
    for job in jobs:
        _put_back(job, at=at, reason="执行中断：进程未完成任务即退出")
    return len(jobs)


def put_duties(*, at: datetime) -> list[str]:
    """Put each registered duty whose hour or day has come into the outbox; return their names."""
    local = timezone.localtime(at)
    put_now = []
    for name, (rhythm, _duty) in duties.items():
        period = f"{local:%Y-%m-%d}" if rhythm == "day" else f"{local:%Y-%m-%dT%H}"
        key = f"{name}@{period}"
        if not Job.objects.filter(kind=DUTY, dedupe_key=key).exists():
            put(DUTY, {"duty": name}, at=at, dedupe_key=key)
            put_now.append(name)
    return put_now


def retry(job: Job, *, at: datetime) -> Job:
    """Give a job that was given up its full attempts again, due at once."""
    with transaction.atomic():
        Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(attempts=0)
        job.refresh_from_db()
        if job.state == JobState.FAILED:
            _return_to_queue(job, due=at, reason=job.last_error)
    job.refresh_from_db()
    return job


def purge(*, at: datetime, older_than: timedelta = timedelta(days=30)) -> int:
    """Delete jobs done longer ago than `older_than`; failed ones stay until someone looks."""
    done = Job.objects.filter(state=JobState.DONE, finished_at__lt=at - older_than)
    return done.delete()[0]


def forget(*, at: datetime) -> int:
    """Delete the jobs put before `at` that still wait: who makes all they would make anew says so.

    For a database whose files and search are built whole afterwards, as the demo's are.
    """
    return Job.objects.filter(state=JobState.WAITING, created_at__lt=at).delete()[0]


# Every verb puts jobs: what looks for a waiting one is written once (see `adapters.statements`).
_waiting = RowsBy(
    Job.objects.select_for_update().filter(state=JobState.WAITING), "kind", "dedupe_key"
)


def _waiting_or_new(kind: str, dedupe_key: str, fields: dict[str, Any]) -> tuple[Job, bool]:
    for _ in range(_PUT_TRIES):
        if waiting := _waiting(kind, dedupe_key):
            return waiting[0], False
        try:
            with transaction.atomic():
                return Job.objects.create(kind=kind, dedupe_key=dedupe_key, **fields), True
        except IntegrityError:  # the one in the way was claimed between our insert and our look
            _log.info("outbox: job %s (%s) was claimed meanwhile", kind, dedupe_key)
    return Job.objects.create(kind=kind, dedupe_key=dedupe_key, **fields), True


def _do(job: Job, at: datetime) -> Sequence[Notice]:
    if job.kind == DUTY:
        name = job.payload["duty"]
        if name not in duties:
            raise NoHandler(f"没有名为 {name} 的定期任务")
        return duties[name][1](at) or ()
    handler = handlers.get(job.kind)
    if handler is None:
        raise NoHandler(f"没有处理“{job.kind}”类任务的程序")
    return handler(job.payload, at) or ()


def _put_back(job: Job, *, at: datetime, reason: str) -> JobState:
    with transaction.atomic():
        mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
        if job.attempts >= MAX_ATTEMPTS:
            mine.update(state=JobState.FAILED, finished_at=at, last_error=reason)
            return JobState.FAILED
        if not mine.exists():
            return JobState.RUNNING
        return _return_to_queue(job, due=at + delay_after(job.attempts), reason=reason)


def _return_to_queue(job: Job, *, due: datetime, reason: str) -> JobState:
    row = Job.objects.filter(pk=job.pk)
    try:
        with transaction.atomic():
            row.update(state=JobState.WAITING, next_try_at=due, last_error=reason)
    except IntegrityError:  # the same work was put again meanwhile and waits already
        merged = f"已并入后登记的同一任务\n{reason}"
        row.update(state=JobState.DONE, finished_at=due, last_error=merged)
        return JobState.DONE
    return JobState.WAITING
