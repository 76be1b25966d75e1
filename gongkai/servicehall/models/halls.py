"""Halls where people are served: who has moved in, windows, the people behind them.

Whoever came is counted from `joined_on` on, and is no more counted on `left_on`.
"""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models import Organ
from gongkai.servicehall.models.sealing import choices
from gongkai.servicehall.rules.kinds import HallKind, WindowKind


def ends_after(start: str, end: str, name: str) -> models.CheckConstraint:
    """Return the constraint that a day of leaving is not before the day of coming."""
    condition = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)})
    return models.CheckConstraint(condition=condition, name=name)


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with a day of coming and a day of leaving."""

    def present(self, day: date) -> Self:
        """Keep what is there on a day."""
        here = Q(left_on__isnull=True) | Q(left_on__gt=day)
        return self.filter(here, joined_on__lte=day)


class Hall(models.Model):
    """A hall, kept by the organ that runs it; the area in square metres, the cost in 元."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="管理机构")
    kind = models.CharField("类别", max_length=12, choices=choices(HallKind))
    name = models.CharField("名称", max_length=200)
    address = models.CharField("地址", max_length=200)
    opening = models.CharField("开放时间", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    area = models.DecimalField("面积（平方米）", max_digits=10, decimal_places=2, null=True)
    investment = models.DecimalField("投资（元）", max_digits=15, decimal_places=2, null=True)
    joined_on = models.DateField("启用日期")
    left_on = models.DateField("停用日期", null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "大厅"
        verbose_name_plural = "大厅"
        ordering = ["kind", "organ__order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"],
                condition=Q(left_on__isnull=True),
                name="servicehall_one_name",
            ),
            ends_after("joined_on", "left_on", "servicehall_hall_days"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this hall."""
        return f"servicehall.hall:{self.pk}"


class Residency(models.Model):
    """An organ that has moved into a hall (进驻部门)."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="residencies")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="部门")
    joined_on = models.DateField("进驻日期")
    left_on = models.DateField("撤出日期", null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "进驻部门"
        verbose_name_plural = "进驻部门"
        ordering = ["hall", "organ__order", "organ__code", "joined_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "organ"],
                condition=Q(left_on__isnull=True),
                name="servicehall_resident_once",
            ),
            ends_after("joined_on", "left_on", "servicehall_residency_days"),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.hall}"


class Window(models.Model):
    """A window of a hall; of no organ when it serves for all."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="windows")
    number = models.CharField("窗口编号", max_length=20)
    name = models.CharField("窗口名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=choices(WindowKind))
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="部门"
    )
    joined_on = models.DateField("启用日期")
    left_on = models.DateField("停用日期", null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "窗口"
        verbose_name_plural = "窗口"
        ordering = ["hall", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "number"],
                condition=Q(left_on__isnull=True),
                name="servicehall_window_once",
            ),
            ends_after("joined_on", "left_on", "servicehall_window_days"),
        ]

    def __str__(self) -> str:
        return f"{self.number}号窗口（{self.name}）"


class Attendant(models.Model):
    """Somebody who works in a hall for an organ; `agent`: helps and acts for applicants."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="attendants")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="派出部门")
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, related_name="attendants", verbose_name="窗口"
    )
    name = models.CharField("姓名", max_length=40)
    duty = models.CharField("职责", max_length=100, blank=True)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    agent = models.BooleanField("帮代办员", default=False)
    joined_on = models.DateField("进驻日期")
    left_on = models.DateField("离开日期", null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "进驻人员"
        verbose_name_plural = "进驻人员"
        ordering = ["hall", "organ__order", "organ__code", "name", "pk"]
        constraints = [ends_after("joined_on", "left_on", "servicehall_attendant_days")]

    def __str__(self) -> str:
        return f"{self.name}（{self.organ}）"
