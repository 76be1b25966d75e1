"""A frozen report as the values that others show: contract JSON, and content for the renderers."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.annualreport.models import Report
from gongkai.annualreport.queries.frozen import sheet_of
from gongkai.tables.report import ReportContent, Section, report_title, six_sections

_PARTS = (
    ("proactive", "（一）主动公开"),
    ("requests", "（二）依申请公开"),
    ("management", "（三）政府信息管理"),
    ("platform", "（四）政府信息公开平台建设"),
    ("supervision", "（五）监督保障"),
)


def content_of(report: Report) -> ReportContent:
    """Return a frozen report ready for the renderers."""
    year = report.report_year.year
    published = report.published_at
    return ReportContent(
        organ=report.organ_name,
        year=year,
        edition=report.report_year.edition,
        title=report_title(report.organ_name, year),
        preamble=_paragraphs(report, "preamble"),
        sections=six_sections(
            overview=_paragraphs(report, "overview"),
            overview_parts=[
                Section(heading, _paragraphs(report, key))
                for key, heading in _PARTS
                if report.prose.get(key)
            ],
            problems=_paragraphs(report, "problems"),
            others=_paragraphs(report, "other"),
        ),
        sheet=sheet_of(report),
        published_on=timezone.localdate(published) if published else None,
        version=report.version,
        notice=getattr(settings, "GONGKAI_REPORT_NOTICE", ""),
        revision=_revision(report),
    )


def _paragraphs(report: Report, key: str) -> tuple[str, ...]:
    lines = report.prose.get(key, "").split("\n")
    return tuple(line.strip() for line in lines if line.strip())


def _revision(report: Report) -> str:
    if report.version == 1:
        return ""
    return f"本报告为更正后的第{report.version}版。更正理由：{report.correction_reason}"


def report_json(report: Report) -> dict[str, Any]:
    """Return a frozen report in the contract's JSON; a unit's own level is its tables."""
    return {
        "organ": report.organ_name,
        "year": report.report_year.year,
        "edition": report.report_year.edition,
        "version": report.version,
        "frozen_at": timezone.localtime(report.frozen_at).isoformat(timespec="seconds"),
        "sha256": report.sha256,
        "tables": report.tables,
        "own_level": report.layers.get("OWN") or report.tables,
        "figures": report.figures,
    }
