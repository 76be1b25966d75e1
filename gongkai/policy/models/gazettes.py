"""Issues of the government gazette (政府公报), composed of published texts.

The text printed in the gazette is the standard text (立法法 第六十二、七十九条 for rules): at its
publication an issue is frozen upon the versions that are public then, page and PDF by hash.
"""

from django.db import models
from django.db.models import Q


class GazetteIssue(models.Model):
    """One issue of a county's gazette; public from `published_on` on, and never changed then."""

    county = models.ForeignKey("orgs.Organ", models.PROTECT, related_name="+", verbose_name="县")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("期号")
    total = models.PositiveSmallIntegerField("总期号", null=True)
    published_on = models.DateField("出版日期", null=True)
    published_at = models.DateTimeField("公开时间", null=True)
    published_by = models.CharField("公开人", max_length=100, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    pdf = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name="PDF"
    )
    composed_by = models.CharField("编辑", max_length=100)
    composed_at = models.DateTimeField("编辑时间")

    class Meta:
        verbose_name = "政府公报"
        verbose_name_plural = "政府公报"
        ordering = ["county", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year", "number"],
                name="policy_one_issue_a_number",
                violation_error_message="这一期已经建立",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | Q(pdf__isnull=False, published_at__isnull=False) & ~Q(sha256=""),
                name="policy_public_issue_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}期"

    @property
    def record_id(self) -> str:
        """The typed id by which the log and files point to it."""
        return f"gazette:{self.pk}"

    @property
    def address(self) -> str:
        """The public address of the issue."""
        return f"/zwgk/zfgb/{self.year}/{self.number}.html"


class GazetteItem(models.Model):
    """One text of an issue under a heading; `version` is frozen when the issue is published."""

    issue = models.ForeignKey(GazetteIssue, models.CASCADE, related_name="items")
    entry = models.ForeignKey("disclosure.Entry", models.PROTECT, related_name="+")
    version = models.ForeignKey(
        "disclosure.Version", models.PROTECT, null=True, related_name="+", verbose_name="刊登文本"
    )
    heading = models.CharField("栏目", max_length=40)
    order = models.PositiveSmallIntegerField("顺序")

    class Meta:
        verbose_name = "公报篇目"
        verbose_name_plural = "公报篇目"
        ordering = ["issue", "order"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "entry"], name="policy_printed_once_an_issue")
        ]

    def __str__(self) -> str:
        return f"{self.issue}：{self.entry}"
