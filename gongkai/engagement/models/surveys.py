"""Surveys, their questions and the ballots; nothing of a ballot tells who gave it (law.md 4.7)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from gongkai.engagement import deadlines
from gongkai.engagement.lifecycle.solicitations import Standing
from gongkai.engagement.lifecycle.surveys import QuestionKind, SurveyState
from gongkai.engagement.models.sealing import SealedRow, choices
from gongkai.orgs.models import Organ


class Survey(models.Model):
    """One survey of an organ: what it is for, from when to when, what came of it."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="调查机关")
    title = models.CharField("调查题目", max_length=100)
    intro = models.CharField("调查说明", max_length=1000)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    state = models.CharField("状态", max_length=12, choices=choices(SurveyState))
    last_number = models.PositiveIntegerField("答卷末号", default=0)
    conclusion = models.CharField("结论和采用情况", max_length=3000, blank=True)
    cancelled_why = models.CharField("终止理由", max_length=500, blank=True)
    drafted_at = models.DateTimeField("登记时间")
    drafted_by = models.CharField("起草人", max_length=100)
    drafted_by_account = models.CharField("起草人账号", max_length=150)
    opened_at = models.DateTimeField("发布时间", null=True, blank=True)
    opened_by = models.CharField("发布人", max_length=100, blank=True)
    results_on = models.DateField("公布结果日期", null=True, blank=True)

    class Meta:
        verbose_name = "网上调查"
        verbose_name_plural = "网上调查"
        ordering = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="engagement_survey_ends_after_it_begins",
            )
        ]
        indexes = [models.Index(fields=["organ", "-closes_on"], name="engagement_survey_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this survey."""
        return f"engagement.survey:{self.pk}"

    @property
    def address(self) -> str:
        """Return where the public reads it."""
        return f"/hdjl/wsdc/{self.pk}/"

    def standing_on(self, today: date) -> Standing:
        """Return how it stands on a day."""
        return deadlines.survey_standing(
            SurveyState(self.state), self.opens_on, self.closes_on, today
        )


class Question(models.Model):
    """One question of a survey."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="questions")
    place = models.PositiveSmallIntegerField("序号")
    text = models.CharField("题目", max_length=200)
    kind = models.CharField("题型", max_length=12, choices=choices(QuestionKind))
    required = models.BooleanField("必答", default=True)

    class Meta:
        verbose_name = "调查题目"
        verbose_name_plural = "调查题目"
        ordering = ["survey", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "place"], name="engagement_one_question_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Choice(models.Model):
    """One answer that may be chosen."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="choices")
    place = models.PositiveSmallIntegerField("序号")
    text = models.CharField("选项", max_length=100)

    class Meta:
        verbose_name = "选项"
        verbose_name_plural = "选项"
        ordering = ["question", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "place"], name="engagement_one_choice_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Ballot(SealedRow):
    """One filled-in survey: its number and day, what was written freely under seal."""

    SEALED = ("remarks",)

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="ballots")
    number = models.PositiveIntegerField("序号")
    remarks_sealed = models.BinaryField("填写的内容（密封）")
    has_remarks = models.BooleanField("有填写的内容", default=False)
    submission_key = models.CharField("提交标识", max_length=64, null=True, unique=True)  # noqa: DJ001
    received_on = models.DateField("收到日期")

    class Meta:
        verbose_name = "答卷"
        verbose_name_plural = "答卷"
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "number"], name="engagement_one_number_a_ballot"
            )
        ]

    def __str__(self) -> str:
        return f"第{self.number}份答卷"


class Pick(models.Model):
    """One answer chosen in a ballot."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="picks")
    choice = models.ForeignKey(Choice, models.PROTECT, related_name="picks")

    class Meta:
        verbose_name = "所选的选项"
        verbose_name_plural = "所选的选项"
        constraints = [
            models.UniqueConstraint(fields=["ballot", "choice"], name="engagement_one_pick_once")
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.choice_id}"
