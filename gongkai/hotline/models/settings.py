"""What a county sets for its hotline: numbers, who handles what where, limits, callers, clients."""

from django.db import models
from django.db.models import F, Q

from gongkai.hotline.lifecycle import OrderKind
from gongkai.hotline.models.orders import WorkOrder
from gongkai.hotline.models.sealing import choices
from gongkai.hotline.rules.categories import path_of
from gongkai.orgs.models import Organ


class OrderSeries(models.Model):
    """The last own number of an organ in a year, for orders that no city centre numbered."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveIntegerField("年份")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = "工单编号"
        verbose_name_plural = "工单编号"
        constraints = [
            models.UniqueConstraint(fields=["organ", "year"], name="hotline_one_series_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.year}"


class DispatchRule(models.Model):
    """Who handles a category in a township; either may stand open, the narrower rule wins."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    category = models.CharField("归口分类", max_length=6, blank=True)
    township = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="所在乡镇"
    )
    handler = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="承办单位")
    unit = models.CharField("承办股室", max_length=100, blank=True)

    class Meta:
        verbose_name = "派单规则"
        verbose_name_plural = "派单规则"
        ordering = ["category", "township__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "category", "township"], name="hotline_one_rule_a_place"
            ),
            models.UniqueConstraint(
                fields=["county", "category"],
                condition=Q(township__isnull=True),
                name="hotline_one_rule_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_path} → {self.handler}"

    @property
    def category_path(self) -> str:
        """Return the names of the category, or that it is any."""
        return path_of(self.category) or "全部分类"


class OwnLimit(models.Model):
    """A county's own limit for a kind of matter, from a day on, with the rule it rests on."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    kind = models.CharField("诉求类型", max_length=20, choices=choices(OrderKind))
    workdays = models.PositiveSmallIntegerField("工作日数")
    valid_from = models.DateField("施行之日")
    document = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "办理时限"
        verbose_name_plural = "办理时限"
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind", "valid_from"], name="hotline_one_limit_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.workdays}"


class CallMonth(models.Model):
    """How many calls of a month asked for staff and how many were answered (接通率)."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    month = models.DateField("月份")
    asked = models.PositiveIntegerField("请求人工服务的来电")
    answered = models.PositiveIntegerField("人工接通的来电")

    class Meta:
        verbose_name = "来电统计"
        verbose_name_plural = "来电统计"
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["county", "month"], name="hotline_one_count_a_month"),
            models.CheckConstraint(
                condition=Q(answered__lte=F("asked")), name="hotline_no_more_answered_than_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class IntakeClient(models.Model):
    """A system that may hand orders over by key: the city centre's, or an app of Open311."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="受理机关")
    name = models.CharField("接入单位", max_length=100)
    key_digest = models.CharField("密钥索引", max_length=64, unique=True)
    key_shown = models.CharField("密钥开头", max_length=12)
    opened_at = models.DateTimeField("开通时间")
    closed_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "接入密钥"
        verbose_name_plural = "接入密钥"
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.name


class IntakeReceipt(models.Model):
    """What a client sent under one idempotency key, so that it is one order however often sent."""

    client = models.ForeignKey(IntakeClient, models.PROTECT, related_name="+")
    key = models.CharField("幂等键", max_length=100)
    digest = models.CharField("内容摘要", max_length=64)
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+")
    received_at = models.DateTimeField("收到时间")

    class Meta:
        verbose_name = "接入回执"
        verbose_name_plural = "接入回执"
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="hotline_one_order_a_key")
        ]

    def __str__(self) -> str:
        return self.key
