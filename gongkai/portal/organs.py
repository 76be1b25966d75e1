"""Organs as the public meets them: the list of all, each one's page, guide, catalogue, columns.

Art. 12 and 20 (2). A department or township has no site of its own but one page with one lasting
address here (国办发〔2017〕47号), and shows the county's columns with its own entries alone.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.disclosure.models import OrganPage, SectionCount
from gongkai.disclosure.queries import SectionNode, list_of, newest_of
from gongkai.disclosure.queries.guide import (
    Contact,
    ContactOrder,
    contacts,
    guide_of,
    organ_catalogue,
)
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of
from gongkai.portal.columns import GUIDE, ORGANS
from gongkai.portal.documents import county_of
from gongkai.portal.offices import offices_of
from gongkai.portal.reports import links_of
from gongkai.portal.sections import type_of
from gongkai.portal.site import site_of

_ORDERS = {"": ContactOrder.USUAL, "bihua": ContactOrder.STROKES, "pinyin": ContactOrder.PINYIN}
_NEWEST = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """An organ with its page."""

    organ: Organ
    page: OrganPage | None

    @property
    def slug(self) -> str:
        """The last part of its address, which never changes."""
        return self.page.slug if self.page else self.organ.code

    @property
    def address(self) -> str:
        """The address of its page."""
        return f"{ORGANS.url}{self.slug}/"


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Show every organ with address, hours and phone, in the order asked for."""
    order = _ORDERS.get(request.GET.get("paixu", ""), ContactOrder.USUAL)
    groups: dict[str, list[Contact]] = {}
    for contact in contacts(county_of(request), timezone.localdate(), order):
        groups.setdefault(contact.group, []).append(contact)
    orders = [(value, each.label, each is order) for value, each in _ORDERS.items()]
    context = {"column": ORGANS, "groups": groups, "orders": orders}
    return render(request, "portal/organs.html", context)


@require_safe
def organ_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what an organ is, what it has published last and the columns it fills."""
    shown = _organ(request, slug)
    filled = _filled(request, shown.organ)
    context = {
        "column": ORGANS,
        "shown": shown,
        "filled": filled,
        "newest": newest_of(shown.organ.pk, _NEWEST),
        "reports": links_of(request, county_of(request), shown.organ.code),
        "office": _office(request, shown.organ),
    }
    return render(request, "portal/organ.html", context)


@require_safe
def organ_section(
    request: HttpRequest, slug: str, path: str, page: int | None = None
) -> HttpResponse:
    """Show a column of the county with one organ's entries alone."""
    shown = _organ(request, slug)
    site = site_of(request)
    node = site.nodes.get(path)
    if node is None or not node.on_organ_pages:
        raise Http404("没有这个栏目")
    found = list_of(node.id, organ_id=shown.organ.pk, page=page)
    if not found.rows and page is not None:
        raise Http404("没有这一页")
    context = {
        "shown": shown,
        "node": node,
        "type": type_of(node),
        "found": found,
        "beside": _filled(request, shown.organ),
        "base": f"{shown.address}{node.path}/",
    }
    return render(request, "portal/organ_section.html", context)


@require_safe
def guide(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Show the guide of the county or of one organ."""
    shown = _organ(request, slug) if slug else _shown(county_of(request))
    context = {
        "column": GUIDE,
        "shown": shown,
        "guide": guide_of(shown.organ, timezone.localdate()),
        "whole_county": slug is None,
        "office": _office(request, shown.organ),
    }
    return render(request, "portal/guide.html", context)


@require_safe
def catalogue(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the catalogue of an organ: index, name, summary, day of forming."""
    shown = _organ(request, slug)
    before = request.GET.get("qian", "")
    found = organ_catalogue(
        shown.organ, before=int(before) if before.isdecimal() and len(before) < 19 else None
    )
    context = {"column": ORGANS, "shown": shown, "found": found}
    return render(request, "portal/organ_catalogue.html", context)


def _organ(request: HttpRequest, slug: str) -> Shown:
    """Return an organ of the county by the slug of its page, else by its code."""
    county = county_of(request)
    page = OrganPage.objects.select_related("organ").filter(slug=slug).first()
    organ = page.organ if page else organs_of(county).filter(code=slug).first()
    if organ is None or county.pk not in (organ.pk, organ.county_id):
        raise Http404("没有这个机关")
    return Shown(organ, page) if page else _shown(organ)


def _shown(organ: Organ) -> Shown:
    return Shown(organ, OrganPage.objects.filter(organ=organ).first())


def _filled(request: HttpRequest, organ: Organ) -> list[SectionNode]:
    """Return the columns in which an organ has entries, in the order of the tree."""
    rows = SectionCount.objects.filter(organ=organ, year=0, live__gt=0)
    full = set(rows.values_list("section_id", flat=True))
    return [
        node
        for node in site_of(request).nodes.values()
        if node.id in full and node.on_organ_pages and node.content == "ENTRIES"
    ]


def _office(request: HttpRequest, organ: Organ) -> object:
    offices = offices_of(request, county_of(request), timezone.localdate())
    return next((office for office in offices if office.organ.pk == organ.pk), None)
