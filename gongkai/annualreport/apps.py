"""Wires annualreport into Django."""

from django.apps import AppConfig


class AnnualreportConfig(AppConfig):
    """The app annualreport."""

    name = "gongkai.annualreport"
    verbose_name = "年度报告"
