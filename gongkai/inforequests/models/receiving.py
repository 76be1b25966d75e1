"""How each published way in stood when it was last tested; the log keeps all tests before."""

from django.db import models

from gongkai.inforequests.lifecycle.receiving import ReceivingChannel
from gongkai.orgs.models import Organ


class ChannelTest(models.Model):
    """One way in of one organ: its last test, and a test mail that is on its way."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    channel = models.CharField(
        "渠道", max_length=10, choices=[(each.value, each.label) for each in ReceivingChannel]
    )
    tested_on = models.DateField("自测日期", null=True, blank=True)
    passed = models.BooleanField("畅通", default=False)
    note = models.CharField("情况", max_length=300, blank=True)
    tested_by = models.CharField("自测人", max_length=100, blank=True)
    token = models.CharField("自测邮件标识", max_length=32, blank=True)
    sent_at = models.DateTimeField("自测邮件发出时间", null=True, blank=True)

    class Meta:
        verbose_name = "受理渠道自测"
        verbose_name_plural = "受理渠道自测"
        ordering = ["organ", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "channel"], name="inforequests_one_row_a_channel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organ} {ReceivingChannel(self.channel).label}"
