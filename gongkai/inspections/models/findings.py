"""Findings and what became of them: the county's ledger of rectification (practice.md 4.4).

What lists and bulletins ask of stands in the finding's own columns; orders and answers are
`Rectification` rows, one a round; what happened is told by `Step` rows.
"""

from datetime import date

from django.db import models
from django.db.models import Q

from gongkai.inspections.lifecycle import FindingEvent, FindingState, Source
from gongkai.inspections.lifecycle.findings import NO_FAULT, OVER, STANDING
from gongkai.inspections.models.runs import Run
from gongkai.inspections.models.sites import Site, choices
from gongkai.orgs.models import Organ

_DUE = (FindingState.SENT, FindingState.OBJECTED, FindingState.DISMISSED, FindingState.RECTIFYING)


def _in(states: tuple[FindingState, ...]) -> Q:
    return Q(state__in=[state.value for state in states])


class Finding(models.Model):
    """One fault at one place, laid at the door of one organ."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任单位")
    number = models.CharField("问题编号", max_length=20)
    source = models.CharField("发现来源", max_length=12, choices=choices(Source))
    run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="发现的巡查")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="最近巡查")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+", verbose_name="网站")
    rule = models.CharField("检查项", max_length=60)
    indicator = models.CharField("一级指标", max_length=60)
    item = models.CharField("二级指标", max_length=120, blank=True)
    standard = models.CharField("评价标准", max_length=500, blank=True)
    address = models.CharField("网址", max_length=1000, blank=True)
    column = models.CharField("栏目", max_length=200, blank=True)
    why = models.CharField("问题", max_length=1000)
    evidence = models.CharField("证据", max_length=1000, blank=True)
    target = models.CharField("对象", max_length=1000, blank=True)
    status = models.PositiveSmallIntegerField("响应状态", null=True)
    seconds = models.FloatField("响应秒数", null=True)
    fingerprint = models.CharField("指纹", max_length=64)
    alike = models.BigIntegerField("同类", default=0)  # of `rules.alike`: what a list shows as one
    repeated = models.BooleanField("重复出现", default=False)
    times_seen = models.PositiveIntegerField("发现次数", default=1)
    found_at = models.DateTimeField("发现时间")
    last_seen_at = models.DateTimeField("最近发现时间")
    gone_at = models.DateTimeField("不再发现时间", null=True)
    state = models.CharField("状态", max_length=12, choices=choices(FindingState))
    person = models.CharField("责任人", max_length=60, blank=True)
    due_on = models.DateField("整改期限", null=True)
    due_provisional = models.BooleanField("期限为推算", default=False)
    answered_at = models.DateTimeField("反馈时间", null=True)
    closed_at = models.DateTimeField("销号时间", null=True)

    class Meta:
        verbose_name = "巡查问题"
        verbose_name_plural = "巡查问题"
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "number"], name="inspections_one_number_a_county"
            ),
            models.UniqueConstraint(
                fields=["county", "fingerprint"],
                condition=_in(STANDING),
                name="inspections_one_standing_finding",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "-found_at", "-id"], name="inspections_newest"),
            models.Index(fields=["county", "state", "-found_at"], name="inspections_by_state"),
            models.Index(
                fields=["county", "indicator", "-found_at"], name="inspections_by_indicator"
            ),
            models.Index(fields=["organ", "state", "-found_at"], name="inspections_by_organ"),
            models.Index(fields=["county", "fingerprint"], name="inspections_by_print"),
            models.Index(
                fields=["county", "due_on"], condition=_in(_DUE), name="inspections_due_county"
            ),
            models.Index(
                fields=["organ", "due_on"], condition=_in(_DUE), name="inspections_due_organ"
            ),
            # A list of groups reads this one alone: all that it counts stands in it.
            models.Index(
                fields=[
                    "county",
                    "organ",
                    "alike",
                    "state",
                    "found_at",
                    "due_on",
                    "repeated",
                    "indicator",
                    "source",
                    "id",
                ],
                name="inspections_alike",
            ),
            models.Index(
                fields=["site", "rule"], condition=_in(STANDING), name="inspections_standing"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def typed_id(self) -> str:
        """Return the id under which the log and the files speak of this finding."""
        return f"inspections:{self.pk}"

    @property
    def is_over(self) -> bool:
        """Say whether nothing more is to be done."""
        return self.state in OVER

    @property
    def is_fault(self) -> bool:
        """Say whether it counts against the organ."""
        return self.state not in NO_FAULT

    def is_overdue(self, today: date) -> bool:
        """Say whether the organ owes its answer since before a day."""
        return self.state in _DUE and self.due_on is not None and self.due_on < today


class Rectification(models.Model):
    """One round: the order with its date, what the organ did, what the re-check showed."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField("轮次")
    ordered_on = models.DateField("交办日期", null=True)
    workdays = models.PositiveSmallIntegerField("工作日数", null=True)
    due_on = models.DateField("整改期限", null=True)
    requirement = models.CharField("整改要求", max_length=500, blank=True)
    ordered_by = models.CharField("交办人", max_length=100, blank=True)
    measures = models.CharField("整改措施", max_length=1000, blank=True)
    result = models.CharField("整改结果", max_length=1000, blank=True)
    answered_on = models.DateField("完成日期", null=True)
    answered_by = models.CharField("反馈人", max_length=100, blank=True)
    passed = models.BooleanField("复核结论", null=True)
    checked_on = models.DateField("复核日期", null=True)
    checked_by = models.CharField("复核人", max_length=100, blank=True)
    check_words = models.CharField("复核说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "整改"
        verbose_name_plural = "整改"
        ordering = ["finding", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "number"], name="inspections_one_round_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.finding} 第{self.number}轮"


class Objection(models.Model):
    """What the organ says against a finding, and how the office ruled."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="objections")
    reason = models.CharField("异议理由", max_length=1000)
    made_at = models.DateTimeField("提出时间")
    made_by = models.CharField("提出人", max_length=100)
    upheld = models.BooleanField("裁定", null=True)
    ruling = models.CharField("裁定理由", max_length=1000, blank=True)
    ruled_at = models.DateTimeField("裁定时间", null=True)
    ruled_by = models.CharField("裁定人", max_length=100, blank=True)

    class Meta:
        verbose_name = "异议"
        verbose_name_plural = "异议"
        ordering = ["finding", "pk"]

    def __str__(self) -> str:
        return f"{self.finding} 异议"


class Verdict(models.Model):
    """That a fault is none, remembered by fingerprint so that no scan tells of it again."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    fingerprint = models.CharField("指纹", max_length=64)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="verdicts")
    reason = models.CharField("理由", max_length=1000)
    given_at = models.DateTimeField("认定时间")
    given_by = models.CharField("认定人", max_length=100)
    taken_back_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        verbose_name = "误报认定"
        verbose_name_plural = "误报认定"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "fingerprint"],
                condition=Q(taken_back_at__isnull=True),
                name="inspections_one_verdict",
            )
        ]

    def __str__(self) -> str:
        return f"{self.finding} 误报"


class Step(models.Model):
    """What happened to a finding, as its page tells it."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    event = models.CharField("事项", max_length=12, choices=choices(FindingEvent))
    at = models.DateTimeField("时间")
    words = models.CharField("内容", max_length=1000, blank=True)
    account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("经办人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        ordering = ["finding", "pk"]

    def __str__(self) -> str:
        return f"{self.finding} {self.get_event_display()}"


class FindingSeries(models.Model):
    """The last number of a county in a year."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    year = models.PositiveIntegerField("年份")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = "问题编号"
        verbose_name_plural = "问题编号"
        constraints = [
            models.UniqueConstraint(fields=["county", "year"], name="inspections_one_series_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.year}"
