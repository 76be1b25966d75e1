"""Request numbers: `{region6}{organ serial3}-{YYYY}-{NNNN}`, gapless in an organ and year.

A counter row is advanced in the transaction of the verb that takes the number, so
that a number is used once and none is lost.
"""

from django.db import models

from gongkai.orgs.models import Organ


class OrganSerial(models.Model):
    """The three digits that stand for an organ in its request numbers; never given again."""

    organ = models.OneToOneField(Organ, models.PROTECT, related_name="+", primary_key=True)
    region = models.CharField("行政区划代码", max_length=6)
    serial = models.PositiveIntegerField("机构序号")

    class Meta:
        verbose_name = "机构序号"
        verbose_name_plural = "机构序号"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "serial"], name="inforequests_one_organ_a_serial"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region}{self.serial:03d}"


class NumberSeries(models.Model):
    """The last number that an organ has given in a year."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveIntegerField("年份")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = "申请编号"
        verbose_name_plural = "申请编号"
        constraints = [
            models.UniqueConstraint(fields=["organ", "year"], name="inforequests_one_series_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.year}：{self.last}"
