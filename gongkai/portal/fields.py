"""Standard catalogues for the public: the fields, each item leading to what has been published.

国办发〔2019〕54号: every item with its content, basis, time limit and organ; empty ones say so.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.disclosure.queries.catalogue_pages import catalogue_pages, field_page
from gongkai.portal.columns import FIELDS
from gongkai.portal.documents import county_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the county's catalogues as the lists of their fields."""
    pages = catalogue_pages(county_of(request), timezone.localdate())
    if not pages:
        raise Http404("还没有编制标准目录")
    return render(request, "portal/fields.html", {"column": FIELDS, "pages": pages})


@require_safe
def field(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one field: its items and where their content stands."""
    page = field_page(county_of(request), slug, timezone.localdate())
    if page is None:
        raise Http404("没有这个领域")
    return render(request, "portal/field.html", {"column": FIELDS, "page": page})
