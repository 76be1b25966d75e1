"""Columns for machines: an Atom feed, a JSON and a CSV list each, from the same rows as the page.

CSV is told for Excel (UTF-8 with its mark) and escaped against formulas; whole years are streamed.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.disclosure.queries import ListRow, SectionNode, every_row, list_of
from gongkai.portal.documents import county_of
from gongkai.portal.site import site_of

_FEED, _LIST = 20, 100
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_HEAD = ("标题", "发文字号", "发布机构", "发布时间", "网址")


def node_or_404(request: HttpRequest, path: str) -> SectionNode:
    """Return the open section at `path` in which something stands."""
    county_of(request)
    site = site_of(request)
    node = site.nodes.get(path)
    if node is None or not site.live.get(node.id):
        raise Http404("没有这个栏目")
    return node


@require_safe
def atom(request: HttpRequest, path: str) -> HttpResponse:
    """Send the newest entries of a column as an Atom feed."""
    node = node_or_404(request, path)
    rows = list_of(node.id, size=_FEED).rows
    context = {
        "node": node,
        "rows": rows,
        "root": request.build_absolute_uri("/").rstrip("/"),
        "updated": max((row.published_at for row in rows), default=timezone.now()),
        "profile": site_of(request).profile,
    }
    answer = render(request, "portal/feed.xml", context)
    answer["Content-Type"] = "application/atom+xml; charset=utf-8"
    return answer


@require_safe
def listed(request: HttpRequest, path: str) -> HttpResponse:
    """Send a column's newest entries, or one numbered page of them (?page=), as JSON."""
    node = node_or_404(request, path)
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    found = list_of(node.id, page=page, size=_LIST)
    root = request.build_absolute_uri("/").rstrip("/")
    here = f"{root}{node.address}list.json"
    told = {
        "title": node.title,
        "address": f"{root}{node.address}",
        "page": found.number,
        "pages": found.last,
        "older": f"{here}?page={found.older}" if found.older else None,
        "newer": f"{here}?page={found.newer}" if found.newer else None,
        "entries": [as_json(row, root) for row in found.rows],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@require_safe
def sheet(request: HttpRequest, path: str, year: int | None = None) -> HttpResponseBase:
    """Send a column's entries, of one year or all, as CSV, oldest first."""
    node = node_or_404(request, path)
    root = request.build_absolute_uri("/").rstrip("/")
    lines = as_csv(every_row(node.id, year=year), root)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{node.slug}-{year}.csv" if year else f"{node.slug}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_json(row: ListRow, root: str) -> dict[str, object]:
    """Return a line of a list as machines read it."""
    return {
        "id": row.id,
        "title": row.title,
        "document_number": row.document_number or None,
        "organ": row.organ,
        "published_at": timezone.localtime(row.published_at).isoformat(),
        "url": f"{root}{row.address}",
    }


def as_csv(rows: Iterable[ListRow], root: str) -> Iterator[bytes]:
    """Yield the lines of a CSV file for Excel."""
    yield "\ufeff".encode() + _line(_HEAD)
    for row in rows:
        at = timezone.localtime(row.published_at)
        cells = (row.title, row.document_number, row.organ, f"{at:%Y-%m-%d %H:%M}")
        yield _line((*map(_safe, cells), f"{root}{row.address}"))


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _line(cells: Iterable[str]) -> bytes:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()
