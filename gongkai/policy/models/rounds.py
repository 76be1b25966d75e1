"""Clean-up reviews (清理) of documents: what departments propose, what the office settles.

Serves 国办发〔2018〕37号 (定期清理, 公布继续有效、废止、失效的目录; law.md 6.1).
"""

from django.db import models
from django.db.models import Q

from gongkai.policy.models.documents import PolicyDocument
from gongkai.policy.rules.rounds import Decision

_DECISIONS = [(decision.value, decision.label) for decision in Decision]


class ReviewRound(models.Model):
    """One clean-up of a county's documents; `entry` is the list that is published of it."""

    county = models.ForeignKey("orgs.Organ", models.PROTECT, related_name="+", verbose_name="县")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=200)
    basis = models.CharField("清理依据", max_length=300)
    opened_at = models.DateTimeField("启动时间")
    opened_by = models.CharField("启动人", max_length=100)
    closed_at = models.DateTimeField("办结时间", null=True)
    closed_by = models.CharField("办结人", max_length=100, blank=True)
    effective_on = models.DateField("废止、失效的日期", null=True)
    decree = models.CharField("清理决定", max_length=300, blank=True)
    entry = models.OneToOneField(
        "disclosure.Entry", models.PROTECT, null=True, related_name="+", verbose_name="清理结果"
    )

    class Meta:
        verbose_name = "文件清理"
        verbose_name_plural = "文件清理"
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["county", "title"], name="policy_one_round_a_title"),
            models.UniqueConstraint(
                fields=["county"],
                condition=Q(closed_at__isnull=True),
                name="policy_one_open_round",
                violation_error_message="上一次清理尚未办结",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def record_id(self) -> str:
        """The typed id by which its entry and the log point to it."""
        return f"reviewround:{self.pk}"


class RoundItem(models.Model):
    """One document in a clean-up: proposed by its organ, settled by the office."""

    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="items")
    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="+")
    proposed = models.CharField("建议", max_length=8, choices=_DECISIONS, blank=True)
    proposed_reason = models.CharField("理由", max_length=500, blank=True)
    proposed_by = models.CharField("提出人", max_length=100, blank=True)
    proposed_at = models.DateTimeField("提出时间", null=True)
    settled = models.CharField("结论", max_length=8, choices=_DECISIONS, blank=True)
    settled_note = models.CharField("说明", max_length=500, blank=True)
    settled_by = models.CharField("确定人", max_length=100, blank=True)
    settled_at = models.DateTimeField("确定时间", null=True)

    class Meta:
        verbose_name = "清理的文件"
        verbose_name_plural = "清理的文件"
        ordering = ["round", "document__organ__order", "document__formed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "document"], name="policy_reviewed_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}：{self.document}"
