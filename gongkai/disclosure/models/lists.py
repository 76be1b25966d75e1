"""What a county lists: words that are no mistakes, words and links that must not be published.

Rows are never taken away: one that is stopped says when, by whom and why, and the word may be
listed anew.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models import Organ
from gongkai.text.levels import Level


class ListKind(models.TextChoices):
    """Which list: the label is what screens call an entry of it."""

    WORD = "WORD", "敏感词"
    LINK = "LINK", "禁用链接"
    ALLOWED = "ALLOWED", "不是错误的词"


class ListedTermQuerySet(models.QuerySet["ListedTerm"]):
    """Entries of lists."""

    def standing(self) -> "ListedTermQuerySet":
        """Keep those that nobody has stopped."""
        return self.filter(stopped_at__isnull=True)

    def holding(self, on: date) -> "ListedTermQuerySet":
        """Keep those that hold on a day."""
        until = Q(until_on__isnull=True) | Q(until_on__gte=on)
        return self.standing().filter(until, from_on__lte=on)


class ListedTerm(models.Model):
    """A word, or a host with or without a path, and why it is listed."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    kind = models.CharField("名单", max_length=8, choices=ListKind)
    word = models.CharField("词语或者网址", max_length=200)
    level = models.CharField(
        "处理", max_length=8, choices=[(each.value, each.label) for each in Level]
    )
    reason = models.CharField("理由", max_length=300)
    basis = models.CharField("依据", max_length=200, blank=True)
    from_on = models.DateField("起用日期")
    until_on = models.DateField("有效期至", null=True)
    added_at = models.DateTimeField("列入时间")
    added_by = models.CharField("列入人", max_length=100)
    stopped_at = models.DateTimeField("停用时间", null=True)
    stopped_by = models.CharField("停用人", max_length=100, blank=True)
    stop_reason = models.CharField("停用理由", max_length=300, blank=True)

    objects = ListedTermQuerySet.as_manager()

    class Meta:
        verbose_name = "词语和链接名单"
        verbose_name_plural = "词语和链接名单"
        ordering = ["county", "kind", "-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind", "word"],
                condition=Q(stopped_at__isnull=True),
                name="disclosure_listed_once",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="disclosure_listed_has_a_span",
            ),
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this entry."""
        return f"disclosure.listed:{self.pk}"
