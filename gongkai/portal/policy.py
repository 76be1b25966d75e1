"""The policy library, texts by day and the government gazette, as the public reads them.

Art. 20 (1) and law.md 6.1, 6.7. Every filter is a plain GET form: each result has an address that
can be kept, and works without scripts.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.disclosure.queries import DocumentPage, page_of
from gongkai.files.queries import content
from gongkai.policy.actions import DocumentKind
from gongkai.policy.queries import gazettes, texts
from gongkai.policy.queries.library import (
    Asked,
    Cursor,
    LibraryPage,
    Scope,
    library,
)
from gongkai.portal.columns import GAZETTE, LIBRARY
from gongkai.portal.documents import county_of
from gongkai.portal.site import site_of
from gongkai.statute.genres import Genre
from gongkai.statute.subjects import SUBJECTS, offered

_TABS = (Scope.CURRENT, Scope.INVALID, Scope.ALL)
_MOST_WORDS = 60
_DAYS = (date(1949, 10, 1), date(2199, 12, 31))
_KINDS = {"gz": DocumentKind.RULES, "gfxwj": DocumentKind.NORMATIVE, "qt": DocumentKind.OTHER}
_SCOPES = {
    "xx": Scope.CURRENT,
    "yx": Scope.IN_FORCE,
    "ws": Scope.NOT_YET_EFFECTIVE,
    "xg": Scope.AMENDED,
    "shi": Scope.LAPSED,
    "fz": Scope.REPEALED,
    "fzsx": Scope.INVALID,
    "qb": Scope.ALL,
}
_NAMES = ("jg", "zt", "nd", "wh", "yxx", "lb", "tc", "gjc", "riqi")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter: what it is called, whether it is chosen."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the three views of the library."""

    label: str
    address: str
    chosen: bool


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if _DAYS[0] <= found <= _DAYS[1] else None


def asked_of(told: QueryDict, today: date) -> Asked:
    """Return what an address asks of the library; anything unknown is passed over.

    A day without a validity asks for what was in force on it.
    """
    day = _day(told.get("riqi", ""))
    usual = Scope.IN_FORCE if day is not None else Scope.CURRENT
    organ, year = told.get("jg", ""), told.get("nd", "")
    subject = told.get("zt", "")
    genre = told.get("tc", "")
    return Asked(
        day=day or today,
        scope=_SCOPES.get(told.get("yxx", ""), usual),
        organ_id=int(organ) if organ.isascii() and organ.isdigit() and len(organ) < 18 else None,
        subject=subject if subject in SUBJECTS else "",
        year=int(year)
        if year.isascii() and year.isdigit() and 1949 <= int(year[:5]) < 2200
        else None,
        number=told.get("wh", "").strip()[:_MOST_WORDS],
        kind=_KINDS.get(told.get("lb", "")),
        genre=genre if genre in Genre.__members__ else "",
        words=told.get("gjc", "").replace("\x00", "").strip()[:_MOST_WORDS],
    )


@require_safe
def library_page(request: HttpRequest) -> HttpResponse:
    """Show a page of the library."""
    county, told = county_of(request), request.GET
    asked = asked_of(told, timezone.localdate())
    found = library(
        county.pk,
        asked,
        after=Cursor.read(told.get("hou", "")),
        before=Cursor.read(told.get("qian", "")),
    )
    kept = {name: told[name] for name in _NAMES if told.get(name)}
    context = {
        "column": LIBRARY,
        "found": found,
        "asked": asked,
        "day": _day(told.get("riqi", "")),
        "tabs": _tabs(kept, asked),
        "filters": _filters(found, asked, told),
        "narrowed": bool(set(kept) - {"yxx", "gjc"}),
        "told": told,
        "older": _further(kept, "hou", found.older),
        "newer": _further(kept, "qian", found.newer),
        "newest": LIBRARY.url + (f"?{urlencode(kept)}" if kept else ""),
        "paged": "hou" in told or "qian" in told,
    }
    return render(request, "portal/policy_library.html", context)


def _further(kept: dict[str, str], name: str, cursor: Cursor | None) -> str:
    return f"{LIBRARY.url}?{urlencode({**kept, name: str(cursor)})}" if cursor else ""


def _tabs(kept: dict[str, str], asked: Asked) -> list[Tab]:
    named = {scope: name for name, scope in _SCOPES.items()}
    rest = {name: value for name, value in kept.items() if name not in ("yxx", "riqi")}
    return [
        Tab(
            scope.label,
            f"{LIBRARY.url}?{urlencode({**rest, 'yxx': named[scope]})}",
            asked.scope is scope,
        )
        for scope in _TABS
    ]


def _filters(found: LibraryPage, asked: Asked, told: QueryDict) -> dict[str, list[Choice]]:
    top = [subject for subject in offered() if not subject.class_name]
    return {
        "jg": [Choice(str(pk), name, pk == asked.organ_id) for pk, name in found.organs],
        "zt": [Choice(each.code, each.name, each.code == asked.subject[:2]) for each in top],
        "nd": [Choice(str(year), f"{year}年", year == asked.year) for year in found.years],
        "lb": [Choice(key, kind.label, kind is asked.kind) for key, kind in _KINDS.items()],
        "tc": [
            Choice(genre.value, genre.label, genre.value == asked.genre)
            for genre in Genre
            if genre.official or genre is Genre.RULES
        ],
        "yxx": [
            Choice(key, scope.label, scope is asked.scope and "yxx" in told)
            for key, scope in _SCOPES.items()
        ],
    }


@require_safe
def history(request: HttpRequest, path: str, pk: int) -> HttpResponse:
    """Show a document's text as it stood on a day (?riqi=2021-05-01), with all its texts."""
    page = _document(request, path, pk)
    typed = request.GET.get("riqi", "")
    day = _day(typed)
    today = timezone.localdate()
    shown = texts.text_on(int(page.record.partition(":")[2]), page.address, day or today)
    if shown is None:
        raise Http404("没有这份文件")
    context = {
        "page": page,
        "shown": shown,
        "day": day or today,
        "is_today": (day or today) == today,
        "wrong": bool(typed) and day is None,
        "node": site_of(request).nodes.get(page.section_path),
    }
    return render(request, "portal/policy_history.html", context)


def _document(request: HttpRequest, path: str, pk: int) -> DocumentPage:
    page = page_of(county_of(request).pk, path, pk)
    if page is None or not page.live or page.record.partition(":")[0] != "policy":
        raise Http404("没有这份文件")
    return page


@require_safe
def gazette_list(request: HttpRequest) -> HttpResponse:
    """Show all issues of the gazette by year."""
    found = gazettes.issues(county_of(request).pk)
    if not found:
        raise Http404("还没有出版公报")
    years: dict[int, list[gazettes.IssueLine]] = {}
    for line in found:
        years.setdefault(line.year, []).append(line)
    context = {"column": GAZETTE, "years": years.items()}
    return render(request, "portal/policy_gazettes.html", context)


@require_safe
def gazette_issue(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show an issue with the texts that it froze."""
    issue = gazettes.issue_shown(county_of(request).pk, year, number)
    if issue is None:
        raise Http404("没有这一期公报")
    return render(request, "portal/policy_gazette.html", {"column": GAZETTE, "issue": issue})


@require_safe
def gazette_pdf(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Send the PDF of an issue as it came out; not while a text of it is withdrawn."""
    issue = gazettes.issue_shown(county_of(request).pk, year, number)
    if issue is None or issue.pdf is None:
        raise Http404("没有这一期公报的PDF")
    mark = f'"{issue.pdf.sha256}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304, headers={"ETag": mark})
    response = HttpResponse(content(issue.pdf), content_type="application/pdf")
    response["ETag"] = mark
    response["X-Content-Type-Options"] = "nosniff"
    name = f"{issue.title}{year}年第{number}期.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name)
    return response
