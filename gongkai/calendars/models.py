"""Yearly holiday notices as the office enters them, over the table that ships with the product."""

from django.db import models


class HolidayNotice(models.Model):
    """A notice of the State Council's office (or a local closure) that sets days off and on.

    The newest notice of a year wins; a notice may also rule the last days of the
    year before. `county` is empty for national notices.
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
        constraints = [
            models.UniqueConstraint(
                fields=["year", "document_number"], name="calendars_one_notice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} 年 {self.title}"
