"""Yearly holiday notices and local closures as the office enters them, over the shipped table."""

from django.db import models


class HolidayNotice(models.Model):
    """A notice of the State Council's office that sets days off and on; rows are only added.

    Notices apply in the order of their dates, the later one winning day by day; a
    notice entered again under the same number replaces its earlier version. A
    notice may also rule the last days of the year before.
    """

    year = models.PositiveIntegerField("年份")
    title = models.CharField("通知名称", max_length=200)
    document_number = models.CharField("文号", max_length=100)
    issued_on = models.DateField("发文日期")
    off_days = models.JSONField("放假日期", help_text="日期列表，如 2027-01-01")
    shifted_workdays = models.JSONField("调休上班日期", default=list, blank=True)
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.CharField("录入人", max_length=150)

    class Meta:
        verbose_name = "放假通知"
        verbose_name_plural = "放假通知"
        ordering = ["year", "issued_on", "pk"]

    def __str__(self) -> str:
        return f"{self.year} 年 {self.title}"


class LocalClosure(models.Model):
    """A day on which the organs of a county were closed by a numbered document (law.md 10.1)."""

    day = models.DateField("停止办公日期")
    document_number = models.CharField("文号", max_length=100)
    reason = models.CharField("事由", max_length=200, blank=True)
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.CharField("录入人", max_length=150)

    class Meta:
        verbose_name = "临时停止办公"
        verbose_name_plural = "临时停止办公"
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["day"], name="calendars_one_closure_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.document_number}"
