"""Error reports of our own pages and the steps that were taken (law.md 4.4, 4.5)."""

from django.db import models
from django.db.models import Q

from gongkai.engagement.lifecycle.reports import (
    WAITING,
    ErrorKind,
    ReportEvent,
    ReportState,
    Result,
)
from gongkai.engagement.models.sealing import SealedRow, choices
from gongkai.orgs.models import Organ


class ErrorReport(SealedRow):
    """One reader's report of a fault on a page; the county counts it, an organ answers it."""

    SEALED = ("text", "contact")

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="负责机关")
    number = models.CharField("编号", max_length=20)
    page = models.CharField("网页地址", max_length=300)
    title = models.CharField("网页标题", max_length=300, blank=True)
    kind = models.CharField("问题类型", max_length=12, choices=choices(ErrorKind))
    text_sealed = models.BinaryField("问题描述（密封）")
    contact_sealed = models.BinaryField("联系方式（密封）")
    has_contact = models.BooleanField("留有联系方式", default=False)
    contact_erased_on = models.DateField("联系方式清除日期", null=True, blank=True)
    code_digest = models.CharField("查询码索引", max_length=64)
    submission_key = models.CharField("提交标识", max_length=64, null=True, unique=True)  # noqa: DJ001
    received_at = models.DateTimeField("收到时间")
    received_on = models.DateField("收到日期")
    due_on = models.DateField("答复期限")
    provisional = models.BooleanField("期限为推算", default=False)
    state = models.CharField("状态", max_length=12, choices=choices(ReportState))
    result = models.CharField("处理结果", max_length=12, choices=choices(Result), blank=True)
    answer = models.CharField("答复内容", max_length=1000, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)

    class Meta:
        verbose_name = "网站纠错"
        verbose_name_plural = "网站纠错"
        ordering = ["-received_at", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "number"], name="engagement_one_number_a_county"
            )
        ]
        indexes = [
            models.Index(fields=["organ", "-received_at"], name="engagement_report_newest"),
            models.Index(fields=["organ", "received_on"], name="engagement_report_counted"),
            models.Index(
                fields=["organ", "due_on"],
                condition=Q(state__in=[state.value for state in WAITING]),
                name="engagement_report_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def typed_id(self) -> str:
        """Return the id under which other chapters and the log speak of this report."""
        return f"engagement.report:{self.pk}"

    @property
    def text(self) -> str:
        """Return what the reader wrote."""
        return self.unseal("text")

    @property
    def contact(self) -> str:
        """Return how to reach the reader; screens ask `actions.show_contact`, which logs it."""
        return self.unseal("contact")


class ReportStep(models.Model):
    """One step of a report: never changed; the actor is kept by value."""

    report = models.ForeignKey(ErrorReport, models.PROTECT, related_name="steps")
    sequence = models.PositiveIntegerField("序号")
    event = models.CharField("事项", max_length=12, choices=choices(ReportEvent))
    on = models.DateField("日期")
    to = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="转往机关"
    )
    words = models.CharField("理由或者答复", max_length=1000, blank=True)
    account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("经办人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "纠错办理记录"
        verbose_name_plural = "纠错办理记录"
        ordering = ["report", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sequence"], name="engagement_step_place_in_report"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_event_display()}"


class ReportSeries(models.Model):
    """The last number of a county in a year, for each prefix (JC, LY, YQ); without gaps."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    prefix = models.CharField("前缀", max_length=4, default="JC")
    year = models.PositiveIntegerField("年份")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = "编号"
        verbose_name_plural = "编号"
        constraints = [
            models.UniqueConstraint(
                fields=["county", "prefix", "year"], name="engagement_one_series_a_prefix"
            )
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.prefix}{self.year}"
