"""Where an organ takes requests in: the accepting office (受理机构) and what it says of itself.

Art. 12 asks name, address, hours, phone, fax and internet contact of it in the guide
(指南); the public pages, letters and receipts show these. Who is alarmed when an online
request waits unconfirmed stands here too (practice.md 2.7).
"""

from django.db import models

from gongkai.orgs.models import Organ


class AcceptingOffice(models.Model):
    """The office of one organ that takes requests in; an organ without a row takes none online."""

    organ = models.OneToOneField(
        Organ, models.PROTECT, related_name="+", primary_key=True, verbose_name="机关"
    )
    name = models.CharField("受理机构名称", max_length=100)
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=10, blank=True)
    hours = models.CharField("办公时间", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    fax = models.CharField("传真号码", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    online = models.BooleanField("接受在线申请", default=True)
    supervision_phone = models.CharField("监督电话", max_length=60, blank=True)
    note = models.TextField("补充说明", blank=True)
    # Mailboxes and phones that hear of alarms beside the posts of the organ.
    alarm_emails = models.JSONField("提醒邮箱", default=list, blank=True)
    alarm_phones = models.JSONField("提醒手机", default=list, blank=True)
    updated_at = models.DateTimeField("更新时间", null=True, blank=True)

    class Meta:
        verbose_name = "受理机构"
        verbose_name_plural = "受理机构"

    def __str__(self) -> str:
        return self.name
