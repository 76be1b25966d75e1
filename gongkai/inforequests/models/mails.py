"""Mails that came to an organ's request mailbox, each registered once (Art. 31; issue 3)."""

from django.db import models

from gongkai.inforequests.models.cases import InfoRequest
from gongkai.orgs.models import Organ


class MailState(models.TextChoices):
    """What became of a mail."""

    REGISTERED = "REGISTERED", "已登记为申请"
    ATTACHED = "ATTACHED", "已附入申请"
    ASIDE = "ASIDE", "待人工处理"
    IGNORED = "IGNORED", "无需处理"


class IncomingMail(models.Model):
    """One mail: its key, when it came, what became of it; the mail itself is a sealed file."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    key = models.CharField("邮件标识", max_length=100)
    received_at = models.DateTimeField("到达时间")
    read_at = models.DateTimeField("读取时间")
    state = models.CharField("处理情况", max_length=12, choices=MailState)
    info_request = models.ForeignKey(
        InfoRequest, models.PROTECT, null=True, blank=True, related_name="mails"
    )
    file = models.UUIDField("原件", null=True, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "来信邮件"
        verbose_name_plural = "来信邮件"
        ordering = ["-received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "key"], name="inforequests_one_mail_once")
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.received_at:%Y-%m-%d %H:%M}"
