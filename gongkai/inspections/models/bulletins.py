"""Bulletins: figures frozen with the lists behind them, and each organ's own share."""

from django.db import models
from django.db.models import F, Q

from gongkai.inspections.lifecycle import BulletinPeriod, BulletinState
from gongkai.inspections.models.sites import choices
from gongkai.orgs.models import Organ


class Bulletin(models.Model):
    """The bulletin of a county for a month or quarter; issued, `content` never changes."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    period = models.CharField("周期", max_length=8, choices=choices(BulletinPeriod))
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("截止日期")
    state = models.CharField("状态", max_length=8, choices=choices(BulletinState))
    workdays = models.PositiveSmallIntegerField("整改工作日数", default=10)
    number = models.CharField("文号", max_length=60, blank=True)
    content = models.JSONField("数字和清单")
    digest = models.CharField("摘要", max_length=64)
    taken_at = models.DateTimeField("取数时间")
    taken_by = models.CharField("取数人", max_length=100)
    issued_on = models.DateField("印发日期", null=True)
    issued_by = models.CharField("印发人", max_length=100, blank=True)
    due_on = models.DateField("整改期限", null=True)
    published_at = models.DateTimeField("公布时间", null=True)
    published_by = models.CharField("公布人", max_length=100, blank=True)

    class Meta:
        verbose_name = "通报"
        verbose_name_plural = "通报"
        ordering = ["-ends_on", "-period"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "period", "starts_on"], name="inspections_one_bulletin_a_period"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="inspections_bulletin_has_a_span"
            ),
        ]

    def __str__(self) -> str:
        return str(self.content.get("title", ""))

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this bulletin."""
        return f"inspections.bulletin:{self.pk}"


class BulletinShare(models.Model):
    """What one organ was told of an issued bulletin: its own rows and no other's."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="shares")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="单位")
    numbers = models.JSONField("问题编号", default=list)
    told_at = models.DateTimeField("告知时间")
    signed_at = models.DateTimeField("签收时间", null=True)
    signed_by = models.CharField("签收人", max_length=100, blank=True)

    class Meta:
        verbose_name = "通报送达"
        verbose_name_plural = "通报送达"
        ordering = ["bulletin", "organ"]
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "organ"], name="inspections_one_share_an_organ"
            )
        ]

    def __str__(self) -> str:
        return f"{self.bulletin} {self.organ}"
