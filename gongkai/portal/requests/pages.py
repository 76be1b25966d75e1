"""Pages to read: the parts, the guide of an organ, the flow chart, the blank form (Art. 12)."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.adapters import request_form_docx, request_form_pdf
from gongkai.adapters.report_pdf import NoChineseFont
from gongkai.adapters.request_form import blank
from gongkai.orgs.models import Organ
from gongkai.portal.columns import REQUESTS
from gongkai.portal.offices import Office, by_group, offices_of
from gongkai.portal.requests import flow
from gongkai.portal.requests import guide as guidance
from gongkai.portal.requests.doors import guarded
from gongkai.portal.requests.places import FLOW, FORMS, GUIDE, PARTS, Part
from gongkai.portal.site import site_of

_KEPT_SECONDS = 24 * 3600
_MAKERS: dict[str, tuple[Callable[..., bytes], str]] = {
    "docx": (
        request_form_docx.render,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": (request_form_pdf.render, "application/pdf"),
}


def county_of(request: HttpRequest) -> Organ:
    """Return the county whose site is asked for; 404 before it is set up."""
    profile = site_of(request).profile
    if profile is None:
        raise Http404("网站尚未设置")
    return profile.county


def offices_or_404(request: HttpRequest, today: date) -> tuple[Office, ...]:
    """Return the accepting offices; 404 when there is none, for the column is not there then."""
    found = offices_of(request, county_of(request), today)
    if not found:
        raise Http404("尚未设置受理机构")
    return found


def office_or_404(request: HttpRequest, code: str, today: date) -> Office:
    """Return the accepting office of the organ with that code."""
    found = next((each for each in offices_or_404(request, today) if each.code == code), None)
    if found is None:
        raise Http404("没有这个机关，或者这个机关没有设置受理机构")
    return found


def shown(
    request: HttpRequest, name: str, part: Part | None, *, status: int = 200, **told: Any
) -> HttpResponse:
    """Return a page of the column."""
    context = {"column": REQUESTS, "part": part, "county": county_of(request), **told}
    return render(request, f"portal/requests/{name}.html", context, status=status)


@guarded
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the six parts."""
    offices_or_404(request, timezone.localdate())
    return shown(request, "index", None, parts=PARTS)


@guarded
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show the county's guide, with every organ that accepts requests."""
    offices = offices_or_404(request, timezone.localdate())
    chief = next((each for each in offices if each.organ.pk == county_of(request).pk), offices[0])
    return _guide(request, chief, offices)


@guarded
@require_safe
def guide_of(request: HttpRequest, code: str) -> HttpResponse:
    """Show the guide of one organ."""
    today = timezone.localdate()
    return _guide(request, office_or_404(request, code, today), offices_or_404(request, today))


def _guide(request: HttpRequest, office: Office, offices: tuple[Office, ...]) -> HttpResponse:
    today = timezone.localdate()
    return shown(
        request,
        "guide",
        GUIDE,
        office=office,
        groups=by_group(offices),
        classes=guidance.CLASSES,
        envelope=guidance.ENVELOPE,
        terms=guidance.terms(today),
        tariffs=guidance.tariffs(),
        remedy=guidance.remedies(today),
        updated_at=max((each.updated_at for each in offices if each.updated_at), default=None),
    )


@guarded
@require_safe
def flow_chart(request: HttpRequest) -> HttpResponse:
    """Show the flow chart, drawn twice, and the same in words."""
    today = timezone.localdate()
    offices_or_404(request, today)
    told = flow.steps(today)
    drawings = {"upright": flow.upright(told), "lying": flow.lying(told)}
    return shown(request, "flow", FLOW, drawings=drawings, steps=told)


@guarded
@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """Show where the blank form is to be had and how it is handed in."""
    offices = offices_or_404(request, timezone.localdate())
    return shown(request, "forms", FORMS, groups=by_group(offices), envelope=guidance.ENVELOPE)


@guarded
@require_safe
def blank_form(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the blank form as Word or PDF; made once a day."""
    county = county_of(request)
    offices_or_404(request, timezone.localdate())
    make, media_type = _MAKERS[kind]
    key = f"portal-request-form-{county.pk}-{county.short_name}-{kind}"
    made = cache.get(key)
    if made is None:
        try:
            made = make(blank(county.short_name))
        except NoChineseFont:
            return render(request, "portal/unavailable.html", {"kind": kind}, status=503)
        cache.set(key, made, _KEPT_SECONDS)
    name = quote(f"{county.short_name}政府信息公开申请表.{kind}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(made, content_type=media_type, headers=headers)
