"""Messages to the government and leaders' mailboxes: write, get number and code, see the answer.

No account, no script needed (law.md 4.2 W5, 4.5). What was typed is never lost by a refusal; number
and code go by POST only, tries are counted, a wrong number looks like a wrong code. Public is what
the writer let be public, in its masked wording.
"""

import re
from datetime import date, datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.engagement import statistics
from gongkai.engagement.actions import EngagementError, NewMessage, Refused, send_message
from gongkai.engagement.actions import MessageKind as Kind
from gongkai.engagement.models import Mailbox, Message
from gongkai.engagement.queries import (
    as_public,
    mailboxes_of,
    message_by_code,
    message_for_receipt,
    public_message,
    public_messages,
)
from gongkai.inforequests.actions import attempts
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import existing_between, organs_of
from gongkai.portal.columns import MAILBOXES, MESSAGES
from gongkai.portal.documents import county_of
from gongkai.portal.engaging.errors import TRIED_TOO_OFTEN, WRONG
from gongkai.portal.engaging.forms import FollowMessageForm, MessageForm
from gongkai.portal.engaging.sending import PUBLIC, TOO_OFTEN, let_in, shown, tell
from gongkai.portal.requests import doors, tickets
from gongkai.tables.charts import bars

PAGE = 30
RECEIPT = tickets.Kind("gk_message", tickets.RECEIPT.lasts, MESSAGES.url)
_DOOR, _QUERY = "messages", "messages-query"
_NUMBER = re.compile(r"LY\d{4}-\d{1,8}", re.ASCII | re.IGNORECASE)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what was answered and made public, newest first, and this year's figures."""
    county, today = county_of(request), timezone.localdate()
    pages = Paginator(public_messages(county.pk), PAGE)
    page = pages.get_page(request.GET.get("ye"))
    context = {
        "column": MESSAGES,
        "rows": [as_public(row) for row in page],
        "items": page,
        "year": today.year,
        "told": figures(county, today),
        "mailboxes": bool(mailboxes_of(county.pk, today)),
    }
    return render(request, "portal/engaging/messages.html", context)


def figures(county: Organ, today: date) -> dict[str, object]:
    """Return the figures of the year so far, and how many came of each kind."""
    ids = list(organs_of(county).values_list("pk", flat=True))
    start = date(today.year, 1, 1)
    by_kind = statistics.messages_by_kind(ids, start, today)
    return {
        "sums": statistics.message_figures(ids, start, today),
        "bars": bars([(kind.label, by_kind.get(kind.value, 0)) for kind in Kind]),
    }


@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    """Show a public message with its answer."""
    found = public_message(county_of(request).pk, number)
    if found is None or found.address != request.path:
        raise Http404("没有这条留言")
    context = {"column": MESSAGES, "message": found}
    return render(request, "portal/engaging/message.html", context)


@require_safe
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Show the leaders' mailboxes."""
    boxes = mailboxes_of(county_of(request).pk, timezone.localdate())
    if not boxes:
        raise Http404("还没有开通领导信箱")
    context = {"column": MAILBOXES, "boxes": boxes}
    return render(request, "portal/engaging/mailboxes.html", context)


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponseBase:
    """Show the form, and take in what is sent."""
    county, now = county_of(request), timezone.now()
    boxes, organs = _takers(county, timezone.localdate(now))
    if request.method != "POST":
        asked = request.GET.get("xx", "")[:20]
        form = MessageForm(boxes=boxes, organs=organs, initial={"to": f"box:{asked}"})
        return _form_page(request, form)
    form = MessageForm(request.POST, boxes=boxes, organs=organs)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    if not let_in(request, form, _DOOR, now):
        form.add_error(None, TOO_OFTEN)
        return _form_page(request, form, status=429)
    try:
        told = _told(form, boxes, organs)
        made = send_message(county, told=told, submission_key=form.key, by=PUBLIC, at=now)
    except EngagementError as refused:
        tell(form, refused)
        return _form_page(request, form, status=409 if isinstance(refused, Refused) else 422)
    return _receipt_for(request, made)


def _receipt_for(request: HttpRequest, made: Message) -> HttpResponseBase:
    response = redirect("portal_message_receipt")
    response.status_code = 303
    told = {"message": str(made.pk), "code": getattr(made, "query_code", "")}
    tickets.give(response, request, RECEIPT, told)
    return response


@doors.private
@require_safe
def receipt(request: HttpRequest) -> HttpResponseBase:
    """Show number and code, once."""
    ticket = tickets.read(request, RECEIPT)
    made = message_for_receipt(county_of(request).pk, ticket["message"]) if ticket else None
    if ticket is None or made is None:
        return shown(request, "message_gone", status=410, column=MESSAGES)
    response = shown(request, "message_receipt", column=MESSAGES, message=made, code=ticket["code"])
    if request.method == "GET":
        tickets.take_back(response, RECEIPT)
    return response


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponseBase:
    """Ask for number and code; a right pair shows how the message stands."""
    county, now = county_of(request), timezone.now()
    if request.method != "POST":
        form = FollowMessageForm(initial={"number": request.GET.get("bh", "")[:20]})
        return _follow_page(request, form)
    form = FollowMessageForm(request.POST)
    if not form.is_valid():
        return _follow_page(request, form, status=422)
    return _looked_up(request, county, form, now)


def _looked_up(
    request: HttpRequest, county: Organ, form: FollowMessageForm, now: datetime
) -> HttpResponseBase:
    number = form.cleaned_data["number"].strip()
    about = number if _NUMBER.fullmatch(number) else ""  # a code typed here is not kept
    tally = attempts.try_door(_QUERY, doors.client_of(request), about=about, at=now)
    if tally.by_client_and_object > doors.QUERIES_OF_ONE or tally.by_client > doors.QUERIES_OF_ALL:
        form.add_error(None, TRIED_TOO_OFTEN)
        return _follow_page(request, form, status=429)
    found = message_by_code(county.pk, number, form.cleaned_data["code"])
    if found is None:
        form.add_error("code", WRONG)
        return _follow_page(request, form, status=422)
    attempts.pass_door(tally)
    return shown(request, "message_result", column=MESSAGES, message=found)


def _takers(county: Organ, today: date) -> tuple[list[Mailbox], list[Organ]]:
    organs = organs_of(county).filter(existing_between(today, today))
    return mailboxes_of(county.pk, today), list(organs.order_by("code"))


def _told(form: MessageForm, boxes: list[Mailbox], organs: list[Organ]) -> NewMessage:
    told = form.cleaned_data
    kind, _, key = told["to"].partition(":")
    box = next((each for each in boxes if kind == "box" and str(each.pk) == key), None)
    organ = next((each for each in organs if kind == "organ" and str(each.pk) == key), None)
    return NewMessage(
        kind=Kind(told["kind"]),
        title=told["message_title"],
        text=told["message_text"],
        asker=told["asker"],
        contact=told["contact"],
        consent=told["consent"] == "1",
        mailbox=box,
        organ=organ,
    )


def _form_page(request: HttpRequest, form: MessageForm, *, status: int = 200) -> HttpResponse:
    return shown(request, "message_form", status=status, column=MESSAGES, form=form)


def _follow_page(
    request: HttpRequest, form: FollowMessageForm, *, status: int = 200
) -> HttpResponse:
    return shown(request, "follow_message", status=status, column=MESSAGES, form=form)
