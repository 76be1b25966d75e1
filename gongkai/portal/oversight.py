"""Rankings of the appraisal and results of the public evaluation, once published (Art. 46).

An address under which nothing is published yet says so in words and counts as not there, so that
no empty column stands on the site (law.md 4.5).
"""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.orgs.models import Organ
from gongkai.oversight.queries import (
    PublicLine,
    evaluation_of_public,
    public_evaluations,
    public_ranking,
    public_rankings,
)
from gongkai.portal.columns import APPRAISALS, EVALUATIONS, RecordColumn
from gongkai.portal.documents import county_of


@require_safe
def ranking_list(request: HttpRequest) -> HttpResponse:
    """Show the rankings that were published, the newest first."""
    return _list(request, APPRAISALS, public_rankings(county_of(request)), "还没有公布考核结果。")


@require_safe
def ranking_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one published ranking, each layer of organs by itself."""
    told = public_ranking(county_of(request), pk)
    if told is None:
        raise Http404("没有公布这次考核的结果")
    return render(request, "portal/ranking_page.html", {"column": APPRAISALS, "told": told})


@require_safe
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """Show the evaluations whose results are public, the newest first."""
    lines = public_evaluations(county_of(request))
    return _list(request, EVALUATIONS, lines, "还没有公布社会评议结果。")


@require_safe
def evaluation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one evaluation came to, by organ and by what was asked."""
    told = evaluation_of_public(county_of(request), pk)
    if told is None:
        raise Http404("没有公布这次社会评议的结果")
    return render(request, "portal/evaluation_page.html", {"column": EVALUATIONS, "told": told})


def written(county: Organ) -> Iterator[str]:
    """Yield the addresses of what a county has published, and of the columns."""
    for column, lines in ((APPRAISALS, public_rankings), (EVALUATIONS, public_evaluations)):
        yield column.url
        yield from (f"{column.url}{line.id}.html" for line in lines(county))


def _list(
    request: HttpRequest, column: RecordColumn, lines: list[PublicLine], empty: str
) -> HttpResponse:
    context = {"column": column, "lines": lines, "empty": empty}
    return render(request, "portal/results_list.html", context, status=200 if lines else 404)
