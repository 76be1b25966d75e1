"""Reading complaints and reports: who sees them, the list with its terms, one with its clocks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.accounts.models import User
from gongkai.calendars.queries import workday_calendar
from gongkai.orgs.models import Role
from gongkai.orgs.queries import holds_any, organs_seen_by
from gongkai.remedies import deadlines
from gongkai.remedies.lifecycle import ComplaintState, Measure
from gongkai.remedies.models import Complaint
from gongkai.statute.clock import Deadline

# Who oversees disclosure; the clerks of the organs complained of are not among them.
COMPLAINT_RECORDERS = frozenset({Role.OGI_OFFICE})
COMPLAINT_VIEWERS = COMPLAINT_RECORDERS | {Role.OGI_HEAD, Role.LEADER}
OPEN_COMPLAINTS = (ComplaintState.RECEIVED, ComplaintState.ACCEPTED, ComplaintState.FOUND)
LATE, TO_RECTIFY = "LATE", "TO_RECTIFY"  # choices of the list beside the states


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint as lists show it."""

    id: str
    number: str
    kind: str
    ground: str
    about: str
    subject: str
    who: str
    received_on: date
    due_on: date | None
    late: bool
    state: ComplaintState
    verdict: str
    rectify_by: date | None
    rectify_late: bool


def complaints(organ_ids: Collection[int], *, today: date, state: str = "") -> QuerySet[Complaint]:
    """Return the complaints that some offices received, newest first, narrowed by `state`."""
    found = Complaint.objects.filter(organ_id__in=organ_ids).select_related("organ", "about")
    if state == LATE:
        found = found.filter(is_overdue(today))
    elif state == TO_RECTIFY:
        found = found.filter(rectified_on__isnull=True, rectify_by__isnull=False)
    elif state:
        found = found.filter(state=state)
    return found.order_by("-received_on", "-number")


def is_overdue(today: date) -> Q:
    """Return the condition of complaints whose own term or whose correction is over."""
    own = Q(state__in=OPEN_COMPLAINTS, due_on__lt=today)
    return own | Q(rectify_by__lt=today, rectified_on__isnull=True)


def complaint_rows(found: Collection[Complaint], today: date) -> list[ComplaintRow]:
    """Return a page of `complaints` as values."""
    return [
        ComplaintRow(
            id=str(row.pk),
            number=row.number,
            kind=row.get_kind_display(),
            ground=row.get_ground_display(),
            about=row.about.short_name,
            subject=row.subject,
            who="匿名" if row.anonymous else row.masked,
            received_on=row.received_on,
            due_on=row.due_on if row.state in OPEN_COMPLAINTS else None,
            late=row.state in OPEN_COMPLAINTS and bool(row.due_on and row.due_on < today),
            state=ComplaintState(row.state),
            verdict=row.get_verdict_display(),
            rectify_by=row.rectify_by,
            rectify_late=bool(
                row.rectify_by and row.rectified_on is None and row.rectify_by < today
            ),
        )
        for row in found
    ]


def complaint_terms(row: Complaint) -> list[tuple[str, Deadline]]:
    """Return the terms of a complaint with their steps."""
    calendar = workday_calendar()
    found = [("告知是否受理的期限", deadlines.complaint_acceptance_due(row.received_on, calendar))]
    handling = deadlines.complaint_handling_due(row.accepted_on, row.extension_days, calendar)
    if handling:
        found.append(("办结的期限", handling))
    return found


def find_complaint(pk: object, organ_ids: Collection[int]) -> Complaint | None:
    """Return the complaint with this id that one of some offices received, or None."""
    found = Complaint.objects.filter(organ_id__in=organ_ids, pk=pk)
    return found.select_related("organ", "about").first()


def waiting_complaints(user: User, today: date) -> dict[str, QuerySet[Complaint]]:
    """Return the complaints that wait for a person's office, by what is to be done."""
    if not holds_any(user, today, COMPLAINT_RECORDERS):
        return {}
    organs = organs_seen_by(user, today, COMPLAINT_RECORDERS).order_by().values("pk")
    own = Complaint.objects.filter(organ__in=organs)
    return {
        "late": own.filter(is_overdue(today)),
        "to_accept": own.filter(state=ComplaintState.RECEIVED),
        "to_find": own.filter(state=ComplaintState.ACCEPTED),
        "to_answer": own.filter(state=ComplaintState.FOUND),
        "to_rectify": own.filter(
            measure__in=[Measure.RECTIFY, Measure.CIRCULATE], rectified_on__isnull=True
        ),
    }
