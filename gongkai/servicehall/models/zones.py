"""Zones for open government (政务公开专区) and their visitors by month (law.md 7.4)."""

from django.db import models
from django.db.models import Q

from gongkai.orgs.models import Organ
from gongkai.servicehall.models.halls import DatedQuerySet, ends_after
from gongkai.servicehall.models.sealing import choices
from gongkai.servicehall.rules.kinds import ZonePlace


class OpenZone(models.Model):
    """A place where people read, ask and apply for information; kept by its organ."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="管理机构")
    place = models.CharField("设置场所", max_length=12, choices=choices(ZonePlace))
    name = models.CharField("名称", max_length=200)
    address = models.CharField("地址", max_length=200)
    opening = models.CharField("开放时间", max_length=200)
    phone = models.CharField("电话", max_length=40, blank=True)
    area = models.DecimalField("面积（平方米）", max_digits=10, decimal_places=2, null=True)
    facilities = models.CharField("设施", max_length=500, blank=True)
    services = models.CharField("提供的服务", max_length=500, blank=True)
    keeper = models.CharField("负责人", max_length=40, blank=True)
    joined_on = models.DateField("启用日期")
    left_on = models.DateField("停用日期", null=True)
    checked_on = models.DateField("最近检查", null=True)
    remark = models.CharField("检查情况", max_length=500, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "政务公开专区"
        verbose_name_plural = "政务公开专区"
        ordering = ["place", "organ__order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"],
                condition=Q(left_on__isnull=True),
                name="servicehall_one_zone",
            ),
            ends_after("joined_on", "left_on", "servicehall_zone_days"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def typed_id(self) -> str:
        """Return the id under which the log and the files speak of this zone."""
        return f"servicehall.zone:{self.pk}"


class ZoneMonth(models.Model):
    """How many people came in a month; entered anew, the newest holds."""

    zone = models.ForeignKey(OpenZone, models.PROTECT, related_name="months")
    starts_on = models.DateField("月份")
    visits = models.PositiveIntegerField("访问人次")
    entered_by = models.CharField("填报人", max_length=100)
    entered_at = models.DateTimeField("填报时间")

    class Meta:
        verbose_name = "专区月度人次"
        verbose_name_plural = "专区月度人次"
        ordering = ["zone", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["zone", "starts_on"], name="servicehall_month_once")
        ]

    def __str__(self) -> str:
        return f"{self.zone} {self.starts_on:%Y-%m}"
