"""Reminders: one row for each person, case and occasion, so that none is sent twice (issue 3).

The row is written before anything is sent; what the post office says of it is kept.
"""

from django.db import models

from gongkai.inforequests.models.cases import InfoRequest
from gongkai.inforequests.rules.reminders import Occasion


class ReminderState(models.TextChoices):
    """Where a reminder stands."""

    WAITING = "WAITING", "待发送"
    SENT = "SENT", "已发送"
    FAILED = "FAILED", "发送失败"
    DROPPED = "DROPPED", "不再需要"


class Reminder(models.Model):
    """One message to one address about one case on one occasion."""

    info_request = models.ForeignKey(InfoRequest, models.CASCADE, related_name="reminders")
    occasion = models.CharField("事由", max_length=40)
    due_on = models.DateField("所提醒的期限", null=True, blank=True)
    account = models.CharField("提醒对象账号", max_length=150, blank=True)
    person = models.CharField("提醒对象", max_length=100)
    way = models.CharField("方式", max_length=10)
    address = models.CharField("地址", max_length=254)
    state = models.CharField(
        "状态", max_length=10, choices=ReminderState, default=ReminderState.WAITING
    )
    attempts = models.PositiveIntegerField("已试次数", default=0)
    created_at = models.DateTimeField("登记时间")
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    last_error = models.CharField("最近一次错误", max_length=300, blank=True)

    class Meta:
        verbose_name = "提醒"
        verbose_name_plural = "提醒"
        ordering = ["-created_at", "pk"]
        # The few that failed, for the desk and their list: found without reading the others.
        indexes = [
            models.Index(
                fields=["info_request"],
                condition=models.Q(state=ReminderState.FAILED),
                name="inforequests_failed_reminders",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["info_request", "occasion", "due_on", "way", "address"],
                name="inforequests_one_reminder_an_occasion",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.info_request_id} {self.occasion} {self.person}"

    @property
    def occasion_label(self) -> str:
        """Return the occasion in Chinese."""
        known = {each.value: each.label for each in Occasion}
        return known.get(self.occasion, self.occasion)

    @property
    def way_label(self) -> str:
        """Return the way in Chinese."""
        return {"EMAIL": "邮件", "SMS": "短信"}.get(self.way, self.way)
