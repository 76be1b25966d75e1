"""Websites' yearly work reports (国办函〔2018〕12号, law.md 4.7), those of all years.

A corrected report says why; the version before it is replaced at the same address.
"""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.inspections.models import SiteYear
from gongkai.inspections.queries import (
    lines_of_form,
    published_site_years,
    site_year_docx,
    site_year_file_name,
)
from gongkai.portal.columns import SITE_YEARS
from gongkai.portal.documents import county_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def address(report: SiteYear, suffix: str = "html") -> str:
    """Return where a report, or its file, stands for good."""
    return f"{SITE_YEARS.url}{report.year}/{report.site_id}.{suffix}"


@require_safe
def site_year_list(request: HttpRequest) -> HttpResponse:
    """Show every report of the county's sites, by year, the newest first."""
    reports = published_site_years(county_of(request))
    if not reports:
        raise Http404("还没有公布政府网站工作年度报表")
    years: dict[int, list[dict[str, object]]] = {}
    for each in reports:
        line = {"title": str(each), "url": address(each), "published_at": each.published_at}
        years.setdefault(each.year, []).append(line)
    context = {"column": SITE_YEARS, "years": years}
    return render(request, "portal/site_year_list.html", context)


def _found(request: HttpRequest, year: int, pk: int) -> SiteYear:
    for each in published_site_years(county_of(request), year):
        if each.site_id == pk:
            return each
    raise Http404("没有这份年度报表")


@require_safe
def site_year_page(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Show one report as the form has it, with its file."""
    report = _found(request, year, pk)
    context = {
        "column": SITE_YEARS,
        "report": report,
        "blocks": lines_of_form(report),
        "file": address(report, "docx"),
    }
    return render(request, "portal/site_year_page.html", context)


@require_safe
def site_year_file(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Send one report as a Word file."""
    report = _found(request, year, pk)
    answer = HttpResponse(site_year_docx(report), content_type=DOCX)
    name = quote(site_year_file_name(report))
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
