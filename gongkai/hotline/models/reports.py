"""Monthly reports as they were issued: frozen figures and prose, corrected by a new version."""

from django.db import models
from django.db.models import Q

from gongkai.orgs.models import Organ


class MonthReport(models.Model):
    """One version of a county's report of a month; no row is ever changed."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    month = models.DateField("月份")
    version = models.PositiveSmallIntegerField("版本", default=1)
    number = models.CharField("期号", max_length=60)
    content = models.JSONField("数字和正文")
    digest = models.CharField("摘要", max_length=64)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name="更正的月报"
    )
    why = models.CharField("更正原因", max_length=500, blank=True)
    issued_at = models.DateTimeField("印发时间")
    issued_by = models.CharField("印发人", max_length=100)

    class Meta:
        verbose_name = "热线月报"
        verbose_name_plural = "热线月报"
        ordering = ["-month", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "month", "version"], name="hotline_one_report_a_version"
            ),
            models.CheckConstraint(
                condition=Q(version=1, supersedes__isnull=True, why="")
                | (Q(version__gt=1, supersedes__isnull=False) & ~Q(why="")),
                name="hotline_correction_says_why",
            ),
        ]

    def __str__(self) -> str:
        again = f"（第{self.version}版）" if self.version > 1 else ""
        return f"{self.content['title']}{again}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this report."""
        return f"hotline.report:{self.pk}"
