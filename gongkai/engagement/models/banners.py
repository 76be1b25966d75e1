"""Emergency banners that stand on every public page for a while (docs/adr/0023)."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models import Organ


class Banner(models.Model):
    """One emergency notice of a county: its words, where it leads, until when it stands."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    text = models.CharField("提示内容", max_length=120)
    link = models.CharField("详情网址", max_length=300, blank=True)
    raised_at = models.DateTimeField("发布时间")
    raised_by = models.CharField("发布人", max_length=100)
    until = models.DateTimeField("截止时间")
    lifted_at = models.DateTimeField("撤下时间", null=True, blank=True)
    lifted_by = models.CharField("撤下人", max_length=100, blank=True)

    class Meta:
        verbose_name = "紧急提示"
        verbose_name_plural = "紧急提示"
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("raised_at")), name="engagement_banner_stands_a_while"
            )
        ]
        indexes = [
            models.Index(
                fields=["county", "until"],
                condition=Q(lifted_at__isnull=True),
                name="engagement_banner_standing",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this banner."""
        return f"engagement.banner:{self.pk}"

    def stands_at(self, at: datetime) -> bool:
        """Say whether it stands on the pages at a moment."""
        return self.raised_at <= at < self.until and self.lifted_at is None
