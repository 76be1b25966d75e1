"""Commenting on a draft while its term runs (law.md 7.4); comments are never public as they are."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.engagement.actions import EngagementError, Refused, comment
from gongkai.engagement.models import Solicitation
from gongkai.engagement.queries import PublicSolicitation, open_to_public
from gongkai.portal.documents import county_of
from gongkai.portal.engaging.forms import CommentForm
from gongkai.portal.engaging.sending import PUBLIC, TOO_OFTEN, let_in, shown, tell
from gongkai.portal.requests import doors, tickets

SECTION = "/hdjl/yjzj/"
RECEIPT = tickets.Kind("gk_comment", tickets.RECEIPT.lasts, SECTION)
_DOOR = "comments"


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Show the form of a solicitation, and take a comment in."""
    about = _solicitation(request, pk)
    if request.method != "POST":
        return _form_page(request, about, CommentForm())
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _form_page(request, about, form, status=422)
    now = timezone.now()
    if not let_in(request, form, _DOOR, now):
        form.add_error(None, TOO_OFTEN)
        return _form_page(request, about, form, status=429)
    told = form.cleaned_data
    try:
        made = comment(
            Solicitation(pk=about.id),
            text=told["comment"],
            name=told["commenter"],
            contact=told["contact"],
            submission_key=form.key,
            by=PUBLIC,
            at=now,
        )
    except EngagementError as refused:
        tell(form, refused)
        closed = isinstance(refused, Refused)
        return _form_page(request, about, form, status=409 if closed else 422)
    response = redirect("portal_comment_receipt", pk=about.id)
    response.status_code = 303
    told = {"solicitation": about.id, "number": made.number, "on": made.received_on.isoformat()}
    tickets.give(response, request, RECEIPT, told)
    return response


@doors.private
@require_safe
def receipt(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Show that a comment came in, once."""
    about = _solicitation(request, pk)
    ticket = tickets.read(request, RECEIPT)
    if ticket is None or ticket["solicitation"] != about.id:
        return shown(request, "comment_gone", status=410, about=about, section=SECTION)
    response = shown(
        request, "comment_receipt", about=about, number=ticket["number"], section=SECTION
    )
    if request.method == "GET":
        tickets.take_back(response, RECEIPT)
    return response


def _solicitation(request: HttpRequest, pk: str) -> PublicSolicitation:
    about = open_to_public(county_of(request), int(pk), timezone.localdate())
    if about is None:
        raise Http404("没有这次意见征集")
    return about


def _form_page(
    request: HttpRequest, about: PublicSolicitation, form: CommentForm, *, status: int = 200
) -> HttpResponse:
    return shown(request, "comment_form", status=status, about=about, form=form, section=SECTION)
