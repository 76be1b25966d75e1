"""One public document with its metadata, its files, its stamp; or that it has been withdrawn.

Art. 12, 23 to 26; the fields of law.md 6.5 and the page of practice.md 1.2. Everything shown comes
from the frozen version; what the chapter of the record adds (validity, the twin) from its queries.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.adapters import qr_code
from gongkai.disclosure.queries import DocumentPage, FileShown, attachment_of, page_of
from gongkai.files.queries import content, said_size
from gongkai.orgs.models import Organ
from gongkai.portal.outward import with_notices
from gongkai.portal.records import Card, card_of
from gongkai.portal.sections import type_of
from gongkai.portal.site import site_of
from gongkai.statute.genres import Genre
from gongkai.statute.subjects import SUBJECTS

ERRORS = "/jiucuo/"  # where readers report an error of a page
# What a browser may show in its own window; everything else is saved to disk.
_SHOWN = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}


@dataclass(frozen=True, slots=True)
class FileLine:
    """An attachment as the page lists it."""

    name: str
    kind: str
    size: str
    address: str


def county_of(request: HttpRequest) -> Organ:
    """Return the county whose site is asked for."""
    profile = site_of(request).profile
    if profile is None:
        raise Http404("网站尚未设置")
    return profile.county


@require_safe
def document(request: HttpRequest, path: str, pk: int) -> HttpResponse:
    """Show the document at its address; 410 when it has been withdrawn."""
    page = page_of(county_of(request).pk, path, pk)
    if page is None:
        raise Http404("没有这份信息")
    if not page.live:
        return render(request, "portal/withdrawn.html", {"page": page}, status=410)
    return render(request, "portal/document.html", context_of(request, page, card_of(page)))


def context_of(request: HttpRequest, page: DocumentPage, card: Card) -> dict[str, Any]:
    """Return what the template of a document reads."""
    node = site_of(request).nodes.get(page.section_path)
    return {
        "page": page,
        "body": with_notices(page.body, request.get_host()),
        "told": page.content.told,
        "facts": facts_of(page),
        "files": files_of(page),
        "card": card,
        "published": _said(page.published_at),
        "whole_address": f"{request.scheme}://{request.get_host()}{page.address}",
        "report_url": f"{ERRORS}?{urlencode({'ye': page.address})}",
        "node": node,
        "type": type_of(node) if node else "",
    }


def _said(moment: datetime) -> dict[str, str]:
    """Return a moment in the county's own time, to the minute for people and exact for machines."""
    local = timezone.localtime(moment)
    exact = local.isoformat(timespec="seconds")
    return {"minute": f"{local:%Y-%m-%d %H:%M}", "exact": exact}


def facts_of(page: DocumentPage) -> list[tuple[str, str]]:
    """Return the metadata box, label and value, without what is not told."""
    told = page.content.told
    rows = [
        ("索引号", page.index_number),
        ("发文字号", told.document_number),
        ("发布机构", "、".join((page.organ_name, *told.joint_issuers))),
        ("主题分类", SUBJECTS[told.subject].path if told.subject in SUBJECTS else ""),
        ("体裁", Genre(told.genre).label if told.genre else ""),
        ("成文日期", told.formed_on.isoformat() if told.formed_on else ""),
        ("公开方式", "主动公开"),
        ("公开范围", told.scope),
        ("公开期限", f"至{told.expires_on.isoformat()}" if told.expires_on else ""),
        ("关键词", told.keywords),
    ]
    return [(label, value) for label, value in rows if value]


def files_of(page: DocumentPage) -> list[FileLine]:
    """Return the attachments that are listed; pictures stand in the text."""
    return [
        FileLine(file.name, file.kind.upper(), said_size(file.size), page.address_of(file))
        for file in page.files
        if file.role != "PICTURE"
    ]


@require_safe
def code(request: HttpRequest, path: str, pk: int) -> HttpResponse:
    """Send the QR code of a document's address as a picture."""
    page = page_of(county_of(request).pk, path, pk)
    if page is None or not page.live:
        raise Http404("没有这份信息")
    picture = qr_code.picture(request.build_absolute_uri(page.address))
    return HttpResponse(picture, content_type="image/svg+xml")


@require_safe
def attachment(request: HttpRequest, path: str, pk: int, name: UUID, kind: str) -> HttpResponse:
    """Send an attachment that the public version names, as it was reviewed."""
    county = county_of(request)
    found = attachment_of(county.pk, f"/{path}/{pk}.html", name)
    if found is None or found[0].kind != kind:
        raise Http404("没有这个附件")
    shown, stored = found
    mark = f'"{shown.sha256}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304, headers={"ETag": mark})
    response = HttpResponse(content(stored), content_type=_media_type(shown))
    response["ETag"] = mark
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = content_disposition_header(
        shown.kind not in _SHOWN, _saved_as(shown)
    )
    return response


def _media_type(file: FileShown) -> str:
    return _SHOWN.get(file.kind, "application/octet-stream")


def _saved_as(file: FileShown) -> str:
    return file.name if file.name.lower().endswith(f".{file.kind}") else f"{file.name}.{file.kind}"
