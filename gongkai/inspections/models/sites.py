"""Sites that are inspected, their columns with the organ that answers for each (law.md 4.5)."""

from typing import Any

from django.db import models

from gongkai.orgs.models import Organ


class Site(models.Model):
    """One site by address, ours or another's; `organ` answers for what no column claims."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="主办单位")
    name = models.CharField("网站名称", max_length=100)
    address = models.URLField("网址", max_length=300)
    stopped_on = models.DateField("停止巡查日期", null=True, blank=True)
    last_run = models.ForeignKey(
        "Run", models.SET_NULL, null=True, related_name="+", verbose_name="最近一次巡查"
    )

    class Meta:
        verbose_name = "巡查网站"
        verbose_name_plural = "巡查网站"
        ordering = ["county", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "address"], name="inspections_one_site_an_address"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this site."""
        return f"inspections.site:{self.pk}"


class SiteColumn(models.Model):
    """A column of a site: every address under `prefix` is its organ's."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="columns")
    name = models.CharField("栏目", max_length=100)
    prefix = models.CharField("栏目网址", max_length=300)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任单位")

    class Meta:
        verbose_name = "网站栏目"
        verbose_name_plural = "网站栏目"
        ordering = ["site", "prefix"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "prefix"], name="inspections_one_column_a_prefix"
            )
        ]

    def __str__(self) -> str:
        return self.name


def choices(values: Any) -> list[tuple[str, str]]:
    """Return an enum with Chinese labels as the choices of a column."""
    return [(each.value, each.label) for each in values]
