"""Filing a request on the site: choose the organ, fill in, get number and code (Art. 29-31).

What was typed is never lost by a refusal; files must be chosen again, which the page says. A
request and its files are kept together or not at all.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.adapters import qr_code
from gongkai.audit import Actor
from gongkai.files.actions import FileRefused
from gongkai.inforequests.actions import AlreadyAsked, RequestError, submit
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import case_by_code, masked_requester
from gongkai.orgs.queries import organs_of
from gongkai.portal.display import is_kiosk
from gongkai.portal.offices import Office, by_group
from gongkai.portal.requests import doors, guide, keeping, looking, tickets
from gongkai.portal.requests.form import FIELD_OF, RequestForm
from gongkai.portal.requests.pages import county_of, office_or_404, offices_or_404, shown
from gongkai.portal.requests.places import FILE
from gongkai.portal.requests.telling import requester_of, told_by
from gongkai.statute.limits import Rule

PUBLIC = Actor(account="portal", name="公众", post="网上申请")
TOO_OFTEN = "您在一小时内提交的次数过多，请稍后再试；急需的可以到受理机构当面申请或者邮寄申请。"


@doors.guarded
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Help to find the organ that holds the information, and what is public already."""
    today = timezone.localdate()
    offices = offices_or_404(request, today)
    preset = request.GET.get("organ", "")
    if any(each.code == preset for each in offices):
        return redirect("requests_form", code=preset)
    words = request.GET.get("ci", "").replace("\x00", "").strip()[: looking.LONGEST]
    county = county_of(request)
    public: tuple[looking.PublicThing, ...] = ()
    if words:
        ids = list(organs_of(county).values_list("pk", flat=True))
        public = looking.public_things(request, county, words, ids, today)
    return shown(
        request,
        "choose",
        FILE,
        words=words,
        found=looking.offices_for(words, offices),
        public=public,
        groups=by_group(offices),
        longest=looking.LONGEST,
    )


@doors.private
@require_safe
def challenge(request: HttpRequest) -> HttpResponse:
    """Send a challenge for the proof of work."""
    return JsonResponse(doors.new_challenge(timezone.now()))


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of an organ, and take it in when it is sent."""
    today = timezone.localdate()
    office = office_or_404(request, code, today)
    if not office.online:
        return shown(request, "closed", FILE, office=office, envelope=guide.ENVELOPE)
    if request.method != "POST":
        return _form_page(request, office, RequestForm(today=today))
    form = RequestForm(request.POST, request.FILES, today=today)
    if not form.is_valid():
        return _form_page(request, office, form, status=422)
    now = timezone.now()
    if not _let_in(request, form, now):
        form.add_error(None, TOO_OFTEN)
        return _form_page(request, office, form, status=429)
    try:
        case = _take(form, office, again="again" in request.POST, at=now)
    except AlreadyAsked as error:
        return _form_page(request, office, form, status=409, already=str(error))
    except (RequestError, FileRefused) as error:
        _tell(form, error)
        return _form_page(request, office, form, status=422)
    response = redirect("requests_receipt")
    response.status_code = 303
    told = {"case": str(case.pk), "code": getattr(case, "query_code", "")}
    tickets.give(response, request, tickets.RECEIPT, told)
    return response


def _let_in(request: HttpRequest, form: RequestForm, now: datetime) -> bool:
    proof = request.POST.get("altcha", "")
    proved = bool(form.key) and doors.has_proved_work(proof, holder=_holder(form), now=now)
    if not doors.may_submit(request, proved=proved, now=now):
        return False
    return not any(form.uploads()) or doors.may_upload(request, now=now)


def _holder(form: RequestForm) -> str:
    """Return a digest of a form as it is filled in: one proof of work serves one such form."""
    who, told = requester_of(form), told_by(form, again=False)
    words = "\n".join((form.key, who.name, who.identity_number, told.description))
    return salted_hmac("gongkai.portal.requests.form", words, algorithm="sha256").hexdigest()[:40]


def _take(form: RequestForm, office: Office, *, again: bool, at: datetime) -> InfoRequest:
    """Keep the request with its files, all or nothing; a form sent twice is kept once."""
    with transaction.atomic():
        case = submit(
            office.organ,
            told=told_by(form, again=again),
            requester=requester_of(form),
            submitted_at=at,
            submission_key=form.key,
            by=PUBLIC,
            at=at,
        )
        keeping.keep(case, form.uploads(), by=PUBLIC, at=at)
    return case


def _tell(form: RequestForm, error: Exception) -> None:
    """Put what a verb refused beside the field at fault, or on top."""
    name = getattr(error, "field", "")
    name = FIELD_OF.get(name, {}).get(form.applicant_chosen, name)
    form.add_error(name if name in form.fields else None, ValidationError(str(error)))


def _form_page(
    request: HttpRequest, office: Office, form: RequestForm, *, status: int = 200, **told: Any
) -> HttpResponse:
    today = timezone.localdate()
    response = shown(
        request,
        "form",
        FILE,
        status=status,
        office=office,
        form=form,
        faults=list(form.errors) if form.is_bound else [],
        files_lost=form.is_bound and bool(request.FILES),
        kiosk="kiosk" in request.GET or is_kiosk(request),
        reply=guide.term(Rule.REPLY, today),
        **told,
    )
    if status == 429:
        response["Retry-After"] = "3600"
    return response


@doors.private
@require_safe
def receipt(request: HttpRequest) -> HttpResponseBase:
    """Show number and query code, once; afterwards only where to ask for the result."""
    ticket = tickets.read(request, tickets.RECEIPT)
    case = None
    if ticket:
        case = InfoRequest.objects.select_related("organ").filter(pk=ticket["case"]).first()
    if case is None:
        return shown(request, "receipt_gone", FILE, status=410)
    today = timezone.localdate()
    address = request.build_absolute_uri(f"{reverse('requests_follow')}?bh={case.number}")
    office = next(
        (each for each in offices_or_404(request, today) if each.organ.pk == case.organ_id), None
    )
    response = shown(
        request,
        "receipt",
        FILE,
        case=case,
        code=ticket["code"] if case_by_code(case.number, ticket["code"]) else "",
        who=masked_requester(case),
        office=office,
        address=address,
        picture=_picture(address),
        reply=guide.term(Rule.REPLY, today),
        extension=guide.term(Rule.EXTENSION, today),
        supplement=guide.term(Rule.SUPPLEMENT_NOTICE, today),
        kiosk="kiosk" in request.GET or is_kiosk(request),
    )
    if request.method == "GET":
        tickets.take_back(response, tickets.RECEIPT)
    return response


def _picture(address: str) -> SafeString:
    return mark_safe(qr_code.svg(address))  # noqa: S308  made by our own adapter, of squares
