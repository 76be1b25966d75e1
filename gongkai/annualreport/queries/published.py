"""What the public may see: published versions only, of the county and of each unit (Art. 49)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.annualreport.lifecycle import YearNotOpen
from gongkai.annualreport.lifecycle.reports import ReportState
from gongkai.annualreport.models import Report
from gongkai.annualreport.queries.contents import content_of, report_json
from gongkai.orgs.models import Organ
from gongkai.tables.report import ReportContent

_SHOWN = (ReportState.PUBLISHED.value, ReportState.FROZEN.value)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One published report in a list."""

    organ_code: str
    organ_name: str
    year: int
    version: int
    title: str
    published_on: date
    published_at: datetime
    of_county: bool


@dataclass(frozen=True)
class PublishedReport:
    """One published report: its content for the page, its JSON, its earlier versions."""

    line: ReportLine
    content: ReportContent
    sha256: str
    data: dict[str, Any]
    earlier_versions: tuple[ReportLine, ...]
    report_id: int


def published_reports(
    county: Organ, *, year: int | None = None, organ: Organ | None = None
) -> list[ReportLine]:
    """Return the published reports of a county and its units, newest year first, one query.

    The county's own report stands before its units'.
    """
    found = _published(county)
    if year is not None:
        found = found.filter(report_year__year=year)
    if organ is not None:
        found = found.filter(organ=organ)
    lines = [_line(report) for report in _without_content(found)]
    return sorted(lines, key=lambda line: (-line.year, not line.of_county))


def published_report(
    county: Organ, year: int, organ: Organ | None = None
) -> PublishedReport | None:
    """Return the report in force of the county (or of `organ`), None when none is published."""
    found = _published(county).filter(report_year__year=year, organ=organ or county)
    report = found.order_by("-version").first()
    if report is None:
        return None
    earlier = _without_content(
        Report.objects.filter(
            report_year=report.report_year,
            organ=report.organ,
            version__lt=report.version,
            published_at__isnull=False,
        )
    )
    return PublishedReport(
        _line(report),
        content_of(report),
        report.sha256,
        report_json(report),
        tuple(_line(version) for version in earlier.order_by("-version")),
        report.pk,
    )


def _published(county: Organ) -> QuerySet[Report]:
    return (
        Report.objects.filter(report_year__county=county, state=ReportState.PUBLISHED)
        .select_related("report_year", "organ")
        .order_by("-report_year__year", "organ__order", "organ_id")
    )


def _without_content(reports: QuerySet[Report]) -> Iterable[Report]:
    heavy = ("tables", "layers", "units", "figures", "prose", "templates", "stated")
    return reports.select_related("report_year", "organ").defer(*heavy, "explanations")


def _line(report: Report) -> ReportLine:
    year = report.report_year.year
    return ReportLine(
        organ_code=report.organ.code,
        organ_name=report.organ_name,
        year=year,
        version=report.version,
        title=f"{report.organ_name}{year}年政府信息公开工作年度报告",
        published_on=timezone.localdate(report.published_at),
        published_at=report.published_at,
        of_county=report.of_county,
    )


def report_to_show(organ: str, year: int, version: int | None = None) -> Report:
    """Return the report of an organ named by name or code: published, else latest frozen.

    `version` asks for one version, also a superseded one; drafts are never shown.

    Raises:
        YearNotOpen: no such organ, year or version, or nothing is frozen yet.
    """
    named = (
        Q(organ_name=organ)
        | Q(organ__code=organ)
        | Q(organ__name=organ)
        | Q(organ__short_name=organ)
        | Q(organ__names__full_name=organ)
    )
    ids = Report.objects.filter(named, report_year__year=year).values("pk")
    found = Report.objects.filter(pk__in=ids).select_related("report_year__county", "organ")
    codes = sorted({report.organ.code for report in found})
    if not codes:
        raise YearNotOpen(f"没有“{organ}”{year} 年度的报告：请核对机关全称或代码，或先开启该年度。")
    if len(codes) > 1:
        raise YearNotOpen(f"“{organ}”对应多个机关，请改用机构代码：{'、'.join(codes)}。")
    fixed = [report for report in found if report.state != ReportState.DRAFT]
    if version is not None:
        for report in fixed:
            if report.version == version:
                return report
        have = "、".join(str(report.version) for report in fixed) or "无"
        raise YearNotOpen(f"“{organ}”{year} 年度没有已定稿的第 {version} 版，现有版本：{have}。")
    for state in _SHOWN:
        chosen = [report for report in fixed if report.state == state]
        if chosen:
            return max(chosen, key=lambda report: report.version)
    raise YearNotOpen(f"“{organ}”{year} 年度的报告还没有定稿，请先完成接收和定稿。")
