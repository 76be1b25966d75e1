"""Whose proof files a person may see: those of findings in sight; who answers adds to them."""

from datetime import datetime

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.files import CaseAccess, opens
from gongkai.files.models import Purpose
from gongkai.inspections.queries import Inspector, find_finding


@opens("inspections")
def files_of_finding(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the files of a finding; None when out of sight."""
    person, key = Inspector(user, now), about.partition(":")[2]
    if not key.isascii() or not key.isdigit():
        return None
    found = find_finding(int(key), person.findings)
    if found is None:
        return None
    return CaseAccess(
        organ_id=found.organ_id,
        label=f"问题 {found.number}",
        address=reverse("inspections:finding", args=[found.pk]),
        may_add=not found.is_over and (person.keeps(found) or person.answers_for(found)),
        purposes=(Purpose.OTHER.value,),
        post=person.official.actor.post,
    )
