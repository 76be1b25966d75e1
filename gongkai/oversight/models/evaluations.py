"""Public evaluation (社会评议, Art. 46): which survey it is, what each question speaks of."""

from django.db import models

from gongkai.engagement.models import Question, Survey
from gongkai.orgs.models import Organ


class Evaluation(models.Model):
    """One survey that is the public evaluation of a year."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    survey = models.OneToOneField(Survey, models.PROTECT, related_name="+", verbose_name="网上调查")
    year = models.PositiveSmallIntegerField("年度")
    made_by = models.CharField("设置人", max_length=100)
    made_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "社会评议"
        verbose_name_plural = "社会评议"
        ordering = ["-year", "-pk"]

    def __str__(self) -> str:
        return f"{self.survey}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this evaluation."""
        return f"oversight.evaluation:{self.pk}"


class EvaluationPoint(models.Model):
    """One question as an indicator: of which organ (none: the whole county), of what."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="points")
    question = models.OneToOneField(Question, models.PROTECT, related_name="+", verbose_name="题目")
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="评议对象"
    )
    aspect = models.CharField("评议内容", max_length=100)

    class Meta:
        verbose_name = "评议指标"
        verbose_name_plural = "评议指标"
        ordering = ["evaluation", "question__place"]

    def __str__(self) -> str:
        return self.aspect
