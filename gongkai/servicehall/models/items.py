"""Service items and the versions of their guides (law.md 8.2).

An item is counted from `in_force_on` on and no more on `cancelled_on`. Which guide holds on a day
follows from the days of the published versions and is written nowhere.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models import Organ
from gongkai.servicehall.lifecycle import GuideState, ItemState
from gongkai.servicehall.models.halls import Hall
from gongkai.servicehall.models.sealing import choices
from gongkai.servicehall.rules.completeness import missing
from gongkai.servicehall.rules.guide import Guide, from_json
from gongkai.servicehall.rules.kinds import Audience, ItemKind


class ItemImport(models.Model):
    """One table of items, taken in whole; the file is known by name and SHA-256."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    source_name = models.CharField("文件名", max_length=200)
    source_sha256 = models.CharField("文件校验值", max_length=64)
    rows = models.PositiveIntegerField("事项数")
    imported_by = models.CharField("导入人", max_length=100)
    imported_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = "事项导入"
        verbose_name_plural = "事项导入"
        ordering = ["-imported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "source_sha256"], name="servicehall_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_name}（{self.rows}项）"


class ItemQuerySet(models.QuerySet["ServiceItem"]):
    """Items that count on a day."""

    def in_force(self, day: date) -> Self:
        """Keep the items on the list on a day; a suspended one stays on it."""
        still = Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=day)
        return self.filter(still, in_force_on__lte=day)

    def resident(self, day: date) -> Self:
        """Keep the items on the list that are served in a hall on a day."""
        here = Q(hall_left_on__isnull=True) | Q(hall_left_on__gt=day)
        return self.in_force(day).filter(here, hall_joined_on__lte=day)


class ServiceItem(models.Model):
    """A service item (政务服务事项) of an organ of a county.

    `lacking`, `audience` and `themes` tell of the newest published guide: how many important
    elements it lacks, whom it serves, its themes as ",g01,f03,". Only publishing writes them.
    """

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="实施主体")
    name = models.CharField("事项名称", max_length=200)
    kind = models.CharField("事项类型", max_length=16, choices=choices(ItemKind))
    code = models.CharField("实施编码", max_length=36, blank=True)
    base_code = models.CharField("基本编码", max_length=12, blank=True)
    state = models.CharField("状态", max_length=12, choices=choices(ItemState))
    in_force_on = models.DateField("列入日期", null=True)
    cancelled_on = models.DateField("取消日期", null=True)
    hall = models.ForeignKey(
        Hall, models.PROTECT, null=True, related_name="items", verbose_name="进驻大厅"
    )
    hall_joined_on = models.DateField("进驻日期", null=True)
    hall_left_on = models.DateField("撤出日期", null=True)
    lacking = models.PositiveSmallIntegerField("缺少的重点要素", default=0)
    audience = models.CharField("服务对象", max_length=10, choices=choices(Audience), blank=True)
    themes = models.CharField("主题分类", max_length=400, blank=True)
    imported_in = models.ForeignKey(
        ItemImport, models.PROTECT, null=True, related_name="items", verbose_name="导入"
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "政务服务事项"
        verbose_name_plural = "政务服务事项"
        ordering = ["organ__order", "organ__code", "kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code"],
                condition=~Q(code="") & ~Q(state=ItemState.CANCELLED),
                name="servicehall_one_code",
            ),
            models.UniqueConstraint(
                fields=["organ", "name"],
                condition=~Q(state=ItemState.CANCELLED),
                name="servicehall_one_name_an_organ",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True)
                | Q(in_force_on__isnull=True)
                | Q(cancelled_on__gte=F("in_force_on")),
                name="servicehall_item_days",
            ),
        ]
        indexes = [models.Index(fields=["county", "state"], name="servicehall_by_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def typed_id(self) -> str:
        """Return the id under which the log and other chapters speak of this item."""
        return f"servicehall:{self.pk}"

    def tell_of(self, guide: Guide) -> None:
        """Let the columns tell of a guide that is published; the row is not saved."""
        self.lacking = len(missing(self.name, guide))
        self.audience = guide.audience
        self.themes = f",{','.join(guide.themes)}," if guide.themes else ""


class GuideVersion(models.Model):
    """One version of an item's guide; at most one of an item is not published yet."""

    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版本")
    state = models.CharField("状态", max_length=10, choices=choices(GuideState))
    told = models.JSONField("指南", default=dict)
    effective_on = models.DateField("生效日期", null=True)
    written_by = models.CharField("编制人", max_length=100)
    written_by_account = models.CharField("编制人账号", max_length=150)
    submitted_by_account = models.CharField("提交人账号", max_length=150, blank=True)
    published_by = models.CharField("审核人", max_length=100, blank=True)
    published_at = models.DateTimeField("审核时间", null=True)

    class Meta:
        verbose_name = "办事指南"
        verbose_name_plural = "办事指南"
        ordering = ["item", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="servicehall_one_number"),
            models.UniqueConstraint(
                fields=["item"],
                condition=~Q(state=GuideState.PUBLISHED),
                name="servicehall_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} 第{self.number}版"

    @property
    def guide(self) -> Guide:
        """Return what the guide tells."""
        return from_json(self.told)
