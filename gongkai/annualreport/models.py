"""Rows of the yearly report: the year, each organ's return, the versions of each report.

A report covers 1 January to 31 December and is made out on the form of its year
(Art. 49, 50). Tables, figures and prose are kept as they were frozen; nothing frozen
is computed again.
"""

from django.db import models

from gongkai.annualreport.lifecycle.reports import ReportState
from gongkai.annualreport.lifecycle.returns import ReturnState
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import Level


def _choices(states: type[ReturnState] | type[ReportState] | type[Level]) -> list[tuple[str, str]]:
    return [(state.value, state.label) for state in states]


class ReportYear(models.Model):
    """A county's reporting year; the edition of the form follows the year."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    year = models.PositiveIntegerField("年度")
    edition = models.CharField("报告格式", max_length=10)
    returns_due_on = models.DateField("各单位报送期限")
    report_due_on = models.DateField("县年度报告公布期限")
    opened_at = models.DateTimeField("开启时间")
    opened_by = models.CharField("开启人", max_length=150)

    class Meta:
        verbose_name = "报告年度"
        verbose_name_plural = "报告年度"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["county", "year"], name="annualreport_one_year_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}年度"


class Content(models.Model):
    """What is written while open and frozen at the end: prose, figures and three tables.

    `templates` are the prose as written, `stated` the figures that the office states
    itself with their source; `tables`, `figures`, `prose` and `sha256` are empty until
    frozen.
    """

    templates = models.JSONField("文字部分（模板）", default=dict, blank=True)
    stated = models.JSONField("自报数据", default=dict, blank=True)
    explanations = models.JSONField("情况说明", default=dict, blank=True)
    tables = models.JSONField("表二至表四", default=dict, blank=True)
    figures = models.JSONField("数据", default=dict, blank=True)
    prose = models.JSONField("文字部分", default=dict, blank=True)
    sha256 = models.CharField("内容摘要", max_length=64, blank=True)

    class Meta:
        abstract = True


class Return(Content):
    """One organ's return of a year; `covered` are the organs whose records it counts."""

    report_year = models.ForeignKey(ReportYear, models.PROTECT, related_name="returns")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="单位")
    level = models.CharField("层级", max_length=12, choices=_choices(Level))
    covered = models.JSONField("并入统计的机构", default=list)
    organ_name = models.CharField("单位全称", max_length=100)
    order = models.PositiveIntegerField("排序", default=0)
    state = models.CharField(
        "状态", max_length=10, choices=_choices(ReturnState), default=ReturnState.DRAFT.value
    )
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    submitted_by = models.CharField("报送人", max_length=150, blank=True)
    accepted_at = models.DateTimeField("接收时间", null=True, blank=True)
    accepted_by = models.CharField("接收人", max_length=150, blank=True)
    sent_back_reason = models.TextField("退回理由", blank=True)
    correction_reason = models.TextField("更正理由", blank=True)

    class Meta:
        verbose_name = "报送表"
        verbose_name_plural = "报送表"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report_year", "organ"], name="annualreport_one_return_an_organ"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organ_name}{self.report_year.year}年度报送表"


class Report(Content):
    """A version of an organ's report; the county's is consolidated, a unit's is its own return.

    `layers` holds the sums of 县本级, departments and townships (county report only),
    `units` the tables of each unit as they were when this version was frozen.
    """

    report_year = models.ForeignKey(ReportYear, models.PROTECT, related_name="reports")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    organ_name = models.CharField("机关全称", max_length=100)
    version = models.PositiveIntegerField("版本", default=1)
    state = models.CharField(
        "状态", max_length=10, choices=_choices(ReportState), default=ReportState.DRAFT.value
    )
    layers = models.JSONField("各层级合计", default=dict, blank=True)
    units = models.JSONField("各单位数据", default=list, blank=True)
    correction_reason = models.TextField("更正理由", blank=True)
    frozen_at = models.DateTimeField("定稿时间", null=True, blank=True)
    frozen_by = models.CharField("定稿人", max_length=150, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    published_by = models.CharField("公布人", max_length=150, blank=True)

    class Meta:
        verbose_name = "年度报告"
        verbose_name_plural = "年度报告"
        ordering = ["report_year", "organ", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["report_year", "organ", "version"], name="annualreport_one_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organ_name}{self.report_year.year}年度报告（第{self.version}版）"

    @property
    def of_county(self) -> bool:
        """Whether this is the county's own report, not that of a department or township."""
        return self.organ_id == self.report_year.county_id
