"""For crawlers and inspectors: robots.txt, sitemaps by blocks of entries, the DCAT catalogue."""

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_safe

from gongkai.disclosure.queries import live_blocks, live_in_block
from gongkai.portal.columns import RECORD_COLUMNS, entries_under
from gongkai.portal.documents import county_of
from gongkai.portal.site import site_of

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    answer = render(request, template, context)
    answer["Content-Type"] = "application/xml; charset=utf-8"
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what is not for them, and where the sitemap is."""
    lines = (
        "User-agent: *",
        "Disallow: /staff/",
        "Disallow: /likai/",
        "Disallow: /xianshi/",
        "Disallow: /jiucuo/",
        "Disallow: /sousuo/",
        f"Sitemap: {_root(request)}/sitemap.xml",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the sitemap files: the columns, then the entries by blocks of their numbers."""
    blocks = live_blocks(county_of(request).pk)
    return _xml(request, "portal/sitemap_index.xml", {"root": _root(request), "blocks": blocks})


@require_safe
def sitemap_columns(request: HttpRequest) -> HttpResponse:
    """List the addresses of all columns."""
    county_of(request)
    addresses = {column.url for column in site_of(request).columns}
    addresses |= {
        column.url
        for parent in {each.parent for each in RECORD_COLUMNS}
        for column in entries_under(parent, request)
    }
    return _url_set(_root(request), ((address, None) for address in ("/", *sorted(addresses))))


@require_safe
def sitemap_block(request: HttpRequest, block: int) -> HttpResponse:
    """List the addresses of the public entries of one block."""
    rows = live_in_block(county_of(request).pk, block)
    if not rows:
        raise Http404("没有这份网站地图")
    return _url_set(_root(request), rows)


def _url_set(root: str, rows: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    """Return a sitemap without a template: a block has ten thousand lines, and is often written."""
    zone = timezone.get_current_timezone()
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<urlset xmlns="{_SITEMAP}">']
    for address, at in rows:
        when = (
            f"<lastmod>{at.astimezone(zone).isoformat(timespec='seconds')}</lastmod>" if at else ""
        )
        lines.append(f"<url><loc>{escape(f'{root}{address}')}</loc>{when}</url>")
    text = "\n".join((*lines, "</urlset>\n"))
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@require_safe
def dcat(request: HttpRequest) -> JsonResponse:
    """Describe every column as a data set with its JSON, CSV and Atom distributions (DCAT 2)."""
    county_of(request)
    site, root = site_of(request), _root(request)
    publisher = {"@type": "foaf:Organization", "foaf:name": site.profile.sponsor}
    sets = [
        {
            "@id": f"{root}{node.address}",
            "@type": "dcat:Dataset",
            "dct:title": node.title,
            "dct:description": node.description,
            "dcat:keyword": node.keywords.replace("，", ",").split(","),
            "dct:publisher": publisher,
            "dct:language": "zh-CN",
            "dcat:landingPage": f"{root}{node.address}",
            "dcat:distribution": [
                {
                    "@type": "dcat:Distribution",
                    "dcat:downloadURL": f"{root}{node.address}{name}",
                    "dcat:mediaType": kind,
                }
                for name, kind in (
                    ("list.json", "application/json"),
                    ("list.csv", "text/csv"),
                    ("feed.xml", "application/atom+xml"),
                )
            ],
        }
        for node in site.nodes.values()
        if site.live.get(node.id)
    ]
    told = {
        "@context": _CONTEXT,
        "@id": f"{root}/data/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": f"{site.profile.name}政务公开数据目录",
        "dct:publisher": publisher,
        "dct:language": "zh-CN",
        "dcat:dataset": sets,
    }
    return JsonResponse(
        told, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json"
    )
