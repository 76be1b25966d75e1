"""What others may ask of the yearly report: published reports, files, frozen content."""

from gongkai.annualreport.lifecycle import AnnualReportError, CannotRender
from gongkai.annualreport.queries.contents import content_of, report_json
from gongkai.annualreport.queries.files import FILE_KINDS, file_name
from gongkai.annualreport.queries.frozen import finding_key, latest_report, sheet_of, verify
from gongkai.annualreport.queries.published import (
    PublishedReport,
    ReportLine,
    published_report,
    published_reports,
    report_to_show,
)

__all__ = [
    "FILE_KINDS",
    "AnnualReportError",
    "CannotRender",
    "PublishedReport",
    "ReportLine",
    "content_of",
    "file_name",
    "finding_key",
    "latest_report",
    "published_report",
    "published_reports",
    "report_json",
    "report_to_show",
    "sheet_of",
    "verify",
]
