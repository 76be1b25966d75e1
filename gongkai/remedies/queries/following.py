"""A complaint told on the public site: to whom it goes, its receipt, how it stands by its code.

Whoever asks with number and code is told what they wrote and what came of it; what the office
found while checking, and what the organ complained of explained, stays with the office.
"""

import hmac
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.adapters.cipher import keyring
from gongkai.inforequests.models import InfoRequest
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import existing_between, organs_of
from gongkai.remedies.lifecycle import ComplaintState, Measure
from gongkai.remedies.models import Complaint
from gongkai.remedies.queries.complaints import OPEN_COMPLAINTS, complaint_terms
from gongkai.text import query_codes

_CODE = "remedies.query_code"
_NOBODY = "0" * 64
# Ends that are told with the reason, or the body it was sent to.
_TURNED_AWAY = {
    ComplaintState.DECLINED: "不予受理的理由",
    ComplaintState.FORWARDED: "转送去向",
}


@dataclass(frozen=True, slots=True)
class OwnComplaint:
    """A complaint as its writer sees it: what was written, where it stands, what came of it.

    `due` is the term that runs now with its name (no day while the calendar is not known for
    certain); `turned_away` why it was not dealt with here. Verdict, measure and answer are told
    once the office has answered.
    """

    id: str
    number: str
    kind: str
    state: ComplaintState
    office: str
    about: str
    ground: str
    subject: str
    content: str
    named: bool
    received_on: date
    due: tuple[str, date | None] | None
    turned_away: tuple[str, str] | None
    verdict: str
    measure: str
    answer: str
    closed_on: date | None
    rectify_by: date | None
    rectified_on: date | None


def overseeing_office(county: Organ, day: date) -> Organ:
    """Return the office that oversees disclosure in a county; the county itself without one."""
    found = Organ.objects.filter(existing_between(day, day), county=county, kind=OrganKind.OFFICE)
    return found.order_by("order", "code").first() or county


def open_to_complaints(county: Organ, day: date) -> QuerySet[Organ]:
    """Return the organs whose disclosure the county's office checks: neither itself nor the county.

    Complaints of those two go to the level above (Art. 51).
    """
    above = (county.pk, overseeing_office(county, day).pk)
    found = organs_of(county).filter(existing_between(day, day)).exclude(pk__in=above)
    return found.order_by("order", "code")


def request_meant(organ: Organ, number: str) -> str:
    """Return the typed id of an organ's request by its number; "" for any other text."""
    found = InfoRequest.objects.filter(organ=organ, number=number.replace("\x00", "").strip())
    return next((each.typed_id for each in found), "")


def complaint_code_digest(code: str) -> str:
    """Return the keyed digest under which a query code is stored."""
    return keyring().blind_index(query_codes.typed(code), _CODE)


def complaint_for_receipt(county: Organ, pk: object) -> OwnComplaint | None:
    """Return a complaint for the receipt of who has just sent it, or None."""
    found = _online(county).filter(pk=pk).first()
    return _own(found) if found else None


def complaint_by_code(county: Organ, number: str, code: str) -> OwnComplaint | None:
    """Return the complaint of that number if the code is its own, else None.

    Takes as long for a wrong number as for a wrong code; those recorded at the office have none.
    """
    asked = number.replace("\x00", "").strip()
    found = _online(county).filter(number__iexact=asked).first()
    kept = found.code_digest if found else _NOBODY
    right = hmac.compare_digest(kept.encode(), (complaint_code_digest(code) or "-").encode())
    return _own(found) if found and right else None


def _online(county: Organ) -> QuerySet[Complaint]:
    of_county = Q(organ__county=county) | Q(organ=county)
    return Complaint.objects.filter(of_county).exclude(code_digest="").select_related()


def _own(row: Complaint) -> OwnComplaint:
    state = ComplaintState(row.state)
    answered = state is ComplaintState.CLOSED
    asked = answered and row.measure not in ("", Measure.NONE)
    return OwnComplaint(
        id=str(row.pk),
        number=row.number,
        kind=row.get_kind_display(),
        state=state,
        office=row.organ.name,
        about=row.about.name,
        ground=row.get_ground_display(),
        subject=row.subject,
        content=row.unseal("content"),
        named=not row.anonymous,
        received_on=row.received_on,
        due=_due(row, state),
        turned_away=(_TURNED_AWAY[state], row.declined_reason) if state in _TURNED_AWAY else None,
        verdict=row.get_verdict_display() if answered else "",
        measure=row.get_measure_display() if answered else "",
        answer=row.unseal("answer") if answered else "",
        closed_on=row.closed_on,
        rectify_by=row.rectify_by if asked else None,
        rectified_on=row.rectified_on if asked else None,
    )


def _due(row: Complaint, state: ComplaintState) -> tuple[str, date | None] | None:
    if state not in OPEN_COMPLAINTS:
        return None
    _, term = complaint_terms(row)[-1]
    told = "告知是否受理的期限" if state is ComplaintState.RECEIVED else "办结期限"
    return told, None if term.provisional else term.due_on
