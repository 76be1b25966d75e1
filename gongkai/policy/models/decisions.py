"""The yearly catalogue of major administrative decisions (重大行政决策事项目录) and their steps.

Serves 重大行政决策程序暂行条例 第三条 (the list is published) and the public column of them.
"""

from django.db import models

from gongkai.policy.rules.decisions import DecisionStep


class DecisionCatalogue(models.Model):
    """A county's catalogue of one year; it is public once its entry is."""

    county = models.ForeignKey("orgs.Organ", models.PROTECT, related_name="+", verbose_name="县")
    year = models.PositiveSmallIntegerField("年度")
    entry = models.OneToOneField(
        "disclosure.Entry", models.PROTECT, null=True, related_name="+", verbose_name="公布的目录"
    )

    class Meta:
        verbose_name = "重大行政决策事项目录"
        verbose_name_plural = "重大行政决策事项目录"
        ordering = ["county", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year"], name="policy_one_decision_catalogue_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年度重大行政决策事项目录"

    @property
    def record_id(self) -> str:
        """The typed id by which its entry and the log point to it."""
        return f"decisions:{self.pk}"


class MajorDecision(models.Model):
    """One matter of the catalogue; `listed` once a published list names it."""

    catalogue = models.ForeignKey(DecisionCatalogue, models.PROTECT, related_name="items")
    organ = models.ForeignKey(
        "orgs.Organ", models.PROTECT, related_name="+", verbose_name="承办单位"
    )
    title = models.CharField("决策事项", max_length=200)
    order = models.PositiveSmallIntegerField("顺序")
    steps = models.JSONField("已履行的程序", default=list)
    listed = models.BooleanField("已公布", default=False)
    dropped_reason = models.CharField("调出目录的理由", max_length=500, blank=True)

    class Meta:
        verbose_name = "重大行政决策事项"
        verbose_name_plural = "重大行政决策事项"
        ordering = ["catalogue", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["catalogue", "title"],
                name="policy_decision_once_a_year",
                violation_error_message="目录中已有这一事项",
            )
        ]

    def __str__(self) -> str:
        return self.title


class DecisionLink(models.Model):
    """A published text of one step of a decision: the draft, the feedback, the document."""

    decision = models.ForeignKey(MajorDecision, models.CASCADE, related_name="links")
    step = models.CharField(
        "程序", max_length=12, choices=[(step.value, step.label) for step in DecisionStep]
    )
    entry = models.ForeignKey("disclosure.Entry", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "决策的公开信息"
        verbose_name_plural = "决策的公开信息"
        ordering = ["decision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "entry"], name="policy_decision_linked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}：{self.entry}"
