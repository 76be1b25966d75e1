"""Interpretations of a document and its texts by day: what stands beside and behind its entry.

Serves 政策解读与文件同步 (law.md 6.2) and the text as it stood on any day (law.md 6.1). The words
themselves are entries and frozen versions of `disclosure`.
"""

from django.db import models

from gongkai.policy.models.documents import PolicyDocument, Relation
from gongkai.policy.rules.dossiers import InterpretationForm


class Interpretation(models.Model):
    """One interpretation (解读) of a document in one form, with an entry of its own."""

    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="interpretations")
    form = models.CharField(
        "形式", max_length=10, choices=[(form.value, form.label) for form in InterpretationForm]
    )
    entry = models.OneToOneField(
        "disclosure.Entry", models.PROTECT, null=True, related_name="+", verbose_name="解读稿"
    )
    added_by = models.CharField("起草人", max_length=100)
    added_at = models.DateTimeField("起草时间")

    class Meta:
        verbose_name = "政策解读"
        verbose_name_plural = "政策解读"
        ordering = ["document", "pk"]

    def __str__(self) -> str:
        return f"{self.get_form_display()}：{self.entry}"

    @property
    def record_id(self) -> str:
        """The typed id by which its entry points to it."""
        return f"interpretation:{self.pk}"


class TextVersion(models.Model):
    """The frozen text of a document in force from a day; the latest row of a day is right.

    The first text has no relation; each later one follows an amendment, or (with the day of
    the text before) puts an error of that text right.
    """

    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="texts")
    version = models.ForeignKey("disclosure.Version", models.PROTECT, related_name="+")
    relation = models.ForeignKey(Relation, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField("自何日起")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "历次文本"
        verbose_name_plural = "历次文本"
        ordering = ["document", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "version"], name="policy_one_text_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}（{self.valid_from:%Y-%m-%d}起）"
