"""The conditions of the outbox: what waits, what is late, what was given up, mails that failed."""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from gongkai.desk.operating.saying import Condition, Level, span
from gongkai.inforequests.models import Reminder, ReminderState
from gongkai.outbox import slow_kinds
from gongkai.outbox.actions import DUTY, STUCK_AFTER
from gongkai.outbox.models import Job, JobState

_LATE = timedelta(minutes=5)
_VERY_LATE = timedelta(hours=1)
_QUIET = timedelta(hours=2)  # without a duty: there is one each hour
_SHOWN = 3


def queue_conditions(at: datetime) -> list[Condition]:
    """Return them as they are at a moment; three queries and one on mails."""
    counts = Job.objects.aggregate(
        waiting=Count("pk", filter=Q(state=JobState.WAITING)),
        late=Count("pk", filter=_late(at)),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        stuck=Count("pk", filter=Q(state=JobState.RUNNING, started_at__lt=at - STUCK_AFTER)),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
        oldest=Min("next_try_at", filter=_late(at)),
    )
    return [_waiting(counts, at), _given_up(counts["failed"]), _timer(at), _mails()]


def _late(at: datetime) -> Q:
    """Return the condition of jobs that wait too long; slow ones wait for strangers as a rule."""
    due = Q(state=JobState.WAITING, next_try_at__lt=at - _LATE)
    return due & ~Q(kind__in=slow_kinds)


def _waiting(counts: dict, at: datetime) -> Condition:
    behind = at - counts["oldest"] if counts["oldest"] else None
    level = Level.GOOD
    if counts["late"] or counts["stuck"]:
        level = Level.BAD if counts["stuck"] or (behind and behind > _VERY_LATE) else Level.WARN
    said = f"待执行 {counts['waiting']} 个，执行中 {counts['running']} 个"
    if counts["late"]:
        said += f"；逾期未执行 {counts['late']} 个，最久 {span(behind)}"
    if counts["stuck"]:
        said += f"；中断 {counts['stuck']} 个"
    return Condition(
        "任务队列",
        level,
        said,
        ""
        if level is Level.GOOD
        else "请查看 systemctl status gongkai-publish gongkai-tick.timer。",
        {
            'gongkai_outbox_jobs{state="waiting"}': counts["waiting"],
            'gongkai_outbox_jobs{state="running"}': counts["running"],
            'gongkai_outbox_jobs{state="late"}': counts["late"],
            'gongkai_outbox_jobs{state="stuck"}': counts["stuck"],
            'gongkai_outbox_jobs{state="failed"}': counts["failed"],
            "gongkai_outbox_lateness_seconds": int(behind.total_seconds()) if behind else 0,
        },
    )


def _given_up(count: int) -> Condition:
    if not count:
        return Condition("已放弃的任务", Level.GOOD, "没有")
    failed = Job.objects.filter(state=JobState.FAILED)
    kinds = Counter(failed.values_list("kind", flat=True)).most_common(_SHOWN)
    newest = failed.order_by("-finished_at").values_list("last_error", flat=True).first() or ""
    reason = (newest.strip().splitlines() or ["没有记下原因"])[-1]
    named = "、".join(f"{kind} {number} 个" for kind, number in kinds)
    return Condition(
        "已放弃的任务",
        Level.BAD,
        f"{count} 个（{named}）；最近一个的原因：{reason[:200]}",
        "排除原因后，用下面的按钮重新执行，或者运行 gongkai tick --retry。",
    )


def _timer(at: datetime) -> Condition:
    duties = Job.objects.filter(kind=DUTY, state=JobState.DONE)
    last = duties.order_by("-pk").values_list("finished_at", flat=True).first()
    if last is not None and at - last < _QUIET:
        return Condition("定时任务", Level.GOOD, f"最近一次 {span(at - last)}前")
    said = f"最近一次 {span(at - last)}前" if last else "还没有运行过"
    return Condition(
        "定时任务", Level.BAD, said, "请执行 systemctl enable --now gongkai-tick.timer。"
    )


def _mails() -> Condition:
    sending = Q(kind__contains="send") | Q(kind__contains="mail")
    stopped = Q(state=JobState.FAILED) | Q(state=JobState.WAITING, attempts__gt=0)
    jobs = Job.objects.filter(sending & stopped).count()
    reminders = Reminder.objects.filter(state=ReminderState.FAILED).count()
    figures = {"gongkai_mails_failed": jobs + reminders}
    if not jobs and not reminders:
        return Condition("邮件和短信", Level.GOOD, "没有发送失败的", figures=figures)
    said = f"发送任务失败或者重试中 {jobs} 个，提醒没有送达 {reminders} 条"
    remedy = "请核对邮件服务器设置和收件地址（docs/howto/set-up-mail.md）。"
    return Condition("邮件和短信", Level.WARN, said, remedy, figures)
