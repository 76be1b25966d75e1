"""Public pages of the places: halls with their windows, zones for open government (law.md 7.4)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.portal.columns import SERVICES, ZONES
from gongkai.portal.documents import county_of
from gongkai.servicehall.queries import public_halls, public_zones, residents, windows


@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    """Show the halls that are open: where, when, which organs and windows."""
    today = timezone.localdate()
    rows = public_halls(county_of(request).pk, today)
    if not rows:
        raise Http404("还没有公布政务服务大厅")
    shown = [(row, residents(row.hall, today), windows(row.hall, today)) for row in rows]
    context = {"column": SERVICES, "halls": shown}
    return render(request, "portal/hall/halls.html", context)


@require_safe
def zones(request: HttpRequest) -> HttpResponse:
    """Show the zones where people read, ask and apply."""
    rows = public_zones(county_of(request).pk, timezone.localdate())
    if not rows:
        raise Http404("还没有公布政务公开专区")
    return render(request, "portal/hall/zones.html", {"column": ZONES, "zones": rows})
