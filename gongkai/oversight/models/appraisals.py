"""The yearly appraisal (考核, Art. 46): indicators, who is appraised, each score, objections."""

from datetime import date
from decimal import Decimal

from django.db import models

from gongkai.orgs.models import Organ
from gongkai.orgs.queries import Level
from gongkai.oversight.lifecycle import AppraisalState
from gongkai.oversight.models.plans import choices
from gongkai.oversight.rules.scoring import Counted, Method


def _points(label: str, **more: object) -> models.DecimalField:
    return models.DecimalField(label, max_digits=6, decimal_places=2, **more)


class Appraisal(models.Model):
    """One appraisal of a county; figures are of the days from `starts_on` to `ends_on`."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=200)
    starts_on = models.DateField("考核起始日期")
    ends_on = models.DateField("考核截止日期")
    full = _points("满分", default=Decimal(100))
    self_due_on = models.DateField("自评期限")
    object_until = models.DateField("异议期限", null=True)
    state = models.CharField("状态", max_length=10, choices=choices(AppraisalState))
    made_by = models.CharField("制定人", max_length=100)
    made_at = models.DateTimeField("制定时间")
    counted_at = models.DateTimeField("取数时间", null=True)
    confirmed_on = models.DateField("确认日期", null=True)
    confirmed_by = models.CharField("确认人", max_length=100, blank=True)
    published_at = models.DateTimeField("公布时间", null=True)
    published_by = models.CharField("公布人", max_length=100, blank=True)

    class Meta:
        verbose_name = "考核"
        verbose_name_plural = "考核"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year", "title"], name="oversight_one_appraisal_a_title"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this appraisal."""
        return f"oversight.appraisal:{self.pk}"

    def takes_objections(self, today: date) -> bool:
        """Say whether organs may object on a day."""
        shown = self.state == AppraisalState.SHOWN
        return shown and (self.object_until is None or today <= self.object_until)


class Indicator(models.Model):
    """One indicator: its points, how it is scored, the figure that scores it."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="indicators")
    place = models.PositiveSmallIntegerField("序号")
    group = models.CharField("一级指标", max_length=60)
    item = models.CharField("二级指标", max_length=120)
    standard = models.CharField("评分标准", max_length=500, blank=True)
    points = _points("分值")
    method = models.CharField("计分方式", max_length=10, choices=choices(Method))
    figure = models.CharField("数据项", max_length=60, blank=True)
    each = _points("每件扣分", null=True)
    target = _points("目标值", null=True)

    class Meta:
        verbose_name = "考核指标"
        verbose_name_plural = "考核指标"
        ordering = ["appraisal", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "place"], name="oversight_one_indicator_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.item


class AppraisalUnit(models.Model):
    """One organ that is appraised, with the bodies it answers for; the ranking once it is fixed."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="units")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="单位")
    level = models.CharField("组别", max_length=12, choices=choices(Level))
    covered = models.JSONField("包括的机构", default=list)
    total = _points("总分", null=True)
    rank = models.PositiveSmallIntegerField("名次", null=True)
    grade = models.CharField("等次", max_length=10, blank=True)

    class Meta:
        verbose_name = "考核单位"
        verbose_name_plural = "考核单位"
        ordering = ["appraisal", "level", "organ__order", "organ__code"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "organ"], name="oversight_one_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.organ}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this organ's scores."""
        return f"oversight.unit:{self.pk}"


class Rating(models.Model):
    """The score of one organ in one indicator: what it gave itself, what counts, who looked."""

    unit = models.ForeignKey(AppraisalUnit, models.PROTECT, related_name="ratings")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    self_points = _points("自评分", null=True)
    self_words = models.CharField("自评说明", max_length=1000, blank=True)
    self_link = models.CharField("佐证链接", max_length=500, blank=True)
    self_by = models.CharField("自评人", max_length=100, blank=True)
    self_at = models.DateTimeField("自评时间", null=True)
    value = models.DecimalField("数据", max_digits=14, decimal_places=2, null=True)
    below = models.DecimalField("分母", max_digits=14, decimal_places=2, null=True)
    counted_points = _points("按数据得分", null=True)
    given = _points("得分", null=True)
    given_words = models.CharField("评分说明", max_length=500, blank=True)
    given_by = models.CharField("评分人", max_length=100, blank=True)
    given_by_account = models.CharField("评分人账号", max_length=150, blank=True)
    given_at = models.DateTimeField("评分时间", null=True)
    checked_by = models.CharField("复核人", max_length=100, blank=True)
    checked_by_account = models.CharField("复核人账号", max_length=150, blank=True)
    checked_at = models.DateTimeField("复核时间", null=True)

    class Meta:
        verbose_name = "考核得分"
        verbose_name_plural = "考核得分"
        ordering = ["unit", "indicator__place"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "indicator"], name="oversight_one_rating_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.indicator}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log and the files speak of this score."""
        return f"oversight.rating:{self.pk}"

    @property
    def counted(self) -> Counted | None:
        """Return the figure behind the score."""
        return None if self.value is None else Counted(self.value, self.below)


class ScoreObjection(models.Model):
    """What an organ says against a score, and how the office ruled."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="objections")
    reason = models.CharField("异议理由", max_length=1000)
    made_by = models.CharField("提出人", max_length=100)
    made_at = models.DateTimeField("提出时间")
    upheld = models.BooleanField("是否采纳", null=True)
    answer = models.CharField("答复理由", max_length=1000, blank=True)
    before = _points("原得分", null=True)
    answered_by = models.CharField("答复人", max_length=100, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "考核异议"
        verbose_name_plural = "考核异议"
        ordering = ["rating", "pk"]

    def __str__(self) -> str:
        return f"{self.rating} 异议"
