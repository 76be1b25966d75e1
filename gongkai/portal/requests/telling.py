"""A checked form as the values that `inforequests` takes (Art. 29)."""

from gongkai.inforequests.actions import NewRequest, RequesterDetails
from gongkai.inforequests.models import Carrier, Delivery, IntakeChannel
from gongkai.portal.requests.form import OTHER_DOCUMENT, PERSON, RequestForm
from gongkai.statute.identity import DocumentType, IdentityError, suggest_kind
from gongkai.statute.requesters import RequesterKind

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
    told = form.cleaned_data
    lines = (
        ("名称：", told["title"]),
        ("文号：", told["document_number_wanted"]),
        ("其他特征描述：", told["description"]),
    )
    return "\n".join(f"{label}{text}" for label, text in lines if text)
