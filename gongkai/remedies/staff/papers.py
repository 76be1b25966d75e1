"""Whose files a person may see: of cases in sight, and of complaints their office received."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.files import CaseAccess, opens
from gongkai.files.models import Purpose
from gongkai.orgs.queries import Official
from gongkai.remedies.lifecycle import State
from gongkai.remedies.queries import (
    COMPLAINT_RECORDERS,
    COMPLAINT_VIEWERS,
    RECORDERS,
    VIEWERS,
    find,
    find_complaint,
)

_PURPOSES = (Purpose.OTHER.value,)


@opens("remedies")
def files_of_case(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the papers of a case."""
    key = _key(about)
    found = find(key) if key else None
    person = Official(user, now, RECORDERS, VIEWERS)
    if found is None or not person.sees.filter(pk=found.organ_id).exists():
        return None
    return CaseAccess(
        organ_id=found.organ_id,
        label=f"复议诉讼 {found}",
        address=reverse("remedies:record", args=[found.pk]),
        may_add=found.state != State.STRUCK and person.may_act_for(found.organ_id),
        purposes=_PURPOSES,
        post=person.actor.post,
    )


@opens("remedies.complaint")
def files_of_complaint(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the papers of a complaint, which may name who complains."""
    key = _key(about)
    person = Official(user, now, COMPLAINT_RECORDERS, COMPLAINT_VIEWERS)
    found = find_complaint(key, list(person.sees.values_list("pk", flat=True))) if key else None
    if found is None or not person.may_act_for(found.organ_id):
        return None
    return CaseAccess(
        organ_id=found.organ_id,
        label=f"投诉举报 {found.number}",
        address=reverse("remedies:complaint", args=[found.pk]),
        may_add=True,
        purposes=_PURPOSES,
        post=person.actor.post,
    )


def _key(about: str) -> UUID | None:
    try:
        return UUID(about.partition(":")[2])
    except ValueError:
        return None
