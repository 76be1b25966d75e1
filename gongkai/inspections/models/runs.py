"""Runs: one look at a site, at our own records, or one list that people handed in."""

from django.db import models

from gongkai.inspections.lifecycle import Source
from gongkai.inspections.models.sites import Site, choices
from gongkai.orgs.models import Organ


class Run(models.Model):
    """One look; `rules` are those it looked for to the end, so that absence means gone."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    source = models.CharField("发现来源", max_length=12, choices=choices(Source))
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, related_name="runs", verbose_name="网站"
    )
    started_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间")
    rules = models.JSONField("检查项", default=list)
    partial = models.BooleanField("只查一部分", default=False)
    new = models.PositiveIntegerField("新发现", default=0)
    again = models.PositiveIntegerField("仍然存在", default=0)
    gone = models.PositiveIntegerField("不再发现", default=0)
    silenced = models.PositiveIntegerField("已认定误报", default=0)
    recorded_by = models.CharField("登记人", max_length=100)

    class Meta:
        verbose_name = "巡查"
        verbose_name_plural = "巡查"
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["county", "source", "-started_at"], name="inspections_run_newest")
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.started_at:%Y-%m-%d}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this run."""
        return f"inspections.run:{self.pk}"
