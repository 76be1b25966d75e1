"""Receiving a complaint or report (Art. 47, 51): at the office, or told on the public site."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from gongkai.adapters.cipher import keyring
from gongkai.audit import Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests.models import InfoRequest
from gongkai.orgs.models import Organ
from gongkai.remedies import deadlines
from gongkai.remedies.actions.complaint_steps import log
from gongkai.remedies.actions.steps import not_empty, not_later
from gongkai.remedies.lifecycle import BadCase, Channel, ComplaintKind, Ground
from gongkai.remedies.models import Complaint
from gongkai.remedies.queries import complaint_code_digest
from gongkai.text import query_codes

_CODE_OF_FORM = "remedies.query_code_of_form"


@dataclass(frozen=True, slots=True)
class Told:
    """What was told: of whom, by whom ("" name: anonymously), in which words."""

    about: Organ
    kind: ComplaintKind
    ground: Ground
    channel: Channel
    subject: str
    content: str
    complainant: str = ""
    contact: str = ""
    info_request: str = ""


def receive_complaint(
    organ: Organ,
    *,
    told: Told,
    on: date,
    submission_key: str | None = None,
    by: Actor,
    at: datetime,
) -> Complaint:
    """Record a complaint or report that the office `organ` received on `on`.

    A complaint is of one's own matter and so never anonymous. One told on the public site brings
    the key of its form ("" when it lost it) and then carries `query_code`, told this once: the same
    form sent twice is one complaint with one code, other words under the same key another one.

    Raises:
        BadCase: something is missing or wrong.
        Refused: the calendar or the law knows nothing of the day.
    """
    told = _tidy(organ, told, on, at)
    if submission_key is None:
        return _take_in(organ, told, on, None, "", by, at)
    if found := _sent_before(organ, submission_key, told):
        return found
    key = submission_key or None
    if key and Complaint.objects.filter(submission_key=key).exists():
        key = None  # filled in anew by somebody else on the same machine
    try:
        return _take_in(organ, told, on, key, code_for(key or ""), by, at)
    except IntegrityError:
        if found := _sent_before(organ, submission_key, told):
            return found  # the same form, sent twice at once
        raise


def _tidy(organ: Organ, told: Told, on: date, at: datetime) -> Told:
    not_empty(told.subject, "事由", "subject")
    not_empty(told.content, "内容", "content")
    not_later(on, at, "收到之日", "on")
    name = told.complainant.strip()
    if told.kind is ComplaintKind.COMPLAINT and not name:
        raise BadCase("投诉应当填写投诉人；匿名反映的请登记为举报", "complainant")
    if told.about.pk == organ.pk:
        raise BadCase("不能由被投诉的机关自己受理，请转送其上级或者主管部门", "about")
    if told.info_request and not _is_request_of(told.about, told.info_request):
        raise BadCase("“所涉申请”不是被投诉机关的申请，请核对或者留空", "info_request")
    return replace(
        told,
        subject=told.subject.strip(),
        content=told.content.strip(),
        complainant=name,
        contact=told.contact.strip(),
    )


@transaction.atomic
def _take_in(
    organ: Organ, told: Told, on: date, key: str | None, code: str, by: Actor, at: datetime
) -> Complaint:
    Organ.objects.select_for_update(no_key=True).get(pk=organ.pk)  # numbers one by one
    name = told.complainant
    row = Complaint(
        organ=organ,
        about=told.about,
        number=_next_number(organ, on),
        kind=told.kind,
        ground=told.ground,
        channel=told.channel,
        subject=told.subject,
        info_request=told.info_request,
        anonymous=not name,
        masked=name[0] + "*" * min(max(len(name) - 1, 1), 3) if name else "",
        received_on=on,
        due_on=deadlines.complaint_acceptance_due(on, workday_calendar()).due_on,
        code_digest=complaint_code_digest(code) if code else "",
        submission_key=key,
        entered_by=by.name,
        entered_at=at,
    )
    row.seal(complainant=name, contact=told.contact, content=told.content, finding="", answer="")
    row.save(force_insert=True)
    log(row, "receive_complaint", {}, by=by, at=at)
    row.query_code = code
    return row


def code_for(submission_key: str) -> str:
    """Return a code by chance, or always the same for one form, so that it can be told again."""
    if not submission_key:
        return query_codes.new_code()
    return query_codes.code_from(keyring().blind_index(submission_key, _CODE_OF_FORM))


def _sent_before(organ: Organ, submission_key: str, told: Told) -> Complaint | None:
    """Return the complaint that was made of the very same form, with its code."""
    if not submission_key:
        return None
    rows = Complaint.objects.select_related("organ", "about")
    found = rows.filter(submission_key=submission_key, organ=organ).first()
    if found is None or _words_of(found) != _words_told(told):
        return None
    found.query_code = code_for(submission_key)
    return found


def _words_of(row: Complaint) -> tuple[object, ...]:
    sealed = (row.unseal(column) for column in ("content", "complainant", "contact"))
    return (row.about_id, row.kind, row.ground, row.subject, row.info_request, *sealed)


def _words_told(told: Told) -> tuple[object, ...]:
    words = (told.content, told.complainant, told.contact)
    return (told.about.pk, told.kind, told.ground, told.subject, told.info_request, *words)


def _next_number(organ: Organ, on: date) -> str:
    head = f"TS-{organ.code}-{on:%Y}-"
    taken = Complaint.objects.filter(number__startswith=head).values_list("number", flat=True)
    last = max((int(number.removeprefix(head)) for number in taken), default=0)
    return f"{head}{last + 1:03d}"


def _is_request_of(organ: Organ, typed_id: str) -> bool:
    app, _, pk = typed_id.partition(":")
    try:
        known = InfoRequest.objects.filter(pk=UUID(pk), organ=organ)
        return app == "inforequests" and known.exists()
    except ValueError:
        return False
