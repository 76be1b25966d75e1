"""Batches of register figures, single decisions (双公示), and the runs that imported them.

A batch says what changed in a period (items added or taken off, decisions made,
projects, money). A stock is never typed: the items at the start of a year are the
sum of all changes before it, so rule V6 (last year's stock plus change equals this
year's opening) holds by construction (law.md 3.4).
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from gongkai.registers.lifecycle import BatchState, DecisionState
from gongkai.registers.rules import DECIDED, CancelReason, PartyKind, RegisterKind

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date


class ImportRun(models.Model):
    """One file of batches, imported whole; the file is known by name and SHA-256."""

    source_name = models.CharField("文件名", max_length=200)
    source_sha256 = models.CharField("文件校验值", max_length=64, db_index=True)
    rows = models.PositiveIntegerField("批次数")
    entered_by = models.CharField("导入人", max_length=100)
    entered_by_account = models.CharField("导入人账号", max_length=150)
    entered_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = "导入记录"
        verbose_name_plural = "导入记录"
        ordering = ["-entered_at", "-id"]

    def __str__(self) -> str:
        return f"{self.source_name}（{self.rows}批）"

    @property
    def typed_id(self) -> str:
        """The id under which the log and the files speak of this import."""
        return f"registers:import:{self.pk}"


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches that count, and the days they count on."""

    def counting(self) -> "BatchQuerySet":
        """Keep the batches that were not withdrawn."""
        return self.filter(state=BatchState.ENTERED)

    def of(self, organ_ids: "Collection[int]") -> "BatchQuerySet":
        """Keep the batches of these organs."""
        return self.filter(organ_id__in=organ_ids)

    def between(self, start: "date", end: "date") -> "BatchQuerySet":
        """Keep the batches whose period ends in these days; that day places a batch in time."""
        return self.filter(period_end__gte=start, period_end__lte=end)


class Batch(models.Model):
    """Figures of one register of one organ over one period within a year; amounts in 元."""

    organ = models.ForeignKey(
        "orgs.Organ", models.PROTECT, related_name="+", verbose_name="填报机构"
    )
    kind = models.CharField(
        "类别", max_length=20, choices=[(kind.value, kind.label) for kind in RegisterKind]
    )
    period_start = models.DateField("统计开始日期")
    period_end = models.DateField("统计结束日期")
    item_change = models.IntegerField("项目增减", default=0)
    decisions = models.PositiveIntegerField("处理决定数量", default=0)
    projects = models.PositiveIntegerField("采购项目数量", default=0)
    amount = models.DecimalField("金额（元）", max_digits=15, decimal_places=2, default=0)
    note = models.CharField("备注", max_length=500, blank=True)
    source_name = models.CharField("数据来源", max_length=200)
    source_sha256 = models.CharField("来源文件校验值", max_length=64, blank=True)
    imported_in = models.ForeignKey(
        ImportRun, models.PROTECT, null=True, blank=True, related_name="batches"
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="更正前的批次",
    )
    state = models.CharField(
        "状态",
        max_length=10,
        choices=[(state.value, state.label) for state in BatchState],
        default=BatchState.ENTERED,
    )
    entered_by = models.CharField("登记人", max_length=100)
    entered_by_account = models.CharField("登记人账号", max_length=150)
    entered_at = models.DateTimeField("登记时间")
    withdrawn_by = models.CharField("撤回人", max_length=100, blank=True)
    withdrawn_by_account = models.CharField("撤回人账号", max_length=150, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdraw_reason = models.CharField("撤回理由", max_length=500, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "统计批次"
        verbose_name_plural = "统计批次"
        ordering = ["-period_end", "-id"]
        indexes = [
            models.Index(fields=["organ", "kind", "period_end"], name="registers_batch_stock"),
            models.Index(fields=["period_end"], name="registers_batch_period"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="registers_batch_ends_after_it_starts",
                violation_error_message="统计结束日期不得早于统计开始日期",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="registers_batch_amount_not_negative",
                violation_error_message="金额不得为负数",
            ),
            models.CheckConstraint(
                condition=Q(state=BatchState.ENTERED) | ~Q(withdraw_reason=""),
                name="registers_batch_withdrawn_with_a_reason",
                violation_error_message="撤回须写明理由",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period_start:%Y-%m-%d}至{self.period_end:%Y-%m-%d}"

    @property
    def record_id(self) -> str:
        """The typed id by which other parts point to this batch."""
        return f"registers:{self.pk}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Single decisions that count."""

    def counting(self) -> "DecisionQuerySet":
        """Keep the decisions that were not struck as entered in error."""
        return self.exclude(state=DecisionState.STRUCK)

    def owed(self) -> "DecisionQuerySet":
        """Keep the decisions that must still be published or taken down."""
        return self.filter(state__in=[DecisionState.ENTERED, DecisionState.CANCELLED])


class Decision(models.Model):
    """One licence, penalty or act of coercion that is published on its own (双公示).

    Of a natural person only the surname is kept. `publish_by` is the last day to publish,
    `due_on` the last day of what is owed now: to publish, or to take down what no longer
    stands. The clock tells both anew with their steps.
    """

    organ = models.ForeignKey(
        "orgs.Organ", models.PROTECT, related_name="+", verbose_name="决定机关"
    )
    kind = models.CharField(
        "类别", max_length=20, choices=[(kind.value, kind.label) for kind in DECIDED]
    )
    number = models.CharField("决定文书号", max_length=100)
    party_kind = models.CharField(
        "相对人类别", max_length=12, choices=[(kind.value, kind.label) for kind in PartyKind]
    )
    party = models.CharField("行政相对人", max_length=100)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    matter = models.CharField("事项（案由）", max_length=300)
    basis = models.CharField("依据", max_length=500, blank=True)
    outcome = models.TextField("决定内容", max_length=1000)
    amount = models.DecimalField("罚没金额（元）", max_digits=15, decimal_places=2, default=0)
    decided_on = models.DateField("决定日期")
    valid_to = models.DateField("有效期至", null=True, blank=True)
    publish_by = models.DateField("应公开日期", null=True, blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    address = models.CharField("公开网址", max_length=300, blank=True)
    cancelled_on = models.DateField("变更、撤销日期", null=True, blank=True)
    cancel_reason = models.CharField(
        "变更、撤销情形",
        max_length=12,
        blank=True,
        choices=[(each.value, each.label) for each in CancelReason],
    )
    cancel_words = models.CharField("变更、撤销的理由", max_length=500, blank=True)
    taken_down_on = models.DateField("撤回公开日期", null=True, blank=True)
    source_name = models.CharField("数据来源", max_length=200)
    imported_in = models.ForeignKey(
        ImportRun, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    state = models.CharField(
        "状态",
        max_length=12,
        choices=[(state.value, state.label) for state in DecisionState],
        default=DecisionState.ENTERED,
    )
    struck_reason = models.CharField("作废理由", max_length=500, blank=True)
    entered_by = models.CharField("登记人", max_length=100)
    entered_by_account = models.CharField("登记人账号", max_length=150)
    entered_at = models.DateTimeField("登记时间")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "行政决定"
        verbose_name_plural = "行政决定"
        ordering = ["-decided_on", "-id"]
        indexes = [
            models.Index(fields=["organ", "kind", "decided_on"], name="registers_decision_day"),
            models.Index(fields=["state", "due_on"], name="registers_decision_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "kind", "number"],
                condition=~Q(state="STRUCK"),
                name="registers_decision_number_once",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(published_on__gte=F("decided_on")),
                name="registers_decision_published_after",
                violation_error_message="公开日期不得早于决定日期",
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.ENTERED)
                | Q(state=DecisionState.STRUCK)
                | Q(state=DecisionState.TAKEN_DOWN)
                | Q(published_on__isnull=False),
                name="registers_decision_public_has_a_day",
                violation_error_message="已公开的决定须有公开日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def typed_id(self) -> str:
        """The id under which the log and the files speak of this decision."""
        return f"registers.decision:{self.pk}"
