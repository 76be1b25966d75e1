"""The register of public opinion: matters, steps, responses. Never public (law.md 5.2)."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.engagement.lifecycle.opinion import (
    UNANSWERED,
    OpinionEvent,
    OpinionState,
    ResponseKind,
    Severity,
)
from gongkai.engagement.models.sealing import choices
from gongkai.engagement.rules.opinion import Clock, Given, clocks_of
from gongkai.orgs.models import Organ


class OpinionMatter(models.Model):
    """One matter that people speak of: where it was found, how grave it is, who must answer."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任单位")
    number = models.CharField("编号", max_length=20)
    title = models.CharField("舆情标题", max_length=100)
    summary = models.CharField("舆情摘要", max_length=1000)
    source = models.CharField("来源", max_length=100)
    link = models.CharField("链接", max_length=500, blank=True)
    found_at = models.DateTimeField("发现时间")
    severity = models.CharField("等级", max_length=12, choices=choices(Severity))
    state = models.CharField("状态", max_length=12, choices=choices(OpinionState))
    evaluation = models.CharField("评估", max_length=1000, blank=True)
    evaluated_at = models.DateTimeField("评估时间", null=True, blank=True)

    class Meta:
        verbose_name = "政务舆情"
        verbose_name_plural = "政务舆情"
        ordering = ["-found_at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="engagement_one_opinion")
        ]
        indexes = [
            models.Index(fields=["organ", "-found_at"], name="engagement_opinion_newest"),
            models.Index(
                fields=["organ", "found_at"],
                condition=Q(state__in=[state.value for state in UNANSWERED]),
                name="engagement_opinion_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this matter."""
        return f"engagement.opinion:{self.pk}"

    def clocks(self, now: datetime) -> tuple[Clock, ...]:
        """Return the clocks that run or have run, as they stand at a moment."""
        given = [Given(ResponseKind(each.kind), each.released_at) for each in self.responses.all()]
        return clocks_of(Severity(self.severity), timezone.localtime(self.found_at), given, now)


class OpinionStep(models.Model):
    """One step of a matter: never changed; the actor is kept by value."""

    matter = models.ForeignKey(OpinionMatter, models.PROTECT, related_name="steps")
    sequence = models.PositiveIntegerField("序号")
    event = models.CharField("事项", max_length=12, choices=choices(OpinionEvent))
    at = models.DateTimeField("时间")
    words = models.CharField("内容", max_length=1000, blank=True)
    account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("经办人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)

    class Meta:
        verbose_name = "舆情处置记录"
        verbose_name_plural = "舆情处置记录"
        ordering = ["matter", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "sequence"], name="engagement_step_place_in_matter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.get_event_display()}"


class OpinionResponse(models.Model):
    """One answer of the government: by what, where, when, who spoke."""

    matter = models.ForeignKey(OpinionMatter, models.PROTECT, related_name="responses")
    kind = models.CharField("回应方式", max_length=12, choices=choices(ResponseKind))
    channel = models.CharField("发布渠道", max_length=100)
    link = models.CharField("网址", max_length=500, blank=True)
    spokesman = models.CharField("发言人", max_length=50, blank=True)
    released_at = models.DateTimeField("发布时间")
    summary = models.CharField("回应要点", max_length=1000)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "舆情回应"
        verbose_name_plural = "舆情回应"
        ordering = ["matter", "released_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.released_at}"
