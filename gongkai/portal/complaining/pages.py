"""Telling that an organ discloses or answers against the rules, and following it (Art. 47, 51).

No account, no script needed. What was typed is never lost by a refusal; number and code go by POST
only, tries are counted, a wrong number looks like a wrong code. Nothing of it is ever public.
"""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.inforequests.actions import attempts
from gongkai.orgs.models import Organ
from gongkai.portal.columns import COMPLAINTS
from gongkai.portal.complaining.forms import ComplaintForm, FollowComplaintForm
from gongkai.portal.documents import county_of
from gongkai.portal.engaging.errors import TRIED_TOO_OFTEN, WRONG
from gongkai.portal.engaging.sending import PUBLIC, TOO_OFTEN, let_in
from gongkai.portal.requests import doors, tickets
from gongkai.remedies.actions import RemedyError, receive_complaint
from gongkai.remedies.queries import (
    complaint_by_code,
    complaint_for_receipt,
    open_to_complaints,
    overseeing_office,
)
from gongkai.statute.limits import Rule, limit_on

RECEIPT = tickets.Kind("gk_complaint", tickets.RECEIPT.lasts, COMPLAINTS.url)
_DOOR, _QUERY = "complaints", "complaints-query"
_NUMBER = re.compile(r"TS-[a-z0-9_-]{1,30}-\d{4}-\d{3,8}", re.ASCII | re.IGNORECASE)


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponseBase:
    """Show the form, and take in what is sent."""
    county, now = county_of(request), timezone.now()
    today = timezone.localdate(now)
    office, organs = overseeing_office(county, today), list(open_to_complaints(county, today))
    if request.method != "POST":
        return _form_page(request, office, ComplaintForm(organs=organs, initial=_asked(request)))
    form = ComplaintForm(request.POST, organs=organs)
    if not form.is_valid():
        return _form_page(request, office, form, status=422)
    if not let_in(request, form, _DOOR, now):
        form.add_error(None, TOO_OFTEN)
        return _form_page(request, office, form, status=429)
    try:
        made = receive_complaint(
            office, told=form.told(), on=today, submission_key=form.key, by=PUBLIC, at=now
        )
    except RemedyError as refused:
        field = getattr(refused, "field", "")
        form.add_error(field if field in form.fields else None, str(refused))
        return _form_page(request, office, form, status=422)
    response = redirect("portal_complaint_receipt")
    response.status_code = 303
    told = {"complaint": str(made.pk), "code": getattr(made, "query_code", "")}
    tickets.give(response, request, RECEIPT, told)
    return response


@doors.private
@require_safe
def receipt(request: HttpRequest) -> HttpResponseBase:
    """Show number and code, once."""
    ticket = tickets.read(request, RECEIPT)
    made = complaint_for_receipt(county_of(request), ticket["complaint"]) if ticket else None
    if ticket is None or made is None:
        return _shown(request, "gone", status=410)
    response = _shown(request, "receipt", complaint=made, code=ticket["code"], **_terms())
    if request.method == "GET":
        tickets.take_back(response, RECEIPT)
    return response


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponseBase:
    """Ask for number and code; a right pair shows how the complaint stands."""
    county = county_of(request)
    if request.method != "POST":
        form = FollowComplaintForm(initial={"number": request.GET.get("bh", "")[:40]})
        return _shown(request, "follow", form=form)
    form = FollowComplaintForm(request.POST)
    if not form.is_valid():
        return _shown(request, "follow", status=422, form=form)
    number = form.cleaned_data["number"].strip()
    about = number if _NUMBER.fullmatch(number) else ""  # a code typed here is not kept
    tally = attempts.try_door(_QUERY, doors.client_of(request), about=about, at=timezone.now())
    if tally.by_client_and_object > doors.QUERIES_OF_ONE or tally.by_client > doors.QUERIES_OF_ALL:
        form.add_error(None, TRIED_TOO_OFTEN)
        return _shown(request, "follow", status=429, form=form)
    found = complaint_by_code(county, number, form.cleaned_data["code"])
    if found is None:
        form.add_error("code", WRONG)
        return _shown(request, "follow", status=422, form=form)
    attempts.pass_door(tally)
    return _shown(request, "result", complaint=found, **_terms())


def _asked(request: HttpRequest) -> dict[str, str]:
    """Return what the page that led here fills in: the number of the request it is about."""
    return {"request_number": request.GET.get("bh", "")[:40]}


def _terms() -> dict[str, str]:
    """Return the terms in force, in words."""
    today = timezone.localdate()
    return {
        "acceptance": limit_on(Rule.COMPLAINT_ACCEPTANCE, today).label,
        "handling": limit_on(Rule.COMPLAINT_HANDLING, today).label,
        "extension": limit_on(Rule.COMPLAINT_EXTENSION, today).label,
    }


def _form_page(
    request: HttpRequest, office: Organ, form: ComplaintForm, *, status: int = 200
) -> HttpResponse:
    return _shown(request, "form", status=status, form=form, office=office, **_terms())


def _shown(request: HttpRequest, name: str, *, status: int = 200, **told: object) -> HttpResponse:
    context = {"county": county_of(request), "column": COMPLAINTS, **told}
    response = render(request, f"portal/complaining/{name}.html", context, status=status)
    if status == 429:
        response["Retry-After"] = "3600"
    return response
