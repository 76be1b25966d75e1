"""我为政府网站找错 for our own pages: tell, get number and code, see the answer (law.md 4.4, 4.5).

No account, no script needed. What was typed is never lost by a refusal; number and code go by POST
only, tries are counted, a wrong number looks like a wrong code.
"""

import re
from datetime import datetime
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.disclosure.queries import page_at
from gongkai.engagement.actions import (
    EngagementError,
    ErrorKind,
    NewReport,
    local_address,
    report_error,
)
from gongkai.engagement.queries import find_public, report_by_code
from gongkai.inforequests.actions import attempts
from gongkai.portal.columns import RecordColumn
from gongkai.portal.documents import county_of
from gongkai.portal.engaging.forms import ErrorForm, FollowErrorForm
from gongkai.portal.engaging.sending import PUBLIC, TOO_OFTEN, let_in, shown, tell
from gongkai.portal.models import ColumnType
from gongkai.portal.requests import doors, tickets
from gongkai.portal.site import site_of

COLUMN = RecordColumn(
    slug="jiucuo",
    parent="",
    title="网站纠错",
    url="/jiucuo/",
    description="发现本网站的错别字、打不开的链接和其他问题，请告诉我们，三个工作日内答复。",
    keywords="网站纠错，我为政府网站找错",
    kind=ColumnType.INTERACTION,
)
RECEIPT = tickets.Kind("gk_error", tickets.RECEIPT.lasts, COLUMN.url)
_DOOR, _QUERY = "errors", "errors-query"
_NUMBER = re.compile(r"JC\d{4}-\d{1,8}", re.ASCII | re.IGNORECASE)
WRONG = "编号或者查询码不对，请对照提交时显示的编号和查询码核对。"
TRIED_TOO_OFTEN = "查询失败的次数过多，请一小时后再试。"


def _came_from(request: HttpRequest) -> str:
    """Return the page of ours whose footer led here: pages that are files cannot tell theirs."""
    came = urlsplit(request.headers.get("Referer", ""))
    return came.path if came.netloc == request.get_host() else ""


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponseBase:
    """Show the form for a page, and take in what is sent."""
    county_of(request)
    if request.method != "POST":
        page = (request.GET.get("ye") or _came_from(request))[:300]
        return _form_page(request, ErrorForm(initial={"page": page}))
    form = ErrorForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    now = timezone.now()
    if not let_in(request, form, _DOOR, now):
        form.add_error(None, TOO_OFTEN)
        return _form_page(request, form, status=429)
    try:
        made = _take(request, form, now)
    except EngagementError as refused:
        tell(form, refused)
        return _form_page(request, form, status=422)
    response = redirect("portal_error_receipt")
    response.status_code = 303
    told = {"report": str(made.pk), "code": getattr(made, "query_code", "")}
    tickets.give(response, request, RECEIPT, told)
    return response


@doors.private
@require_safe
def receipt(request: HttpRequest) -> HttpResponseBase:
    """Show number and code, once."""
    ticket = tickets.read(request, RECEIPT)
    made = find_public(county_of(request).pk, ticket["report"]) if ticket else None
    if ticket is None or made is None:
        return shown(request, "receipt_gone", status=410, column=COLUMN)
    response = shown(request, "error_receipt", column=COLUMN, report=made, code=ticket["code"])
    if request.method == "GET":
        tickets.take_back(response, RECEIPT)
    return response


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponseBase:
    """Ask for number and code; a right pair shows how the report stands."""
    county = county_of(request)
    if request.method != "POST":
        form = FollowErrorForm(initial={"number": request.GET.get("bh", "")[:20]})
        return shown(request, "follow_error", column=COLUMN, form=form)
    form = FollowErrorForm(request.POST)
    if not form.is_valid():
        return shown(request, "follow_error", status=422, column=COLUMN, form=form)
    number = form.cleaned_data["number"].strip()
    about = number if _NUMBER.fullmatch(number) else ""  # a code typed here is not kept
    tally = attempts.try_door(_QUERY, doors.client_of(request), about=about, at=timezone.now())
    if tally.by_client_and_object > doors.QUERIES_OF_ONE or tally.by_client > doors.QUERIES_OF_ALL:
        form.add_error(None, TRIED_TOO_OFTEN)
        return shown(request, "follow_error", status=429, column=COLUMN, form=form)
    found = report_by_code(county.pk, number, form.cleaned_data["code"])
    if found is None:
        form.add_error("code", WRONG)
        return shown(request, "follow_error", status=422, column=COLUMN, form=form)
    attempts.pass_door(tally)
    return shown(request, "error_result", column=COLUMN, report=found)


def _take(request: HttpRequest, form: ErrorForm, now: datetime):
    told = form.cleaned_data
    page = local_address(told["page"], _hosts(request))
    return report_error(
        county_of(request),
        told=NewReport(
            page=page,
            kind=ErrorKind(told["kind"]),
            text=told["text"],
            title=_title_of(request, page),
            contact=told["contact"],
        ),
        submission_key=form.key,
        by=PUBLIC,
        at=now,
    )


def _hosts(request: HttpRequest) -> set[str]:
    """Return the names under which the site answers."""
    profile = site_of(request).profile
    names = [urlsplit(f"//{request.get_host()}").hostname, profile.domain if profile else ""]
    return {name for name in names if name}


def _title_of(request: HttpRequest, address: str) -> str:
    """Return the title of one of our pages, "" when it has none that we know."""
    path = address.partition("?")[0]
    page = page_at(county_of(request).pk, path)
    if page is not None:
        return page.title
    node = site_of(request).nodes.get(path.strip("/"))
    return node.title if node is not None else "网站首页" if path == "/" else ""


def _form_page(request: HttpRequest, form: ErrorForm, *, status: int = 200) -> HttpResponse:
    return shown(request, "error_form", status=status, column=COLUMN, form=form)
