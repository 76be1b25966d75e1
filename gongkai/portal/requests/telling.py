"""A checked form as the values that `inforequests` takes (Art. 29)."""

from gongkai.inforequests.actions import NewRequest, RequesterDetails
from gongkai.inforequests.models import Carrier, Delivery, IntakeChannel
from gongkai.portal.requests.form import OTHER_DOCUMENT, PERSON, RequestForm
from gongkai.statute.identity import DocumentType, IdentityError, suggest_kind
from gongkai.statute.requesters import RequesterKind

_QUOTED = frozenset("《“‘「")
_CREDIT_CODE_LENGTH = 18


def told_by(form: RequestForm, *, again: bool) -> NewRequest:
    """Return what is asked; `again` when the requester wants it although it was asked before."""
    told = form.cleaned_data
    return NewRequest(
        channel=IntakeChannel.ONLINE,
        requester_kind=_kind(form),
        description=_description(form),
        carrier=Carrier(told["carrier"]),
        delivery=Delivery(told["delivery"]),
        other_way_accepted=told["other_way_accepted"],
        fee_relief=told["fee_relief"],
        again=again,
    )


def requester_of(form: RequestForm) -> RequesterDetails:
    """Return who asks."""
    told = form.cleaned_data
    reached = {name: told[name] for name in ("phone", "email", "address", "postcode", "fax")}
    if form.applicant_chosen == PERSON:
        return RequesterDetails(
            name=told["person_name"],
            identity_kind=_document(told["identity_kind"]),
            identity_number=told["identity_number"],
            **reached,
        )
    number = told["organisation_number"]
    whole = len(number) == _CREDIT_CODE_LENGTH
    kind = DocumentType.CREDIT_CODE if whole else DocumentType.ORGANISATION_CODE
    return RequesterDetails(
        name=told["organisation_name"],
        identity_kind=kind.label,
        identity_number=number,
        contact_person=told["contact_person"],
        legal_representative=told["legal_representative"],
        **reached,
    )


def _document(kind: str) -> str:
    return "其他证件" if kind == OTHER_DOCUMENT else DocumentType(kind).label


def _kind(form: RequestForm) -> RequesterKind:
    if form.applicant_chosen == PERSON:
        return RequesterKind.NATURAL_PERSON
    chosen = form.cleaned_data.get("organisation_kind")
    if chosen:
        return RequesterKind(chosen)
    return _kind_by_code(form.cleaned_data["organisation_number"])


def _kind_by_code(number: str) -> RequesterKind:
    """Return the kind that a checked code suggests; 其他 for the old nine-character codes."""
    try:
        return suggest_kind(number)
    except IdentityError:
        return RequesterKind.OTHER_ORG


def _description(form: RequestForm) -> str:
    """Return what is asked for as letters and lists can quote it: 《名称》（文号）。描述."""
    told = form.cleaned_data
    title, number = told["title"].strip(), told["document_number_wanted"].strip()
    title = title if not title or _QUOTED & set(title) else f"《{title}》"
    number = f"（{number}）" if title and number else number
    named, rest = f"{title}{number}", told["description"].strip()
    if not named or not rest:
        return named or rest
    return f"{named}。\n{rest}"
