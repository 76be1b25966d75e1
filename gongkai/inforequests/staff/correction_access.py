"""Who sees a correction, who asks for it, and its papers: the handlers; the window at first."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.files import CaseAccess, opens
from gongkai.files.models import Purpose
from gongkai.inforequests.lifecycle.corrections import CorrectionState
from gongkai.inforequests.models import CorrectionRequest
from gongkai.inforequests.queries import TAKERS
from gongkai.inforequests.staff.access import Person


@opens("inforequests.correction")
def files_of_correction(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the papers of a correction; None when out of sight."""
    person = Person(user, now)
    try:
        found = seen_correction(person, UUID(about.partition(":")[2]))
    except ValueError:
        return None
    if found is None or not may_show_correction(person, found):
        return None
    return CaseAccess(
        organ_id=found.organ_id,
        label=f"更正申请 {found.number}",
        address=reverse("rights:correction", args=[found.pk]),
        may_add=True,
        purposes=(
            Purpose.IDENTITY_PROOF.value,
            Purpose.REQUEST_ATTACHMENT.value,
            Purpose.OTHER.value,
        ),
        post=person.actor.post,
    )


def seen_correction(person: Person, pk: UUID) -> CorrectionRequest | None:
    """Return a correction of an organ that a person sees, else None."""
    rows = CorrectionRequest.objects.filter(organ_id__in=person.sees, pk=pk)
    return rows.select_related("organ", "requester").first()


def may_show_correction(person: Person, correction: CorrectionRequest) -> bool:
    """Say whether who asks may be shown: to handlers, to the window while it takes in."""
    if person.may_handle(correction.organ_id):
        return True
    at_the_window = correction.state == CorrectionState.SUBMITTED
    return at_the_window and correction.organ_id in person.organs_as(TAKERS)
