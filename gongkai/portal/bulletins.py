"""Bulletins on the state of openness, sites and accounts that the county chose to publish.

Law.md 4.4. The problem list is not among what is shown: see `inspections.queries.public`.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.inspections.queries import published_bulletin, published_bulletins
from gongkai.portal.columns import BULLETINS
from gongkai.portal.documents import county_of


@require_safe
def bulletin_list(request: HttpRequest) -> HttpResponse:
    """Show the published bulletins, the newest first."""
    lines = published_bulletins(county_of(request))
    if not lines:
        raise Http404("还没有公布通报")
    return render(request, "portal/bulletin_list.html", {"column": BULLETINS, "lines": lines})


@require_safe
def bulletin_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one published bulletin with its figures and annexes."""
    told = published_bulletin(county_of(request), pk)
    if told is None:
        raise Http404("没有这期通报")
    return render(request, "portal/bulletin_page.html", {"column": BULLETINS, "told": told})
