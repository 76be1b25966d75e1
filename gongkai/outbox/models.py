"""Jobs that must happen after a commit: files, search, mail, platforms."""

from django.db import models


class JobState(models.TextChoices):
    """Where a job stands; a failed attempt goes back to WAITING until attempts run out."""

    WAITING = "WAITING", "待执行"
    RUNNING = "RUNNING", "执行中"
    DONE = "DONE", "已完成"
    FAILED = "FAILED", "已放弃"


class Job(models.Model):
    """One job: its kind, what it is about, how often it was tried and why it last failed."""

    kind = models.CharField("类别", max_length=100)
    payload = models.JSONField("内容", default=dict)
    dedupe_key = models.CharField("去重键", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveIntegerField("已试次数", default=0)
    created_at = models.DateTimeField("登记时间")
    next_try_at = models.DateTimeField("下次执行")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    last_error = models.TextField("最近一次错误", blank=True)

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="outbox_job_due"),
            # The constraint below is partial: SQLite does not look a parameter up in it, and
            # every job put would read the whole queue.
            models.Index(fields=["kind", "dedupe_key"], name="outbox_job_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "dedupe_key"],
                condition=models.Q(state="WAITING") & ~models.Q(dedupe_key=""),
                name="outbox_one_waiting_job_a_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}（{self.get_state_display()}）"
