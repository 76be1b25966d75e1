"""Matters in which an agent helps or acts for an applicant (帮代办), with their steps."""

from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models import Organ
from gongkai.servicehall.lifecycle import AssistState
from gongkai.servicehall.models.halls import Attendant, Hall
from gongkai.servicehall.models.items import ServiceItem
from gongkai.servicehall.models.sealing import SealedRow, choices
from gongkai.servicehall.rules.kinds import Rating


class Assistance(SealedRow):
    """One matter; who asked stands sealed, outside stands a masked name."""

    SEALED = ("applicant", "phone")

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="+", verbose_name="大厅")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="登记机构")
    number = models.CharField("编号", max_length=30, unique=True)
    project = models.CharField("项目或者事项", max_length=200)
    item = models.ForeignKey(
        ServiceItem, models.PROTECT, null=True, related_name="+", verbose_name="政务服务事项"
    )
    agent = models.ForeignKey(Attendant, models.PROTECT, related_name="+", verbose_name="帮代办员")
    shown_as = models.CharField("申请人", max_length=100)
    applicant_sealed = models.BinaryField("申请人（密文）", editable=False)
    phone_sealed = models.BinaryField("电话（密文）", editable=False)
    commissioned = models.BooleanField("有委托书", default=False)
    accepted_on = models.DateField("受理日期")
    closed_on = models.DateField("办结日期", null=True)
    outcome = models.CharField("结果", max_length=1000, blank=True)
    rating = models.CharField("评价", max_length=10, choices=choices(Rating), blank=True)
    state = models.CharField("状态", max_length=10, choices=choices(AssistState))
    erased_at = models.DateTimeField("清除申请人信息的时间", null=True)

    class Meta:
        verbose_name = "帮代办"
        verbose_name_plural = "帮代办"
        ordering = ["-accepted_on", "-number"]
        indexes = [models.Index(fields=["organ", "state"], name="servicehall_help_by_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.project}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log and the files speak of this matter."""
        return f"servicehall.assistance:{self.pk}"


class AssistanceStep(models.Model):
    """One step (环节) of a matter: what, before which body, from when to when."""

    assistance = models.ForeignKey(Assistance, models.PROTECT, related_name="steps")
    name = models.CharField("环节", max_length=100)
    body = models.CharField("部门", max_length=100)
    begun_on = models.DateField("开始日期")
    finished_on = models.DateField("完成日期", null=True)

    class Meta:
        verbose_name = "环节"
        verbose_name_plural = "环节"
        ordering = ["assistance", "begun_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True) | Q(finished_on__gte=F("begun_on")),
                name="servicehall_step_days",
            )
        ]

    def __str__(self) -> str:
        return self.name
