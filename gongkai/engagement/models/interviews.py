"""Online interviews and press conferences; notice and record are entries of disclosure.

A question that came online is sealed as it came; what the record shows is the organ's wording.
"""

from datetime import datetime

from django.db import models

from gongkai.disclosure.models import Entry
from gongkai.engagement.lifecycle.interviews import InterviewKind, InterviewState
from gongkai.engagement.models.sealing import SealedRow, choices
from gongkai.orgs.models import Organ


class Interview(models.Model):
    """One interview or press conference; `entry` is the notice, `transcript_entry` the record."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="主办机关")
    kind = models.CharField("形式", max_length=12, choices=choices(InterviewKind))
    theme = models.CharField("主题", max_length=100)
    guests = models.CharField("嘉宾", max_length=500)
    held_at = models.DateTimeField("举行时间")
    place = models.CharField("地点", max_length=200, blank=True)
    questions_until = models.DateTimeField("网上提问截止时间", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=choices(InterviewState))
    last_number = models.PositiveIntegerField("提问末号", default=0)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name="预告"
    )
    transcript_entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name="实录"
    )
    published_on = models.DateField("公布实录日期", null=True, blank=True)
    cancelled_why = models.CharField("取消理由", max_length=500, blank=True)
    drafted_at = models.DateTimeField("登记时间")
    drafted_by = models.CharField("登记人", max_length=100)

    class Meta:
        verbose_name = "访谈和发布会"
        verbose_name_plural = "访谈和发布会"
        ordering = ["-held_at", "-pk"]
        indexes = [models.Index(fields=["organ", "-held_at"], name="engagement_interview_newest")]

    def __str__(self) -> str:
        return self.theme

    @property
    def typed_id(self) -> str:
        """Return the id of the record, which its notice carries."""
        return f"engagement.interview:{self.pk}"

    @property
    def transcript_id(self) -> str:
        """Return the id of the record that the transcript's entry carries."""
        return f"engagement.transcript:{self.pk}"

    def takes_questions(self, at: datetime) -> bool:
        """Say whether questions may be sent online at a moment."""
        until = self.questions_until
        return self.state == InterviewState.ANNOUNCED and until is not None and at <= until


class Exchange(SealedRow):
    """One question, as it came under seal, and with its answer as the record shows them."""

    SEALED = ("text",)

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="exchanges")
    number = models.PositiveIntegerField("序号")
    online = models.BooleanField("网上提问", default=False)
    text_sealed = models.BinaryField("提问原文（密封）")
    submission_key = models.CharField("提交标识", max_length=64, null=True, unique=True)  # noqa: DJ001
    received_at = models.DateTimeField("收到时间")
    asked_by = models.CharField("提问人", max_length=50, blank=True)
    question = models.CharField("提问", max_length=500, blank=True)
    answered_by = models.CharField("答问人", max_length=100, blank=True)
    answer = models.CharField("回答", max_length=5000, blank=True)
    answered_at = models.DateTimeField("登记回答时间", null=True, blank=True)

    class Meta:
        verbose_name = "问答"
        verbose_name_plural = "问答"
        ordering = ["interview", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "number"], name="engagement_one_number_an_exchange"
            )
        ]

    def __str__(self) -> str:
        return f"第{self.number}条提问"

    @property
    def text(self) -> str:
        """Return the question as it came."""
        return self.unseal("text")
