"""What a county says of an indicator from a day on: points, weight, text (law.md 4.3).

The indicators themselves are data of `rules.indicators`; a row here stands before that from its
first day to its last. Rows are never changed but for the last day, set when the next one begins.
"""

from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models import Organ


class IndicatorTerms(models.Model):
    """The terms of one indicator in a county from `since` to `until` (None: until further)."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    code = models.CharField("指标代码", max_length=8)
    points = models.DecimalField("分值", max_digits=5, decimal_places=2, null=True)
    each = models.DecimalField("每处扣分", max_digits=5, decimal_places=2, null=True)
    weight = models.DecimalField("权重", max_digits=5, decimal_places=2, default=1)
    standard = models.CharField("评价标准", max_length=500, blank=True)
    since = models.DateField("施行日期")
    until = models.DateField("失效日期", null=True)
    basis = models.CharField("依据", max_length=500)
    set_at = models.DateTimeField("登记时间")
    set_by = models.CharField("登记人", max_length=100)

    class Meta:
        verbose_name = "指标分值"
        verbose_name_plural = "指标分值"
        ordering = ["county", "code", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code", "since"], name="inspections_one_terms_a_day"
            ),
            models.UniqueConstraint(
                fields=["county", "code"],
                condition=Q(until__isnull=True),
                name="inspections_one_open_terms",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="inspections_terms_have_a_span",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.since}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of these terms."""
        return f"inspections.terms:{self.pk}"
