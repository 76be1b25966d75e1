"""Yearly summaries of the handling (办理总体情况), each with its public text."""

from django.db import models

from gongkai.disclosure.models import Entry
from gongkai.orgs.models import Organ


class YearSummary(models.Model):
    """What a county made of the proposals of one year; `entry` is the public text."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    year = models.PositiveSmallIntegerField("年度")
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name="办理情况总结"
    )
    published_on = models.DateField("公开日期", null=True)
    drafted_by = models.CharField("起草人", max_length=100)
    drafted_at = models.DateTimeField("起草时间")

    class Meta:
        verbose_name = "办理情况总结"
        verbose_name_plural = "办理情况总结"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["county", "year"], name="proposals_one_summary_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.year}年建议提案办理情况"

    @property
    def typed_id(self) -> str:
        """Return the id of the record, which its public text carries."""
        return f"proposals.summary:{self.pk}"
