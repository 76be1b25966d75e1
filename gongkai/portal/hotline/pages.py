"""The pages: published orders, a form without an account, number and code, one's own answer.

What is not published is as if it were not there; one's own matter is found by number and code
alone, by POST, with the tries counted (law.md 9.2).
"""

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.hotline.actions import HotlineError, submit_order
from gongkai.hotline.queries import (
    intake_of,
    newest_public,
    own_order,
    public_order,
    receipt_of,
)
from gongkai.inforequests.actions import attempts
from gongkai.portal.columns import HOTLINE
from gongkai.portal.documents import county_of
from gongkai.portal.engaging.sending import PUBLIC, TOO_OFTEN, let_in
from gongkai.portal.hotline.forms import FollowForm, MatterForm
from gongkai.portal.requests import doors, tickets

RECEIPT = tickets.Kind("gk_matter", tickets.RECEIPT.lasts, HOTLINE.url)
WRONG = "编号或者查询码不对，请对照提交时显示的编号和查询码核对。"
TRIED_TOO_OFTEN = "查询失败的次数过多，请一小时后再试，或者拨打12345查询。"
_DOOR, _QUERY = "matters", "matters-query"
_NUMBER = re.compile(r"RX\d{4}-\d{1,8}", re.ASCII | re.IGNORECASE)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the ways to tell a matter, and the orders published last."""
    return _shown(request, "index", lines=newest_public(county_of(request)))


@require_safe
def order(request: HttpRequest, pk: str) -> HttpResponse:
    """Show one published order with its answer."""
    told = public_order(county_of(request), pk)
    if told is None:
        raise Http404("没有这件工单，或者没有公开")
    return _shown(request, "order", told=told)


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponseBase:
    """Show the form, and take a matter in."""
    county = county_of(request)
    if request.method != "POST":
        return _shown(request, "matter_form", form=MatterForm())
    form = MatterForm(request.POST)
    if not form.is_valid():
        return _shown(request, "matter_form", status=422, form=form)
    now = timezone.now()
    if not let_in(request, form, _DOOR, now):
        form.add_error(None, TOO_OFTEN)
        return _shown(request, "matter_form", status=429, form=form)
    try:
        made = submit_order(
            intake_of(county, timezone.localdate(now)),
            told=form.told(),
            caller=form.caller(),
            submission_key=form.key,
            by=PUBLIC,
            at=now,
        )
    except HotlineError as refused:
        field = getattr(refused, "field", "")
        form.add_error(field if field in form.fields else None, str(refused))
        return _shown(request, "matter_form", status=422, form=form)
    response = redirect("portal_matter_receipt")
    response.status_code = 303
    told = {"order": str(made.pk), "code": getattr(made, "query_code", "")}
    tickets.give(response, request, RECEIPT, told)
    return response


@doors.private
@require_safe
def receipt(request: HttpRequest) -> HttpResponseBase:
    """Show number and code, once."""
    ticket = tickets.read(request, RECEIPT)
    made = receipt_of(county_of(request), ticket["order"]) if ticket else None
    if ticket is None or made is None:
        return _shown(request, "matter_gone", status=410)
    response = _shown(request, "matter_receipt", order=made, code=ticket["code"])
    if request.method == "GET":
        tickets.take_back(response, RECEIPT)
    return response


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponseBase:
    """Ask for number and code; a right pair shows how the matter stands."""
    county = county_of(request)
    if request.method != "POST":
        form = FollowForm(initial={"number": request.GET.get("bh", "")[:40]})
        return _shown(request, "follow_matter", form=form)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _shown(request, "follow_matter", status=422, form=form)
    number = form.cleaned_data["number"].strip()
    about = number if _NUMBER.fullmatch(number) else ""  # a code typed here is not kept
    tally = attempts.try_door(_QUERY, doors.client_of(request), about=about, at=timezone.now())
    if tally.by_client_and_object > doors.QUERIES_OF_ONE or tally.by_client > doors.QUERIES_OF_ALL:
        form.add_error(None, TRIED_TOO_OFTEN)
        return _shown(request, "follow_matter", status=429, form=form)
    found = own_order(county, number, form.cleaned_data["code"])
    if found is None:
        form.add_error("code", WRONG)
        return _shown(request, "follow_matter", status=422, form=form)
    attempts.pass_door(tally)
    return _shown(request, "matter_result", told=found)


def _shown(request: HttpRequest, name: str, *, status: int = 200, **told: object) -> HttpResponse:
    context = {"county": county_of(request), "column": HOTLINE, **told}
    response = render(request, f"portal/hotline/{name}.html", context, status=status)
    if status == 429:
        response["Retry-After"] = "3600"
    return response
