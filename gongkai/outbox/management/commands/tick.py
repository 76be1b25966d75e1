"""`gongkai tick`: what a timer runs every minute; due jobs, stuck jobs, daily duties.

With `--stay` it stays and does each job within a fraction of a second (ADR 0012, 0018): the
service that publishes. The timer goes on running beside it and takes over when it is down; the
slow jobs, which wait for strangers' servers, are the timer's alone, behind all others.
"""

import argparse
import logging
import os
import signal
import time
from types import FrameType
from typing import Any

from django.db import DatabaseError, connections
from django.utils import timezone

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.outbox import Lane
from gongkai.outbox.actions import Attempt, put_duties, recover_stuck, retry, run_next
from gongkai.outbox.models import Job, JobState

_PAUSE = 0.05  # seconds between two looks when nothing is due
_SLOW_SECONDS = 50  # after which no slow job is begun: the next tick is near
_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Do what is due."""

    help = (
        "执行到期任务，收回中断的任务，办理每日事项（日志锚定、放假通知检查等）；由定时器每分钟运行"
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the limit."""
        self.add_format(parser)
        parser.add_argument(
            "--limit",
            type=int,
            default=1000,
            metavar="个数",
            help="本次最多执行的任务数（默认 1000）",
        )

        parser.add_argument(
            "--retry", action="store_true", help="先将已放弃的任务重新列为待执行（排除故障后使用）"
        )

        parser.add_argument(
            "--stay", action="store_true", help="留在后台，随时执行到期任务（发布服务使用）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until nothing is due or the limit is reached; with `--stay` until told to stop."""
        if options["limit"] < 1:
            raise refuse("参数 --limit：须为不小于 1 的整数")
        if options["stay"]:
            _Staying().run()
            return
        try:
            recovered = recover_stuck(at=timezone.now())
            put_duties(at=timezone.now())
            for job in Job.objects.filter(state=JobState.FAILED) if options["retry"] else ():
                retry(job, at=timezone.now())
            attempts = _do_due(options["limit"])
            given_up = Job.objects.filter(state=JobState.FAILED).count()
        except DatabaseError as error:
            raise refuse(f"无法读取任务：{error}。请先运行 gongkai migrate") from error
        value = _value(attempts, recovered, given_up)
        failed = value["failed"] or any(notice["grave"] for notice in value["notices"])
        self.finish(options, value, _text(value), code=1 if failed else 0)


class _Staying:
    """Does jobs as they come until SIGTERM, SIGINT, or the end of the process that started it."""

    def __init__(self) -> None:
        self._told_to_stop = False
        self._parent = os.getppid()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._told_to_stop = True

    def run(self) -> None:
        """Look for due jobs twenty times a second; the job in hand is always finished."""
        while not self._told_to_stop and os.getppid() == self._parent:
            try:
                busy = run_next(at=timezone.now(), lane=Lane.QUICK) is not None
            except DatabaseError as error:  # the database is down for a while: wait for it
                connections.close_all()
                _log.warning("outbox: %s", error)
                busy = False
            if not busy:
                time.sleep(_PAUSE if not self._told_to_stop else 0)


def _do_due(limit: int) -> list[Attempt]:
    """Do what is due, at most so many: slow jobs when no other waits, for less than a minute."""
    begun = time.monotonic()
    attempts: list[Attempt] = []
    while len(attempts) < limit:
        one = run_next(at=timezone.now(), lane=Lane.QUICK)
        if one is None and time.monotonic() - begun < _SLOW_SECONDS:
            one = run_next(at=timezone.now(), lane=Lane.SLOW)
        if one is None:
            break
        attempts.append(one)
    return attempts


def _value(attempts: list[Attempt], recovered: int, given_up: int) -> dict[str, Any]:
    return {
        "done": sum(attempt.state == JobState.DONE for attempt in attempts),
        "recovered": recovered,
        "failed": [
            {"job": one.job_id, "kind": one.kind, "state": one.state.value, "error": one.error}
            for one in attempts
            if one.error
        ],
        "given_up": given_up,
        "notices": [
            {"text": notice.text, "grave": notice.grave}
            for attempt in attempts
            for notice in attempt.notices
        ],
    }


def _text(value: dict[str, Any]) -> str:
    lines = [f"执行任务 {value['done']} 个，收回中断的任务 {value['recovered']} 个。"]
    for one in value["failed"]:
        after = "已放弃" if one["state"] == JobState.FAILED else "稍后重试"
        lines.append(f"  任务 {one['job']}（{one['kind']}）未成功，{after}：{one['error']}")
    if value["given_up"]:
        lines.append(f"  另有 {value['given_up']} 个任务已放弃，等待处理。")
    lines += [
        ("【紧急】" if one["grave"] else "【提醒】") + one["text"] for one in value["notices"]
    ]
    return "\n".join(lines)
