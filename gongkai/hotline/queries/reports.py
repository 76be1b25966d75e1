"""Reading monthly reports: those of the counties that a person looks into, and their paper."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.hotline.models import MonthReport
from gongkai.hotline.rules.month_report import report_paper
from gongkai.orgs.models import Organ
from gongkai.statute.days import written
from gongkai.tables.paper import Paper


def reports_seen_in(organ_ids: Collection[int]) -> QuerySet[MonthReport]:
    """Return the reports of the counties to which some organs belong, the newest first."""
    organs = Organ.objects.filter(pk__in=organ_ids)
    counties = {county or pk for pk, county in organs.values_list("pk", "county_id")}
    rows = MonthReport.objects.filter(county_id__in=counties)
    return rows.select_related("county", "supersedes", "corrected_by")


def versions_of(report: MonthReport) -> list[MonthReport]:
    """Return every version of a month's report, the newest first."""
    rows = MonthReport.objects.filter(county=report.county_id, month=report.month)
    return list(rows.defer("content").order_by("-version"))


def paper_of_report(report: MonthReport) -> Paper:
    """Return a report as the paper of its files."""
    notes = [report.number]
    if report.supersedes is not None:
        day = written(timezone.localdate(report.supersedes.issued_at))
        notes.append(f"本期为第{report.version}版，更正{day}印发的版本。更正原因：{report.why}")
    day = written(timezone.localdate(report.issued_at))
    return report_paper(report.content, notes=notes, dated=day)
