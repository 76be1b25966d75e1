"""Asking for the result with number and query code; getting letters and files (Art. 36, 40).

No account. Number and code go by POST only, tries are counted and noted, a wrong number looks
like a wrong code. The answer may be looked at for a quarter of an hour by a ticket.
"""

import re
from typing import Any
from urllib.parse import quote

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.files.actions import FileRefused
from gongkai.files.models import Purpose
from gongkai.inforequests.actions import RequestError, attempts, offers
from gongkai.inforequests.models import Event, InfoRequest, State
from gongkai.inforequests.queries import acts_of, case_by_code, public_status
from gongkai.portal.requests import doors, given, guide, keeping, tickets
from gongkai.portal.requests.fields import MOST_FILES, FilesField, line_field, text_field
from gongkai.portal.requests.filing import PUBLIC
from gongkai.portal.requests.pages import county_of, offices_or_404, shown
from gongkai.portal.requests.places import FOLLOW

_NUMBER = re.compile(r"[0-9A-Za-z]{1,12}-\d{4}-\d{1,8}", re.ASCII)
WRONG = "申请编号或者查询码不对，请对照回执核对；查询码不区分大小写。"
TOO_OFTEN = "查询失败的次数过多，请一小时后再试，或者打电话向受理机构查询。"


class FollowForm(forms.Form):
    """Number and query code, as they stand on the receipt."""

    number = line_field(
        "申请编号", 40, help_text="如 360925007-2026-0001", attributes={"autocomplete": "off"}
    )
    code = line_field(
        "查询码",
        40,
        help_text="提交申请时回执上的查询码，可以不输入连字符",
        attributes={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    )

    def clean(self) -> dict[str, Any]:
        """Both are needed."""
        for name in ("number", "code"):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, f"请填写“{self.fields[name].label}”")
        return self.cleaned_data


class OfferForm(forms.Form):
    """A supplement or a withdrawal."""

    text = text_field("补正内容", rows=5)
    attachments = FilesField(
        "附件", most=MOST_FILES, help_text=f"最多{MOST_FILES}个，每个不超过10MB"
    )

    def __init__(self, *args: Any, what: offers.Offer, **given: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **given)
        self.what = what
        if what is offers.Offer.WITHDRAWAL:
            del self.fields["attachments"]
            self.fields["text"].label = "撤回的说明"

    def clean(self) -> dict[str, Any]:
        """Words or papers, one of them at least."""
        told = self.cleaned_data
        if not told.get("text") and not told.get("attachments") and "text" not in self.errors:
            self.add_error("text", f"请填写“{self.fields['text'].label}”")
        return told


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask for number and code; a right pair leads to the result."""
    offices_or_404(request, timezone.localdate())
    if request.method != "POST":
        number = request.GET.get("bh", "")[:40]
        form = FollowForm(initial={"number": number})
        return shown(request, "follow", FOLLOW, form=form, going_on=_case_of(request) is not None)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return shown(request, "follow", FOLLOW, form=form, status=422)
    now = timezone.now()
    number = form.cleaned_data["number"].strip()
    about = number if _NUMBER.fullmatch(number) else ""  # a code typed here is not kept
    tally = attempts.try_door("query", doors.client_of(request), about=about, at=now)
    if tally.by_client_and_object > doors.QUERIES_OF_ONE or tally.by_client > doors.QUERIES_OF_ALL:
        form.add_error(None, TOO_OFTEN)
        response = shown(request, "follow", FOLLOW, form=form, status=429)
        response["Retry-After"] = "3600"
        return response
    case = case_by_code(form.cleaned_data["number"], form.cleaned_data["code"])
    if case is None or county_of(request).pk not in (case.organ_id, case.organ.county_id):
        form.add_error("code", WRONG)
        return shown(request, "follow", FOLLOW, form=form, status=422)
    attempts.pass_door(tally)
    answer = redirect("requests_result")
    answer.status_code = 303
    told = {"case": str(case.pk), "mark": _mark(case)}
    tickets.give(answer, request, tickets.RESULT, told)
    return answer


@doors.private
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """Show how the request stands, what came of it and what may be fetched."""
    case = _case_of(request)
    if case is None:
        return shown(request, "follow_gone", FOLLOW, status=403)
    return _result_page(request, case)


@doors.private
@require_POST
def offer(request: HttpRequest) -> HttpResponse:
    """Take in a supplement or a withdrawal, for the office to look at."""
    case = _case_of(request)
    if case is None:
        return shown(request, "follow_gone", FOLLOW, status=403)
    try:
        what = offers.Offer(request.POST.get("what", ""))
    except ValueError:
        raise Http404("没有这一事项") from None
    form = OfferForm(request.POST, request.FILES, what=what, prefix=what.value.lower())
    if not form.is_valid():
        return _result_page(request, case, form=form, status=422)
    now = timezone.now()
    if not doors.may_upload(request, now=now):
        form.add_error(None, "提交的次数过多，请一小时后再试，或者与受理机构联系。")
        return _result_page(request, case, form=form, status=429)
    try:
        with transaction.atomic():
            _keep(case, form, now)
            offers.offer(case, what=what, by=PUBLIC, at=now)
    except (RequestError, FileRefused) as error:
        field = "attachments" if isinstance(error, FileRefused) else None
        form.add_error(field if field in form.fields else None, ValidationError(str(error)))
        return _result_page(request, case, form=form, status=422)
    return shown(request, "offered", FOLLOW, case=case, what=what)


def _keep(case: InfoRequest, form: OfferForm, now: Any) -> None:
    supplement = form.what is offers.Offer.SUPPLEMENT
    # Both tell who asks: for the handlers' eyes, and destroyed with the requester's papers.
    purpose = Purpose.SUPPLEMENT if supplement else Purpose.REQUEST_ATTACHMENT
    if text := form.cleaned_data.get("text"):
        name = f"申请人网上提交的{form.what.label}.txt"
        keeping.keep_text(case, text, purpose=purpose, name=name, by=PUBLIC, at=now)
    uploads = [
        ("attachments", purpose, each) for each in form.cleaned_data.get("attachments") or ()
    ]
    keeping.keep(case, uploads, by=PUBLIC, at=now)


@doors.private
@require_safe
def download(request: HttpRequest, key: str) -> HttpResponseBase:
    """Send a letter or a released file of the case that the ticket is for; logged."""
    case = _case_of(request)
    if case is None:
        return shown(request, "follow_gone", FOLLOW, status=403)
    thing = next(
        (each for each in given.things(case, public_status(case)) if each.key == key), None
    )
    if thing is None:
        raise Http404("没有这个文件")
    content = given.content(thing, by=PUBLIC, at=timezone.now())
    name = f"attachment; filename*=UTF-8''{quote(thing.name)}"
    return HttpResponse(
        content, content_type=thing.media_type, headers={"Content-Disposition": name}
    )


@doors.private
@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """Take the ticket back and say that nothing is left on this machine."""
    response = shown(request, "left", FOLLOW)
    tickets.take_back(response, tickets.RESULT)
    tickets.take_back(response, tickets.RECEIPT)
    return response


def _case_of(request: HttpRequest) -> InfoRequest | None:
    """Return the case of the visitor's ticket, unless its code was renewed since."""
    ticket = tickets.read(request, tickets.RESULT)
    if ticket is None:
        return None
    case = InfoRequest.objects.select_related("organ").filter(pk=ticket["case"]).first()
    return case if case is not None and _mark(case) == ticket["mark"] else None


def _mark(case: InfoRequest) -> str:
    return case.query_code_digest[:16]


def _result_page(
    request: HttpRequest, case: InfoRequest, *, form: OfferForm | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    told = public_status(case)
    office = next(
        (each for each in offices_or_404(request, today) if each.organ.pk == case.organ_id), None
    )
    forms_open = [
        form
        if form is not None and form.what is what
        else OfferForm(what=what, prefix=what.value.lower())
        for what in offers.offers_open(case)
    ]
    return shown(
        request,
        "result",
        FOLLOW,
        status=status,
        told=told,
        case=case,
        office=office,
        wanted=_wanted(case),
        things=given.things(case, told),
        offers=forms_open,
        form=form,
        remedies=guide.remedies(today),
        lasts=int(tickets.RESULT.lasts.total_seconds() // 60),
    )


def _wanted(case: InfoRequest) -> str:
    """Return what the requester is asked to supplement, while it is awaited."""
    if case.state != State.AWAITING_SUPPLEMENT:
        return ""
    asked = [act for act in acts_of(case) if act.kind is Event.ASK_SUPPLEMENT]
    return str(asked[-1].data.get("what", "")) if asked else ""
