"""Public pages of records: the annual reports by year and level, one report, its files.

Art. 49 and 50. Every view answers GET and HEAD only; nothing here changes a record.
"""

import logging
from urllib.parse import quote

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from gongkai.annualreport.queries import CannotRender, PublishedReport
from gongkai.orgs.models import Organ
from gongkai.portal import reports
from gongkai.portal.columns import ANNUAL_REPORTS
from gongkai.portal.site import site_of

LOG = logging.getLogger(__name__)
FILE_KEPT_SECONDS = 24 * 3600
TO_BE_SAVED = frozenset({"docx", "xlsx", "html", "json"})


def _county(request: HttpRequest) -> Organ:
    profile = site_of(request).profile
    if profile is None:
        raise Http404("网站尚未设置")
    return profile.county


@require_safe
def report_list(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show the annual reports of a year, the newest one unless told, with links to all years."""
    county = _county(request)
    lines = reports.lines_of(request, county)
    years, shown, levels = reports.years_and_levels(lines, county, year)
    if not levels:
        raise Http404("没有这一年度的年度报告")
    context = {"column": ANNUAL_REPORTS, "years": years, "year": shown, "levels": levels}
    return render(request, "portal/report_list.html", context)


def _report(request: HttpRequest, year: int, code: str) -> PublishedReport:
    report = reports.find(_county(request), year, code)
    if report is None:
        raise Http404("没有这份年度报告")
    return report


@require_safe
def report_page(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show one annual report with its three tables, its files and what was corrected."""
    report = reports.shown(_report(request, year, code))
    context = {"column": ANNUAL_REPORTS, "report": report}
    return render(request, "portal/report_page.html", context)


@require_safe
def report_file(request: HttpRequest, year: int, code: str, kind: str) -> HttpResponseBase:
    """Send an annual report as a file; made once, kept by the report's hash."""
    report = _report(request, year, code)
    mark = f'"{report.sha256[:32]}-{report.line.version}-{kind}"'
    unchanged = get_conditional_response(request, etag=mark)
    if unchanged is not None:
        return unchanged
    key = f"portal-report-{report.report_id}-{report.sha256}-{kind}"
    made = cache.get(key)
    if made is None:
        try:
            made = reports.file_of(report, kind)
        except CannotRender as error:
            LOG.warning("%s", error)
            return render(request, "portal/unavailable.html", {"kind": kind}, status=503)
        cache.set(key, made, FILE_KEPT_SECONDS)
    content, media_type, name = made
    response = HttpResponse(content, content_type=media_type, headers={"ETag": mark})
    disposition = "attachment" if kind in TO_BE_SAVED else "inline"
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(name)}"
    return response
