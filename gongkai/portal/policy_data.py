"""The policy library for machines: JSON and CSV of what an address of the library asks for."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.policy.queries.library import Cursor, LibraryRow, rows_of
from gongkai.portal.documents import county_of
from gongkai.portal.policy import asked_of
from gongkai.statute.subjects import SUBJECTS

_PAGE, _BLOCK = 100, 500
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_HEAD = (
    *("标题", "发文字号", "发文机关", "类别", "主题分类", "成文日期", "公布日期"),
    *("施行日期", "有效期至", "废止日期", "有效性", "网址"),
)


@require_safe
def listed(request: HttpRequest) -> JsonResponse:
    """Send a page of the library as JSON; `next` is the address of the older ones."""
    county, told = county_of(request), request.GET
    asked = asked_of(told, timezone.localdate())
    after = Cursor.read(told.get("hou", ""))
    rows, older, _ = rows_of(county.pk, asked, after=after, size=_PAGE)
    root = request.build_absolute_uri("/").rstrip("/")
    following = ""
    if older is not None:
        further = told.copy()
        further["hou"] = str(older)
        following = request.build_absolute_uri(f"{request.path}?{further.urlencode()}")
    answer = {
        "day": asked.day.isoformat(),
        "items": [_as_json(row, root) for row in rows],
        "next": following or None,
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@require_safe
def sheet(request: HttpRequest) -> HttpResponseBase:
    """Send all that an address of the library asks for as CSV, newest first."""
    county = county_of(request)
    asked = asked_of(request.GET, timezone.localdate())
    root = request.build_absolute_uri("/").rstrip("/")

    def lines() -> Iterator[bytes]:
        yield "\ufeff".encode() + _line(_HEAD)
        after: Cursor | None = None
        while True:
            rows, after, _ = rows_of(county.pk, asked, after=after, size=_BLOCK)
            for row in rows:
                yield _line(tuple(_safe(cell) for cell in _cells(row, root)))
            if after is None:
                return

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="zcwjk.csv"'
    return response


def _as_json(row: LibraryRow, root: str) -> dict[str, object]:
    days = ("formed_on", "published_on", "effective_on", "ends_on", "repealed_on")
    told = {name: getattr(row, name) for name in days}
    return {
        "id": row.id,
        "title": row.title,
        "document_number": row.document_number or None,
        "organ": row.organ,
        "kind": row.kind.value,
        "subject": SUBJECTS[row.subject].path if row.subject in SUBJECTS else None,
        **{name: day.isoformat() if day else None for name, day in told.items()},
        "validity": row.validity.value,
        "validity_label": row.validity.label,
        "url": f"{root}{row.address}" if row.address else None,
        "interpretation_url": f"{root}{row.interpretation}" if row.interpretation else None,
    }


def _cells(row: LibraryRow, root: str) -> tuple[str, ...]:
    days = (row.formed_on, row.published_on, row.effective_on, row.ends_on, row.repealed_on)
    return (
        row.title,
        row.document_number,
        row.organ,
        row.kind.label,
        SUBJECTS[row.subject].path if row.subject in SUBJECTS else "",
        *(day.isoformat() if day else "" for day in days),
        row.validity.label,
        f"{root}{row.address}" if row.address else "",
    )


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _line(cells: tuple[str, ...]) -> bytes:
    kept = StringIO()
    csv.writer(kept).writerow(cells)
    return kept.getvalue().encode()
