"""A website's yearly work report, version by version (国办函〔2018〕12号, law.md 4.7)."""

from typing import Any

from django.db import models
from django.db.models import Q

from gongkai.inspections.lifecycle import SiteYearState
from gongkai.inspections.models.sites import Site, choices


class SiteYear(models.Model):
    """One version of a site's report of a year.

    `stated` are the figures and words that the office tells by field code, `sources` where they
    come from by group. `content` (every value) and `behind` (the records of each figure) are empty
    until the review freezes them; `digest` is over both.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="years", verbose_name="网站")
    year = models.PositiveIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本", default=1)
    edition = models.CharField("报表格式", max_length=10)
    from_records = models.BooleanField("从平台记录取数")
    state = models.CharField("状态", max_length=12, choices=choices(SiteYearState))
    stated = models.JSONField("自报数据", default=dict)
    sources = models.JSONField("自报数据来源", default=dict)
    content = models.JSONField("报表内容", default=dict)
    behind = models.JSONField("数据清单", default=dict)
    digest = models.CharField("摘要", max_length=64, blank=True)
    due_on = models.DateField("公布期限")
    correction = models.CharField("更正理由", max_length=500, blank=True)
    sent_back = models.CharField("退回理由", max_length=500, blank=True)
    opened_at = models.DateTimeField("开始填报时间")
    opened_by = models.CharField("开始填报人", max_length=100)
    filled_by = models.CharField("填报人", max_length=100, blank=True)
    fillers = models.JSONField("填报过的账号", default=list)
    reviewed_at = models.DateTimeField("审核时间", null=True)
    reviewed_by = models.CharField("审核人", max_length=100, blank=True)
    published_at = models.DateTimeField("公布时间", null=True)
    published_by = models.CharField("公布人", max_length=100, blank=True)

    class Meta:
        verbose_name = "政府网站工作年度报表"
        verbose_name_plural = "政府网站工作年度报表"
        ordering = ["-year", "site", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "year", "version"], name="inspections_one_version_a_year"
            ),
            models.UniqueConstraint(
                fields=["site", "year"],
                condition=Q(state__in=[SiteYearState.DRAFT.value, SiteYearState.REVIEWED.value]),
                name="inspections_one_open_version",
            ),
            models.UniqueConstraint(
                fields=["site", "year"],
                condition=Q(state=SiteYearState.PUBLISHED.value),
                name="inspections_one_public_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}工作年度报表（{self.year}年度）"

    @property
    def name(self) -> str:
        """Return the site's name as the report has it."""
        told: dict[str, Any] = self.content.get("values") or self.stated
        return str(told.get("name") or self.site.name)

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this version."""
        return f"inspections.site_year:{self.pk}"
